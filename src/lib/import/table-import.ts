import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Needed, OldDatabase, OldRow } from './old-database.ts';
import type { Tally } from './tally.ts';
import { idOf, serialOf } from './values.ts';

/** What an import of one table works with. */
export interface ImportContext {
  /** Of this bot's database; all of the table comes in it or nothing. */
  readonly trx: Transaction<DB>;
  readonly old: OldDatabase;
  readonly tally: Tally;
  readonly now: Date;
  /** IANA name of the zone that the old bot's times of day are in. */
  readonly zone: string;
  /** Whose the rows are that name no server; null when that is unknown. */
  readonly homeGuildId: string | null;
  readonly dryRun: boolean;
}

/** How one table of the old database comes over. */
export interface TableImport {
  readonly table: string;
  /** Columns without which nothing can be made of its rows. */
  readonly needs: readonly Needed[];
  /** All that are read of it. */
  readonly columns: readonly string[];
  readonly orderedBy: readonly string[];
  readonly run: (context: ImportContext, rows: AsyncIterable<OldRow>) => Promise<void>;
}

/** The server of a row; null when it has none, which is then told. */
export function guildOf(
  { old, tally, homeGuildId }: ImportContext,
  row: OldRow,
  example: string | null,
): string | null {
  const named = row['guild_id'] ?? null;
  if (named === null) {
    if (homeGuildId === null)
      tally.left(
        old.hasColumn(tally.table, 'guild_id')
          ? 'it names no server; say whose it is with --guild <server id>'
          : 'the table names no server, and there are several; say whose it is with --guild <server id>',
        example,
      );
    return homeGuildId;
  }
  const guildId = idOf(named);
  if (guildId === null) tally.left('it belongs to no server (guild_id 0)', example);
  return guildId;
}

/** The server and the number of a row; null when it lacks one of them, which is then told. */
export function placeOf(
  context: ImportContext,
  row: OldRow,
): { readonly guildId: string; readonly table: string; readonly id: string } | null {
  const id = serialOf(row['id']);
  const guildId = guildOf(context, row, id);
  if (guildId === null) return null;
  if (id === null) {
    context.tally.left('it has no usable number', null);
    return null;
  }
  return { guildId, table: context.tally.table, id };
}
