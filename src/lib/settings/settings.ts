import type { LRUCache } from 'lru-cache';
import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';
import { UserError } from '#lib/errors/user-error';
import type { Caches } from '#lib/limits/caches';
import type { Clock } from '#lib/time/clock';
import { definitionOf, isSameValue, settingKeys, type SettingKey, type SettingValue } from './definitions.ts';
import {
  lockSettings,
  readHistory,
  readHistoryEntry,
  readOverride,
  readOverrides,
  readVersions,
  writeChange,
  type HistoryEntry,
} from './queries.ts';

/** Guilds whose settings are kept in memory; the seed's figure. */
const CACHED_GUILDS = 500;

/** How far back an undo without an entry looks. */
const UNDO_SEARCHED = 100;

/** A sentence about what else a change did, for the reply. */
export interface ChangeNote {
  readonly sentence: SentenceKey;
  readonly values: SentenceValues;
}

/** Runs inside the transaction of a change, so that what follows from a setting changes with it or not at all. */
export type ChangeHook = (
  trx: Transaction<DB>,
  change: { readonly guildId: string; readonly key: SettingKey; readonly overrides: Overrides },
) => Promise<readonly ChangeNote[]>;

export type Overrides = ReadonlyMap<SettingKey, SettingValue>;

export interface Change {
  /** Null when the setting already had this value, so nothing was written. */
  readonly entry: HistoryEntry | null;
  readonly key: SettingKey;
  readonly value: SettingValue;
  readonly notes: readonly ChangeNote[];
}

/** A setting as `/config show` and the panel present it. */
export interface EffectiveSetting {
  readonly key: SettingKey;
  readonly value: SettingValue;
  readonly overridden: boolean;
  /** The newest change's id, or `'0'`. */
  readonly version: string;
}

/** The value that is in force for a guild, out of what it chose itself. */
export function effectiveValue<K extends SettingKey>(overrides: Overrides, key: K): SettingValue<K> {
  return (overrides.get(key) ?? definitionOf(key).default) as SettingValue<K>;
}

/**
 * The one reader and writer of guild settings. Reads come from memory; a change by any process empties that guild's
 * place in it. Writes to one setting of one guild happen one after another.
 */
export class Settings {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #cache: LRUCache<string, Overrides>;
  readonly #loading = new Map<string, Promise<Overrides>>();
  /** Counts invalidations: what was read before one must not be kept after it. */
  #generation = 0;
  readonly #hooks = new Map<SettingKey, ChangeHook>();

  constructor(options: { db: Database; clock: Clock; caches: Caches; cachedGuilds?: number }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#cache = options.caches.create('settings', { max: options.cachedGuilds ?? CACHED_GUILDS });
  }

  /** The value in force. Throws what the database throws when it is not in memory and cannot be read. */
  async get<K extends SettingKey>(guildId: string, key: K): Promise<SettingValue<K>> {
    return effectiveValue(await this.overrides(guildId), key);
  }

  /** Everything a guild has chosen itself. */
  async overrides(guildId: string): Promise<Overrides> {
    const cached = this.#cache.get(guildId);
    if (cached !== undefined) return cached;
    const loading = this.#loading.get(guildId);
    if (loading !== undefined) return loading;
    const generation = this.#generation;
    const load = readOverrides(this.#db, guildId)
      .then((overrides) => {
        if (generation === this.#generation) this.#cache.set(guildId, overrides);
        return overrides;
      })
      .finally(() => {
        if (this.#loading.get(guildId) === load) this.#loading.delete(guildId);
      });
    this.#loading.set(guildId, load);
    return load;
  }

  /** Every setting with its value in force, read past the cache so that versions and values fit together. */
  async list(guildId: string): Promise<EffectiveSetting[]> {
    const [overrides, versions] = await this.#db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => [await readOverrides(trx, guildId), await readVersions(trx, guildId)] as const);
    return settingKeys.map((key) => ({
      key,
      value: effectiveValue(overrides, key),
      overridden: overrides.has(key),
      version: versions.get(key) ?? '0',
    }));
  }

  /** Adds what must happen in the same transaction when this setting changes. */
  onChange(key: SettingKey, hook: ChangeHook): void {
    if (this.#hooks.has(key)) throw new Error(`${key} already has a hook`);
    this.#hooks.set(key, hook);
  }

  /**
   * Sets a value, or removes the guild's own with `null`.
   * @param change.seenVersion the version that the person was looking at; omitted where they saw none.
   * @throws UserError when the setting was changed since.
   */
  async change(change: {
    guildId: string;
    key: SettingKey;
    value: SettingValue | null;
    changedBy: string;
    seenVersion?: string;
  }): Promise<Change> {
    return this.#write(change.guildId, change.key, (trx) => this.#set(trx, change));
  }

  /** {@link change} for several settings of a guild: all of them change or none does. */
  async changeAll(
    guildId: string,
    changes: readonly { readonly key: SettingKey; readonly value: SettingValue | null }[],
    changedBy: string,
  ): Promise<Change[]> {
    const results = await this.#db.transaction().execute(async (trx) => {
      await lockSettings(trx, guildId);
      const done: Change[] = [];
      for (const { key, value } of changes)
        done.push(
          await this.#apply(trx, guildId, key, () => this.#set(trx, { guildId, key, value, changedBy })),
        );
      return done;
    });
    this.invalidate(guildId);
    return results;
  }

  /**
   * Takes one change back, by a new change.
   * @throws UserError when the guild has no such change or the setting was changed since.
   */
  async undo(undo: { guildId: string; entryId: string; undoneBy: string }): Promise<Change> {
    const entry = await this.historyEntry(undo.guildId, undo.entryId);
    return this.#write(undo.guildId, entry.key, async (trx) => {
      const current = await readOverride(trx, undo.guildId, entry.key);
      if (current.version !== entry.id)
        throw new UserError('config:changedSince', { entry: entry.id, setting: entry.key });
      return writeChange(trx, {
        guildId: undo.guildId,
        key: entry.key,
        type: definitionOf(entry.key).type,
        oldValue: current.value,
        newValue: entry.oldValue,
        changedBy: undo.undoneBy,
        changedAt: this.#clock.now(),
        reverts: entry.id,
      });
    });
  }

  /**
   * One change of a guild.
   * @throws UserError when the guild has none with this id.
   */
  async historyEntry(guildId: string, entryId: string): Promise<HistoryEntry> {
    const entry = await readHistoryEntry(this.#db, guildId, entryId);
    if (entry === undefined) throw new UserError('config:noSuchEntry', { entry: entryId });
    return entry;
  }

  /** A guild's changes, newest first. */
  history(
    guildId: string,
    options: { scope?: string; key?: SettingKey; before?: string; limit: number },
  ): Promise<HistoryEntry[]> {
    return readHistory(this.#db, guildId, options);
  }

  /** The newest change that can still be taken back and is none itself, or null. */
  async newestUndoable(guildId: string): Promise<string | null> {
    const [entries, versions] = await Promise.all([
      readHistory(this.#db, guildId, { limit: UNDO_SEARCHED }),
      readVersions(this.#db, guildId),
    ]);
    const entry = entries.find(
      ({ id, key, changeType }) => changeType !== 'undone' && versions.get(key) === id,
    );
    return entry?.id ?? null;
  }

  /** Forgets what is in memory of one guild; the next read asks the database. */
  invalidate(guildId: string): void {
    this.#generation += 1;
    this.#loading.delete(guildId);
    this.#cache.delete(guildId);
  }

  /** Forgets everything: after the listening connection was lost, notices may have been missed. */
  invalidateAll(): void {
    this.#generation += 1;
    this.#loading.clear();
    this.#cache.clear();
  }

  async #set(
    trx: Transaction<DB>,
    change: {
      guildId: string;
      key: SettingKey;
      value: SettingValue | null;
      changedBy: string;
      seenVersion?: string;
    },
  ): Promise<HistoryEntry | null> {
    const before = await readOverride(trx, change.guildId, change.key);
    if (change.seenVersion !== undefined && change.seenVersion !== before.version)
      throw new UserError('config:changedMeanwhile');
    const isDefault = isSameValue(change.value, definitionOf(change.key).default);
    if (isSameValue(before.value, change.value) || (before.value === null && isDefault)) return null;
    return writeChange(trx, {
      ...change,
      type: definitionOf(change.key).type,
      oldValue: before.value,
      newValue: change.value,
      changedAt: this.#clock.now(),
      reverts: null,
    });
  }

  async #write(
    guildId: string,
    key: SettingKey,
    write: (trx: Transaction<DB>) => Promise<HistoryEntry | null>,
  ): Promise<Change> {
    const result = await this.#db.transaction().execute(async (trx) => {
      await lockSettings(trx, guildId);
      return this.#apply(trx, guildId, key, write);
    });
    this.invalidate(guildId);
    return result;
  }

  /** Writes one setting, with all that follows from it. */
  async #apply(
    trx: Transaction<DB>,
    guildId: string,
    key: SettingKey,
    write: (trx: Transaction<DB>) => Promise<HistoryEntry | null>,
  ): Promise<Change> {
    const entry = await write(trx);
    const overrides = await readOverrides(trx, guildId);
    const hook = this.#hooks.get(key);
    const notes = entry === null || hook === undefined ? [] : await hook(trx, { guildId, key, overrides });
    return { entry, key, value: effectiveValue(overrides, key), notes };
  }
}
