import { isDeepStrictEqual } from 'node:util';
import type { Selectable, Transaction, Updateable } from 'kysely';
import type { DB, TicketMessages } from '#db/types';
import { FORMER_MEMBER } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { addFiles } from '../files/rows.ts';
import type { Ticket } from '../ticket.ts';
import type { EarlierVersion, Recorded, RecordedEmbed } from './recorded.ts';

export type TicketRef = Pick<Ticket, 'guildId' | 'id'>;

export interface StoreContext {
  readonly now: Date;
  /** Whether what people write is told to this bot; without, their messages look empty. */
  readonly isContentGranted: boolean;
  /** Its own messages change with the ticket: what they said before is in the ticket's events. */
  readonly botId: string;
}

/** Versions kept of a message: the first and the newest ones. */
const VERSIONS_MAX = 100;

/**
 * Keeps messages of a ticket, new ones and new versions of known ones, in whatever order they come. Nothing that was kept is lost.
 * @returns false when the ticket is gone.
 */
export async function storeMessages(
  trx: Transaction<DB>,
  { guildId, id }: TicketRef,
  messages: readonly (Recorded & { readonly isStaff: boolean })[],
  context: StoreContext,
): Promise<boolean> {
  const ticket = await trx
    .selectFrom('support_tickets')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  if (ticket === undefined) return false;
  if (messages.length === 0) return true;
  const added = await trx
    .insertInto('ticket_messages')
    .values(
      messages.map((message) => ({
        message_id: message.messageId,
        guild_id: guildId,
        ticket_id: id,
        author_id: message.authorId,
        author_name: message.authorName,
        is_bot: message.isBot,
        is_staff: message.isStaff,
        content: message.content,
        embeds: json(message.embeds),
        stickers: json(message.stickers),
        reply_to_id: message.replyToId,
        sent_at: message.sentAt,
        edited_at: message.editedAt,
      })),
    )
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .returning('message_id')
    .execute();
  const isNew = new Set(added.map((row) => row.message_id));
  const known = messages.filter(({ messageId }) => !isNew.has(messageId));
  const erased =
    known.length === 0 ? new Set<string>() : await updateKnown(trx, { guildId, id }, known, context);
  await addFiles(
    trx,
    messages.flatMap(({ files, messageId, authorId }) =>
      erased.has(messageId)
        ? []
        : files.map((file) => ({ ...file, guildId, ticketId: id, messageId, userId: authorId })),
    ),
    context.now,
  );
  return true;
}

/** @returns those whose author had them erased. */
async function updateKnown(
  trx: Transaction<DB>,
  { guildId, id }: TicketRef,
  messages: readonly (Recorded & { readonly isStaff: boolean })[],
  context: StoreContext,
): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('ticket_messages')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', id)
    .where(
      'message_id',
      'in',
      messages.map(({ messageId }) => messageId),
    )
    // Whoever stores the same ones meanwhile takes them in the same order.
    .orderBy('message_id')
    .forUpdate()
    .execute();
  const incoming = new Map(messages.map((message) => [message.messageId, message]));
  const erased = new Set(messages.map(({ messageId }) => messageId));
  for (const row of rows) {
    const message = incoming.get(row.message_id);
    if (message === undefined || row.author_id === FORMER_MEMBER) continue;
    erased.delete(row.message_id);
    const change = changeOf(row, message, context);
    if (Object.keys(change).length > 0)
      await trx
        .updateTable('ticket_messages')
        .set(change)
        .where('guild_id', '=', guildId)
        .where('message_id', '=', row.message_id)
        .execute();
  }
  return erased;
}

/** What changes in a row by a version of its message, which may be older than the one that is kept. */
function changeOf(
  row: Selectable<TicketMessages>,
  message: Recorded & { readonly isStaff: boolean },
  { now, isContentGranted, botId }: StoreContext,
): Updateable<TicketMessages> {
  const staff = message.isStaff && !row.is_staff ? { is_staff: true } : {};
  const isEmpty = message.content === '' && message.embeds.length === 0;
  if (isEmpty && !isContentGranted && message.authorId !== botId) return staff;
  const kept = { content: row.content, embeds: row.embeds as unknown as readonly RecordedEmbed[] };
  const [keptAt, cameAt] = [row.edited_at?.getTime() ?? 0, message.editedAt?.getTime() ?? 0];
  const isSame = kept.content === message.content && isDeepStrictEqual(kept.embeds, message.embeds);
  if (isSame) return { ...staff, ...(cameAt > keptAt && { edited_at: message.editedAt }) };
  const earlier = row.earlier as unknown as readonly EarlierVersion[];
  if (cameAt < keptAt) {
    const isKnown = earlier.some(({ content }) => content === message.content);
    if (isKnown || message.authorId === botId || kept.content === message.content) return staff;
    return {
      ...staff,
      earlier: json(withVersion(earlier, versionOf(message, kept.embeds, row.edited_at ?? now))),
    };
  }
  // Previews of links come by themselves, and without an edit.
  const isEdit = kept.content !== message.content || cameAt > keptAt;
  const wasEmpty = kept.content === '' && kept.embeds.length === 0;
  const isKept = isEdit && !wasEmpty && message.authorId !== botId;
  return {
    ...staff,
    content: message.content,
    embeds: json(message.embeds),
    edited_at: message.editedAt,
    ...(isKept && {
      earlier: json(withVersion(earlier, versionOf(kept, message.embeds, message.editedAt ?? now))),
    }),
  };
}

function versionOf(
  { content, embeds }: { readonly content: string; readonly embeds: readonly RecordedEmbed[] },
  others: readonly RecordedEmbed[],
  until: Date,
): EarlierVersion {
  const isChanged = embeds.length > 0 && !isDeepStrictEqual(embeds, others);
  return { content, ...(isChanged && { embeds }), until: until.toISOString() };
}

function withVersion(earlier: readonly EarlierVersion[], version: EarlierVersion): EarlierVersion[] {
  const versions = [...earlier, version].toSorted((one, other) => (one.until < other.until ? -1 : 1));
  if (versions.length > VERSIONS_MAX) versions.splice(1, versions.length - VERSIONS_MAX);
  return versions;
}

/** Marks messages as deleted; what they said stays. Those that are marked already keep their time. */
export async function markDeleted(
  db: Database | Transaction<DB>,
  { guildId, id }: TicketRef,
  messageIds: readonly string[],
  at: Date,
): Promise<void> {
  if (messageIds.length === 0) return;
  await db
    .updateTable('ticket_messages')
    .set({ deleted_at: at })
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', id)
    .where('message_id', 'in', [...messageIds])
    .where('deleted_at', 'is', null)
    .execute();
}

function json(value: unknown): string {
  // The driver would write a list as an array of PostgreSQL.
  return JSON.stringify(value);
}
