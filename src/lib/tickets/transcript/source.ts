import type { Database } from '#lib/database/database';
import { FORMER_MEMBER } from '#lib/access/who';
import type { EarlierVersion, RecordedEmbed } from '../record/recorded.ts';
import type { TicketRef } from '../record/store.ts';
import type { Ticket } from '../ticket.ts';

export interface TranscriptFile {
  readonly attachmentId: string;
  readonly name: string;
  readonly bytes: number;
  readonly contentType: string | null;
  readonly state: 'due' | 'stored' | 'too_large' | 'wrong_type' | 'over_quota' | 'gone';
  readonly sha256: string | null;
}

export interface TranscriptMessage {
  readonly id: string;
  /** `0` when their data was erased. */
  readonly authorId: string;
  readonly authorName: string;
  readonly isBot: boolean;
  readonly isStaff: boolean;
  readonly content: string;
  readonly embeds: readonly RecordedEmbed[];
  readonly stickers: readonly string[];
  readonly files: readonly TranscriptFile[];
  readonly replyTo: {
    readonly id: string;
    /** Null: it was not kept. */
    readonly authorName: string | null;
    readonly content: string;
  } | null;
  readonly earlier: readonly EarlierVersion[];
  readonly sentAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** Messages held at once. */
const BATCH = 500;
/** Of a message that is answered, for recognising it. */
const EXCERPT = 120;
const AUTHORS_MAX = 1_000;

/**
 * What was said in a ticket, oldest first, a batch at a time.
 * @param forMember who reads it without being staff: what others deleted or said differently before is not for them.
 */
export async function* messagesOf(
  db: Database,
  { guildId, id }: TicketRef,
  forMember: string | null,
): AsyncGenerator<TranscriptMessage[]> {
  for (let after = '0'; ;) {
    const rows = await db
      .selectFrom('ticket_messages as message')
      .leftJoin('ticket_messages as answered', (join) =>
        join
          .onRef('answered.message_id', '=', 'message.reply_to_id')
          .onRef('answered.ticket_id', '=', 'message.ticket_id')
          .onRef('answered.guild_id', '=', 'message.guild_id'),
      )
      .selectAll('message')
      .select([
        'answered.author_id as answered_id',
        'answered.author_name as answered_name',
        'answered.deleted_at as answered_deleted_at',
      ])
      .select((eb) =>
        eb.fn<string | null>('left', ['answered.content', eb.val(EXCERPT)]).as('answered_content'),
      )
      .where('message.guild_id', '=', guildId)
      .where('message.ticket_id', '=', id)
      .where('message.message_id', '>', after)
      .orderBy('message.message_id')
      .limit(BATCH)
      .execute();
    if (rows.length === 0) return;
    const files = await filesOf(
      db,
      { guildId, id },
      rows.map((row) => row.message_id),
    );
    yield rows.map((row) => {
      const isHidden = forMember !== null && row.author_id !== forMember;
      const isGone = isHidden && row.deleted_at !== null;
      const isAnswerHidden =
        forMember !== null && row.answered_id !== forMember && row.answered_deleted_at !== null;
      return {
        id: row.message_id,
        authorId: row.author_id,
        authorName: row.author_name,
        isBot: row.is_bot,
        isStaff: row.is_staff,
        content: isGone ? '' : row.content,
        embeds: isGone ? [] : (row.embeds as unknown as readonly RecordedEmbed[]),
        stickers: isGone ? [] : (row.stickers as unknown as readonly string[]),
        files: isGone ? [] : (files.get(row.message_id) ?? []),
        replyTo:
          row.reply_to_id === null
            ? null
            : {
                id: row.reply_to_id,
                authorName: row.answered_id === FORMER_MEMBER ? null : row.answered_name,
                content: isAnswerHidden ? '' : (row.answered_content ?? ''),
              },
        earlier: isHidden ? [] : (row.earlier as unknown as readonly EarlierVersion[]),
        sentAt: row.sent_at,
        editedAt: row.edited_at,
        deletedAt: row.deleted_at,
      };
    });
    after = rows.at(-1)?.message_id ?? after;
    if (rows.length < BATCH) return;
  }
}

/** The files that were given with the form. */
export async function formFilesOf(db: Database, ticket: TicketRef): Promise<TranscriptFile[]> {
  return (await filesOf(db, ticket, null)).get('') ?? [];
}

async function filesOf(
  db: Database,
  { guildId, id }: TicketRef,
  messageIds: readonly string[] | null,
): Promise<Map<string, TranscriptFile[]>> {
  let query = db
    .selectFrom('ticket_files')
    .select(['message_id', 'attachment_id', 'name', 'bytes', 'content_type', 'state', 'sha256'])
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', id)
    .orderBy('id');
  query =
    messageIds === null
      ? query.where('message_id', 'is', null)
      : query.where('message_id', 'in', [...messageIds]);
  const files = new Map<string, TranscriptFile[]>();
  for (const row of await query.execute()) {
    const key = row.message_id ?? '';
    const file: TranscriptFile = {
      attachmentId: row.attachment_id,
      name: row.name,
      bytes: Number(row.bytes),
      contentType: row.content_type,
      state: row.state as TranscriptFile['state'],
      sha256: row.sha256,
    };
    files.set(key, [...(files.get(key) ?? []), file]);
  }
  return files;
}

/** The names under which people wrote in a ticket. */
export async function authorNames(db: Database, ticket: Ticket): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('ticket_messages')
    .select(['author_id', 'author_name'])
    .distinctOn('author_id')
    .where('guild_id', '=', ticket.guildId)
    .where('ticket_id', '=', ticket.id)
    .where('author_id', '<>', FORMER_MEMBER)
    .orderBy('author_id')
    .orderBy('message_id', 'desc')
    .limit(AUTHORS_MAX)
    .execute();
  const names = new Map(rows.map((row) => [row.author_id, row.author_name]));
  if (ticket.username !== null && ticket.userId !== FORMER_MEMBER && !names.has(ticket.userId))
    names.set(ticket.userId, ticket.username);
  return names;
}

export interface TranscriptCounts {
  readonly messages: number;
  /** Of people, with nothing in them that could be read. */
  readonly unreadable: number;
  /** Files that are not kept. */
  readonly filesMissing: number;
}

/** How much was said, and how much of it could not be read. */
export async function countMessages(db: Database, { guildId, id }: TicketRef): Promise<TranscriptCounts> {
  const row = await db
    .selectFrom('ticket_messages as message')
    .select(({ fn }) => [
      fn.countAll<string>().as('messages'),
      fn
        .countAll<string>()
        .filterWhere((eb) =>
          eb.and([
            eb('is_bot', '=', false),
            eb('author_id', '<>', FORMER_MEMBER),
            eb('content', '=', ''),
            eb(eb.cast<string>('embeds', 'text'), '=', '[]'),
            eb(eb.cast<string>('stickers', 'text'), '=', '[]'),
            eb(eb.cast<string>('earlier', 'text'), '=', '[]'),
            eb.not(
              eb.exists(
                eb
                  .selectFrom('ticket_files as file')
                  .select('file.id')
                  .whereRef('file.guild_id', '=', 'message.guild_id')
                  .whereRef('file.ticket_id', '=', 'message.ticket_id')
                  .whereRef('file.message_id', '=', 'message.message_id'),
              ),
            ),
          ]),
        )
        .as('unreadable'),
    ])
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', id)
    .executeTakeFirst();
  const files = await db
    .selectFrom('ticket_files')
    .select(({ fn }) => fn.countAll<string>().as('missing'))
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', id)
    .where('sha256', 'is', null)
    .executeTakeFirst();
  return {
    messages: Number(row?.messages ?? 0),
    unreadable: Number(row?.unreadable ?? 0),
    filesMissing: Number(files?.missing ?? 0),
  };
}
