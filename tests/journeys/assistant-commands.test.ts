import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { addEntry } from '#lib/faq/queries';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { HOSTILE, isLive } from './hostile-words.ts';
import { plantTown } from './town.ts';

const dataDirectory = mkdtempSync(path.join(tmpdir(), 'alphapy-data-'));
const knowledge = path.join(dataDirectory, 'knowledge');
mkdirSync(knowledge);
cpSync(path.resolve(import.meta.dirname, '../../docs/knowledge'), knowledge, { recursive: true });
afterAll(() => {
  rmSync(dataDirectory, { recursive: true });
});
const world = useBot({ config: { dataDirectory } });

describe('where there is no AI', () => {
  test('a check-in gives the own points back, with questions and where to find people', async () => {
    const { mia, sam } = plantTown(world());
    const opened = await mia.runs('/growthcheckin');
    expect(opened.modal?.title).toBe('Growth check-in');
    const said = await mia.submits({
      'Your goal': 'Run *10 km*',
      'What stands in the way': 'I get tired',
      'How you feel about it': 'A bit sad, @everyone',
    });
    expect(said.ephemeral).toBe(true);
    for (const part of [
      'Run \\*10 km\\*',
      'I get tired',
      'A bit sad, everyone',
      'To go on with',
      'crisis line',
    ])
      expect(said.text).toContain(part);

    expect((await sam.runs('/growthcheckin')).modal?.title).toBe('Groei-check-in');
    const gezegd = await sam.submits({
      'Je doel': 'Rust',
      'Wat in de weg staat': 'Druk',
      'Hoe je je erbij voelt': '\u200B\u200B',
    });
    for (const part of ['Rust', 'Om mee verder te gaan', '113']) expect(gezegd.text).toContain(part);
    expect(gezegd.text).not.toContain('Hoe je je erbij voelt');
  });

  test('a topic is answered by the passages themselves, with their sources', async () => {
    const { mia, sam } = plantTown(world());
    const choices = await mia.autocompletes('/learn_topic', { topic: 'burn' }, 'topic');
    expect(choices.map(({ value }) => value)).toContain('Caring for moderators › Signs of burnout');
    const said = await mia.runs('/learn_topic', { topic: 'Caring for moderators › Signs of burnout' });
    expect(said.ephemeral).toBe(true);
    expect(said.text).toContain('Being online always');
    expect(said.text).toContain('Caring for moderators › Signs of burnout');

    const gezegd = await sam.runs('/learn_topic', { topic: 'wat doe ik op de eerste dag met nieuwe leden?' });
    expect(gezegd.text).toContain('Spreek af wie er op welke dag begroet');
    expect(gezegd.text).toContain('Nieuwe leden › De eerste dag');
  });

  test('a topic of which nothing is known is not answered, but what is known is named', async () => {
    const { mia, sam } = plantTown(world());
    const said = await mia.runs('/learn_topic', { topic: 'sourdough *bread*' });
    for (const part of ['I have nothing on that', 'sourdough \\*bread\\*', 'Caring for moderators'])
      expect(said.text).toContain(part);
    const gezegd = await sam.runs('/learn_topic', { topic: '../../../../etc/passwd' });
    expect(gezegd.text).toContain('Daar heb ik niets over');
    expect(gezegd.text).not.toContain('root:');
  });

  test('a file that the host drops there counts at once', async () => {
    const { mia } = plantTown(world());
    expect((await mia.runs('/learn_topic', { topic: 'garden parties' })).text).toContain('nothing on that');
    writeFileSync(path.join(knowledge, 'parties.md'), '# Garden parties\nBring a chair. <@&1> @here');
    const said = await mia.runs('/learn_topic', { topic: 'garden parties' });
    expect(said.text).toContain('Bring a chair.');
    expect(isLive(said.message)).toBe(false);
  });

  test('the FAQ of the own server is a source as well, and comes first', async () => {
    const { guild, mia, sam } = plantTown(world());
    const elsewhere = plantTown(world());
    const { db } = world().database;
    const by = { userId: mia.id, at: world().clock.now() };
    const entry = { keywords: [], language: 'nl' as const };
    await addEntry(
      db,
      guild.id,
      { ...entry, title: 'Hoe krijg ik een kleur?', summary: 'Vraag het **Tim**. @everyone' },
      by,
    );
    const choices = await sam.autocompletes('/learn_topic', { topic: 'kleur' }, 'topic');
    expect(choices.map(({ value }) => value)).toEqual(['FAQ › Hoe krijg ik een kleur?']);
    for (const topic of ['FAQ › Hoe krijg ik een kleur?', 'hoe krijg ik een kleur']) {
      // oxlint-disable-next-line no-await-in-loop -- one person does one thing after the other
      const said = await sam.runs('/learn_topic', { topic });
      expect(said.text).toContain('Vraag het **Tim**. everyone');
      expect(said.text).toContain('FAQ › Hoe krijg ik een kleur?');
      expect(isLive(said.message)).toBe(false);
    }
    const there = await elsewhere.sam.runs('/learn_topic', { topic: 'hoe krijg ik een kleur' });
    expect(there.text).not.toContain('Tim');
  });

  test('a caption is given as templates of its style', async () => {
    const { mia, sam } = plantTown(world());
    const said = await mia.runs('/create_caption', { topic: 'our summer party', style: 'punchy' });
    expect(said.ephemeral).toBe(true);
    expect(said.text).toContain('Three words on our summer party');
    const gezegd = await sam.runs('/create_caption', { topic: 'ons feest', style: 'formal' });
    expect(gezegd.text).toContain('Betreft ons feest');
  });

  test('a leader chooses a challenge, or asks in a window', async () => {
    const { mia, sam } = plantTown(world());
    const offered = await mia.runs('/leaderhelp');
    expect(offered.ephemeral).toBe(true);
    expect(offered.message?.selects[0]?.options).toHaveLength(4);
    const helped = await mia.picks('Choose a challenge', 'People drop off');
    expect(helped.ephemeral).toBe(true);
    expect(helped.text).toContain('write down the names of five people');

    await sam.runs('/leaderhelp');
    expect((await sam.clicks('Mijn eigen vraag stellen')).modal?.title).toBe('Een vraag over leidinggeven');
    const geholpen = await sam.submits({ 'Je vraag': 'Hoe zeg ik nee tegen een vriend?' });
    expect(geholpen.ephemeral).toBe(true);
    for (const part of ['Hoe zeg ik nee tegen een vriend?', 'Zeg het in één zin'])
      expect(geholpen.text).toContain(part);
    expect(mia.sees('general').filter(({ ephemeral }) => !ephemeral)).toEqual([]);
  });

  test('menus from before a restart still help', async () => {
    const { mia } = plantTown(world());
    await mia.runs('/leaderhelp');
    await world().restart();
    const helped = await mia.picks('Choose a challenge', 'I doubt myself as a leader');
    expect(helped.text).toContain('three things of the last month');
  });
});

describe('whoever asks too often', () => {
  test('is told when it works again, in each guild by itself; menus and windows count', async () => {
    const { mia, sam } = plantTown(world());
    const other = plantTown(world());
    await mia.runs('/leaderhelp');
    await mia.picks('Choose a challenge', 'People drop off');
    await mia.picks('Choose a challenge', 'People drop off');
    expect((await mia.picks('Choose a challenge', 'People drop off')).text).toContain(
      'Try again in 60 seconds',
    );
    expect((await mia.clicks('Ask my own question')).modal).toBeNull();
    expect((await mia.runs('/leaderhelp')).text).toContain('Try again in');
    expect((await other.mia.runs('/leaderhelp')).text).toContain('What do you need help with?');
    expect((await sam.runs('/leaderhelp')).text).toContain('Waar heb je hulp bij nodig?');
    await world().advance(MINUTE_MS);
    expect((await mia.runs('/leaderhelp')).text).toContain('What do you need help with?');

    for (const _ of [1, 2, 3]) await mia.runs('/create_caption', { topic: 'tea', style: 'formal' });
    expect((await mia.runs('/create_caption', { topic: 'tea', style: 'formal' })).text).toContain(
      'Try again',
    );
    for (const _ of [1, 2, 3]) await sam.runs('/learn_topic', { topic: 'burnout' });
    expect((await sam.runs('/learn_topic', { topic: 'burnout' })).text).toContain('Probeer');
  });

  test('loses nothing that was typed: the window does not open', async () => {
    const { mia } = plantTown(world());
    await mia.runs('/growthcheckin');
    const points = { 'Your goal': 'a', 'What stands in the way': 'b', 'How you feel about it': 'c' };
    expect((await mia.submits(points)).text).toContain('To go on with');
    expect((await mia.runs('/growthcheckin')).modal).not.toBeNull();
    await world().advance(MINUTE_MS);
    const refused = await mia.runs('/growthcheckin');
    expect(refused.modal).toBeNull();
    expect(refused.text).toContain('Try again in 240 seconds');
    await world().advance(5 * MINUTE_MS);
    expect((await mia.runs('/growthcheckin')).modal).not.toBeNull();
  });
});

test.each(HOSTILE)('%s: nothing of it is live or carried out', async (_name, words) => {
  const { mia } = plantTown(world());
  await mia.runs('/growthcheckin');
  const fits = (most: number): string => words.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  const replies = [
    await mia.submits({
      'Your goal': fits(1_000),
      'What stands in the way': fits(1_000),
      'How you feel about it': fits(1_000),
    }),
    await mia.runs('/learn_topic', { topic: fits(300) }),
    await mia.runs('/create_caption', { topic: fits(300), style: 'punchy' }),
  ];
  await mia.runs('/leaderhelp');
  await mia.clicks('Ask my own question');
  replies.push(await mia.submits({ 'Your question': fits(1_500) }));
  for (const reply of replies) {
    expect(reply.failed).toBeNull();
    expect(reply.ephemeral).toBe(true);
    expect(isLive(reply.message)).toBe(false);
    expect(reply.text).not.toMatch(/sandbox\.bot\.token|Reference|reference/);
  }
});
