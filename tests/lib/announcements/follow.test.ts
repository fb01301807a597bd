import { beforeEach, describe, expect, test } from 'vitest';
import { followAnswer, followDeleted, followPosted, undoAnnounced } from '#lib/announcements/follow';
import type { Posted } from '#lib/announcements/message';
import { takeUnasked } from '#lib/announcements/queries';
import { removeOldAnnouncements } from '#lib/announcements/retention';
import { useDatabase } from '../../setup/database.ts';
import { useSentences } from '../i18n/sentences.ts';

useSentences();
const database = useDatabase();
const db = () => database().db;

const GUILD = '100000000000000001';
const NEWS = '200000000000000001';
const LEADER = '300000000000000001';
/** A Tuesday, 10:00 in Brussels. */
const NOW = new Date('2026-12-01T09:00:00Z');
const DAY_MS = 24 * 60 * 60_000;
const context = { now: NOW, enableEveryoneMentions: true, fallbackName: 'Announcement' };
const SURE = 'Quiz on Friday 4 December at 20:00';
const UNSURE = 'Meeting next Friday at 8';

let posts = 0;
let edits = 0;
function posted(text: string, more: Partial<Posted> = {}): Posted {
  posts += 1;
  return {
    guildId: GUILD,
    channelId: NEWS,
    messageId: String(400000000000000000n + BigInt(posts)),
    authorId: LEADER,
    postedAt: NOW,
    editedAt: null,
    mentionsEveryone: false,
    parts: [{ text }],
    ...more,
  };
}

/** The post with another text, later than any edit before. */
function edited(post: Posted, text: string): Posted {
  edits += 1;
  return { ...post, editedAt: new Date(NOW.getTime() + edits * 1000), parts: [{ text }] };
}

const reminders = () => db().selectFrom('reminders').selectAll().where('guild_id', '=', GUILD).execute();
const setReminders = (key: string, value: 'true' | 'false') =>
  db()
    .insertInto('bot_settings')
    .values({ guild_id: GUILD, scope: 'reminders', key, value, value_type: 'boolean' })
    .execute();
const follow = (post: Posted) => followPosted(db(), post, context);

beforeEach(async () => {
  await database().empty();
});

describe('posts at once, each told of twice', () => {
  test('make each reminder once', async () => {
    const all = Array.from({ length: 20 }, (_, index) =>
      posted(`Quiz ${index} on Friday 4 December at 20:00`),
    );
    const outcomes = await Promise.all([...all, ...all].map(follow));
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(20);
    expect(await reminders()).toHaveLength(20);
  });
});

describe('the same text posted again', () => {
  test('makes no second reminder, at once either, and takes over when the first goes', async () => {
    const [first, second] = [posted(SURE), posted(SURE)];
    const kinds = (await Promise.all([follow(first), follow(second)])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['created', 'repeated']);
    const original = kinds[0] === 'created' ? first : second;
    const repetition = original === first ? second : first;
    expect(await followDeleted(db(), GUILD, original.messageId)).toMatchObject({ kind: 'unchanged' });
    expect(await reminders()).toMatchObject([{ origin_message_id: repetition.messageId }]);
    expect(await followDeleted(db(), GUILD, repetition.messageId)).toMatchObject({ kind: 'over' });
    expect(await reminders()).toEqual([]);
  });
});

describe('an edited post', () => {
  test('changes the reminder, and what it owes, once', async () => {
    const post = posted(SURE);
    await follow(post);
    const change = edited(post, 'Quiz on Saturday 5 December at 21:00');
    expect(await follow(change)).toMatchObject({ kind: 'changed' });
    expect(await follow(change)).toMatchObject({ kind: 'unchanged' });
    const owed = await db().selectFrom('reminder_occurrences').select('due_at').orderBy('due_at').execute();
    expect(owed.map(({ due_at }) => due_at.toISOString())).toEqual([
      '2026-12-05T19:00:00.000Z',
      '2026-12-05T20:00:00.000Z',
    ]);
  });

  test('leaves alone what a person changed, unless it says something else than before', async () => {
    const post = posted(SURE);
    await follow(post);
    await db().updateTable('reminders').set({ name: 'Our quiz' }).execute();
    const longer = edited(post, `${SURE}\nBring friends!`);
    expect(await follow(longer)).toMatchObject({ kind: 'changed', reminder: { name: 'Our quiz' } });
  });

  test('makes what it had not announced before, and ends what it no longer announces', async () => {
    const post = posted('Quiz soon, more to come');
    expect(await follow(post)).toMatchObject({ kind: 'silent' });
    expect(await follow(edited(post, SURE))).toMatchObject({ kind: 'created' });
    expect(await follow(edited(post, `CANCELLED: ${SURE}`))).toMatchObject({
      kind: 'over',
    });
    expect(await follow(edited(post, SURE))).toMatchObject({ kind: 'unchanged' });
  });
});

describe('where nothing may begin', () => {
  test('while reminders are off a post makes none, but one that did is followed', async () => {
    const post = posted(SURE);
    await follow(post);
    await setReminders('enabled', 'false');
    expect(await follow(posted('Choir on Friday at 19:00'))).toEqual({ kind: 'unchanged' });
    expect(await follow(edited(post, 'Quiz on Saturday at 21:00'))).toMatchObject({ kind: 'changed' });
    expect(await reminders()).toHaveLength(1);
  });

  test('a post that is edited to say nothing ends its reminder; one that never said anything leaves no row', async () => {
    const post = posted(SURE);
    await follow(post);
    expect(await follow({ ...edited(post, ''), parts: [] })).toMatchObject({ kind: 'over' });
    expect(await follow({ ...posted(''), parts: [] })).toEqual({ kind: 'unchanged' });
    expect(await db().selectFrom('announcements').select('state').execute()).toEqual([{ state: 'over' }]);
  });
});

describe('a question', () => {
  test('answered yes makes the reminder once; answered again it does nothing', async () => {
    const post = posted(UNSURE);
    expect(await follow(post)).toMatchObject({ kind: 'asked' });
    const answers = await Promise.all(
      [1, 2].map(() => followAnswer(db(), GUILD, post.messageId, true, context)),
    );
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['created', 'unchanged']);
  });

  test('answered yes keeps the @everyone of the post, where that is allowed', async () => {
    const mentioned: boolean[] = [];
    for (const allowed of [true, false]) {
      await database().empty();
      if (allowed) await setReminders('allow_everyone_mentions', 'true');
      const post = posted(UNSURE, { mentionsEveryone: true });
      await follow(post);
      await followAnswer(db(), GUILD, post.messageId, true, context);
      mentioned.push(...(await reminders()).map(({ mention_everyone }) => mention_everyone));
    }
    expect(mentioned).toEqual([true, false]);
  });

  test('answered too late makes nothing', async () => {
    const post = posted(UNSURE);
    await follow(post);
    const later = { ...context, now: new Date(NOW.getTime() + 30 * DAY_MS) };
    expect(await followAnswer(db(), GUILD, post.messageId, true, later)).toEqual({ kind: 'too-late' });
    expect(await reminders()).toEqual([]);
  });

  test('that was never asked is taken by one process, after a minute', async () => {
    await follow(posted(UNSURE));
    const later = new Date(NOW.getTime() + 120_000);
    const taken = await Promise.all(
      [1, 2].map(() => takeUnasked(db(), new Date(NOW.getTime() + 60_000), later)),
    );
    expect(taken.flat()).toMatchObject([{ guildId: GUILD, announcement: { callTime: '20:00' } }]);
  });
});

test('what was undone stays so, whatever is edited', async () => {
  const post = posted(SURE);
  await follow(post);
  expect(await undoAnnounced(db(), GUILD, post.messageId)).toMatchObject({ name: SURE });
  expect(await undoAnnounced(db(), GUILD, post.messageId)).toBeNull();
  expect(await follow(edited(post, 'Quiz on Sunday at 20:00'))).toEqual({
    kind: 'unchanged',
  });
});

test('a mention of everyone needs the author, the server and the host', async () => {
  await follow(posted('Party on Friday at 20:00', { mentionsEveryone: true }));
  expect(await reminders()).toMatchObject([{ mention_everyone: false }]);
});

test('what is known of old posts without a reminder is removed', async () => {
  await follow(posted('nothing here'));
  await follow(posted(SURE));
  await removeOldAnnouncements(db(), new Date(NOW.getTime() + 91 * DAY_MS));
  expect(await db().selectFrom('announcements').select('state').execute()).toEqual([{ state: 'created' }]);
});
