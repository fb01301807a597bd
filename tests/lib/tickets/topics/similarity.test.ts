import { describe, expect, test } from 'vitest';
import { profileOf, rarity, SIMILAR, similarityOf } from '#lib/tickets/topics/similarity';
import { termsOf } from '#lib/words/terms';
import { useDatabase } from '../../../setup/database.ts';
import { heldOut, tuned } from './labelled.ts';
import { originalKey, scoreOf, scoreOfOriginal, scoreOfOurs } from './pairs.ts';

const database = useDatabase();
const terms = (text: string): Promise<string[]> => termsOf(database().db, text);

async function alike(one: string, other: string, others: readonly string[] = []): Promise<number> {
  const all = await Promise.all([one, other, ...others].map(terms));
  const weigh = rarity(all);
  const [first, second] = all.map((own) => profileOf(own, weigh));
  if (first === undefined || second === undefined) throw new Error('there are two');
  return similarityOf(first, second);
}

describe('what a ticket is about', () => {
  test('is said in stems, and in words that stand for others', async () => {
    expect(await terms('Hi! Could you please help me? My bicycles were stolen')).toEqual(['=hack', 'bicycl']);
    expect(await terms('Ik ben mijn wachtwoord vergeten, graag wat hulp')).toEqual(['=password', '=forget']);
    expect(await terms('forgot my pasword')).toEqual(['=forget', '=password']);
    expect(await terms('De fietsen staan er niet')).toEqual(['fiets', 'stan']);
  });

  test('leaves out links, mentions, numbers and what is not a word', async () => {
    expect(await terms('<@123456> https://example.com/password 12345 !!! <:cat:99> hello')).toEqual([]);
    expect(await terms('')).toEqual([]);
    expect(await terms("'); drop table x; -- \0 'a:*' & !b")).toEqual(['b', 'drop', 'tabl', 'x']);
  });

  test('has an end, however long the ticket is', async () => {
    const words = Array.from({ length: 5000 }, (_, index) => `w${index.toString(36)}q`);
    expect((await terms(words.join(' '))).length).toBeLessThanOrEqual(60);
    expect(await terms('a'.repeat(100_000))).toBeDefined();
  });
});

describe('similar', () => {
  test('are two wordings, two languages and a slip of a finger', async () => {
    for (const [one, other] of [
      ['I forgot my password', 'password forgotten, no reset mail'],
      ['I forgot my password', 'wachtwoord vergeten'],
      ['the trampoline in the garden is broken', 'garden trampolin brokn'],
    ] as const)
      expect(await alike(one, other), `${one} / ${other}`).toBeGreaterThan(SIMILAR);
  });

  test('are not two that say nothing, nor two about different things', async () => {
    for (const [one, other] of [
      ['hi', 'hallo, is hier iemand?'],
      ['hello please help me', 'hello please help me'],
      ['I forgot my password', 'My friend was banned'],
    ] as const)
      expect(await alike(one, other), `${one} / ${other}`).toBeLessThan(SIMILAR);
  });

  test('the less, the more tickets of the guild say the same', async () => {
    const [one, other] = ['my account has no badge', 'my account has no trophy'] as const;
    const others = Array.from({ length: 400 }, () => 'account');
    expect(await alike(one, other, others)).toBeLessThan((await alike(one, other)) / 2);
  });
});

describe('on tickets that were sorted by hand', () => {
  test('there are enough of them, each once', () => {
    const all = [...tuned, ...heldOut].map(({ text }) => text);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(80);
    expect(heldOut.length * 3).toBeGreaterThanOrEqual(all.length);
    const topics = new Set(tuned.map(({ topic }) => topic));
    expect(heldOut.filter(({ topic }) => topic !== null && topics.has(topic))).toEqual([]);
  });

  // What was measured, less a little: each figure stands in docs/benchmarks.md.
  test.each([
    ['by which it was tuned', tuned, 0.8],
    ['that were held out', heldOut, 0.88],
    ['all together', [...tuned, ...heldOut], 0.8],
  ])('ours finds the pairs: %s', async (_, tickets, floor) => {
    const { f1 } = await scoreOfOurs(database().db, tickets);
    expect(f1).toBeGreaterThan(floor);
  });

  test('the original’s key finds none of them', () => {
    expect(originalKey('Please help: my PASSWORD, for the site, is gone!')).toBe('gone-help-password-site');
    expect(scoreOfOriginal([...tuned, ...heldOut])).toMatchObject({ recall: 0, f1: 0 });
  });

  test('the score counts what it says', () => {
    const of = (topic: string | null) => ({ text: '', topic });
    const three = [of('a'), of('a'), of('b'), of(null)];
    expect(scoreOf(three, () => true)).toEqual({ precision: 1 / 6, recall: 1, f1: 2 / 7 });
    expect(scoreOf(three, (one) => one === 1)).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(scoreOf(three, () => false)).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});
