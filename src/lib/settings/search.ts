import type { Guild } from 'discord.js';
import { missingPermissions } from '#lib/discord/usable';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { truncate } from '#lib/text/sanitize';
import { parseDurations } from '#lib/time/parse';
import { searchTimeZones } from '#lib/time/zones';
import { CHOICE_NAME_MAX, CHOICES_MAX } from '#lib/ui/limits';
import { definitionOf, settingKeys, type SettingKey } from './definitions.ts';
import { choiceLabel, displayValue, settingDescription, settingName } from './values.ts';

/** Offered before anything is typed, in minutes: a day; a day and an hour; a week and a day; none. */
const USUAL_DURATIONS: readonly (readonly number[])[] = [[1440], [1440, 60], [10_080, 1440], []];

/** One line of an autocomplete list. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

const choice = (name: string, value: string): Choice => ({ name: truncate(name, CHOICE_NAME_MAX), value });

/** Settings whose key, name, meaning or extra words contain every word typed, in any of the languages given. */
export function searchSettings(typed: string, spoken: readonly Translate[]): SettingKey[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return settingKeys.filter((key) => {
    const text = [
      key,
      ...spoken.flatMap((t) => [
        settingName(t, key),
        settingDescription(t, key),
        t(`settings:${key}.words` as SentenceKey),
      ]),
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Settings as an autocomplete list. */
export function settingChoices(t: Translate, keys: readonly SettingKey[]): Choice[] {
  return keys.slice(0, CHOICES_MAX).map((key) => choice(`${key} – ${settingName(t, key)}`, key));
}

/** Values that fit a setting and what was typed so far. Channels and roles that the bot cannot use are not offered. */
export function valueChoices(t: Translate, guild: Guild, key: SettingKey, typed: string): Choice[] {
  const definition = definitionOf(key);
  const wanted = typed.trim().toLowerCase();
  const fitting = (choices: readonly Choice[]): Choice[] =>
    choices
      .filter(
        ({ name, value }) => name.toLowerCase().includes(wanted) || value.toLowerCase().startsWith(wanted),
      )
      .slice(0, CHOICES_MAX);
  switch (definition.type) {
    case 'boolean':
      return fitting([choice(t('config:value.on'), 'on'), choice(t('config:value.off'), 'off')]);
    case 'choice':
      return fitting(definition.choices.map((value) => choice(choiceLabel(t, key, value), value)));
    case 'timezone':
      return searchTimeZones(typed, CHOICES_MAX).map((zone) => choice(zone, zone));
    case 'integer': {
      const usual = [definition.default, definition.minimum, definition.maximum];
      const typedNumber = /^\d{1,9}$/.test(wanted) ? [Number(wanted)] : [];
      const inBounds = [...typedNumber, ...usual].filter(
        (number) => number >= definition.minimum && number <= definition.maximum,
      );
      return [...new Set(inBounds)].map((number) => choice(String(number), String(number)));
    }
    case 'decimal':
      return fitting(
        [...new Set([definition.default, definition.minimum, definition.maximum])].map((number) =>
          choice(String(number), String(number)),
        ),
      );
    case 'durations': {
      const minutes = parseDurations(typed);
      const isTyped = minutes !== null && minutes.length > 0;
      return [...(isTyped ? [minutes] : []), ...USUAL_DURATIONS].flatMap((some) => {
        const text = some.join(', ');
        const fits = some.length <= definition.maximumCount && Math.max(0, ...some) <= definition.maximum;
        return fits ? [choice(displayValue(t, key, some), text === '' ? 'none' : text)] : [];
      });
    }
    // Discord hands on what was typed when there is nothing to choose.
    case 'text':
      return [];
    case 'channel':
      return fitting(
        [...guild.channels.cache.values()]
          .filter(
            (channel) =>
              definition.channelTypes.includes(channel.type) &&
              missingPermissions(channel, definition.botPermissions).length === 0,
          )
          .map((channel) => choice(`#${channel.name}`, channel.id)),
      );
    case 'role': {
      const highest = guild.members.me?.roles.highest;
      return fitting(
        [...guild.roles.cache.values()]
          .filter(
            (role) =>
              role.id !== guild.id &&
              !role.managed &&
              highest !== undefined &&
              highest.comparePositionTo(role) > 0,
          )
          .map((role) => choice(`@${role.name}`, role.id)),
      );
    }
  }
}
