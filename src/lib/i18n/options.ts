import type { InternationalizationOptions } from '@sapphire/plugin-i18next';
import { defaultLocale } from './translate.ts';

/** How the client loads its sentences. */
export const i18nOptions: InternationalizationOptions = {
  defaultName: defaultLocale,
  i18next: { showSupportNotice: false },
};
