import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';

/**
 * A refusal that a person caused and can act on. Its sentence is the only error text that a person ever reads;
 * every other error is shown as a reference to the log.
 */
export class UserError extends Error {
  constructor(
    readonly sentence: SentenceKey,
    readonly values: SentenceValues = {},
  ) {
    super(sentence);
    this.name = 'UserError';
  }
}
