import { afterAll, beforeEach, expect, test } from 'vitest';
import { followDeleted, followPosted } from '#lib/announcements/follow';
import type { Outcome } from '#lib/announcements/follower';
import { InOrder } from '#lib/limits/in-order';
import type { Posted } from '#lib/announcements/message';
import { lookAgain } from '#lib/announcements/second-look';
import { Assistant } from '#lib/assistant/client';
import { createLog } from '#lib/logging/logger';
import { Limiter } from '#lib/limits/limiter';
import { Settings } from '#lib/settings/settings';
import { systemClock } from '#lib/time/clock';
import { useDatabase } from '../../setup/database.ts';
import { startProvider } from '../../setup/provider.ts';
import { useSentences } from '../i18n/sentences.ts';
import { freshCaches } from '../../setup/caches.ts';

useSentences();
const database = useDatabase();
const db = () => database().db;
const provider = await startProvider();
afterAll(() => provider.close());

const log = createLog('info', { write: () => {} });
const NOW = new Date('2026-12-01T09:00:00Z');
const LATER = new Date('2026-12-05T09:00:00Z');
const context = { now: NOW, enableEveryoneMentions: true, fallbackName: 'Announcement' };
const POST: Posted = {
  guildId: '100000000000000001',
  channelId: '200000000000000001',
  messageId: '400000000000000001',
  authorId: '300000000000000001',
  postedAt: NOW,
  editedAt: null,
  mentionsEveryone: false,
  parts: [{ text: 'Perhaps choir on 4 December at 20:00' }],
};

beforeEach(async () => {
  await database().empty();
  provider.behave({ says: JSON.stringify({ date: '4 December', time: '20:00' }) });
});

/** Looks again at what was silent; `meanwhile` happens before the answer comes. */
async function look(meanwhile: () => Promise<unknown> = async () => {}, now = NOW): Promise<Outcome> {
  const silent = await followPosted(db(), POST, context);
  if (silent.kind !== 'silent') throw new Error(`it is ${silent.kind}`);
  await meanwhile();
  const clock = systemClock;
  const assistant = {
    db: db(),
    clock,
    settings: new Settings({ db: db(), clock, caches: freshCaches() }),
    provider: new Assistant({ apiKey: 'k', baseUrl: provider.url, model: 'small' }, log),
  };
  const deps = {
    db: db(),
    inOrder: new InOrder(),
    limiter: new Limiter(systemClock, freshCaches()),
    assistant,
  };
  return lookAgain(deps, new Map(), POST, silent, { ...context, now });
}

const stateOf = async () =>
  (await db().selectFrom('announcements').select('state').executeTakeFirstOrThrow()).state;

test('the author is asked, and the post read again leaves the question', async () => {
  expect(await look()).toMatchObject({ kind: 'asked', announcement: { callTime: '20:00' } });
  expect(await followPosted(db(), POST, context)).toEqual({ kind: 'unchanged' });
  expect(await stateOf()).toBe('asked');
});

test('a post that was edited meanwhile is not asked about', async () => {
  const edited = { ...POST, editedAt: new Date(NOW.getTime() + 1000) };
  const edit = () =>
    followPosted(db(), { ...edited, parts: [{ text: 'Choir on 4 December at 21:00' }] }, context);
  expect(await look(edit)).toEqual({ kind: 'unchanged' });
  expect(await stateOf()).toBe('created');
});

test('nor one that is unclear still, in other words', async () => {
  const edited = { ...POST, editedAt: new Date(NOW.getTime() + 1000) };
  const edit = () =>
    followPosted(db(), { ...edited, parts: [{ text: 'Perhaps choir on 4 December at 21:00' }] }, context);
  expect(await look(edit)).toEqual({ kind: 'unchanged' });
  expect(await stateOf()).toBe('silent');
});

test('nor one that was deleted meanwhile', async () => {
  expect(await look(() => followDeleted(db(), POST.guildId, POST.messageId))).toEqual({ kind: 'unchanged' });
  expect(await stateOf()).toBe('over');
});

test('nor what is over by then', async () => {
  expect(await look(undefined, LATER)).toMatchObject({ kind: 'silent', assistant: 'unfounded' });
  expect(await stateOf()).toBe('silent');
});
