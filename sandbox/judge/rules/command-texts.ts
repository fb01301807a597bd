import { Locale } from 'discord-api-types/v10';
import { LIMITS } from '../limits.ts';
import type { Findings } from '../problem.ts';
import { isRecord, lengthOf, listOf } from '../values.ts';

// docs (interactions/application-commands, naming): letters and digits of any script, "-", "_", "'"; the scripts named
// last need their combining marks too.
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));

/** The name of a chat command or option: no spaces, lower case where the script has it. */
export function judgeChatName(name: unknown, findings: Findings): void {
  if (typeof name !== 'string' || name === '' || name.length > LIMITS.command.name) return;
  if (!NAME.test(name) || name !== name.toLowerCase()) {
    findings.add('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
}

/** The same for its translations. */
export function judgeLocalizedNames(names: unknown, findings: Findings): void {
  if (!isRecord(names)) return;
  for (const [locale, name] of Object.entries(names)) judgeChatName(name, findings.at(locale));
}

/** Translations are for languages that Discord has. */
export function judgeLocales(item: Record<string, unknown>, findings: Findings): void {
  for (const field of ['name_localizations', 'description_localizations']) {
    const translations = item[field];
    if (!isRecord(translations)) continue;
    for (const locale of Object.keys(translations)) {
      if (!LOCALES.has(locale)) findings.at(field, locale).choices(locale, [...LOCALES]);
    }
  }
}

/** docs (interactions/application-commands): names, descriptions and values count, each in its longest language. */
export function charactersOf(item: Record<string, unknown>): number {
  let sum = longest(item['name'], item['name_localizations']);
  sum += longest(item['description'], item['description_localizations']);
  sum += lengthOf(item['value']);
  for (const child of [...listOf(item['options']), ...listOf(item['choices'])]) {
    if (isRecord(child)) sum += charactersOf(child);
  }
  return sum;
}

function longest(text: unknown, translations: unknown): number {
  const others = isRecord(translations) ? Object.values(translations).map(lengthOf) : [];
  return Math.max(lengthOf(text), ...others);
}
