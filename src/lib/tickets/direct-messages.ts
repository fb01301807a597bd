import { ButtonStyle, ComponentType, type Guild } from 'discord.js';
import { translator } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { safeEmbedText } from '#lib/text/sanitize';
import { row } from '#lib/ui/components';

import type { TicketDeps } from './deps.ts';
import type { Ticket } from './ticket.ts';

/**
 * Asks a member by direct message whether their quiet ticket is still needed.
 * @throws what Discord answers; that it takes no direct messages to them is one of the answers.
 */
export async function warnByMessage(
  { client, settings }: TicketDeps,
  guild: Guild,
  ticket: Ticket,
  nonce: string,
): Promise<void> {
  const t = translator(effectiveValue(await settings.overrides(guild.id), 'system.language'));
  const user = await client.users.fetch(ticket.userId);
  await user.send({
    content: t('tickets:warning', { number: ticket.id, server: safeEmbedText(guild.name) }),
    ...(ticket.channelId !== null && {
      components: [
        row({
          type: ComponentType.Button,
          style: ButtonStyle.Link,
          label: t('tickets:button.goThere'),
          url: `https://discord.com/channels/${guild.id}/${ticket.channelId}`,
        }),
      ],
    }),
    nonce,
    enforceNonce: true,
  });
}
