import type { InternationalizationOptions } from '@sapphire/plugin-i18next';
import { defaultLocale } from './translate.ts';

/** How the client loads and fills in its sentences. */
export const i18nOptions: InternationalizationOptions = {
  defaultName: defaultLocale,
  // Without skipOnVariables a name such as `$t(…)` or `{{x}}` would be read as part of the sentence.
  i18next: { showSupportNotice: false, interpolation: { escapeValue: false, skipOnVariables: true } },
};
