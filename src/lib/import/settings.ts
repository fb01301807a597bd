import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import {
  definitionOf,
  isSameValue,
  nameOf,
  scopeOf,
  type SettingKey,
  type SettingValue,
} from '#lib/settings/definitions';
import { lockSettings, readOverride, SETTINGS_CHANGED_CHANNEL, writeChange } from '#lib/settings/queries';
import type { OldRow } from './old-database.ts';
import { oldValue, ONBOARDING_SWITCH, settingOf } from './old-settings.ts';
import { guildOf, type ImportContext, type TableImport } from './table-import.ts';
import { instantOrNull, personOf } from './values.ts';

/** A setting of a server as it is to be here. */
interface Wanted {
  readonly guildId: string;
  readonly key: SettingKey;
  readonly value: SettingValue;
  readonly setBy: string;
  readonly setAt: Date;
  /** For the report. */
  readonly oldKey: string;
  readonly repairs: readonly string[];
}

/** What servers set. Runs after their history, so that what is in force stands at its end. */
export const settingsImport: TableImport = {
  table: 'bot_settings',
  needs: ['guild_id', 'scope', 'key', 'value'],
  columns: ['guild_id', 'scope', 'key', 'value', 'updated_by', 'updated_at'],
  orderedBy: ['guild_id', 'scope', 'key'],
  async run(context, rows) {
    const wanted = new Map<string, Wanted>();
    for await (const row of rows) {
      const one = wantedOf(context, row);
      if (one === null) continue;
      const place = `${one.guildId} ${one.key}`;
      const other = wanted.get(place);
      // Two become the same setting: a switch that is off, and the mode that it kept from mattering.
      if (other === undefined || one.oldKey === ONBOARDING_SWITCH) wanted.set(place, one);
      const dropped = other === undefined ? undefined : wanted.get(place) === one ? other : one;
      if (dropped !== undefined)
        context.tally.left('onboarding was switched off, which is a mode here', dropped.oldKey);
    }
    for (const one of wanted.values()) await bring(context, one);
  },
};

function wantedOf(context: ImportContext, row: OldRow): Wanted | null {
  const { tally, now } = context;
  const oldKey = `${row['scope'] ?? ''}.${row['key'] ?? ''}`;
  const guildId = guildOf(context, row, oldKey);
  if (guildId === null) return null;
  const key = settingOf(oldKey);
  if (key === null) {
    tally.left('there is no such setting here', oldKey);
    return null;
  }
  const stored = oldKey === ONBOARDING_SWITCH ? modeOfSwitch(row['value']) : row['value'];
  const read = oldValue(key, stored);
  if (read.kind === 'refused') tally.left(`${oldKey} cannot be so here: ${read.reason}`, guildId);
  if (read.kind === 'unset')
    tally.left('nothing was set: null, 0, or onboarding on, which its mode says', oldKey);
  if (read.kind !== 'value') return null;
  return {
    guildId,
    key,
    value: read.value,
    setBy: personOf(row['updated_by']),
    setAt: instantOrNull(row['updated_at']) ?? now,
    oldKey,
    repairs: [
      ...(read.repair === null ? [] : [read.repair]),
      ...(oldKey === key ? [] : [`is called ${key} here`]),
    ],
  };
}

/** JSON text of the mode that a switch stands for; null when it was on, or says nothing. */
function modeOfSwitch(stored: string | null | undefined): string | null {
  const isOn = oldValue('reminders.enabled', stored);
  return isOn.kind === 'value' && isOn.value === false ? '"disabled"' : null;
}

async function bring({ trx, tally }: ImportContext, wanted: Wanted): Promise<void> {
  const { guildId, key, value, oldKey } = wanted;
  await lockSettings(trx, guildId);
  const before = await readOverride(trx, guildId, key);
  const { type, default: byDefault } = definitionOf(key);
  if (isSameValue(before.value, value) || (before.value === null && isSameValue(value, byDefault))) {
    tally.already();
    return;
  }
  if (before.value !== null || (await wasChangedHere(trx, guildId, key))) {
    tally.left('it was set otherwise here, which stays', oldKey);
    return;
  }
  const newest = await newestIs(trx, guildId, key, value);
  if (newest) await setWithoutHistory(trx, wanted, type);
  else
    await writeChange(trx, {
      guildId,
      key,
      type,
      oldValue: null,
      newValue: value,
      changedBy: wanted.setBy,
      changedAt: wanted.setAt,
      reverts: null,
    });
  tally.came(oldKey, wanted.repairs);
}

/** Whether somebody changed a setting here, and not the old bot before. */
async function wasChangedHere(trx: Transaction<DB>, guildId: string, key: SettingKey): Promise<boolean> {
  const row = await trx
    .selectFrom('settings_history')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('scope', '=', scopeOf(key))
    .where('key', '=', nameOf(key))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('imported_rows')
            .select('old_id')
            .where('source_table', '=', 'settings_history')
            .whereRef('imported_rows.guild_id', '=', 'settings_history.guild_id')
            .whereRef('new_id', '=', 'settings_history.id'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the last change in the history made it what it is. */
async function newestIs(
  trx: Transaction<DB>,
  guildId: string,
  key: SettingKey,
  value: SettingValue,
): Promise<boolean> {
  const newest = await trx
    .selectFrom('settings_history')
    .select('new_value')
    .where('guild_id', '=', guildId)
    .where('scope', '=', scopeOf(key))
    .where('key', '=', nameOf(key))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest !== undefined && isSameValue(newest.new_value as SettingValue | null, value);
}

/** What `writeChange` does, where the history says it already. */
async function setWithoutHistory(trx: Transaction<DB>, wanted: Wanted, type: string): Promise<void> {
  await trx
    .insertInto('bot_settings')
    .values({
      guild_id: wanted.guildId,
      scope: scopeOf(wanted.key),
      key: nameOf(wanted.key),
      value: JSON.stringify(wanted.value),
      value_type: type,
      updated_by: wanted.setBy,
      updated_at: wanted.setAt,
    })
    .execute();
  await sql`select pg_notify(${SETTINGS_CHANGED_CHANNEL}, ${wanted.guildId})`.execute(trx);
}
