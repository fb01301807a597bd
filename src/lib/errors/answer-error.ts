import { DiscordAPIError, RESTJSONErrorCodes, type AutocompleteInteraction } from 'discord.js';
import { localeOf, translator, type SentenceKey } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import { answer, type Answerable } from '#lib/ui/answer';
import { classifyError, errorReference, type ErrorKind } from './classify.ts';
import { UserError } from './user-error.ts';

const sentences: Readonly<Record<Exclude<ErrorKind, 'user'>, SentenceKey>> = {
  database: 'errors:database',
  'discord-permission': 'errors:discordPermission',
  discord: 'errors:discord',
  unknown: 'errors:unknown',
};

/** The interaction is over for Discord: three seconds passed, or another process answered. Nothing can be said any more. */
function isTooLate(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.UnknownInteraction ||
      error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)
  );
}

/**
 * The one road from an error to a person: our own refusals speak in their words, every other error shows a sentence
 * for its kind with a reference under which the log has the rest. Never throws.
 */
export async function answerError(
  interaction: Answerable,
  error: unknown,
  piece: string,
  log: Log,
): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  const where = { piece, guildId: interaction.guildId, userId: interaction.user.id };
  let sentence: string;
  if (error instanceof UserError) {
    sentence = t(error.sentence, error.values);
  } else {
    const reference = errorReference();
    log.error({ err: error, reference, ...where }, 'an interaction failed');
    if (isTooLate(error)) return;
    sentence = t(sentences[classifyError(error) as Exclude<ErrorKind, 'user'>], { reference });
  }
  try {
    await answer(interaction, { content: sentence });
  } catch (failure) {
    log.warn({ err: failure, ...where }, 'an error could not be shown');
  }
}

/** Autocomplete has no place for a sentence: the list stays empty and the log says why. Never throws. */
export async function answerAutocompleteError(
  interaction: AutocompleteInteraction,
  error: unknown,
  piece: string,
  log: Log,
): Promise<void> {
  log.error(
    { err: error, reference: errorReference(), piece, guildId: interaction.guildId },
    'autocomplete failed',
  );
  if (interaction.responded || isTooLate(error)) return;
  await interaction
    .respond([])
    .catch((failure: unknown) => log.warn({ err: failure, piece }, 'autocomplete stayed silent'));
}
