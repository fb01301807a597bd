import type { Guild, GuildMember } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { requireMayGive, requireUsableChannel, requireUsableRole } from '#lib/discord/usable';
import { compactDuration, durationText } from '#lib/i18n/durations';
import { locales, translator, type SentenceKey, type Translate } from '#lib/i18n/translate';
import { plainText, safeEmbedText, truncate } from '#lib/text/sanitize';
import { parseDurations } from '#lib/time/parse';
import { canonicalTimeZone, TIME_ZONES } from '#lib/time/zones';
import { definitionOf, type RoleDefinition, type SettingKey, type SettingValue } from './definitions.ts';

/** Longest value that can be typed in a command or a short field: the longest text a setting takes. */
export const TYPED_VALUE_MAX = 1000;

const MINUTES_PER_DAY = 1440;
/** Two of them fit into a line of autocomplete, with the setting's name. */
const PLAIN_MAX = 30;
const TRUE_WORDS = new Set(['true', 'yes', 'on', '1', 'aan', 'ja', 'waar']);
const QUOTED_MAX = 100;
/** Of a text in a line about it; the panel and the history hold several. */
const SHOWN_TEXT_MAX = 150;
const FALSE_WORDS = new Set(['false', 'no', 'off', '0', 'uit', 'nee', 'onwaar']);

/** What a person typed, short and unable to format or mention anything, for quoting it in a sentence. */
export function quoted(text: string): string {
  return safeEmbedText(text, QUOTED_MAX);
}

/**
 * Reads what a person typed or picked as the value of a setting, and checks that it will work in this guild.
 * @param by who sets it, where it takes more than being an admin: a role must be theirs to give.
 * @throws UserError that says what would be accepted.
 */
export function parseSettingValue(
  guild: Guild,
  key: SettingKey,
  input: string,
  by: GuildMember | null,
): SettingValue {
  const definition = definitionOf(key);
  const text = input.trim();
  switch (definition.type) {
    case 'channel':
      return requireUsableChannel(guild, text, definition);
    case 'role':
      return requireGivenRole(guild, text, definition, by);
    case 'boolean': {
      const word = text.toLowerCase();
      if (TRUE_WORDS.has(word)) return true;
      if (FALSE_WORDS.has(word)) return false;
      throw new UserError('config:invalid.boolean', { input: quoted(text) });
    }
    case 'integer': {
      const number = /^[+-]?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      if (!(number >= definition.minimum && number <= definition.maximum))
        throw new UserError('config:invalid.integer', {
          input: quoted(text),
          minimum: definition.minimum,
          maximum: definition.maximum,
        });
      return number;
    }
    case 'decimal': {
      const number = /^\+?\d{1,3}(?:[.,]\d)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
      if (!(number >= definition.minimum && number <= definition.maximum))
        throw new UserError('config:invalid.decimal', {
          input: quoted(text),
          minimum: definition.minimum,
          maximum: definition.maximum,
        });
      return number;
    }
    case 'choice': {
      const choice = definition.choices.find((value) => namesOf(key, value).includes(text.toLowerCase()));
      if (choice === undefined)
        throw new UserError('config:invalid.choice', {
          input: quoted(text),
          choices: definition.choices.map((value) => `\`${value}\``).join(', '),
        });
      return choice;
    }
    case 'durations': {
      const minutes = parseDurations(text);
      const fits = (one: number): boolean => one >= definition.minimum && one <= definition.maximum;
      if (minutes === null || !minutes.every(fits) || minutes.length > definition.maximumCount)
        throw new UserError('config:invalid.durations', {
          input: quoted(text),
          count: definition.maximumCount,
          days: definition.maximum / MINUTES_PER_DAY,
        });
      return minutes;
    }
    case 'text': {
      const words = plainText(text).trim();
      if (words === '' || words.length > definition.maximumLength)
        throw new UserError('config:invalid.text', { maximum: definition.maximumLength });
      if (definition.pattern?.test(words) === false)
        throw new UserError('config:invalid.word', { input: quoted(words) });
      return words;
    }
    case 'timezone': {
      const zone = canonicalTimeZone(text) ?? zoneOfCity(text);
      if (zone === null) throw new UserError('config:invalid.timezone', { input: quoted(text) });
      return zone;
    }
  }
}

function requireGivenRole(
  guild: Guild,
  text: string,
  definition: RoleDefinition,
  by: GuildMember | null,
): string {
  const roleId = requireUsableRole(guild, text, definition);
  if (by !== null && definition.isGiven) requireMayGive(by, roleId);
  return roleId;
}

/** What a choice may be called: itself, or its name on the screen in any language. */
function namesOf(key: SettingKey, choice: string): string[] {
  const labels = locales.map((locale) => choiceLabel(translator(locale), key, choice));
  return [choice, ...labels].map((name) => name.toLowerCase());
}

/** The zone named after a city, when only one is. */
function zoneOfCity(city: string): string | null {
  const wanted = city.toLowerCase().replaceAll(' ', '_');
  const zones = TIME_ZONES.filter((zone) => zone.toLowerCase().endsWith(`/${wanted}`));
  return zones.length === 1 ? (zones[0] ?? null) : null;
}

/** A value as a person reads it in a message: mentions for channels and roles, words for the rest. */
export function displayValue(t: Translate, key: SettingKey, value: SettingValue): string {
  if (value === null) return t('config:value.none');
  const definition = definitionOf(key);
  switch (definition.type) {
    case 'channel':
      return `<#${String(value)}>`;
    case 'role':
      return `<@&${String(value)}>`;
    case 'boolean':
      return t(value === true ? 'config:value.on' : 'config:value.off');
    case 'choice':
      return choiceLabel(t, key, String(value));
    case 'durations':
      return durationsText(t, value);
    case 'text':
      return `"${safeEmbedText(String(value), SHOWN_TEXT_MAX)}"`;
    case 'integer':
    case 'decimal':
    case 'timezone':
      return `\`${String(value)}\``;
  }
}

/** A value where Discord shows plain text, as in autocomplete: names in place of mentions. */
export function plainValue(t: Translate, guild: Guild, key: SettingKey, value: SettingValue): string {
  if (value === null) return t('config:value.none');
  switch (definitionOf(key).type) {
    case 'channel': {
      const channel = guild.channels.cache.get(String(value));
      return channel === undefined ? String(value) : `#${channel.name}`;
    }
    case 'role': {
      const role = guild.roles.cache.get(String(value));
      return role === undefined ? String(value) : `@${role.name}`;
    }
    case 'boolean':
    case 'choice':
      return displayValue(t, key, value);
    case 'durations':
      return truncate(durationsText(t, value), PLAIN_MAX);
    case 'text':
      return truncate(String(value), PLAIN_MAX);
    case 'integer':
    case 'decimal':
    case 'timezone':
      return String(value);
  }
}

/** A value as somebody would type it, for an input that holds it already. */
export function typedValue(key: SettingKey, value: SettingValue): string {
  if (value === null) return '';
  if (definitionOf(key).type !== 'durations') return String(value);
  return durationsOf(value).map(compactDuration).join(', ');
}

/** Durations in words, or that there are none. */
function durationsText(t: Translate, value: SettingValue): string {
  const minutes = durationsOf(value);
  if (minutes.length === 0) return t('config:value.noDurations');
  return minutes.map((one) => durationText(t, one)).join(', ');
}

function durationsOf(value: SettingValue): readonly number[] {
  return typeof value === 'object' && value !== null ? value : [];
}

/** The name of one choice of a choice setting. */
export function choiceLabel(t: Translate, key: SettingKey, choice: string): string {
  return t(`settings:${key}.choices.${choice}` as SentenceKey);
}

/** A setting's short name. */
export function settingName(t: Translate, key: SettingKey): string {
  return t(`settings:${key}.name` as SentenceKey);
}

/** What a setting is for. */
export function settingDescription(t: Translate, key: SettingKey): string {
  return t(`settings:${key}.description` as SentenceKey);
}
