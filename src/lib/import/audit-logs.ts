import type { InsertObject, Transaction } from 'kysely';
import { personalData } from '#db/personal-data';
import type { DB } from '#db/types';
import { placeOf, type TableImport } from './table-import.ts';
import { booleanOrNull, fitted, idOf, instantOrNull, serialOf } from './values.ts';

const DAY_MS = 24 * 60 * 60_000;
const NAME_MAX = 100;
const ROWS_AT_ONCE = 500;
/** Of a command in a direct message, here and there. */
const NO_GUILD = '0';

type NewUse = InsertObject<DB, 'audit_logs'> & { readonly correlation_id: string };

/**
 * Which commands were used. There are many, and each has a unique key here in which the old number fits, so they are not noted one by one.
 * What an error said stays: it may hold what people wrote.
 */
export const auditLogsImport: TableImport = {
  table: 'audit_logs',
  needs: ['id', 'guild_id', 'user_id', 'command_name', 'command_type', 'created_at'],
  columns: ['id', 'guild_id', 'user_id', 'command_name', 'command_type', 'success', 'created_at'],
  orderedBy: ['id'],
  async run(context, rows) {
    const { trx, tally, now } = context;
    const { days } = personalData.audit_logs.kept;
    let waiting: NewUse[] = [];
    const write = async (): Promise<void> => {
      const written = await insertNew(trx, waiting);
      for (const { correlation_id: key } of waiting) {
        if (written.has(key)) tally.came(key);
        else tally.already();
      }
      waiting = [];
    };
    for await (const row of rows) {
      const isDirect = row['guild_id'] === NO_GUILD;
      const id = serialOf(row['id']);
      const place = isDirect && id !== null ? { guildId: NO_GUILD, id } : placeOf(context, row);
      if (place === null) continue;
      const userId = idOf(row['user_id']);
      const { text: command } = fitted(row['command_name'] ?? '', NAME_MAX);
      const type = row['command_type'];
      const at = instantOrNull(row['created_at']);
      if (at === null || at.getTime() < now.getTime() - days * DAY_MS) {
        tally.left(`it is older than the ${days} days that this bot keeps, or has no date`, place.id);
        continue;
      }
      if (userId === null || command === '' || (type !== 'slash' && type !== 'text')) {
        tally.left('it names no member, no command or no kind of command', place.id);
        continue;
      }
      const success = booleanOrNull(row['success']) ?? true;
      waiting.push({
        guild_id: place.guildId,
        user_id: userId,
        command_name: command,
        command_type: type,
        success,
        failure: success ? null : 'unknown',
        error_message: null,
        duration_ms: 0,
        correlation_id: `import-${place.guildId}-${place.id}`,
        created_at: at,
      });
      if (waiting.length >= ROWS_AT_ONCE) await write();
    }
    await write();
  },
};

/** @returns the keys of those that were not there. */
async function insertNew(trx: Transaction<DB>, uses: readonly NewUse[]): Promise<ReadonlySet<string>> {
  if (uses.length === 0) return new Set();
  const written = await trx
    .insertInto('audit_logs')
    .values(uses)
    .onConflict((conflict) => conflict.column('correlation_id').doNothing())
    .returning('correlation_id')
    .execute();
  return new Set(written.map((row) => row.correlation_id));
}
