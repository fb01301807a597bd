import { UserError } from '#lib/errors/user-error';
import { locales, translator, type SentenceValues } from '#lib/i18n/translate';
import { placeholdersOf, sentencesOf } from '../i18n/language-files.ts';

export interface Refusal {
  readonly sentence: string;
  readonly values: SentenceValues;
  /** What an English reader sees. Needs the sentences to be loaded. */
  readonly text: string;
}

/**
 * What a person is told when this is refused.
 * @throws when it is not refused, and when a sentence has a place for which there is no value.
 */
export async function refusalOf(act: () => unknown): Promise<Refusal> {
  const error = await Promise.resolve()
    .then(act)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  if (!(error instanceof UserError)) throw new Error('not refused', { cause: error });
  const { sentence, values } = error;
  for (const locale of locales) {
    const empty = placeholdersOf(sentencesOf(locale).get(sentence) ?? '').filter((name) => !(name in values));
    if (empty.length > 0) throw new Error(`${sentence} (${locale}) says nothing for ${empty.join(', ')}`);
  }
  return { sentence, values, text: translator('en-US')(sentence, values) };
}
