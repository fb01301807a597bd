import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName, shareName } from '#lib/database/locks';
import {
  isSettingKey,
  nameOf,
  scopeOf,
  settingKeys,
  type SettingKey,
  type SettingValue,
} from './definitions.ts';

/** The channel on which a process tells the others that a guild's settings changed; the payload is the guild's id. */
export const SETTINGS_CHANGED_CHANNEL = 'settings_changed';

/** One change of one setting. A null value means: no choice of the guild's own, so the default applies. */
export interface HistoryEntry {
  readonly id: string;
  readonly key: SettingKey;
  readonly oldValue: SettingValue | null;
  readonly newValue: SettingValue | null;
  readonly changedBy: string | null;
  readonly changedAt: Date;
  readonly changeType: 'created' | 'updated' | 'deleted' | 'undone';
}

/** What a guild chose for one setting, and the newest change of it: `'0'` when it never changed. */
export interface Override {
  readonly key: SettingKey;
  readonly value: SettingValue | null;
  readonly version: string;
}

const HISTORY_COLUMNS = [
  'id',
  'scope',
  'key',
  'old_value',
  'new_value',
  'changed_by',
  'changed_at',
  'change_type',
] as const;

interface HistoryRow {
  id: string;
  scope: string;
  key: string;
  old_value: unknown;
  new_value: unknown;
  changed_by: string | null;
  changed_at: Date;
  change_type: string;
}

/** Rows of settings that this version no longer knows are left out rather than shown wrong. */
function toEntries(rows: readonly HistoryRow[]): HistoryEntry[] {
  return rows.flatMap((row) => {
    const key = `${row.scope}.${row.key}`;
    if (!isSettingKey(key)) return [];
    return [
      {
        id: row.id,
        key,
        oldValue: row.old_value as SettingValue | null,
        newValue: row.new_value as SettingValue | null,
        changedBy: row.changed_by,
        changedAt: row.changed_at,
        changeType: row.change_type as HistoryEntry['changeType'],
      },
    ];
  });
}

/** The values a guild has chosen itself. */
export async function readOverrides(
  db: Database,
  guildId: string,
): Promise<ReadonlyMap<SettingKey, SettingValue>> {
  const rows = await db
    .selectFrom('bot_settings')
    .select(['scope', 'key', 'value'])
    .where('guild_id', '=', guildId)
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const key = `${row.scope}.${row.key}`;
      return isSettingKey(key) ? [[key, row.value as SettingValue] as const] : [];
    }),
  );
}

/** The newest change of each setting of a guild; a panel that shows a value remembers it to notice another's change. */
export async function readVersions(db: Database, guildId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('settings_history')
    .select(['scope', 'key', (eb) => eb.fn.max('id').as('version')])
    .where('guild_id', '=', guildId)
    .groupBy(['scope', 'key'])
    .execute();
  return new Map(rows.map((row) => [`${row.scope}.${row.key}`, row.version]));
}

const lockOf = (guildId: string): string => `settings:${guildId}`;

/**
 * Makes everyone else who changes a setting of this guild, or does something under its settings with {@link holdSettings},
 * wait until the transaction ends.
 */
export async function lockSettings(trx: Transaction<DB>, guildId: string): Promise<void> {
  await lockName(trx, lockOf(guildId));
}

/** A guild's own choices, which nobody changes until the transaction ends: for rows that a change would have to find. */
export async function holdSettings(
  trx: Transaction<DB>,
  guildId: string,
): Promise<ReadonlyMap<SettingKey, SettingValue>> {
  await shareName(trx, lockOf(guildId));
  return readOverrides(trx, guildId);
}

/** One setting of a guild with its version. */
export async function readOverride(
  trx: Transaction<DB>,
  guildId: string,
  key: SettingKey,
): Promise<Override> {
  const row = await trx
    .selectFrom('bot_settings')
    .select('value')
    .where('guild_id', '=', guildId)
    .where('scope', '=', scopeOf(key))
    .where('key', '=', nameOf(key))
    .executeTakeFirst();
  const newest = await trx
    .selectFrom('settings_history')
    .select((eb) => eb.fn.max('id').as('version'))
    .where('guild_id', '=', guildId)
    .where('scope', '=', scopeOf(key))
    .where('key', '=', nameOf(key))
    .executeTakeFirst();
  return {
    key,
    value: (row?.value as SettingValue | undefined) ?? null,
    version: newest?.version ?? '0',
  };
}

export interface NewChange {
  readonly guildId: string;
  readonly key: SettingKey;
  readonly type: string;
  readonly oldValue: SettingValue | null;
  readonly newValue: SettingValue | null;
  readonly changedBy: string;
  readonly changedAt: Date;
  /** The change that this one takes back. */
  readonly reverts: string | null;
}

/** `pg` would send a bare string without its JSON quotes. */
const json = (value: SettingValue | null): string | null => (value === null ? null : JSON.stringify(value));

/** Writes a value (or removes it), its history row and the notice to the other processes. */
export async function writeChange(trx: Transaction<DB>, change: NewChange): Promise<HistoryEntry> {
  const place = { guild_id: change.guildId, scope: scopeOf(change.key), key: nameOf(change.key) };
  if (change.newValue === null) {
    await trx
      .deleteFrom('bot_settings')
      .where('guild_id', '=', place.guild_id)
      .where('scope', '=', place.scope)
      .where('key', '=', place.key)
      .execute();
  } else {
    const stored = {
      value: JSON.stringify(change.newValue),
      value_type: change.type,
      updated_by: change.changedBy,
      updated_at: change.changedAt,
    };
    await trx
      .insertInto('bot_settings')
      .values({ ...place, ...stored })
      .onConflict((conflict) => conflict.columns(['guild_id', 'scope', 'key']).doUpdateSet(stored))
      .execute();
  }
  const ordinaryType =
    change.newValue === null ? 'deleted' : change.oldValue === null ? 'created' : 'updated';
  const row = await trx
    .insertInto('settings_history')
    .values({
      ...place,
      old_value: json(change.oldValue),
      new_value: json(change.newValue),
      value_type: change.type,
      changed_by: change.changedBy,
      changed_at: change.changedAt,
      change_type: change.reverts === null ? ordinaryType : 'undone',
      reverts_id: change.reverts,
    })
    .returning(HISTORY_COLUMNS)
    .executeTakeFirstOrThrow();
  await sql`select pg_notify(${SETTINGS_CHANGED_CHANNEL}, ${change.guildId})`.execute(trx);
  const [entry] = toEntries([row]);
  if (entry === undefined) throw new Error(`history row ${row.id} names no setting`);
  return entry;
}

/** A guild's changes, newest first. `before` is the id of the last entry already seen. */
export async function readHistory(
  db: Database,
  guildId: string,
  options: {
    readonly scope?: string | undefined;
    readonly key?: SettingKey | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<HistoryEntry[]> {
  let query = db
    .selectFrom('settings_history')
    .select(HISTORY_COLUMNS)
    .where('guild_id', '=', guildId)
    // Here and not afterwards, or a page would not be full and seem to be the last.
    .where(sql<string>`scope || '.' || key`, 'in', settingKeys)
    .orderBy('id', 'desc')
    .limit(options.limit);
  if (options.scope !== undefined) query = query.where('scope', '=', options.scope);
  if (options.key !== undefined)
    query = query.where('scope', '=', scopeOf(options.key)).where('key', '=', nameOf(options.key));
  if (options.before !== undefined) query = query.where('id', '<', options.before);
  return toEntries(await query.execute());
}

/** One change of a guild, or undefined when that guild has none with this id. */
export async function readHistoryEntry(
  db: Database,
  guildId: string,
  id: string,
): Promise<HistoryEntry | undefined> {
  const rows = await db
    .selectFrom('settings_history')
    .select(HISTORY_COLUMNS)
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .execute();
  return toEntries(rows)[0];
}
