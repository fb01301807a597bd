import { describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import { createMessage } from '../../sandbox/state/messages.ts';
import { useBot } from '../setup/bot.ts';
import { botHears, brussels, full, plantTown, type Town } from './town.ts';
import { titles } from './trouble.ts';

const world = useBot();

const CREATED = 'An announcement became a reminder';
const EMPTY = 'There are no reminders here yet';

/** A town whose "news" are read, with a log. */
async function plantReadTown(): Promise<Town> {
  const town = plantTown(world());
  const set = (setting: string, value: string) =>
    town.olivia.runs('/config set', { setting, value }, { in: 'log' });
  expect((await set('system.log_channel_id', 'log')).failed).toBeNull();
  expect((await set('embedwatcher.announcements_channel_id', 'news')).failed).toBeNull();
  return town;
}

const listed = async (person: Person): Promise<string> =>
  (await person.runs('/reminder_list', {}, { in: 'log' })).text;

function postEmbed({ sandbox }: ReturnType<typeof world>, guild: SandboxGuild, by: Person, embed: object) {
  return createMessage(sandbox.world, guild.channel('news'), { authorId: by.id, embeds: [embed] });
}

describe('a post that announces something', () => {
  test('becomes a reminder; the log says from which words, and changes it or takes it back', async () => {
    const { olivia, ann, mia } = await plantReadTown();
    olivia.writes('news', 'Live Q&A this Thursday at 20:15 in Voice 1');
    const entry = await ann.waitsFor('log', CREATED);
    expect(entry.text).toContain('Read from: “this Thursday” · “20:15” · “Voice 1”');
    expect(entry.text).toContain(`When: ${full('2026-12-03T20:15')}`);
    expect(entry.text).toContain(`Next: ${full('2026-12-03T19:15')}`);
    expect(await listed(ann)).toContain('Live Q&A this Thursday');

    expect((await mia.clicks('Undo', { on: entry })).text).toContain('Only who posted it or an admin');
    expect((await mia.clicks('Edit', { on: entry })).text).toContain('Only who posted it or an admin');
    await ann.clicks('Edit', { on: entry });
    expect((await ann.submits({ Where: 'Voice 2' })).text).toContain('Voice 1 → Voice 2');
    expect((await ann.clicks('Undo', { on: entry })).text).toContain('took back reminder #');
    expect(await listed(ann)).toContain(EMPTY);
    await expect(ann.clicks('Undo', { on: entry })).rejects.toThrow('There is no button');
  });

  test('an embed with fields, in Dutch, and what recurs', async () => {
    const { guild, olivia, niels } = await plantReadTown();
    await olivia.runs('/config set', { setting: 'system.language', value: 'nl' }, { in: 'log' });
    postEmbed(world(), guild, olivia, {
      type: 'rich',
      title: 'Taalcafé',
      fields: [
        { name: 'Dagen', value: 'di en do' },
        { name: 'Uur', value: '18u30' },
        { name: 'Waar', value: '**Zaal 2**' },
      ],
    });
    const entry = await niels.waitsFor('log', 'Een aankondiging werd een herinnering');
    expect(entry.text).toContain('dinsdag en donderdag 18:30');
    expect(entry.text).toContain('Zaal 2');
    expect(await listed(niels)).toContain('Taalcafé');
  });

  test('edited, the reminder changes and the log tells the difference; deleted, it goes', async () => {
    const { olivia, ann } = await plantReadTown();
    const post = olivia.writes('news', 'Quiz on Friday 4 December at 20:00');
    await ann.waitsFor('log', CREATED);
    olivia.edits(post, 'Quiz on Saturday 5 December at 21:00');
    const change = await ann.waitsFor('log', 'An announcement changed');
    expect(change.text).toContain(`${full('2026-12-04T20:00')} → ${full('2026-12-05T21:00')}`);
    olivia.edits(post, 'Quiz on Saturday 5 December at 21:00!');
    olivia.deletes(post);
    await ann.waitsFor('log', 'Its post was deleted');
    expect(
      titles(ann, 'log').filter((title) => title === 'An announcement changed, and its reminder with it'),
    ).toHaveLength(1);
    expect(await listed(ann)).toContain(EMPTY);
  });

  test('edited to be cancelled, the reminder goes too', async () => {
    const { olivia, ann } = await plantReadTown();
    const post = olivia.writes('news', 'Training tomorrow at 19:00');
    await ann.waitsFor('log', CREATED);
    olivia.edits(post, 'CANCELLED: Training tomorrow at 19:00');
    await ann.waitsFor('log', 'no longer announces it');
    expect(await listed(ann)).toContain(EMPTY);
  });

  test('posted again, it is not doubled, and survives the first one', async () => {
    const { guild, olivia, ann } = await plantReadTown();
    const first = olivia.writes('news', 'Film night on Saturday at 20:30');
    await ann.waitsFor('log', CREATED);
    olivia.writes('news', 'Film night on Saturday at 20:30');
    await ann.waitsFor('log', 'This was announced before');
    olivia.deletes(first);
    await botHears(world(), guild);
    expect((await listed(ann)).match(/Film night/g)).toHaveLength(1);
  });

  test('a hundred in a second make a hundred reminders', async () => {
    const { olivia, ann } = await plantReadTown();
    for (let turn = 1; turn <= 100; turn += 1)
      olivia.writes('news', `Quiz ${turn} on Friday 4 December at 20:00`);
    await expect
      .poll(() => titles(ann, 'log').filter((title) => title === CREATED).length, { timeout: 30_000 })
      .toBe(100);
    expect(await listed(ann)).toContain('100');
  }, 40_000);

  test('what announces nothing makes nothing, and the log says why', async () => {
    const { olivia, ann } = await plantReadTown();
    olivia.writes('news', 'Good morning everyone, v2.10.30 costs €19.30 on 192.168.10.20');
    await ann.waitsFor('log', 'It says no moment.');
    olivia.writes('news', 'No session this Thursday at 20:00');
    await ann.waitsFor('log', 'It says that something does not take place.');
    expect(await listed(ann)).toContain(EMPTY);
  });
});

describe('a post that may announce something', () => {
  const UNSURE = 'Meeting next Friday at 8';

  test('its author is asked in private, and a yes makes the reminder', async () => {
    const { olivia, ann } = await plantReadTown();
    olivia.writes('news', UNSURE);
    await expect.poll(() => olivia.dms.at(-1)?.text).toContain('Is this an announcement?');
    expect(await listed(ann)).toContain(EMPTY);
    const question = olivia.dms.at(-1);
    if (question === undefined) throw new Error('nobody was asked');
    await olivia.clicks('Make a reminder', { on: question });
    await ann.waitsFor('log', CREATED);
    expect(await listed(ann)).toContain('Meeting next Friday');
    expect(olivia.dms.at(-1)?.text).toContain('is made');
  });

  test('who takes no direct messages is asked in the log channel; a no settles it, whatever is edited', async () => {
    const { guild, olivia, ann } = await plantReadTown();
    olivia.acceptsDirectMessages(false);
    const post = olivia.writes('news', UNSURE);
    const question = await ann.waitsFor('log', 'Is this an announcement?');
    await ann.clicks('No, thanks', { on: question });
    await ann.waitsFor('log', 'No reminder is made of that post.');
    olivia.edits(post, 'Meeting on Friday 4 December at 20:00');
    await botHears(world(), guild);
    expect(await listed(ann)).toContain(EMPTY);
  });
});

test('what was posted, changed and deleted while the bot was away is caught up with', async () => {
  const { olivia, ann } = await plantReadTown();
  const gone = olivia.writes('news', 'Walk on Saturday at 14:00');
  const moved = olivia.writes('news', 'Quiz on Sunday at 15:00');
  await ann.waitsFor('log', CREATED);
  await expect.poll(async () => (await listed(ann)).includes('Quiz')).toBe(true);
  await world().restart(() => {
    olivia.deletes(gone);
    olivia.edits(moved, 'Quiz on Sunday at 16:00');
    olivia.writes('news', 'Choir on Monday at 19:00');
  });
  await ann.waitsFor('log', 'Its post was deleted');
  await ann.waitsFor('log', full('2026-12-06T16:00'));
  await expect.poll(async () => (await listed(ann)).includes('Choir')).toBe(true);
  expect(await listed(ann)).not.toContain('Walk');
});

test('what was due while the bot was away is told late, though its post is read again first', async () => {
  const { guild, olivia, ann } = await plantReadTown();
  olivia.writes('news', 'Quiz on Wednesday 2 December at 20:00');
  await ann.waitsFor('log', CREATED);
  await world().restart(() => world().clock.moveTo(brussels('2026-12-02T21:00')));
  olivia.writes('news', 'Choir on Monday at 19:00');
  await expect.poll(async () => (await listed(ann)).includes('Choir')).toBe(true);
  await botHears(world(), guild);
  await world().advance(1_000);
  expect(titles(ann, 'news')).toContain('Begun: Quiz on Wednesday 2 December at 20:00');
});

test('what was posted while the session was lost is caught up with', async () => {
  const { olivia, ann } = await plantReadTown();
  olivia.writes('news', 'Walk on Saturday at 14:00');
  await ann.waitsFor('log', CREATED);
  const { client } = world().bot;
  const closed = new Promise((resolve) => client.once('shardReconnecting', resolve));
  const ready = new Promise((resolve) => client.once('shardReady', resolve));
  world().sandbox.faults.switchOn({ fault: 'invalid session' });
  await closed;
  olivia.writes('news', 'Choir on Monday at 19:00');
  await ready;
  await expect.poll(async () => (await listed(ann)).includes('Choir')).toBe(true);
});

test('an admin has a post explained', async () => {
  const { olivia, ann, niels, mia } = await plantReadTown();
  olivia.writes('general', 'Elke eerste maandag om 20u in de kantine');
  const told = await niels.runs('/debug_parse_embed', {}, { in: 'general' });
  expect(told.text).toContain('elke eerste maandag van de maand 20:00');
  expect(told.text).toContain('kantine');
  olivia.writes('general', 'hello there');
  expect((await ann.runs('/debug_parse_embed', {}, { in: 'general' })).text).toContain('It says no moment.');
  await expect(mia.runs('/debug_parse_embed', {}, { in: 'general' })).rejects.toThrow('debug_parse_embed');
});

test('what was announced is sent, and is not taken for an announcement itself', async () => {
  const { olivia, ann } = await plantReadTown();
  olivia.writes('news', 'Choir on Friday at 19:00 in Voice 1');
  await ann.waitsFor('log', CREATED);
  await world().moveTo(brussels('2026-12-04T18:00'));
  const sent = await ann.waitsFor('news', 'Reminder #');
  expect(sent.text).toContain(full('2026-12-04T19:00'));
  expect(sent.text).toContain('Voice 1');
  await world().moveTo(brussels('2026-12-04T19:00'));
  await ann.waitsFor('news', 'Now: Choir');
  expect(titles(ann, 'log').filter((title) => title === CREATED)).toHaveLength(1);
});
