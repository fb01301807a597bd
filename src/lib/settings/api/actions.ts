import type { Guild, GuildMember } from 'discord.js';
import type { z } from 'zod';
import type { Caller } from '#lib/access/caller';
import type { GuildRights } from '#lib/access/guild-rights';
import { requireMember, requirePerson } from '#lib/access/person';
import { UserError } from '#lib/errors/user-error';
import { cursorId, pageLimit, pageReply } from '#lib/http/page';
import { HttpProblem, invalidParts, type InvalidPart } from '#lib/http/problem';
import type { Reply } from '#lib/http/route';
import { problemOfUserError } from '#lib/http/user-error';
import { defaultLocale, translator } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import { announceChange } from '../announce.ts';
import {
  definitionOf,
  isSettingKey,
  nameOf,
  scopeOf,
  settingKeys,
  type SettingKey,
  type SettingValue,
} from '../definitions.ts';
import type { HistoryEntry } from '../queries.ts';
import type { Change, Settings } from '../settings.ts';
import { parseSettingValue, typedValue } from '../values.ts';
import { valueShape, type changeBody, type entryShape, type historyQuery } from './shapes.ts';

/** What the routes of settings stand on; the container has it all. */
export interface SettingsApiDeps {
  readonly settings: Settings;
  readonly rights: GuildRights;
  readonly logChannel: LogChannel;
}

/** All settings of a guild. */
export async function showSettings({ settings }: SettingsApiDeps, guildId: string): Promise<Reply> {
  const all = await settings.list(guildId);
  const body = {
    ...byScope(all.map(({ key, value }) => [key, value])),
    defaults: byScope(settingKeys.map((key) => [key, definitionOf(key).default])),
    overridden: all.filter(({ overridden }) => overridden).map(({ key }) => key),
  };
  return { status: 200, body };
}

function byScope(
  values: readonly (readonly [SettingKey, unknown])[],
): Record<string, Record<string, unknown>> {
  const scopes: Record<string, Record<string, unknown>> = {};
  for (const [key, value] of values) (scopes[scopeOf(key)] ??= {})[nameOf(key)] = value;
  return scopes;
}

/**
 * Changes some settings of one category, all of them or none.
 * @throws HttpProblem that names each that cannot be so.
 */
export async function changeSettings(
  deps: SettingsApiDeps,
  caller: Caller,
  guildId: string,
  { category, settings: wanted }: z.output<typeof changeBody>,
): Promise<Reply> {
  const changedBy = requirePerson(caller);
  const member = await requireMember(deps.rights, caller, guildId);
  const changes: { key: SettingKey; value: SettingValue | null }[] = [];
  const invalid: InvalidPart[] = [];
  let status = 422;
  for (const [name, value] of Object.entries(wanted)) {
    const read = readValue(member, `${category}.${name}`, value);
    if ('key' in read) changes.push(read);
    else {
      invalid.push({ at: `body.settings.${name}`, problem: read.problem });
      if (read.status !== 422) status = read.status;
    }
  }
  const [first] = invalid;
  if (first !== undefined) throw new HttpProblem(status, `${first.at}: ${first.problem}`, { invalid });
  return changed(deps, guildId, await deps.settings.changeAll(guildId, changes, changedBy));
}

type ReadValue =
  | { readonly key: SettingKey; readonly value: SettingValue | null }
  | { readonly status: number; readonly problem: string };

function readValue(member: GuildMember, key: string, value: unknown): ReadValue {
  if (!isSettingKey(key)) return { status: 422, problem: 'There is no setting of this name.' };
  if (value === null) return { key, value: null };
  const read = valueShape(definitionOf(key)).safeParse(value);
  if (!read.success)
    return { status: 422, problem: invalidParts('', read.error)[0]?.problem ?? 'It is not as it must be.' };
  return usable(member.guild, key, read.data as SettingValue, member);
}

/** Whether it works in this guild, by the same checks as `/config`. */
function usable(guild: Guild, key: SettingKey, value: SettingValue, by: GuildMember): ReadValue {
  // None is also what the default says.
  if (Array.isArray(value) && value.length === 0) return { key, value: null };
  try {
    return { key, value: parseSettingValue(guild, key, typedValue(key, value), by) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { status, detail } = problemOfUserError(error);
    return { status, problem: detail };
  }
}

function changed({ logChannel }: SettingsApiDeps, guildId: string, changes: readonly Change[]): Reply {
  const t = translator(defaultLocale);
  const entries = changes.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  return {
    status: 200,
    body: {
      success: true,
      message:
        entries.length === 0
          ? 'All of it was so already.'
          : `Changed: ${entries.map(({ key }) => key).join(', ')}.`,
      changed: entries.map(shownEntry),
      notes: changes.flatMap(({ notes }) => notes.map(({ sentence, values }) => t(sentence, values))),
    },
    afterwards: async () => {
      for (const change of changes) await announceChange(logChannel, guildId, change);
    },
  };
}

/** What changed in a guild, newest first. */
export async function showHistory(
  { settings }: SettingsApiDeps,
  guildId: string,
  query: z.output<typeof historyQuery>,
): Promise<Reply> {
  const { scope, key: name } = query;
  const key = name === undefined ? undefined : `${scope ?? ''}.${name}`;
  if (key !== undefined && !isSettingKey(key))
    throw new HttpProblem(422, 'There is no setting of this name in this scope.', {
      invalid: [{ at: 'query.key', problem: 'is no setting of this scope' }],
    });
  const before = cursorId(query);
  const entries = await settings.history(guildId, {
    ...(scope !== undefined && { scope }),
    ...(key !== undefined && { key }),
    ...(before !== null && { before }),
    limit: pageLimit(query) + 1,
  });
  return pageReply(query, 'history', entries, ({ id }) => id, shownEntry);
}

function shownEntry(entry: HistoryEntry): z.input<typeof entryShape> {
  const plain = (value: SettingValue | null) =>
    typeof value === 'object' && value !== null ? [...value] : value;
  return {
    id: entry.id,
    scope: scopeOf(entry.key),
    key: nameOf(entry.key),
    old_value: plain(entry.oldValue),
    new_value: plain(entry.newValue),
    changed_by: entry.changedBy,
    changed_at: entry.changedAt.toISOString(),
    change_type: entry.changeType,
  };
}

/**
 * Takes one change back, by a new change.
 * @throws UserError when there is no such change, the setting was changed since, or what it was does not work any more.
 */
export async function rollBack(
  deps: SettingsApiDeps,
  caller: Caller,
  guildId: string,
  entryId: string,
): Promise<Reply> {
  const undoneBy = requirePerson(caller);
  const member = await requireMember(deps.rights, caller, guildId);
  const entry = await deps.settings.historyEntry(guildId, entryId);
  // None at all is never out of reach.
  if (entry.oldValue !== null && !(Array.isArray(entry.oldValue) && entry.oldValue.length === 0))
    parseSettingValue(member.guild, entry.key, typedValue(entry.key, entry.oldValue), member);
  return changed(deps, guildId, [await deps.settings.undo({ guildId, entryId, undoneBy })]);
}
