import { sql } from 'kysely';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { definitionOf, settingKeys, type SettingKey, type SettingValue } from '#lib/settings/definitions';
import { removeOldHistory } from '#lib/settings/retention';
import { effectiveValue, Settings, type ChangeHook } from '#lib/settings/settings';
import { describePostgres, useDatabase } from '../../setup/database.ts';
import { freshCaches } from '../../setup/caches.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOW = new Date('2026-12-01T09:00:00Z');
const [GUILD, OTHER_GUILD] = ['1328374655667123456', '1328374655667123457'];
const [MIA, SAM] = ['222222222222222222', '333333333333333333'];
const LANGUAGE = 'system.language';
const OFFSET = 'reminders.offset_minutes';

const database = useDatabase();
beforeEach(() => database().empty());

const clock = { now: () => NOW };
/** As another process has it: nothing in memory yet. */
const fresh = (): Settings => new Settings({ db: database().db, clock, caches: freshCaches() });
let settings: Settings;
beforeEach(() => {
  settings = fresh();
});

const change = (
  key: SettingKey,
  value: SettingValue | null,
  more: { guildId?: string; seenVersion?: string } = {},
) => settings.change({ guildId: GUILD, key, value, changedBy: MIA, ...more });
const undo = (entryId: string, guildId: string = GUILD) => settings.undo({ guildId, entryId, undoneBy: SAM });
const history = (limit = 100) => settings.history(GUILD, { limit });
const versionOf = async (key: SettingKey) =>
  (await settings.list(GUILD)).find((item) => item.key === key)?.version;

describe('a value', () => {
  test('is the default while the guild has chosen none', async () => {
    for (const key of settingKeys) expect(await settings.get(GUILD, key)).toBe(definitionOf(key).default);
    expect((await settings.list(GUILD)).map(({ overridden, version }) => [overridden, version])).toEqual(
      settingKeys.map(() => [false, '0']),
    );
  });

  test.each([
    ['system.timezone', 'America/New_York'],
    ['system.language', 'nl'],
    ['system.log_channel_id', '1328374655667123999'],
    ['reminders.enabled', false],
    ['reminders.allow_everyone_mentions', true],
    ['reminders.offset_minutes', 0],
    ['reminders.offset_minutes', 4320],
  ] as const)('%s = %j is the same in every process', async (key, value) => {
    const { value: now, entry } = await change(key, value);
    expect([now, entry?.newValue]).toEqual([value, value]);
    expect(await settings.get(GUILD, key)).toBe(value);
    expect(await fresh().get(GUILD, key)).toBe(value);
    expect((await fresh().list(GUILD)).find((item) => item.key === key)).toEqual({
      key,
      value,
      overridden: true,
      version: entry?.id,
    });
    expect((await fresh().history(GUILD, { limit: 1 }))[0]?.newValue).toBe(value);
  });

  test('is stored as JSON of its own type', async () => {
    await change(LANGUAGE, 'nl');
    await change('reminders.enabled', false);
    const { rows } =
      await sql`select key, value::text, value_type, updated_by, updated_at from bot_settings order by key`.execute(
        database().db,
      );
    expect(rows).toEqual([
      { key: 'enabled', value: 'false', value_type: 'boolean', updated_by: MIA, updated_at: NOW },
      { key: 'language', value: '"nl"', value_type: 'choice', updated_by: MIA, updated_at: NOW },
    ]);
  });

  test('of one guild never shows in another', async () => {
    const entry = await change(LANGUAGE, 'nl');
    expect(await settings.get(OTHER_GUILD, LANGUAGE)).toBe('en-US');
    expect(await settings.history(OTHER_GUILD, { limit: 10 })).toEqual([]);
    await expect(undo(entry.entry?.id ?? '', OTHER_GUILD)).rejects.toThrow('config:noSuchEntry');
    await change(LANGUAGE, null, { guildId: OTHER_GUILD });
    expect(await settings.get(GUILD, LANGUAGE)).toBe('nl');
    expect(await settings.newestUndoable(OTHER_GUILD)).toBeNull();
  });

  test('of a setting that this version does not know is left alone', async () => {
    const { db } = database();
    const gone = { guild_id: GUILD, scope: 'system', key: 'gone', value_type: 'choice' };
    await db
      .insertInto('bot_settings')
      .values({ ...gone, value: '"x"' })
      .execute();
    await change(LANGUAGE, 'nl');
    await db
      .insertInto('settings_history')
      .values(Array.from({ length: 5 }, () => ({ ...gone, change_type: 'updated' })))
      .execute();
    await change(OFFSET, 30);
    expect([...(await settings.overrides(GUILD)).keys()].sort()).toEqual([OFFSET, LANGUAGE]);
    expect((await settings.list(GUILD)).map(({ key }) => key)).toEqual(settingKeys);
    // A page is full of what can be shown.
    expect((await history(2)).map(({ key }) => key)).toEqual([OFFSET, LANGUAGE]);
    expect(
      await db.selectFrom('bot_settings').select('key').where('key', '=', 'gone').execute(),
    ).toHaveLength(1);
  });
});

describe('the history', () => {
  test('has every change with who, when and from what to what, newest first', async () => {
    await change(LANGUAGE, 'nl');
    await change(LANGUAGE, 'en-US');
    const reset = await change(LANGUAGE, null);
    await undo(reset.entry?.id ?? '');
    const common = { key: LANGUAGE, changedAt: NOW };
    expect(await history()).toEqual([
      { ...common, id: '4', oldValue: null, newValue: 'en-US', changedBy: SAM, changeType: 'undone' },
      { ...common, id: '3', oldValue: 'en-US', newValue: null, changedBy: MIA, changeType: 'deleted' },
      { ...common, id: '2', oldValue: 'nl', newValue: 'en-US', changedBy: MIA, changeType: 'updated' },
      { ...common, id: '1', oldValue: null, newValue: 'nl', changedBy: MIA, changeType: 'created' },
    ]);
  });

  test('is read by setting, and page by page', async () => {
    for (const minutes of [10, 20, 30]) await change(OFFSET, minutes);
    await change(LANGUAGE, 'nl');
    const ids = async (options: { key?: SettingKey; before?: string; limit: number }) =>
      (await settings.history(GUILD, options)).map(({ id }) => id);
    expect(await ids({ limit: 2 })).toEqual(['4', '3']);
    expect(await ids({ limit: 2, before: '3' })).toEqual(['2', '1']);
    expect(await ids({ limit: 2, key: OFFSET })).toEqual(['3', '2']);
    expect(await ids({ limit: 2, key: OFFSET, before: '2' })).toEqual(['1']);
  });

  test.each([
    ['the value it has', 'nl', 'nl'],
    ['no value where it has none', null, null],
  ] as const)('says nothing of %s', async (_name, before, after) => {
    await change(LANGUAGE, before);
    const { length } = await history();
    expect(await change(LANGUAGE, after)).toMatchObject({ entry: null, notes: [] });
    expect(await history()).toHaveLength(length);
  });

  test('choosing what is the default anyway changes nothing; choosing it in place of another value does', async () => {
    expect((await change(LANGUAGE, 'en-US')).entry).toBeNull();
    await change(LANGUAGE, 'nl');
    expect((await change(LANGUAGE, 'en-US')).entry?.changeType).toBe('updated');
    expect(await settings.get(GUILD, LANGUAGE)).toBe('en-US');
  });

  test('keeps a year, and of each setting the newest entry for good', async () => {
    const ageOf = { 1: 800, 2: 400, 3: 364, 4: 900, 5: 370 };
    for (const minutes of [10, 20, 30]) await change(OFFSET, minutes);
    await change(LANGUAGE, 'nl');
    await change(OFFSET, 10, { guildId: OTHER_GUILD });
    for (const [id, days] of Object.entries(ageOf))
      await database()
        .db.updateTable('settings_history')
        .set({ changed_at: new Date(NOW.getTime() - days * DAY_MS) })
        .where('id', '=', id)
        .execute();
    await removeOldHistory(database().db, NOW);
    expect((await history()).map(({ id }) => id)).toEqual(['4', '3']);
    expect(await settings.history(OTHER_GUILD, { limit: 10 })).toHaveLength(1);
    expect(await versionOf(LANGUAGE)).toBe('4');
  });
});

describe('undo', () => {
  test.each([
    ['a first change', [20], 60],
    ['a later change', [20, 30], 20],
    ['a reset', [20, null], 20],
  ])('takes back %s', async (_name, values, expected) => {
    for (const value of values) await change(OFFSET, value);
    const newest = await settings.newestUndoable(GUILD);
    expect(newest).toBe(String(values.length));
    const { value, entry } = await undo(newest ?? '');
    expect([value, await fresh().get(GUILD, OFFSET)]).toEqual([expected, expected]);
    expect(entry).toMatchObject({ changeType: 'undone', changedBy: SAM });
    const { rows } = await sql`select reverts_id from settings_history order by id desc limit 1`.execute(
      database().db,
    );
    expect(rows).toEqual([{ reverts_id: newest }]);
  });

  test('can itself be taken back', async () => {
    await change(OFFSET, 20);
    const undone = await undo('1');
    expect((await undo(undone.entry?.id ?? '')).value).toBe(20);
  });

  test('without an entry takes the newest of those that still stand, and never an undo', async () => {
    await change(OFFSET, 20);
    await change(LANGUAGE, 'nl');
    for (const expected of ['2', '1', null]) {
      const next = await settings.newestUndoable(GUILD);
      expect(next).toBe(expected);
      if (next !== null) await undo(next);
    }
    expect(await settings.overrides(GUILD)).toEqual(new Map());
  });

  test.each([
    ['when the setting was changed since', '1', 'config:changedSince'],
    ['an entry that is not there', '99', 'config:noSuchEntry'],
    ['the same change twice', '3', 'config:changedSince'],
  ])('refuses %s', async (_name, id, sentence) => {
    for (const minutes of [20, 30, 40]) await change(OFFSET, minutes);
    await undo('3');
    await expect(undo(id)).rejects.toMatchObject({ sentence, values: { entry: id } });
    expect(await settings.get(GUILD, OFFSET)).toBe(30);
    expect(await history()).toHaveLength(4);
  });

  test('of one setting does not mind changes of others', async () => {
    await change(OFFSET, 20);
    await change(LANGUAGE, 'nl');
    expect((await undo('1')).value).toBe(60);
    expect(await settings.get(GUILD, LANGUAGE)).toBe('nl');
  });
});

describe('a change of what somebody looks at', () => {
  test('is made while it is still what they see', async () => {
    expect((await change(OFFSET, 20, { seenVersion: '0' })).value).toBe(20);
    expect((await change(OFFSET, 30, { seenVersion: '1' })).value).toBe(30);
    expect((await change(LANGUAGE, 'nl', { seenVersion: '0' })).value).toBe('nl');
  });

  test.each([
    ['another value', 40],
    ['the same value', 30],
    ['a reset', null],
  ])('is refused when another has changed it: %s', async (_name, value) => {
    await change(OFFSET, 20);
    const seenVersion = (await versionOf(OFFSET)) ?? '';
    await change(OFFSET, 30);
    await expect(change(OFFSET, value, { seenVersion })).rejects.toThrow('config:changedMeanwhile');
    expect(await settings.get(GUILD, OFFSET)).toBe(30);
  });
});

describe('what follows from a change', () => {
  test('sees the new value inside the same transaction, and its notes come with the change', async () => {
    const seen: unknown[] = [];
    settings.onChange(OFFSET, async (trx, { guildId, key, overrides }) => {
      const row = await trx
        .selectFrom('bot_settings')
        .select('value')
        .where('key', '=', 'offset_minutes')
        .execute();
      seen.push([guildId, key, effectiveValue(overrides, OFFSET), row]);
      return [{ sentence: 'reminders:moved', values: { count: 2 } }];
    });
    expect((await change(OFFSET, 20)).notes).toEqual([{ sentence: 'reminders:moved', values: { count: 2 } }]);
    await undo('1');
    expect(seen).toEqual([
      [GUILD, OFFSET, 20, [{ value: 20 }]],
      [GUILD, OFFSET, 60, []],
    ]);
  });

  test('that fails takes the change with it', async () => {
    await change(OFFSET, 20);
    settings.onChange(OFFSET, () => Promise.reject(new Error('boom')));
    await expect(change(OFFSET, 30)).rejects.toThrow('boom');
    await expect(undo('1')).rejects.toThrow('boom');
    expect([await settings.get(GUILD, OFFSET), await fresh().get(GUILD, OFFSET)]).toEqual([20, 20]);
    expect(await history()).toHaveLength(1);
  });

  test('does not happen when nothing or something else changes', async () => {
    const hook = vi.fn<ChangeHook>().mockResolvedValue([]);
    settings.onChange(OFFSET, hook);
    await change(OFFSET, null);
    await change(LANGUAGE, 'nl');
    expect(hook).not.toHaveBeenCalled();
    expect(() => settings.onChange(OFFSET, hook)).toThrow('already has a hook');
  });
});

/** Many changes of one setting at once are one chain: each begins where the one before ended. */
async function expectChain(one: Settings, two: Settings): Promise<void> {
  const values = Array.from({ length: 10 }, (_, index) => 100 + index);
  await Promise.all(
    values.map((value, index) =>
      (index % 2 === 0 ? one : two).change({ guildId: GUILD, key: OFFSET, value, changedBy: MIA }),
    ),
  );
  const entries = (await one.history(GUILD, { limit: 100 })).toReversed();
  expect(new Set(entries.map(({ newValue }) => newValue))).toEqual(new Set(values));
  expect(entries.map(({ oldValue }) => oldValue)).toEqual([
    null,
    ...entries.slice(0, -1).map(({ newValue }) => newValue),
  ]);
  expect(await fresh().get(GUILD, OFFSET)).toBe(entries.at(-1)?.newValue);
}

test('changes at the same time follow one another', async () => {
  await expectChain(settings, fresh());
  expect(await history()).toHaveLength(10);
});

test('of two undos at the same time one is refused', async () => {
  await change(OFFSET, 20);
  const results = await Promise.allSettled([
    undo('1'),
    fresh().undo({ guildId: GUILD, entryId: '1', undoneBy: MIA }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await history()).toHaveLength(2);
});

describePostgres('two processes', () => {
  test('that change the same setting at the same time follow one another', async () => {
    const other = await database().open();
    await expectChain(settings, new Settings({ db: other.db, clock, caches: freshCaches() }));
    expect(await history()).toHaveLength(10);
  });
});
