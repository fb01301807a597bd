import type { Database } from '#lib/database/database';

/** The names of all categories that a guild has or had, by their ids. */
export async function categoryNames(db: Database, guildId: string): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('ticket_categories')
    .select(['id', 'name'])
    .where('guild_id', '=', guildId)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
