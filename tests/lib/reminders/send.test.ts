import { beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '#lib/logging/logger';
import type { ClaimedOccurrence } from '#lib/reminders/delivery-queries';
import type { Reminder } from '#lib/reminders/queries';
import { sendOccurrence } from '#lib/reminders/send';
import { Settings } from '#lib/settings/settings';
import { useDatabase } from '../../setup/database.ts';
import { useClient } from '../discord/sandbox-client.ts';
import { useSentences } from '../i18n/sentences.ts';
import { at, MIA, NOW } from './fixtures.ts';

const NOWHERE = '1328374655667123456';

const database = useDatabase();
const connected = useClient({
  name: 'Town',
  owner: 'olivia',
  channels: [
    { name: 'general' },
    { name: 'silent', overwrites: [{ role: 'Alphapy', deny: ['SendMessages'] }] },
    { name: 'calm', overwrites: [{ role: 'Alphapy', deny: ['MentionEveryone'] }] },
    { name: 'archive', type: 'category' },
  ],
});
useSentences();

const clock = { now: () => NOW };
let settings: Settings;
beforeEach(async () => {
  await database().truncate();
  settings = new Settings({ db: database().db, clock, log: createLog('silent') });
});

const town = () => {
  const [guild] = connected().guilds;
  if (guild === undefined) throw new Error('no guild');
  return guild;
};
const general = () => town().owner.sees('general');

let nonces = 0;
function send(change: Partial<Reminder> = {}, more: { host?: boolean; nonce?: string } = {}) {
  nonces += 1;
  const occurrence: ClaimedOccurrence = {
    id: '1',
    kind: 'advance',
    dueAt: NOW,
    eventAt: at('2026-12-01 20:00'),
    attempts: 1,
    nonce: more.nonce ?? `nonce-${nonces}`,
    reminder: {
      id: 7,
      guildId: town().id,
      name: 'Raid',
      channelId: town().channel('general').id,
      callTime: '20:00',
      days: [],
      message: '',
      location: null,
      createdBy: MIA,
      mentionEveryone: false,
      eventTime: at('2026-12-01 20:00'),
      offsetMinutes: 60,
      ...change,
    },
  };
  return sendOccurrence(
    { client: connected().client, settings, clock, enableEveryoneMentions: more.host ?? true },
    occurrence,
  );
}

test('a message is sent once, however often it is tried', async () => {
  const before = general().length;
  const first = await send({}, { nonce: 'the-same' });
  expect(await send({}, { nonce: 'the-same' })).toEqual(first);
  expect(general()).toHaveLength(before + 1);
  expect(first).toEqual({ outcome: 'sent', messageId: general().at(-1)?.id });
});

test.each([
  ['all say yes', { mentionEveryone: true }, {}, true, 'general', true],
  ['the reminder does not ask for it', {}, {}, true, 'general', false],
  ['the host says no by now', { mentionEveryone: true }, { host: false }, true, 'general', false],
  ['the guild says no by now', { mentionEveryone: true }, {}, false, 'general', false],
  ['the bot may not', { mentionEveryone: true }, {}, true, 'calm', false],
])('everyone is mentioned when %s: %#', async (_name, change, more, guildAgrees, channel, mentions) => {
  await settings.change({
    guildId: town().id,
    key: 'reminders.allow_everyone_mentions',
    value: guildAgrees,
    changedBy: MIA,
  });
  const message = '@everyone <@1328374655667123456>';
  expect(await send({ ...change, message, channelId: town().channel(channel).id }, more)).toMatchObject({
    outcome: 'sent',
  });
  expect(town().owner.sees(channel).at(-1)).toMatchObject({
    mentionsEveryone: mentions,
    content: mentions ? '@everyone' : '',
  });
});

describe('what a person must mend is set aside', () => {
  test.each([
    ['a guild that the bot has left', () => ({ guildId: NOWHERE }), { kind: 'left-guild' }],
    ['a channel that is gone', () => ({ channelId: NOWHERE }), { kind: 'no-channel' }],
    ['a category', () => ({ channelId: town().channel('archive').id }), { kind: 'no-channel' }],
    [
      'a channel where the bot may not write',
      () => ({ channelId: town().channel('silent').id }),
      { kind: 'permissions', missing: ['SendMessages'] },
    ],
  ])('%s', async (_name, change, reason) => {
    expect(await send(change())).toEqual({ outcome: 'parked', reason });
  });

  test.each([
    [404, 10003, { kind: 'no-channel' }],
    [403, 50001, { kind: 'permissions', missing: ['ViewChannel', 'SendMessages', 'EmbedLinks'] }],
    [403, 50013, { kind: 'permissions', missing: ['ViewChannel', 'SendMessages', 'EmbedLinks'] }],
    [400, 50035, { kind: 'refused', code: 50035 }],
    [400, 240000, { kind: 'refused', code: 240000 }],
  ])('Discord says %i, %i', async (status, code, reason) => {
    connected().sandbox.faults.next({
      match: /^POST .*messages/,
      answer: { status, body: { code, message: 'x' } },
    });
    expect(await send()).toEqual({ outcome: 'parked', reason });
  });
});

describe('what passes by itself comes later', () => {
  test.each([500, 502, 503])('Discord says %i, again and again', async (status) => {
    connected().sandbox.faults.next({ match: /^POST .*messages/, times: 10, answer: { status, body: {} } });
    expect(await send()).toMatchObject({ outcome: 'later' });
    connected().sandbox.faults.clear();
  });

  test('a guild that is unavailable for a while', async () => {
    const { client, sandbox } = connected();
    sandbox.faults.unavailable(town());
    await expect.poll(() => client.guilds.cache.get(town().id)?.available).toBe(false);
    expect(await send()).toMatchObject({ outcome: 'later' });
    sandbox.faults.available(town());
    await expect.poll(() => client.guilds.cache.get(town().id)?.available).toBe(true);
    expect(await send()).toMatchObject({ outcome: 'sent' });
  });

  // The last one: discord.js forgets a token that was refused.
  test('a token that Discord refuses: the message is not at fault', async () => {
    connected().sandbox.faults.next({
      match: /^POST .*messages/,
      answer: { status: 401, body: { code: 0, message: '401: Unauthorized' } },
    });
    expect(await send()).toMatchObject({ outcome: 'later' });
    expect(await send()).toMatchObject({ outcome: 'later' });
  });
});
