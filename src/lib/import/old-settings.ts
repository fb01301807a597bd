import { isSettingKey, definitionOf, type SettingKey, type SettingValue } from '#lib/settings/definitions';
import { plainText } from '#lib/text/sanitize';
import { settingWord } from './values.ts';

/** Settings that are called otherwise here. */
const RENAMED: Readonly<Record<string, SettingKey>> = {
  'embedwatcher.reminder_offset_minutes': 'reminders.offset_minutes',
  'embedwatcher.gpt_fallback_enabled': 'embedwatcher.ai_fallback',
};

/** It was a setting of its own; here it is one of the modes. */
export const ONBOARDING_SWITCH = 'onboarding.enabled';

/** The setting that is here what one of the old bot was, by `scope.key`; null when there is none. */
export function settingOf(oldKey: string): SettingKey | null {
  const key = Object.hasOwn(RENAMED, oldKey) ? RENAMED[oldKey] : oldKey;
  if (oldKey === ONBOARDING_SWITCH) return 'onboarding.mode';
  return key !== undefined && isSettingKey(key) ? key : null;
}

/** A stored value of the old bot: what it is here, that nothing was set, or why it cannot come. */
export type OldValue =
  | { readonly kind: 'value'; readonly value: SettingValue; readonly repair: string | null }
  | { readonly kind: 'unset' }
  | { readonly kind: 'refused'; readonly reason: string };

const ID = /^[1-9]\d{14,19}$/;
const TRUE_WORDS = new Set(['true', '1', 'yes', 'on']);
const FALSE_WORDS = new Set(['false', '0', 'no', 'off']);

const value = (is: SettingValue, repair: string | null = null): OldValue => ({
  kind: 'value',
  value: is,
  repair,
});
const refused = (reason: string): OldValue => ({ kind: 'refused', reason });

/**
 * Reads a value as the old bot stored it, under the rules of `/config` here. Whether a channel or a role exists only Discord knows.
 * @param stored the JSON text of the column.
 */
export function oldValue(key: SettingKey, stored: string | null | undefined): OldValue {
  const read = settingWord(stored);
  if (read === null) return { kind: 'unset' };
  const known = ofType(key, read.word);
  return known.kind === 'value' && known.repair === null && read.wasQuoted
    ? value(known.value, 'stood in quotes that were part of the value')
    : known;
}

function ofType(key: SettingKey, word: string): OldValue {
  const definition = definitionOf(key);
  switch (definition.type) {
    case 'channel':
    case 'role':
      if (/^0+$/.test(word)) return { kind: 'unset' };
      return ID.test(word) ? value(word) : refused('it is no id of Discord');
    case 'boolean': {
      const small = word.toLowerCase();
      if (TRUE_WORDS.has(small)) return value(true);
      return FALSE_WORDS.has(small) ? value(false) : refused('it is neither on nor off');
    }
    case 'integer': {
      const number = numberOf(word);
      const whole = Math.trunc(number);
      if (!(whole >= definition.minimum && whole <= definition.maximum))
        return refused(`it is no number from ${definition.minimum} to ${definition.maximum}`);
      return value(whole, whole === number ? null : 'was no whole number');
    }
    case 'decimal': {
      const number = numberOf(word);
      if (!(number >= definition.minimum && number <= definition.maximum))
        return refused(`it is no number from ${definition.minimum} to ${definition.maximum}`);
      const rounded = Math.round(number * 10) / 10;
      return value(rounded, rounded === number ? null : 'was rounded to one decimal');
    }
    case 'choice': {
      const choice = definition.choices.find((one) => one === word.trim().toLowerCase());
      return choice === undefined ? refused(`it is none of ${definition.choices.join(', ')}`) : value(choice);
    }
    case 'text': {
      const words = plainText(word).trim();
      if (words === '') return { kind: 'unset' };
      if (words.length > definition.maximumLength)
        return refused(`it is longer than ${definition.maximumLength} characters`);
      return definition.pattern?.test(words) === false
        ? refused('it has characters that are not taken')
        : value(words);
    }
    case 'durations':
    case 'timezone':
      return refused('the Python bot had no such setting');
  }
}

const numberOf = (word: string): number =>
  /^[+-]?\d{1,12}(?:\.\d{1,20})?$/.test(word) ? Number(word) : Number.NaN;
