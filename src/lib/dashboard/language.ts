import { defaultLocale, locales, type Locale } from '#lib/i18n/translate';

/** The cookie of whoever chose a language. */
export const LANGUAGE_COOKIE = 'alphapy_language';

/** The language of a page: the one that was chosen, else the one of ours that the browser likes best. */
export function pageLocale(chosen: string | undefined, acceptLanguage: string | undefined): Locale {
  return asLocale(chosen) ?? preferred(acceptLanguage ?? '') ?? defaultLocale;
}

/** A language that came from outside; null when it is none of ours. */
export function asLocale(text: string | null | undefined): Locale | null {
  return locales.find((locale) => locale === text) ?? null;
}

function preferred(header: string): Locale | null {
  const wanted = header.split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().split(';');
    const quality = /^\s*q=([\d.]+)\s*$/.exec(parameters.join(';'))?.[1];
    return { base: tag.toLowerCase().split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
  });
  const [best] = wanted
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
    .flatMap(({ base }) => locales.filter((locale) => locale.split('-')[0] === base));
  return best ?? null;
}
