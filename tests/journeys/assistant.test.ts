import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/people/person.ts';
import type { SeenMessage } from '../../sandbox/people/seen-message.ts';
import { addAskCommand } from '../lib/assistant/ask-command.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { startProvider, type Behaviour } from '../setup/provider.ts';
import { plantTown, type Town } from './town.ts';

const KEY = 'sk-a-key-that-nobody-sees';
const provider = await startProvider();
afterAll(() => provider.close());
addAskCommand();
const world = useBot({ config: { openai: { apiKey: KEY, baseUrl: provider.url, model: 'gpt-4o-mini' } } });

const PLAIN = 'What I know about it: my bicycle squeaks';
const WORDS = { words: 'my bicycle squeaks' };

let town: Town;
beforeEach(() => {
  town = plantTown(world());
  provider.behave({ says: 'Oil the **chain**.' });
});

/** The answer to what a person asked, once it reads so. */
function answerOf(person: Person, wanted: string | RegExp): Promise<SeenMessage> {
  return person.waitsFor('reply', wanted);
}

async function agrees(person: Person): Promise<void> {
  await person.runs('/ask', { words: 'hello' });
  await person.clicks(person.locale === 'nl' ? 'Akkoord' : 'Agree');
  await answerOf(person, /Oil the/);
}

async function questions(): Promise<{ state: string; attempts: number }[]> {
  return world().database.db.selectFrom('ai_questions').select(['state', 'attempts']).execute();
}

describe('before the first question', () => {
  test('a member reads where it goes, and nothing goes there before they agree', async () => {
    const { mia } = town;
    const before = provider.asked.length;
    const prompt = await mia.runs('/ask', WORDS);
    expect(prompt.ephemeral).toBe(true);
    expect(prompt.text).toContain(new URL(provider.url).host);
    expect(prompt.text).toContain('`/privacy`');
    expect(provider.asked.length).toBe(before);
    await mia.clicks('Agree');
    const answer = await answerOf(mia, /Oil the \*\*chain\*\*/);
    expect(answer.text).toContain('Made by an AI');
    expect(answer.text).toContain('bicycles.md');
    expect(answer.buttons).toEqual([]);
    expect(JSON.parse(provider.asked.at(-1)?.messages[1]?.content ?? '')).toEqual([
      { from: 'member', text: 'my bicycle squeaks' },
    ]);
    await expect.poll(questions).toEqual([]);
    // It is asked once.
    expect((await mia.runs('/ask', WORDS)).text).toContain('Oil the');
  });

  test('a member who would rather not has what there is without it, and is asked again the next time', async () => {
    const { mia } = town;
    const before = provider.asked.length;
    await mia.runs('/ask', WORDS);
    const shown = await mia.clicks('Not now');
    expect(shown.text).toContain(PLAIN);
    expect(shown.text).toContain('Nothing was sent');
    expect(shown.text).not.toContain('Made by an AI');
    await expect.poll(questions).toEqual([]);
    expect((await mia.runs('/ask', WORDS)).text).toContain('May I send this');
    expect(provider.asked.length).toBe(before);
  });

  test('the yes is for one server, and is taken back in /privacy', async () => {
    const { mia } = town;
    await agrees(mia);
    const elsewhere = plantTown(world());
    expect((await elsewhere.mia.runs('/ask', WORDS)).text).toContain('May I send this');
    const privacy = await mia.runs('/privacy');
    expect(privacy.text).toContain('may be sent to the AI');
    expect((await mia.clicks('No longer send to the AI')).text).toContain('Taken back');
    expect((await mia.runs('/privacy')).text).not.toContain('may be sent to the AI');
    expect((await mia.runs('/ask', WORDS)).text).toContain('May I send this');
  });

  test('a prompt that is too old goes nowhere', async () => {
    const { mia } = town;
    const before = provider.asked.length;
    const prompt = await mia.runs('/ask', WORDS);
    await world().advance(2 * HOUR_MS);
    expect((await mia.clicks('Agree', { on: prompt })).text).toContain('too old');
    expect(provider.asked.length).toBe(before);
  });

  test('it is all in Dutch for who reads Dutch', async () => {
    const { sam } = town;
    const prompt = await sam.runs('/ask', WORDS);
    expect(prompt.text).toContain('Mag ik dit naar een AI sturen?');
    await sam.clicks('Akkoord');
    expect((await answerOf(sam, /Oil the/)).text).toContain('Gemaakt door een AI');
    provider.behave({ status: 500 });
    expect((await sam.runs('/ask', WORDS)).text).toContain('De AI is nu niet te bereiken.');
    expect((await sam.runs('/privacy')).text).toContain('naar de AI bij');
    expect((await sam.clicks('Niet meer naar de AI sturen')).text).toContain('Ingetrokken');
  });
});

describe('where no answer comes', () => {
  test.each<[string, Behaviour, string]>([
    ['the key is wrong', { status: 401 }, 'did not want to answer'],
    ['it refuses', { refuses: 'I will not' }, 'did not want to answer'],
    ['it is broken', { status: 500 }, 'cannot be reached'],
    ['it talks nonsense', { raw: '<html>' }, 'cannot be reached'],
    ['it hangs up', 'hangs up', 'cannot be reached'],
  ])('because %s, a member has what there is without it, and why', async (_, behaviour, why) => {
    const { mia } = town;
    await agrees(mia);
    provider.behave(behaviour);
    const { text } = await mia.runs('/ask', WORDS);
    expect(text).toContain(PLAIN);
    expect(text).toContain(why);
    expect(text).not.toMatch(/Made by an AI|I will not|html/);
    await expect.poll(questions).toEqual([]);
  });

  test('because an admin switched it off, nobody is even asked', async () => {
    const { mia, ann } = town;
    await ann.runs('/config set', { setting: 'gpt.enabled', value: 'off' });
    const before = provider.asked.length;
    const { text } = await mia.runs('/ask', WORDS);
    expect(text).toContain(PLAIN);
    expect(text).toContain('switched the AI off');
    expect(provider.asked.length).toBe(before);
  });

  test('because the budget is used up, it says when there is room again', async () => {
    const { mia, sam, ann } = town;
    await agrees(mia);
    await agrees(sam);
    await ann.runs('/config set', { setting: 'gpt.member_daily_budget_cents', value: '0' });
    const before = provider.asked.length;
    const { text } = await mia.runs('/ask', WORDS);
    expect(text).toContain(PLAIN);
    expect(text).toMatch(/Your questions to the AI for today are used up\. There is room again <t:\d+:R>/);
    await ann.runs('/config set', { setting: 'gpt.guild_daily_budget_cents', value: '0' });
    expect((await sam.runs('/ask', WORDS)).text).toContain('Het budget van deze server');
    expect(provider.asked.length).toBe(before);
  });
});

test('the guild’s own model and temperature are used, and refused when they are none', async () => {
  const { mia, ann } = town;
  await agrees(mia);
  expect((await ann.runs('/config set', { setting: 'gpt.model', value: 'two words' })).text).toContain(
    'doesn',
  );
  expect((await ann.runs('/config set', { setting: 'gpt.temperature', value: '2.1' })).text).toContain(
    'from 0 to 2',
  );
  await ann.runs('/config set', { setting: 'gpt.model', value: 'gpt-4o' });
  await ann.runs('/config set', { setting: 'gpt.temperature', value: '0,2' });
  await mia.runs('/ask', WORDS);
  expect(provider.asked.at(-1)).toMatchObject({ model: 'gpt-4o', temperature: 0.2 });
});

test('an answer pings nobody and holds no key', async () => {
  const { mia, sam } = town;
  await agrees(mia);
  provider.behave({ says: `@everyone <@${sam.id}> ${KEY} done` });
  const reply = await mia.runs('/ask', WORDS);
  expect(reply.text).toContain('done');
  expect(reply.message?.mentionsEveryone).toBe(false);
  expect(reply.message?.mentions).toEqual([]);
  expect(JSON.stringify(reply.message)).not.toContain(KEY);
});

describe('a provider without time', () => {
  test('is asked again, and the answer takes the place of what was shown', async () => {
    const { mia } = town;
    await agrees(mia);
    provider.behave({ status: 429 }, { says: 'At last.' });
    const asked = provider.asked.length;
    const { text, message } = await mia.runs('/ask', WORDS);
    expect(text).toContain(PLAIN);
    expect(text).toContain('I ask again by myself');
    expect(await questions()).toEqual([{ state: 'asking', attempts: 1 }]);
    await world().advance(31_000);
    const answer = await answerOf(mia, 'At last.');
    expect(answer.id).toBe(message?.id);
    expect(answer.text).not.toContain('I ask again');
    expect(provider.asked.length).toBe(asked + 2);
    await expect.poll(questions).toEqual([]);
  });

  test('is not asked before it said', async () => {
    const { mia } = town;
    await agrees(mia);
    provider.behave({ status: 429, retryAfter: '600' }, { says: 'At last.' });
    await mia.runs('/ask', WORDS);
    const asked = provider.asked.length;
    await world().advance(9 * MINUTE_MS);
    expect(provider.asked.length).toBe(asked);
    await world().advance(6.5 * MINUTE_MS);
    expect(provider.asked.length).toBe(asked + 1);
    expect(mia.dms.at(-1)?.text).toContain('At last.');
  });

  test('who takes no direct messages finds the answer behind a button that only they can use', async () => {
    const { mia, sam, guild } = town;
    await agrees(mia);
    mia.acceptsDirectMessages(false);
    provider.behave({ status: 429, retryAfter: '1200' }, { says: 'At **last**.' });
    await mia.runs('/ask', WORDS, { in: 'general' });
    await world().advance(31 * MINUTE_MS);
    const notice = mia.sees('general').at(-1);
    expect(notice?.mentions).toEqual(['mia']);
    expect(notice?.text).not.toContain('last');
    expect(sam.sees('general').at(-1)?.id).toBe(notice?.id);
    expect((await sam.clicks('Your answer is ready')).text).toContain('voor iemand anders');
    const shown = await mia.clicks('Your answer is ready');
    expect(shown.ephemeral).toBe(true);
    expect(shown.text).toContain('At **last**.');
    // It stays for a week.
    await world().advance(8 * DAY_MS);
    expect((await mia.clicks('Your answer is ready')).text).toContain('not kept any more');
    mia.acceptsDirectMessages(true);
    expect(guild.id).not.toBe('');
  });

  test('is given up after five tries, and the member is told', async () => {
    const { mia } = town;
    await agrees(mia);
    provider.behave({ status: 429 }, { status: 500 }, { status: 429 });
    const asked = provider.asked.length;
    await mia.runs('/ask', WORDS);
    for (let sweep = 0; sweep < 8; sweep += 1) await world().advance(4 * MINUTE_MS);
    expect(provider.asked.length).toBe(asked + 5);
    const told = mia.dms.at(-1)?.text;
    expect(told).toContain('however often I asked');
    expect(told).toContain(PLAIN);
    await expect.poll(questions).toEqual([]);
  });

  test('is asked nothing any more once the yes is taken back', async () => {
    const { mia } = town;
    await agrees(mia);
    provider.behave({ status: 429 }, { says: 'At last.' });
    await mia.runs('/ask', WORDS);
    const asked = provider.asked.length;
    await mia.runs('/privacy');
    await mia.clicks('No longer send to the AI');
    await world().advance(10 * MINUTE_MS);
    expect(provider.asked.length).toBe(asked);
  });

  test('has no more than twenty of a server wait', async () => {
    const { mia, guild } = town;
    await agrees(mia);
    const { db } = world().database;
    const now = world().clock.now();
    await db
      .insertInto('ai_questions')
      .values(
        Array.from({ length: 20 }, () => ({
          guild_id: guild.id,
          user_id: mia.id,
          locale: 'en-US',
          profile: 'suggest-reply',
          quotes: '[]',
          plain: '',
          sources: '[]',
          state: 'asking',
          token: '',
          message_id: '',
          token_expires_at: now,
          attempts: 1,
          due_at: new Date(now.getTime() + DAY_MS),
          asked_at: now,
        })),
      )
      .execute();
    provider.behave({ status: 429 });
    const { text } = await mia.runs('/ask', WORDS);
    expect(text).toContain('many others are waiting');
    expect(text).toContain(PLAIN);
    await db.deleteFrom('ai_questions').execute();
  });
});

describe('a process that dies', () => {
  /** What a process left that had asked and said "I am asking". */
  async function leave(
    person: Person,
    left: { state: 'asking' } | { state: 'ended'; outcome: 'answer'; answer: string },
  ): Promise<SeenMessage> {
    provider.behave({ status: 429, retryAfter: '600' });
    const { message } = await person.runs('/ask', WORDS);
    const { db } = world().database;
    const now = world().clock.now();
    await db
      .updateTable('ai_questions')
      .set({ ...left, due_at: now, leased_until: new Date(now.getTime() + 90_000), attempts: 0 })
      .execute();
    if (message === null) throw new Error('no message');
    return message;
  }

  test('while it asks: another one asks, and the answer comes once', async () => {
    const { mia } = town;
    await agrees(mia);
    const { id } = await leave(mia, { state: 'asking' });
    provider.behave({ says: 'From the next one.' });
    await world().advance(60_000);
    expect(mia.sees().find((one) => one.id === id)?.text).not.toContain('From the next one.');
    await world().advance(31_000);
    expect(mia.sees().find((one) => one.id === id)?.text).toContain('From the next one.');
    expect(mia.dms.filter(({ text }) => text.includes('From the next one.'))).toEqual([]);
  });

  test('once it has the answer: it is shown and not asked for again', async () => {
    const { mia } = town;
    await agrees(mia);
    const { id } = await leave(mia, { state: 'ended', outcome: 'answer', answer: 'Paid already.' });
    const asked = provider.asked.length;
    await world().advance(91_000);
    expect(mia.sees().find((one) => one.id === id)?.text).toContain('Paid already.');
    expect(provider.asked.length).toBe(asked);
    await expect.poll(questions).toEqual([]);
  });
});

describe('an admin', () => {
  test('sees what it costs, per feature and member, and what is left', async () => {
    const { mia, sam, ann, niels } = town;
    await agrees(sam);
    provider.behave({ says: 'Oil the chain.', tokens: [1_000, 500] });
    await mia.runs('/ask', WORDS);
    await mia.clicks('Agree');
    await answerOf(mia, /Oil the chain/);
    provider.behave({ status: 500 });
    await mia.runs('/ask', WORDS);
    const usage = await ann.runs('/ai_usage');
    expect(usage.ephemeral).toBe(true);
    // Mia's 1,000 tokens at 15 cents a million and 500 at 60, Sam's 10 and 5.
    expect(usage.text).toContain('**$0.0005** of $1.00');
    expect(usage.text).toContain('Drafts of replies: 3 asked, 2 answered, 1,515 tokens, $0.0005');
    expect(usage.text.indexOf('@mia')).toBeGreaterThan(0);
    expect(usage.text.indexOf('@mia')).toBeLessThan(usage.text.indexOf('@sam'));
    expect(usage.text).toContain('@sam · <$0.0001');
    expect(usage.text).not.toContain('squeaks');
    await world().advance(DAY_MS);
    const later = await niels.runs('/ai_usage');
    expect(later.text).toContain('Er is niets gevraagd.');
    expect(later.text).toContain('3 gevraagd');
    await world().advance(31 * DAY_MS);
    expect((await ann.runs('/ai_usage')).text).not.toContain('asked,');
  });

  test('sees how it does, and never the key', async () => {
    const { mia, ann, niels } = town;
    expect((await ann.runs('/gptstatus')).text).toContain('None.');
    await agrees(mia);
    provider.behave({ status: 500 }, { status: 429 });
    await mia.runs('/ask', WORDS);
    await mia.runs('/ask', WORDS);
    const { text } = await ann.runs('/gptstatus');
    for (const part of [
      'gpt-4o-mini',
      new URL(provider.url).host,
      'Not to be reached, or too slow: <t:',
      'Too much to do: <t:',
      '(the last 3)',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/Questions waiting: 1/);
    expect(text).toMatch(/Tokens today: 15/);
    expect(text).not.toContain(KEY);
    await ann.runs('/config set', { setting: 'gpt.enabled', value: 'off' });
    expect((await niels.runs('/gptstatus')).text).toContain('in deze server uitgezet');
    await world().advance(HOUR_MS);
  });

  test('is none who is a member', async () => {
    const { mia } = town;
    for (const command of ['/ai_usage', '/gptstatus'])
      expect((await mia.runs(command, {}, { allowedBySettings: true })).text).toContain('Manage Server');
  });
});

// The last, for the next process knows no /ask any more.
test('a process that is stopped leaves what it asks to the next one', async () => {
  const { mia } = town;
  await agrees(mia);
  provider.behave('silent', { says: 'From the next one.' });
  const asked = provider.asked.length;
  const running = mia.runs('/ask', WORDS);
  await expect.poll(() => provider.asked.length).toBe(asked + 1);
  await world().restart();
  await world().advance(1_000);
  await answerOf(mia, 'From the next one.');
  await running;
  await expect.poll(questions).toEqual([]);
});
