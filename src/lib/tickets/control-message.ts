import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, type GuildTextBasedChannel } from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';
import { translator } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import type { TicketRules } from './categories.ts';
import { controlMessage } from './control-view.ts';
import { ticketIds } from './custom-ids.ts';
import type { TicketDeps } from './deps.ts';
import type { Ticket } from './ticket.ts';

/** The message with the buttons that a process posted which died before it could write so. */
export async function findControl(channel: GuildTextBasedChannel, ticket: Ticket): Promise<string | null> {
  const mark = `"${ticketIds.build('close', { ticket: String(ticket.id) })}"`;
  const first = await channel.messages.fetch({ after: '0', limit: 50 });
  const message = first.find(
    ({ author, client, components }) =>
      author.id === client.user.id && JSON.stringify(components).includes(mark),
  );
  return message?.id ?? null;
}

/** Posts the message with the buttons, or changes it to what holds now. @returns its id. */
export async function showControl(
  { settings }: TicketDeps,
  channel: GuildTextBasedChannel,
  ticket: Ticket,
  rules: TicketRules,
): Promise<string> {
  const t = translator(effectiveValue(await settings.overrides(ticket.guildId), 'system.language'));
  const components = controlMessage(t, ticket, rules);
  if (ticket.messageId !== null) {
    try {
      await channel.messages.edit(ticket.messageId, {
        components,
        flags: MessageFlags.IsComponentsV2,
        allowedMentions: { parse: [] },
      });
      return ticket.messageId;
    } catch (error) {
      // Somebody deleted it: staff need the buttons.
      if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.UnknownMessage)
        throw error;
    }
  }
  const message = await channel.send({
    components,
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: {
      users: ticket.userId === FORMER_MEMBER ? [] : [ticket.userId],
      roles: [...rules.staffRoleIds],
    },
    // One that was deleted is not the one to be found again.
    nonce: `tk:${ticket.id}:${ticket.messageId ?? 'first'}`.slice(0, 25),
    enforceNonce: true,
  });
  return message.id;
}
