import type { UserError as Denial } from '@sapphire/framework';
import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';
import { UserError } from './user-error.ts';

/** What a precondition said no with: its identifier is the sentence, its context the values in it. */
export function refusalOf({ identifier, context }: Denial): UserError {
  return new UserError(identifier as SentenceKey, (context ?? {}) as SentenceValues);
}
