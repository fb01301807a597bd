import { personalData } from '#db/personal-data';
import { definitionOf, nameOf, scopeOf, type SettingKey, type SettingValue } from '#lib/settings/definitions';
import { importedAs, noteImported } from './imported-rows.ts';
import { oldValue, ONBOARDING_SWITCH, settingOf } from './old-settings.ts';
import { placeOf, type TableImport } from './table-import.ts';
import { instantOrNull, personOf } from './values.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Who changed which setting when. */
export const settingsHistoryImport: TableImport = {
  table: 'settings_history',
  needs: ['id', 'guild_id', 'scope', 'key', 'new_value'],
  columns: ['id', 'guild_id', 'scope', 'key', 'old_value', 'new_value', 'changed_by', 'changed_at'],
  orderedBy: ['id'],
  async run(context, rows) {
    const { trx, tally, now } = context;
    const { days } = personalData.settings_history.kept;
    const keptFrom = new Date(now.getTime() - days * DAY_MS);
    for await (const row of rows) {
      const place = placeOf(context, row);
      if (place === null) continue;
      const oldKey = `${row['scope'] ?? ''}.${row['key'] ?? ''}`;
      const key = oldKey === ONBOARDING_SWITCH ? null : settingOf(oldKey);
      if (key === null) {
        tally.left('there is no such setting here', oldKey);
        continue;
      }
      const changedAt = instantOrNull(row['changed_at']);
      if (changedAt === null || changedAt < keptFrom) {
        tally.left(`it is older than the ${days} days that this bot keeps, or has no date`, place.id);
        continue;
      }
      const [before, after] = [valueOf(key, row['old_value']), valueOf(key, row['new_value'])];
      if (after === undefined) {
        tally.left('its value cannot be so here', place.id);
        continue;
      }
      if ((await importedAs(trx, place)) !== null) {
        tally.already();
        continue;
      }
      const { id } = await trx
        .insertInto('settings_history')
        .values({
          guild_id: place.guildId,
          scope: scopeOf(key),
          key: nameOf(key),
          old_value: before === undefined || before === null ? null : JSON.stringify(before),
          new_value: after === null ? null : JSON.stringify(after),
          value_type: definitionOf(key).type,
          changed_by: personOf(row['changed_by']),
          changed_at: changedAt,
          change_type: after === null ? 'deleted' : (before ?? null) === null ? 'created' : 'updated',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await noteImported(trx, place, id, now);
      tally.came(place.id, oldKey === key ? [] : [`is called ${key} here`]);
    }
  },
};

/** Null for nothing set, undefined for what cannot be here. */
function valueOf(key: SettingKey, stored: string | null | undefined): SettingValue | null | undefined {
  const read = oldValue(key, stored);
  if (read.kind === 'refused') return undefined;
  return read.kind === 'unset' ? null : read.value;
}
