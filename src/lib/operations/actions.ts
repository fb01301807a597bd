import { MessageFlags, type ButtonInteraction, type ChatInputCommandInteraction } from 'discord.js';
import type { SapphireClient } from '@sapphire/framework';
import { readVersion } from '#lib/analytics/version';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import type { TicketDeps } from '#lib/tickets/deps';
import { answer, update } from '#lib/ui/answer';
import { readChangelog, releaseIn } from './changelog.ts';
import { usableCommands } from './usable-commands.ts';
import { commandsMessage, releaseMessage, versionEmbed } from './views.ts';

type Asked = ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>;

/** Shows a person what they may use here, or turns to another page of it. @param page from 0. */
export async function showCommands(tickets: TicketDeps, interaction: Asked, page: number): Promise<void> {
  requireOwnPage(interaction, '/commands');
  const locale = localeOf(interaction.locale);
  const client = interaction.client as SapphireClient<true>;
  const usable = await usableCommands(client, tickets, interaction, locale);
  await show(interaction, commandsMessage(translator(locale), usable, page, tickets.clock.now()));
}

/** Shows what is new in this version, or turns to another page of it. @param page from 0. */
export async function showRelease(interaction: Asked, page: number, at: Date): Promise<void> {
  requireOwnPage(interaction, '/release');
  const t = translator(localeOf(interaction.locale));
  const version = readVersion();
  const changelog = await readChangelog();
  const release = changelog === null ? null : releaseIn(changelog, version);
  if (release === null) throw new UserError('operations:release.none', { version });
  await show(interaction, releaseMessage(t, release, page, at));
}

/** Says which version runs. */
export async function showVersion(
  interaction: ChatInputCommandInteraction<'cached'>,
  at: Date,
): Promise<void> {
  const { client } = interaction;
  const t = translator(localeOf(interaction.locale));
  const release = client.application.commands.cache.find(({ name }) => name === 'release');
  const running = { version: readVersion(), uptimeMs: client.uptime, releaseId: release?.id ?? null };
  await answer(interaction, { embeds: [versionEmbed(t, running, at)] });
}

/** These are shown to one person alone; buttons anywhere else were copied. */
function requireOwnPage(interaction: Asked, command: string): void {
  if (interaction.isButton() && !interaction.message.flags.has(MessageFlags.Ephemeral))
    throw new UserError('common:outdated', { command });
}

async function show(interaction: Asked, message: ReturnType<typeof commandsMessage>): Promise<void> {
  if (interaction.isButton()) await update(interaction, message);
  else await answer(interaction, message);
}
