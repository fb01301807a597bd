import { beforeEach, describe, expect, test } from 'vitest';
import { LogChannel, type LogEntry } from '#lib/log-channel/log-channel';
import { createLog } from '#lib/logging/logger';
import type { SettingKey, SettingValue } from '#lib/settings/definitions';
import { Settings } from '#lib/settings/settings';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import { useDatabase } from '../../setup/database.ts';
import { useClient } from '../discord/sandbox-client.ts';
import { useSentences } from '../i18n/sentences.ts';
import { freshCaches } from '../../setup/caches.ts';

const LEVELS = ['debug', 'info', 'success', 'warning', 'error'] as const;
const NOW = new Date('2026-12-01T09:00:00Z');
const clock = { now: () => NOW };

const database = useDatabase();
const connected = useClient(
  {
    name: 'Town',
    owner: 'olivia',
    members: ['mia'],
    channels: [
      { name: 'general' },
      { name: 'log' },
      { name: 'archive', type: 'category' },
      { name: 'silent', overwrites: [{ role: 'Alphapy', deny: ['SendMessages'] }] },
    ],
  },
  { name: 'Village', owner: 'victor', channels: [{ name: 'elsewhere' }] },
);
useSentences();

let lines: { level: string; msg: string }[] = [];
let settings: Settings;
let logChannel: LogChannel;
beforeEach(async () => {
  await database().empty();
  lines = [];
  const log = createLog('info', { write: (line) => lines.push(JSON.parse(line) as (typeof lines)[number]) });
  settings = new Settings({ db: database().db, clock, caches: freshCaches() });
  logChannel = new LogChannel({ client: connected().client, db: database().db, settings, clock, log });
});

const guildAt = (index: number): SandboxGuild => {
  const guild = connected().guilds[index];
  if (guild === undefined) throw new Error('no such guild');
  return guild;
};
const town = (): SandboxGuild => guildAt(0);
const village = (): SandboxGuild => guildAt(1);
const choose = (key: SettingKey, value: SettingValue) =>
  settings.change({ guildId: town().id, key, value, changedBy: '1' });
const useLogChannel = (name = 'log') => choose('system.log_channel_id', town().channel(name).id);
const seen = (channel = 'log') => town().owner.sees(channel);
const entry: LogEntry = (t) => ({
  title: t('reminders:log.sent'),
  fields: [{ name: 'Name', value: '@everyone' }],
});

test('nothing is posted, nor complained about, while no channel is chosen', async () => {
  const { length } = connected().sandbox.requests;
  await logChannel.post(town().id, 'error', entry);
  expect([connected().sandbox.requests.length - length, lines]).toEqual([0, []]);
});

test('one embed with the level, the time and nobody pinged', async () => {
  await useLogChannel();
  await logChannel.post(town().id, 'error', entry);
  const message = seen().at(-1);
  expect(message).toMatchObject({ content: '', mentionsEveryone: false, mentions: [] });
  expect(message?.embeds).toMatchObject([
    { title: 'Reminder sent', color: 0xe74c3c, timestamp: NOW.toISOString() },
  ]);
});

test("in the guild's language", async () => {
  await useLogChannel();
  await choose('system.language', 'nl');
  await logChannel.post(town().id, 'info', entry);
  expect(seen().at(-1)?.embeds[0]?.title).toBe('Herinnering verstuurd');
});

test.each([
  ['verbose', LEVELS],
  ['normal', ['info', 'success', 'warning', 'error']],
  ['critical', ['error']],
] as const)('%s shows %j', async (level, shown) => {
  await useLogChannel();
  await choose('system.log_level', level);
  const before = seen().length;
  for (const each of LEVELS) await logChannel.post(town().id, each, () => ({ title: each }));
  expect(
    seen()
      .slice(before)
      .map(({ embeds }) => embeds[0]?.title),
  ).toEqual(shown);
});

describe('never fails, and the process log says why nothing appeared', () => {
  test.each([
    ['a channel that is gone', () => '1328374655667123456', 'gone or not a channel'],
    ["another guild's channel", () => village().channel('elsewhere').id, 'gone or not a channel'],
    ['a category', () => town().channel('archive').id, 'gone or not a channel'],
    ['a channel where the bot may not write', () => town().channel('silent').id, 'could not post'],
  ])('%s', async (_name, channelId, said) => {
    await choose('system.log_channel_id', channelId());
    const before = village().owner.sees('elsewhere').length;
    await logChannel.post(town().id, 'error', entry);
    expect(lines).toMatchObject([{ level: 'warn', msg: expect.stringContaining(said) }]);
    expect(village().owner.sees('elsewhere')).toHaveLength(before);
  });

  test('an entry that cannot be written', async () => {
    await useLogChannel();
    await logChannel.post(town().id, 'error', () => {
      throw new Error('boom');
    });
    expect(lines).toMatchObject([{ level: 'warn', msg: 'log channel: could not post' }]);
  });

  test('settings that cannot be read', async () => {
    const { db } = database();
    const broken = new Settings({
      db: db.withSchema('nowhere'),
      clock,
      caches: freshCaches(),
    });
    const log = createLog('info', {
      write: (line) => lines.push(JSON.parse(line) as (typeof lines)[number]),
    });
    await new LogChannel({
      client: connected().client,
      db: database().db,
      settings: broken,
      clock,
      log,
    }).post(town().id, 'error', entry);
    expect(lines).toMatchObject([{ level: 'warn', msg: 'log channel: could not post' }]);
  });
});
