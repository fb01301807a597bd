import path from 'node:path';
import { InternationalizationHandler } from '@sapphire/plugin-i18next';
import { beforeAll } from 'vitest';
import { i18nOptions } from '#lib/i18n/options';

/** Loads every sentence as the client does, for tests that need no bot. */
export function useSentences(): void {
  beforeAll(async () => {
    const languages = path.resolve(import.meta.dirname, '../../../src/languages');
    await new InternationalizationHandler({ ...i18nOptions, defaultLanguageDirectory: languages }).init();
  });
}
