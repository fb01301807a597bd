import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import { REMINDER_COLUMNS, toReminder, type Reminder } from '#lib/reminders/queries';
import type { Posted } from './message.ts';
import type { Announcement } from './reminder.ts';

export type AnnouncementState = 'created' | 'repeated' | 'asked' | 'declined' | 'undone' | 'silent' | 'over';

/** What the author is asked about. */
export interface AskedAnnouncement extends Announcement {
  /** Whether the post did. */
  readonly mentionsEveryone: boolean;
}

/** What was made of a post. */
export interface AnnouncementRow {
  readonly messageId: string;
  readonly channelId: string;
  readonly authorId: string;
  /** When what was read of it last was edited; null for a post as it was written. */
  readonly editedAt: Date | null;
  readonly state: AnnouncementState;
  readonly reason: string | null;
  readonly fingerprint: string | null;
  readonly reminderId: number | null;
  /** What a yes would make. */
  readonly announcement: AskedAnnouncement | null;
  readonly question: { readonly channelId: string; readonly messageId: string } | null;
}

const COLUMNS = [
  'message_id',
  'channel_id',
  'author_id',
  'edited_at',
  'state',
  'reason',
  'fingerprint',
  'reminder_id',
  'definition',
  'question_channel_id',
  'question_message_id',
] as const;

interface Row {
  message_id: string;
  channel_id: string;
  author_id: string;
  edited_at: Date | null;
  state: string;
  reason: string | null;
  fingerprint: string | null;
  reminder_id: number | null;
  definition: unknown;
  question_channel_id: string | null;
  question_message_id: string | null;
}

function toRow(row: Row): AnnouncementRow {
  const { question_channel_id: channelId, question_message_id: messageId } = row;
  return {
    messageId: row.message_id,
    channelId: row.channel_id,
    authorId: row.author_id,
    editedAt: row.edited_at,
    state: row.state as AnnouncementState,
    reason: row.reason,
    fingerprint: row.fingerprint,
    reminderId: row.reminder_id,
    announcement: row.definition === null ? null : revived(row.definition as StoredAnnouncement),
    question: channelId === null || messageId === null ? null : { channelId, messageId },
  };
}

/** JSON knows no instants. */
type StoredAnnouncement = Omit<Announcement, 'eventTime'> & {
  readonly eventTime: string | null;
  /** Questions of older versions do not say. */
  readonly mentionsEveryone?: boolean;
};

function revived(stored: StoredAnnouncement): AskedAnnouncement {
  const { mentionsEveryone = false } = stored;
  return {
    ...stored,
    mentionsEveryone,
    eventTime: stored.eventTime === null ? null : new Date(stored.eventTime),
  };
}

/**
 * Whether this version of a post, or a newer one, was read before: at each start posts are read again, and one may be over by then that is
 * still to be told.
 */
export function isRead(
  row: Pick<AnnouncementRow, 'editedAt'>,
  { editedAt }: Pick<Posted, 'editedAt'>,
): boolean {
  return (editedAt?.getTime() ?? 0) <= (row.editedAt?.getTime() ?? 0);
}

/**
 * The row of a post, locked until the transaction ends; made now when the post is new. Whoever comes second waits here, which is what
 * keeps two processes from making two reminders of one post.
 */
export async function lockPosted(
  trx: Transaction<DB>,
  posted: Posted,
  now: Date,
): Promise<{ readonly row: AnnouncementRow; readonly isNew: boolean }> {
  const made = await trx
    .insertInto('announcements')
    .values({
      guild_id: posted.guildId,
      message_id: posted.messageId,
      channel_id: posted.channelId,
      author_id: posted.authorId,
      state: 'silent',
      posted_at: posted.postedAt,
      read_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
  if (made !== undefined) return { row: toRow(made), isNew: true };
  const row = await lockAnnouncement(trx, posted.guildId, posted.messageId);
  if (row === undefined) throw new Error('an announcement vanished while it was read');
  return { row, isNew: false };
}

function postRow(db: Database, guildId: string, messageId: string) {
  return db
    .selectFrom('announcements')
    .select(COLUMNS)
    .where('guild_id', '=', guildId)
    .where('message_id', '=', messageId);
}

/** What was made of a post. */
export async function readAnnouncementRow(
  db: Database,
  guildId: string,
  messageId: string,
): Promise<AnnouncementRow | undefined> {
  const row = await postRow(db, guildId, messageId).executeTakeFirst();
  return row === undefined ? undefined : toRow(row);
}

/** What was made of a post; locked until the transaction ends. */
export async function lockAnnouncement(
  trx: Transaction<DB>,
  guildId: string,
  messageId: string,
): Promise<AnnouncementRow | undefined> {
  const row = await postRow(trx, guildId, messageId).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : toRow(row);
}

export interface AnnouncementChange {
  readonly state: AnnouncementState;
  readonly reason?: string | null;
  readonly fingerprint?: string;
  readonly reminderId?: number | null;
  readonly announcement?: AskedAnnouncement | null;
  readonly editedAt?: Date | null;
  readonly readAt?: Date;
}

/** Writes what became of a post; what is left out stays. */
export async function writeAnnouncement(
  trx: Transaction<DB>,
  guildId: string,
  messageId: string,
  change: AnnouncementChange,
): Promise<void> {
  await trx
    .updateTable('announcements')
    .set({
      state: change.state,
      ...(change.reason !== undefined && { reason: change.reason }),
      ...(change.fingerprint !== undefined && { fingerprint: change.fingerprint }),
      ...(change.reminderId !== undefined && { reminder_id: change.reminderId }),
      ...(change.announcement !== undefined && {
        definition: change.announcement === null ? null : JSON.stringify(change.announcement),
      }),
      ...(change.editedAt !== undefined && { edited_at: change.editedAt }),
      ...(change.readAt !== undefined && { read_at: change.readAt }),
    })
    .where('guild_id', '=', guildId)
    .where('message_id', '=', messageId)
    .execute();
}

/** The living reminder that another post with the same content made; whoever asks for the same at once waits. */
export async function findSame(
  trx: Transaction<DB>,
  guildId: string,
  fingerprint: string,
): Promise<Reminder | undefined> {
  await lockName(trx, `announcements:${guildId}:${fingerprint}`);
  const row = await trx
    .selectFrom('announcements')
    .innerJoin('reminders', 'reminders.id', 'announcements.reminder_id')
    .select(REMINDER_COLUMNS)
    .where('announcements.guild_id', '=', guildId)
    .where('announcements.fingerprint', '=', fingerprint)
    .where('announcements.state', 'in', ['created', 'repeated'])
    .where('reminders.finished_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toReminder(row);
}

/** Another post that announces the same reminder; it takes over when the first one goes. */
export async function findRepetition(
  trx: Transaction<DB>,
  guildId: string,
  reminderId: number,
): Promise<AnnouncementRow | undefined> {
  const row = await trx
    .selectFrom('announcements')
    .select(COLUMNS)
    .where('guild_id', '=', guildId)
    .where('reminder_id', '=', reminderId)
    .where('state', '=', 'repeated')
    .orderBy('message_id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : toRow(row);
}

/** Lets a reminder come from another post. */
export async function moveOrigin(
  trx: Transaction<DB>,
  guildId: string,
  reminderId: number,
  to: { readonly channelId: string; readonly messageId: string },
): Promise<void> {
  await trx
    .updateTable('reminders')
    .set({ origin_channel_id: to.channelId, origin_message_id: to.messageId })
    .where('guild_id', '=', guildId)
    .where('id', '=', reminderId)
    .execute();
}

/** Remembers where the author was asked. */
export async function writeQuestion(
  db: Database,
  guildId: string,
  messageId: string,
  question: { readonly channelId: string; readonly messageId: string },
): Promise<void> {
  await db
    .updateTable('announcements')
    .set({ question_channel_id: question.channelId, question_message_id: question.messageId })
    .where('guild_id', '=', guildId)
    .where('message_id', '=', messageId)
    // Answered or erased meanwhile, it says nothing more of who was asked.
    .where('state', '=', 'asked')
    .execute();
}

/** Posts whose author was to be asked by a process that died before; taken by whoever gets them first. */
export async function takeUnasked(
  db: Database,
  before: Date,
  now: Date,
): Promise<(AnnouncementRow & { readonly guildId: string })[]> {
  const rows = await db
    .updateTable('announcements')
    .set({ read_at: now })
    .where('state', '=', 'asked')
    .where('question_message_id', 'is', null)
    .where('read_at', '<', before)
    .returning(['guild_id', ...COLUMNS])
    .execute();
  return rows.map((row) => ({ guildId: row.guild_id, ...toRow(row) }));
}

/** What is known of the posts of a channel from a message on, and the newest one that is known at all. */
export async function readChannel(
  db: Database,
  guildId: string,
  channelId: string,
  fromMessageId: string,
): Promise<readonly AnnouncementRow[]> {
  const rows = await db
    .selectFrom('announcements')
    .select(COLUMNS)
    .where('guild_id', '=', guildId)
    .where('channel_id', '=', channelId)
    .where('message_id', '>=', fromMessageId)
    .execute();
  return rows.map((row) => toRow(row));
}

/** The newest post of a channel that was read; undefined where none was. */
export async function newestRead(
  db: Database,
  guildId: string,
  channelId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('announcements')
    .select('message_id')
    .where('guild_id', '=', guildId)
    .where('channel_id', '=', channelId)
    .orderBy('message_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.message_id;
}
