import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { safeLogMessage } from '#lib/text/sanitize';
import { auditLogsImport } from './audit-logs.ts';
import { faqImport, faqSearchesImport } from './faq.ts';
import { whyLeft } from './left-tables.ts';
import { ImportError, type OldDatabase, type OldRow } from './old-database.ts';
import { invitesImport } from './invites.ts';
import { onboardingAnswersImport } from './onboarding-answers.ts';
import { publishImported, questionsImport, rulesImport } from './onboarding.ts';
import { remindersImport } from './reminders.ts';
import { settingsHistoryImport } from './settings-history.ts';
import { settingsImport } from './settings.ts';
import type { ImportContext, TableImport } from './table-import.ts';
import { Tally } from './tally.ts';
import { ticketSummariesImport } from './ticket-summaries.ts';
import { ticketsImport } from './tickets.ts';
import { idOf } from './values.ts';

export interface ImportOptions {
  /** Writes nothing, and says the same. */
  readonly dryRun: boolean;
  /** IANA name of the zone that the old bot's times of day are in. */
  readonly zone: string;
  /** Whose the rows are that name no server; null: of the only server that there is. */
  readonly guildId: string | null;
  readonly now: Date;
}

/** In an order in which each finds what it needs: settings before what depends on them, questions before answers, tickets before summaries. */
const IMPORTS: readonly TableImport[] = [
  settingsHistoryImport,
  settingsImport,
  rulesImport,
  questionsImport,
  onboardingAnswersImport,
  remindersImport,
  ticketsImport,
  ticketSummariesImport,
  faqImport,
  faqSearchesImport,
  invitesImport,
  auditLogsImport,
];

/** After the tables that it publishes. */
const PUBLISHED_AFTER = questionsImport.table;

const KEPT_ALIVE_EVERY_ROWS = 1_000;

type Work = (trx: Transaction<DB>) => Promise<void>;
/** How the work of one table is done: all of it or nothing. */
type Apart = (work: Work) => Promise<void>;

/**
 * Brings the data of the Python bot over, table after table, each in a transaction of its own: run again after it ended halfway, it goes on.
 * What one table fails with does not keep the others.
 * @returns what became of the rows of each table.
 * @throws ImportError when the options do not fit that database.
 */
export async function runImport(old: OldDatabase, db: Database, options: ImportOptions): Promise<Tally[]> {
  const guildIds = await old.guildIds();
  const shared = { ...options, homeGuildId: homeOf(guildIds, options.guildId) };
  if (!options.dryRun) return importAll(old, guildIds, shared, (work) => db.transaction().execute(work));

  const undo = new Error('a dry run keeps nothing');
  let tallies: Tally[] = [];
  await db
    .transaction()
    .execute(async (trx) => {
      tallies = await importAll(old, guildIds, shared, (work) => inSavepoint(trx, work));
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return tallies;
}

/** The server of rows that name none. */
function homeOf(guildIds: readonly string[], given: string | null): string | null {
  if (given !== null && guildIds.length > 0 && !guildIds.includes(given))
    throw new ImportError(
      `The old database knows nothing of a server ${given}. Its servers are: ${guildIds.slice(0, 10).join(', ')}.`,
    );
  return given ?? (guildIds.length === 1 ? (guildIds[0] ?? null) : null);
}

type Shared = Omit<ImportContext, 'trx' | 'old' | 'tally'>;

async function importAll(
  old: OldDatabase,
  guildIds: readonly string[],
  shared: Shared,
  apart: Apart,
): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const one of IMPORTS) {
    tallies.push(await importTable(one, old, shared, apart));
    if (one.table !== PUBLISHED_AFTER) continue;
    const published = new Tally('onboarding, published');
    await orFailed(published, () => apart((trx) => publishImported({ ...shared, trx, tally: published })));
    tallies.push(published);
  }
  const noted = new Tally('servers');
  await orFailed(noted, () => apart((trx) => noteGuilds(trx, guildIds, shared.now)));
  if (noted.hasFailed) tallies.push(noted);
  const known = new Set(IMPORTS.map(({ table }) => table));
  for (const table of old.tables.filter((name) => !known.has(name))) tallies.push(await leave(old, table));
  return tallies;
}

/**
 * As if the bot had been there: a server that it is not in at its next start counts as one that removed it, and is erased in time. Otherwise
 * what came of servers that the old bot had left would be kept for ever.
 */
async function noteGuilds(trx: Transaction<DB>, named: readonly string[], now: Date): Promise<void> {
  const guildIds = named.flatMap((id) => idOf(id) ?? []);
  if (guildIds.length === 0) return;
  await trx
    .insertInto('bot_guilds')
    .values(guildIds.map((guildId) => ({ guild_id: guildId, joined_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function importTable(
  { table, needs, columns, orderedBy, run }: TableImport,
  old: OldDatabase,
  shared: Shared,
  apart: Apart,
): Promise<Tally> {
  const tally = new Tally(table);
  if (!old.tables.includes(table)) {
    tally.note('The old database has no such table.');
    return tally;
  }
  const lacking = old.lacking(table, needs);
  if (lacking.length > 0) {
    const rows = await countOf(old, table);
    tally.left(
      `the table has no column ${lacking.join(', none ')}, without which nothing can be made of it`,
      null,
      rows,
    );
    return tally;
  }
  await orFailed(tally, () =>
    old.apart(() =>
      apart((trx) =>
        run({ ...shared, trx, old, tally }, keptAlive(trx, old.rows(table, columns, orderedBy))),
      ),
    ),
  );
  return tally;
}

/** The rows. A transaction in which nothing is done for a minute is given up, and of a long table all may be left. */
async function* keptAlive(trx: Transaction<DB>, rows: AsyncIterable<OldRow>): AsyncGenerator<OldRow> {
  let read = 0;
  for await (const row of rows) {
    if (read % KEPT_ALIVE_EVERY_ROWS === 0) await sql`select 1`.execute(trx);
    read += 1;
    yield row;
  }
}

async function leave(old: OldDatabase, table: string): Promise<Tally> {
  const tally = new Tally(table);
  const rows = await countOf(old, table);
  if (rows === null) tally.note(`Its rows could not be counted. They stay: ${whyLeft(table)}.`);
  else if (rows > 0) tally.left(whyLeft(table), null, rows);
  return tally;
}

/** How many rows a table has; null where that cannot be read. */
function countOf(old: OldDatabase, table: string): Promise<number | null> {
  return old.apart(() => old.count(table)).catch(() => null);
}

async function orFailed(tally: Tally, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tally.failed(reasonOf(error));
  }
}

/** PostgreSQL's class of errors about a value, whose texts quote it. */
const DATA_EXCEPTION = '22';

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith(DATA_EXCEPTION)) return `PostgreSQL does not take a value (${code})`;
  return safeLogMessage(error.message, 300);
}

async function inSavepoint(trx: Transaction<DB>, work: Work): Promise<void> {
  await sql`savepoint of_table`.execute(trx);
  try {
    await work(trx);
    await sql`release savepoint of_table`.execute(trx);
  } catch (error) {
    await sql`rollback to savepoint of_table`.execute(trx);
    throw error;
  }
}
