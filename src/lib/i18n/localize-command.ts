import { locales, defaultLocale, translator, type SentenceKey } from './translate.ts';

interface Describable {
  setDescription(description: string): unknown;
  setDescriptionLocalizations(localizations: Partial<Record<string, string>>): unknown;
}

/** Gives a command or an option its description in every language. Names stay the same everywhere, so that people can tell one another what to type. */
export function describe<Builder extends Describable>(builder: Builder, key: SentenceKey): Builder {
  builder.setDescription(translator(defaultLocale)(key));
  builder.setDescriptionLocalizations(localized(key));
  return builder;
}

/** A sentence in every language but the default one, as Discord takes it for names of choices and for descriptions. */
export function localized(key: SentenceKey): Partial<Record<string, string>> {
  return Object.fromEntries(
    locales.filter((locale) => locale !== defaultLocale).map((locale) => [locale, translator(locale)(key)]),
  );
}
