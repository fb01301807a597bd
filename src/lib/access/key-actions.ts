import {
  time,
  TimestampStyles,
  type ApplicationCommandOptionChoiceData,
  type AutocompleteInteraction,
  type Interaction,
} from 'discord.js';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { memberMention } from '#lib/i18n/member-mention';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import type { LogChannel, LogEntry } from '#lib/log-channel/log-channel';
import { safeEmbedText, truncate } from '#lib/text/sanitize';
import type { Clock } from '#lib/time/clock';
import { answer, claim, type Answerable } from '#lib/ui/answer';
import { embed } from '#lib/ui/embeds';
import { CHOICE_NAME_MAX, CHOICES_MAX } from '#lib/ui/limits';
import { SCOPES } from './caller.ts';
import { createKey, KEY_NAME_MAX, listKeys, readScopes, revokeKey, type ApiKey } from './keys.ts';
import { actorOf, isAdmin } from './who.ts';

export interface KeyDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
  /** Whether there is an API that a key would be good for. */
  readonly isListening: boolean;
}

const DEFAULT_DAYS = 90;
const SHORTHANDS = ['read', 'all'] as const;

type Command = Answerable & Interaction<'cached'>;
const translatorOf = ({ locale }: Interaction): Translate => translator(localeOf(locale));
const until = (at: Date): string => time(at, TimestampStyles.LongDateShortTime);

/**
 * Makes a key and shows it, for `/api_key create`.
 * @throws UserError when it cannot be made, or no API listens.
 */
export async function createAction(
  { db, clock, logChannel, isListening }: KeyDeps,
  interaction: Command,
  typed: { readonly name: string; readonly scopes: string; readonly days: number | null },
): Promise<void> {
  if (!isListening) throw new UserError('access:keys.off');
  const { guildId, user } = interaction;
  const scopes = readScopes(typed.scopes);
  await claim(interaction);
  const { key, row } = await createKey(db, clock, {
    guildId,
    userId: user.id,
    name: typed.name,
    scopes,
    days: typed.days ?? DEFAULT_DAYS,
  });
  const content = translatorOf(interaction)('access:keys.created', {
    name: nameOf(row),
    key,
    when: until(row.expiresAt),
    scopes: row.scopes.join(', '),
  });
  await Promise.all([
    answer(interaction, { content }),
    logChannel.post(guildId, 'warning', logEntry('access:log.created', row, user.id)),
  ]);
}

/** Shows a guild's keys, for `/api_key list`. */
export async function listAction({ db, clock }: KeyDeps, interaction: Command): Promise<void> {
  const t = translatorOf(interaction);
  const now = clock.now();
  const keys = await listKeys(db, interaction.guildId);
  if (keys.length === 0) return answer(interaction, { content: t('access:keys.none') });
  const view = embed('info', {
    title: t('access:keys.title'),
    description: keys.map((key) => lineOf(t, key, now)).join('\n'),
    at: now,
  });
  await answer(interaction, { embeds: [view] });
}

/** Ends a key, for `/api_key revoke`. @throws UserError when the guild has no such key. */
export async function revokeAction(
  { db, clock, logChannel }: KeyDeps,
  interaction: Command,
  id: number,
): Promise<void> {
  const { guildId, user } = interaction;
  await claim(interaction);
  const key = await revokeKey(db, guildId, id, clock.now());
  if (key === null) throw new UserError('access:keys.gone');
  const content = translatorOf(interaction)('access:keys.revoked', { name: nameOf(key), shown: key.shown });
  await Promise.all([
    answer(interaction, { content }),
    logChannel.post(guildId, 'warning', logEntry('access:log.revoked', key, user.id)),
  ]);
}

/** What can be chosen while `/api_key` is typed: scopes, one word after the other, or a key. */
export async function completeKey(
  { db }: Pick<KeyDeps, 'db'>,
  interaction: AutocompleteInteraction,
): Promise<ApplicationCommandOptionChoiceData[]> {
  const { guildId, options } = interaction;
  if (guildId === null || !isAdmin(actorOf(interaction))) return [];
  const { name, value } = options.getFocused(true);
  if (name === 'scopes') return completeScopes(value);
  const typed = value.toLowerCase();
  return (await listKeys(db, guildId))
    .filter((key) => `${key.name} ${key.shown}`.toLowerCase().includes(typed))
    .slice(0, CHOICES_MAX)
    .map((key) => ({ name: truncate(`${key.name} (${key.shown}…)`, CHOICE_NAME_MAX), value: key.id }));
}

function completeScopes(typed: string): ApplicationCommandOptionChoiceData[] {
  const words = typed.split(/[\s,]+/);
  const last = words.pop()?.toLowerCase() ?? '';
  const offered = [...(words.length === 0 ? SHORTHANDS : []), ...SCOPES];
  return offered
    .filter((word) => word.startsWith(last) && !words.includes(word))
    .map((word) => [...words, word].join(' '))
    .filter((choice) => choice.length <= CHOICE_NAME_MAX)
    .map((choice) => ({ name: choice, value: choice }));
}

function nameOf({ name }: ApiKey): string {
  return safeEmbedText(name, KEY_NAME_MAX);
}

function lineOf(t: Translate, key: ApiKey, now: Date): string {
  return t(key.expiresAt > now ? 'access:keys.line' : 'access:keys.over', {
    name: nameOf(key),
    shown: key.shown,
    member: memberMention(t, key.userId),
    when: until(key.expiresAt),
    used:
      key.lastUsedAt === null
        ? t('access:keys.unused')
        : t('access:keys.used', { when: time(key.lastUsedAt, TimestampStyles.RelativeTime) }),
    scopes: key.scopes.length === SCOPES.length ? 'all' : key.scopes.join(', '),
  });
}

function logEntry(
  title: 'access:log.created' | 'access:log.revoked',
  key: ApiKey,
  byUserId: string,
): LogEntry {
  return (t) => ({
    title: t(title),
    fields: [
      { name: t('access:log.name'), value: `${nameOf(key)} (${key.shown}…)`, inline: true },
      { name: t('access:log.by'), value: memberMention(t, byUserId), inline: true },
      { name: t('access:log.until'), value: until(key.expiresAt), inline: true },
      { name: t('access:log.scopes'), value: key.scopes.join(', ') },
    ],
  });
}
