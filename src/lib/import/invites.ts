import { COUNT_MAX, importedCount } from '#lib/invites/adjust';
import { guildOf, type TableImport } from './table-import.ts';
import { idOf } from './values.ts';

/** How many members somebody had invited. Who they were, the old bot did not note. */
export const invitesImport: TableImport = {
  table: 'invite_tracker',
  needs: ['user_id', 'invite_count'],
  columns: ['guild_id', 'user_id', 'invite_count'],
  orderedBy: ['guild_id', 'user_id'],
  async run(context, rows) {
    const { trx, tally, now } = context;
    for await (const row of rows) {
      const guildId = guildOf(context, row, null);
      if (guildId === null) continue;
      const memberId = idOf(row['user_id']);
      const count = Number(row['invite_count'] ?? 0);
      if (memberId === null || !(count > 0)) {
        tally.left('it names no member, or counts nothing', null);
        continue;
      }
      const added = await importedCount(trx, guildId, {
        memberId,
        count: Math.min(count, COUNT_MAX),
        at: now,
      });
      if (!added) tally.already();
      else tally.came(`one in ${guildId}`, count > COUNT_MAX ? ['was more than can be counted'] : []);
    }
  },
};
