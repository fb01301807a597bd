import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ClaimedOccurrence } from '#lib/reminders/claims';
import type { Reminder } from '#lib/reminders/queries';
import { findSent, sendOccurrence } from '#lib/reminders/send';
import { Settings } from '#lib/settings/settings';
import type { RequestOrderInput } from '../../../sandbox/faults/order.ts';
import { useDatabase } from '../../setup/database.ts';
import { useClient } from '../discord/sandbox-client.ts';
import { useSentences } from '../i18n/sentences.ts';
import { at, MIA, NOW, ORDINARY } from './fixtures.ts';
import { freshCaches } from '../../setup/caches.ts';

const NOWHERE = '1328374655667123456';

const database = useDatabase();
const connected = useClient({
  name: 'Town',
  owner: 'olivia',
  channels: [
    { name: 'general' },
    { name: 'silent', overwrites: [{ role: 'Alphapy', deny: ['SendMessages'] }] },
    { name: 'no-threads', overwrites: [{ role: 'Alphapy', deny: ['SendMessagesInThreads'] }] },
    { name: 'calm', overwrites: [{ role: 'Alphapy', deny: ['MentionEveryone'] }] },
    { name: 'unread', overwrites: [{ role: 'Alphapy', deny: ['ReadMessageHistory'] }] },
    { name: 'archive', type: 'category' },
  ],
});
useSentences();

const clock = { now: () => NOW };
let settings: Settings;
beforeEach(async () => {
  await database().empty();
  settings = new Settings({ db: database().db, clock, caches: freshCaches() });
});

const town = () => {
  const [guild] = connected().guilds;
  if (guild === undefined) throw new Error('no guild');
  return guild;
};
const general = () => town().owner.sees('general');

let nonces = 0;
function occurrenceOf(change: Partial<Reminder>, nonce: string): ClaimedOccurrence {
  return {
    id: '1',
    kind: 'advance',
    dueAt: NOW,
    eventAt: at('2026-12-01 20:00'),
    offsetMinutes: 60,
    attempts: 1,
    nonce,
    // The sandbox's clock shows the real time here.
    maybeSentAt: new Date(),
    isRetried: false,
    reminder: {
      ...ORDINARY,
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
}

function send(
  change: Partial<Reminder> = {},
  more: { host?: boolean; nonce?: string; attempts?: number; isMine?: () => boolean } = {},
) {
  nonces += 1;
  return sendOccurrence(
    { client: connected().client, settings, clock, enableEveryoneMentions: more.host ?? true },
    { ...occurrenceOf(change, more.nonce ?? `nonce-${nonces}`), attempts: more.attempts ?? 1 },
    more.isMine ?? (() => true),
  );
}

describe('what may have been sent is looked for in its channel', () => {
  const find = (change: Partial<Reminder>, more: Partial<ClaimedOccurrence> = {}) =>
    findSent(connected().client, { ...occurrenceOf(change, 'x'), ...more });

  test('and found among others, in whatever language it was sent', async () => {
    expect(await find({ id: 81 })).toBeNull();
    await send({ id: 82 });
    await settings.change({ guildId: town().id, key: 'system.language', value: 'nl', changedBy: MIA });
    const sent = await send({ id: 81 });
    for (let id = 83; id < 90; id += 1) await send({ id });
    expect(await find({ id: 81 })).toBe(sent.outcome === 'sent' ? sent.messageId : 'not sent');
    expect(await find({ id: 8 })).toBeNull();
    expect(await find({ id: 81 }, { dueAt: at('2026-12-01 20:00') })).toBeNull();
    // Due at the same moment, for another event.
    expect(await find({ id: 81 }, { eventAt: at('2026-12-02 20:00') })).toBeNull();
  });

  test('beyond the first page', async () => {
    for (let number = 0; number < 150; number += 1) town().owner.writes('general', `chat ${number}`);
    const sent = await send({ id: 91 });
    expect(await find({ id: 91 })).toBe(sent.outcome === 'sent' ? sent.messageId : 'not sent');
  });

  test('unless the bot may not read there, or the channel is gone', async () => {
    const channelId = town().channel('unread').id;
    expect(await send({ id: 92, channelId })).toMatchObject({ outcome: 'sent' });
    expect(await find({ id: 92, channelId })).toBeNull();
    expect(await find({ channelId: NOWHERE })).toBeNull();
  });
});

test('a message is sent once, however often it is tried', async () => {
  const before = general().length;
  const first = await send({}, { nonce: 'the-same' });
  expect(await send({}, { nonce: 'the-same' })).toEqual(first);
  expect(general()).toHaveLength(before + 1);
  expect(first).toEqual({ outcome: 'sent', messageId: general().at(-1)?.id });
});

describe('what is no longer this process’s to send', () => {
  const messageRequests = () =>
    connected().sandbox.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
      .length;

  test('is not asked for', async () => {
    const before = messageRequests();
    expect(await send({}, { isMine: () => false })).toEqual({ outcome: 'lost' });
    expect(messageRequests()).toBe(before);
  });

  test('is not asked for again when Discord failed meanwhile; discord.js would', async () => {
    connected().sandbox.faults.switchOn({ fault: '500', on: 'messages' });
    const [before, written] = [messageRequests(), general().length];
    expect(await send({}, { isMine: () => messageRequests() === before })).toEqual({ outcome: 'lost' });
    expect([messageRequests(), general().length]).toEqual([before + 1, written]);
    expect(await send()).toMatchObject({ outcome: 'sent' });
  });

  test('is not asked for after a wait for a rate limit', async () => {
    connected().sandbox.faults.switchOn({ fault: '429', on: 'messages' });
    const [before, written] = [messageRequests(), general().length];
    expect(await send({}, { isMine: () => messageRequests() === before })).toEqual({ outcome: 'lost' });
    expect([messageRequests(), general().length]).toEqual([before + 1, written]);
  });

  test('is not asked for after a wait for a connection', async () => {
    const before = general().length;
    let isMine = true;
    const sleep = (): void => {
      isMine = false;
    };
    subscribe('undici:request:create', sleep);
    const result = await send({}, { isMine: () => isMine });
    unsubscribe('undici:request:create', sleep);
    expect([result, general().length]).toEqual([{ outcome: 'lost' }, before]);
  });
});

describe('what Discord refuses in the end', () => {
  test.each(['500', 'reset'] as const)(
    'may have been sent before by an attempt that ended with %s',
    async (fault) => {
      const { faults } = connected().sandbox;
      faults.switchOn({ fault, on: 'messages' });
      faults.switchOn({ fault: '403', on: 'messages' });
      expect(await send({}, { attempts: 9 })).toMatchObject({ outcome: 'later', isUncertain: true });
      faults.clear();
    },
  );

  test('was not sent when each attempt was refused', async () => {
    const { faults } = connected().sandbox;
    faults.switchOn({ fault: '429', on: 'messages', waitMs: 200 });
    faults.switchOn({ fault: '403', on: 'messages', times: 2 });
    expect(await send()).toMatchObject({ outcome: 'later', isUncertain: false });
    expect(await send({}, { attempts: 9 })).toMatchObject({ outcome: 'parked' });
    faults.clear();
  });
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

  const refuseNext = (fault: RequestOrderInput['fault']) =>
    connected().sandbox.faults.switchOn({ fault, on: 'messages' });

  test.each([
    ['400', 50035],
    ['400 blocked', 200000],
  ] as const)('Discord says %s, %i', async (fault, code) => {
    refuseNext(fault);
    expect(await send()).toEqual({ outcome: 'parked', reason: { kind: 'refused', code } });
  });

  // The event that a permission was taken may come after the refusal.
  test.each([
    ['404', 404, 10003],
    ['403 missing access', 403, 50001],
    ['403', 403, 50013],
  ] as const)(
    'Discord says %s though nothing seems to be missing: only after it said so again and again',
    async (fault, status, code) => {
      for (const attempts of [1, 3]) {
        refuseNext(fault);
        expect(await send({}, { attempts })).toEqual({
          outcome: 'later',
          reason: `Discord answered ${status} (code ${code})`,
          isUncertain: false,
        });
      }
      refuseNext(fault);
      expect(await send({}, { attempts: 4 })).toEqual({
        outcome: 'parked',
        reason: { kind: 'refused', code },
      });
    },
  );
});

describe('threads', () => {
  const thread = (private_ = false) => {
    const started = town().owner.startsThread('general', 'Plans', { private: private_ });
    if (private_) town().owner.adds(started.id, 'alphapy');
    return started.id;
  };
  const isKnown = (id: string) =>
    expect.poll(() => connected().client.guilds.cache.get(town().id)?.channels.cache.has(id)).toBe(true);

  test.each([false, true])('are written in, private ones where the bot is: %s', async (isPrivate) => {
    const channelId = thread(isPrivate);
    await isKnown(channelId);
    expect(await send({ id: 61, channelId })).toMatchObject({ outcome: 'sent' });
    expect(town().owner.sees(channelId).at(-1)?.author).toBe('alphapy');
  });

  test('that were archived before the bot knew of them are opened by its message', async () => {
    const channelId = thread();
    await isKnown(channelId);
    town().owner.archives(channelId);
    const { client } = connected();
    client.channels.cache.delete(channelId);
    client.guilds.cache.get(town().id)?.channels.cache.delete(channelId);
    const sent = await send({ id: 62, channelId });
    expect(sent).toMatchObject({ outcome: 'sent' });
    expect(town().thread(channelId).archived).toBe(false);
    expect(await findSent(client, occurrenceOf({ id: 62, channelId }, 'x'))).toBe(
      sent.outcome === 'sent' ? sent.messageId : '',
    );
  });

  test('have a permission of their own', async () => {
    const started = town().owner.startsThread('no-threads', 'Plans');
    await isKnown(started.id);
    expect(await send({ channelId: started.id })).toEqual({
      outcome: 'parked',
      reason: { kind: 'permissions', missing: ['SendMessagesInThreads'] },
    });
  });
});

describe('a direct message', () => {
  const toOwner = () => ({ recipientId: town().owner.id, mentionEveryone: true });

  test('is sent once, says from which server, mentions nobody, and is found', async () => {
    const before = town().owner.dms.length;
    const sent = await send({ id: 71, ...toOwner() }, { nonce: 'direct' });
    expect(await send({ id: 71, ...toOwner() }, { nonce: 'direct' })).toEqual(sent);
    const dms = town().owner.dms;
    expect(dms).toHaveLength(before + 1);
    expect(dms.at(-1)?.text).toContain('Server: Town');
    expect(sent).toEqual({ outcome: 'sent', messageId: dms.at(-1)?.id });
    expect(await findSent(connected().client, occurrenceOf({ id: 71, ...toOwner() }, 'x'))).toBe(
      dms.at(-1)?.id,
    );
    expect(await findSent(connected().client, occurrenceOf({ id: 72, ...toOwner() }, 'x'))).toBeNull();
  });

  test('to who takes none, or to nobody, is set aside', async () => {
    town().owner.acceptsDirectMessages(false);
    expect(await send(toOwner())).toEqual({ outcome: 'parked', reason: { kind: 'recipient-closed' } });
    town().owner.acceptsDirectMessages(true);
    expect(await send({ recipientId: NOWHERE })).toEqual({
      outcome: 'parked',
      reason: { kind: 'recipient-unknown' },
    });
    expect(await findSent(connected().client, occurrenceOf({ recipientId: NOWHERE }, 'x'))).toBeNull();
  });
});

describe('what passes by itself comes later', () => {
  test.each(['500', '502', '503'] as const)('Discord says %s, again and again', async (fault) => {
    connected().sandbox.faults.switchOn({ fault, on: 'messages', times: 10 });
    expect(await send()).toMatchObject({ outcome: 'later' });
    connected().sandbox.faults.clear();
  });

  test('a guild that is unavailable for a while', async () => {
    const { client, sandbox } = connected();
    sandbox.faults.switchOn({ fault: 'server unavailable', guildId: town().id });
    await expect.poll(() => client.guilds.cache.get(town().id)?.available).toBe(false);
    expect(await send()).toMatchObject({ outcome: 'later' });
    sandbox.faults.clear();
    await expect.poll(() => client.guilds.cache.get(town().id)?.available).toBe(true);
    expect(await send()).toMatchObject({ outcome: 'sent' });
  });

  // The last one: discord.js forgets a token that was refused.
  test('a token that Discord refuses: the message is not at fault', async () => {
    connected().sandbox.faults.switchOn({ fault: '401', on: 'messages' });
    expect(await send()).toMatchObject({ outcome: 'later' });
    expect(await send()).toMatchObject({ outcome: 'later' });
  });
});
