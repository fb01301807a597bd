import { DiscordAPIError, RESTJSONErrorCodes, type User } from 'discord.js';
import { UserError } from '#lib/errors/user-error';

/**
 * Makes sure that a person can be written to, as far as Discord says so before anything is sent.
 * @throws UserError that says what to change.
 */
export async function requireDirectMessages(user: User): Promise<void> {
  try {
    await user.createDM();
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.CannotSendMessagesToThisUser)
      throw new UserError('reminders:snooze.noDm');
    throw error;
  }
}
