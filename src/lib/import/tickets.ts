import { sql, type InsertObject, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import { personalData } from '#db/personal-data';
import { readOverrides } from '#lib/settings/queries';
import type { Overrides } from '#lib/settings/settings';
import { idleDaysOf, idleDueAt } from '#lib/tickets/idle-days';
import { freeSlot, takenSlots } from '#lib/tickets/slots';
import { isOpen, ticketStatuses, type TicketStatus } from '#lib/tickets/status';
import { importedAs, noteImported } from './imported-rows.ts';
import type { OldRow } from './old-database.ts';
import { placeOf, type ImportContext, type TableImport } from './table-import.ts';
import { fitted, idOf, instantOrNull, personOf } from './values.ts';

const DAY_MS = 24 * 60 * 60_000;
const DESCRIPTION_MAX = 4_000;
const USERNAME_MAX = 100;
/** As many as the table has slots for, whatever a server allows from now on. */
const OPEN_MAX = 10;
const LARGEST_INTEGER = 2_147_483_647;

type NewTicket = Omit<InsertObject<DB, 'support_tickets'>, 'id' | 'slot'>;

/** Tickets. Each with a channel is then made to look like its row, as after any change: that finds out whether the channel still stands. */
export const ticketsImport: TableImport = {
  table: 'support_tickets',
  needs: ['id', 'guild_id', 'user_id', 'description', 'status'],
  columns: [
    'id',
    'guild_id',
    'user_id',
    'username',
    'description',
    'status',
    'created_at',
    'channel_id',
    'claimed_by',
    'claimed_at',
    'updated_at',
    'escalated_to',
    'archived_at',
    'archived_by',
  ],
  orderedBy: ['id', 'guild_id'],
  async run(context, rows) {
    const { trx, tally, now } = context;
    const settingsOf = new Map<string, Overrides>();
    let isNumbered = false;
    for await (const row of rows) {
      const place = placeOf(context, row);
      if (place === null) continue;
      if ((await importedAs(trx, place)) !== null) {
        tally.already();
        continue;
      }
      const userId = idOf(row['user_id']);
      if (userId === null) {
        tally.left('it names no member', place.id);
        continue;
      }
      const channelId = await freeChannel(trx, idOf(row['channel_id']));
      const { status, repairs } = await statusOf(context, row, place.guildId, userId, channelId);
      const closedAt = closedAtOf(row, status, now);
      const { days } = personalData.support_tickets.kept;
      if (closedAt !== null && closedAt.getTime() < now.getTime() - days * DAY_MS) {
        tally.left(
          `it was closed more than ${days} days ago, which is as long as this bot keeps one`,
          place.id,
        );
        continue;
      }
      if (!isNumbered) await numberBehind(context);
      isNumbered = true;
      const overrides = settingsOf.get(place.guildId) ?? (await readOverrides(trx, place.guildId));
      settingsOf.set(place.guildId, overrides);
      const { ticket, isCut } = ticketOf(row, {
        ...place,
        userId,
        channelId,
        status,
        closedAt,
        overrides,
        now,
      });
      const slot = isOpen(status) ? await slotOf(trx, place.guildId, userId) : 1;
      const number = await freeNumber(trx, place.id);
      const id = await insertTicket(trx, {
        ...ticket,
        slot: slot ?? 1,
        ...(number !== null && { id: number }),
      });
      await noteImported(trx, place, id, now);
      tally.came(place.id, [
        ...repairs,
        ...(isCut ? ['its description was too long and is cut'] : []),
        ...(number === null ? ['has another number here: its own was taken'] : []),
      ]);
    }
  },
};

/** The channel of a ticket, unless another ticket has it. */
async function freeChannel(trx: Transaction<DB>, channelId: string | null): Promise<string | null> {
  if (channelId === null) return null;
  const taken = await trx
    .selectFrom('support_tickets')
    .select('id')
    .where('channel_id', '=', channelId)
    .executeTakeFirst();
  return taken === undefined ? channelId : null;
}

async function statusOf(
  { trx }: ImportContext,
  row: OldRow,
  guildId: string,
  userId: string,
  channelId: string | null,
): Promise<{ readonly status: TicketStatus; readonly repairs: readonly string[] }> {
  const stored = row['status'] ?? 'open';
  const known = ticketStatuses.find((one) => one === stored);
  // Claiming left the status as it was.
  const isClaimed = known === 'open' && idOf(row['claimed_by']) !== null;
  const status = known === undefined ? 'open' : isClaimed ? 'claimed' : known;
  const repairs = [
    ...(known === undefined ? ['had a status that does not exist; it is taken for open'] : []),
    ...(isClaimed ? ['was open and claimed, which is a status here'] : []),
  ];
  if (!isOpen(status)) return { status, repairs };
  if (channelId === null) return { status: 'closed', repairs: ['was open and has no channel; it is closed'] };
  if ((await slotOf(trx, guildId, userId)) === null)
    return { status: 'closed', repairs: [`its member has ${OPEN_MAX} open already; it is closed`] };
  return { status, repairs };
}

async function slotOf(trx: Transaction<DB>, guildId: string, userId: string): Promise<number | null> {
  return freeSlot(await takenSlots(trx, { guildId, userId, categoryId: null }), OPEN_MAX);
}

/** The old bot did not note it; what it noted is the last that happened. */
function closedAtOf(row: OldRow, status: TicketStatus, now: Date): Date | null {
  if (isOpen(status)) return null;
  return (
    instantOrNull(row['updated_at']) ??
    instantOrNull(row['archived_at']) ??
    instantOrNull(row['created_at']) ??
    now
  );
}

function ticketOf(
  row: OldRow,
  of: {
    readonly guildId: string;
    readonly userId: string;
    readonly channelId: string | null;
    readonly status: TicketStatus;
    readonly closedAt: Date | null;
    readonly overrides: Overrides;
    readonly now: Date;
  },
): { readonly ticket: NewTicket; readonly isCut: boolean } {
  const { guildId, userId, status, closedAt, overrides, now } = of;
  const isArchived = status === 'archived';
  const createdAt = instantOrNull(row['created_at']) ?? closedAt ?? now;
  const description = fitted(row['description'] ?? '', DESCRIPTION_MAX);
  const username = fitted(row['username'] ?? '', USERNAME_MAX).text;
  const claimedBy = idOf(row['claimed_by']);
  // Messages did not count as activity there, so nothing says how quiet it is: its days begin anew.
  const lastActivityAt = isOpen(status) ? now : (closedAt ?? now);
  return {
    isCut: description.isCut,
    ticket: {
      guild_id: guildId,
      user_id: userId,
      username: username === '' ? null : username,
      description: description.text,
      status,
      // Archiving deleted it.
      channel_id: isArchived ? null : of.channelId,
      sync_due_at: isArchived || of.channelId === null ? null : now,
      opened_at: createdAt,
      claimed_by: claimedBy,
      claimed_at: claimedBy === null ? null : (instantOrNull(row['claimed_at']) ?? createdAt),
      escalated_to: idOf(row['escalated_to']),
      closed_at: closedAt,
      closed_by: closedAt === null ? null : '0',
      archived_at: isArchived ? (instantOrNull(row['archived_at']) ?? closedAt) : null,
      archived_by: isArchived ? personOf(row['archived_by']) : null,
      last_activity_at: lastActivityAt,
      idle_due_at: isOpen(status) ? idleDueAt(idleDaysOf(overrides), now, null) : null,
      created_at: createdAt,
      updated_at: instantOrNull(row['updated_at']) ?? createdAt,
    },
  };
}

/** A ticket keeps its number, which is in the name of its channel, unless one here has it. */
async function freeNumber(trx: Transaction<DB>, oldId: string): Promise<number | null> {
  const number = Number(oldId);
  if (number > LARGEST_INTEGER) return null;
  const taken = await trx
    .selectFrom('support_tickets')
    .select('id')
    .where('id', '=', number)
    .executeTakeFirst();
  return taken === undefined ? number : null;
}

/**
 * Tickets that are opened here from now on get numbers behind the old ones. That is done before any comes, since it shows to others at
 * once and they may open one meanwhile; and not by a dry run, since it cannot be undone.
 */
async function numberBehind({ trx, old, dryRun }: ImportContext): Promise<void> {
  if (dryRun) return;
  const highest = Math.min(await old.highest('support_tickets', 'id'), LARGEST_INTEGER - 1_000_000);
  await sql`
    select setval(pg_get_serial_sequence('support_tickets', 'id'), greatest(${highest}, (select last_value from support_tickets_id_seq)))`.execute(
    trx,
  );
}

/** By hand, since Kysely cannot say that a number is given. */
async function insertTicket(
  trx: Transaction<DB>,
  ticket: Readonly<Record<string, unknown>>,
): Promise<number> {
  const [columns, values] = [Object.keys(ticket), Object.values(ticket)];
  const { rows } = await sql<{ id: number }>`
    insert into support_tickets (${sql.join(columns.map((column) => sql.ref(column)))})
    overriding system value values (${sql.join(values)}) returning id`.execute(trx);
  if (rows[0] === undefined) throw new Error('a ticket was not written');
  return rows[0].id;
}
