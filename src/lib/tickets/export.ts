import type { ChatInputCommandInteraction } from 'discord.js';
import { promisify } from 'node:util';
import { zip, type AsyncZippable } from 'fflate';
import { FORMER_MEMBER } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { localeOf, translator, type SentenceKey } from '#lib/i18n/translate';
import { handOver } from '#lib/log-channel/hand-over';
import { csv, csvLines, FILE_BYTES_MAX } from '#lib/text/csv';
import { answer, claim } from '#lib/ui/answer';
import { categoryNames } from './category-names.ts';
import type { TicketDeps } from './deps.ts';
import { scopeBegins, type StatsScope } from './stats/figures.ts';

const zipped = promisify(
  zip as (files: AsyncZippable, done: (error: Error | null, data: Uint8Array) => void) => void,
);

/** Tickets read and written at once, so that nobody else waits for long meanwhile. */
const BATCH = 500;
/** What is packed at most; a table packs to a fifth or less. */
const UNPACKED_BYTES_MAX = 4 * FILE_BYTES_MAX;

const COLUMNS = [
  'id',
  'user_id',
  'username',
  'category',
  'status',
  'created_at',
  'first_response_at',
  'closed_at',
  'claimed_by',
  'closed_by',
  'close_reason',
  'rating',
  'channel_id',
] as const;

/** A batch of lines of the file. */
interface Part {
  readonly lines: Buffer;
  readonly count: number;
}

/** Gives an admin the tickets of their guild as a table, and tells the log channel who has it. */
export async function exportTickets(
  { db, clock, logChannel, log }: TicketDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
  scope: StatsScope,
): Promise<void> {
  const { guildId, user } = interaction;
  const t = translator(localeOf(interaction.locale));
  await claim(interaction);
  const parts: Part[] = [];
  let [bytes, isPartial] = [0, false];
  for await (const part of readParts(db, guildId, scopeBegins(scope, clock.now()))) {
    isPartial = bytes + part.lines.length > UNPACKED_BYTES_MAX;
    if (isPartial) break;
    parts.push(part);
    bytes += part.lines.length;
  }
  if (parts.length === 0) {
    await answer(interaction, { content: t('ticket-overview:export.none') });
    return;
  }
  const { file, kept, isPacked } = await fileOf(parts, `tickets-${guildId}.csv`);
  const count = parts.slice(0, kept).reduce((sum, part) => sum + part.count, 0);
  isPartial ||= kept < parts.length;
  log.info({ guildId, by: user.id, count }, 'tickets: exported');
  const said: SentenceKey[] = [
    'ticket-overview:export.done',
    ...(isPartial ? ['ticket-overview:export.partial' as const] : []),
  ];
  await handOver(
    logChannel,
    interaction,
    { name: `tickets-${guildId}.${isPacked ? 'zip' : 'csv'}`, attachment: file },
    said.map((key) => t(key, { count })).join('\n'),
    (say) => ({
      title: say('ticket-overview:export.log'),
      description: say('ticket-overview:export.logText', { by: `<@${user.id}>`, count }),
    }),
  );
}

/** The file with as many parts as Discord takes: all, or half of them, and so on; packed where that is needed. */
async function fileOf(
  parts: readonly Part[],
  name: string,
): Promise<{ readonly file: Buffer; readonly kept: number; readonly isPacked: boolean }> {
  for (let kept = parts.length; ; kept = Math.ceil(kept / 2)) {
    const table = Buffer.concat([csv([COLUMNS]), ...parts.slice(0, kept).map(({ lines }) => lines)]);
    if (table.length <= FILE_BYTES_MAX) return { file: table, kept, isPacked: false };
    const packed = await zipped({ [name]: new Uint8Array(table.buffer, table.byteOffset, table.byteLength) });
    if (packed.length <= FILE_BYTES_MAX || kept === 1)
      return { file: Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength), kept, isPacked: true };
  }
}

/** The tickets of a guild as lines, newest first. */
async function* readParts(db: Database, guildId: string, since: Date | null): AsyncGenerator<Part> {
  const names = await categoryNames(db, guildId);
  const person = (id: string | null): string | null => (id === FORMER_MEMBER ? null : id);
  for (let before: number | null = null; ;) {
    const beyond: number | null = before;
    const rows = await db
      .selectFrom('support_tickets')
      .leftJoin('ticket_ratings', (join) =>
        join
          .onRef('ticket_ratings.guild_id', '=', 'support_tickets.guild_id')
          .onRef('ticket_ratings.ticket_id', '=', 'support_tickets.id'),
      )
      .select([
        'support_tickets.id',
        'support_tickets.user_id',
        'support_tickets.username',
        'support_tickets.category_id',
        'support_tickets.status',
        'support_tickets.created_at',
        'support_tickets.first_response_at',
        'support_tickets.closed_at',
        'support_tickets.claimed_by',
        'support_tickets.closed_by',
        'support_tickets.close_reason',
        'ticket_ratings.rating',
        'support_tickets.channel_id',
      ])
      .where('support_tickets.guild_id', '=', guildId)
      .$if(since !== null, (query) => query.where('support_tickets.created_at', '>=', since))
      .$if(beyond !== null, (query) => query.where('support_tickets.id', '<', beyond))
      .orderBy('support_tickets.id', 'desc')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    const lines = csvLines(
      rows.map((row) => [
        row.id,
        person(row.user_id),
        row.username,
        row.category_id === null ? null : (names.get(row.category_id) ?? null),
        row.status,
        row.created_at.toISOString(),
        row.first_response_at?.toISOString() ?? null,
        row.closed_at?.toISOString() ?? null,
        person(row.claimed_by),
        person(row.closed_by),
        row.close_reason,
        row.rating,
        row.channel_id,
      ]),
    );
    yield { lines, count: rows.length };
    before = last.id;
  }
}
