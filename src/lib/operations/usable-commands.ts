import type { Command, SapphireClient } from '@sapphire/framework';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  chatInputApplicationCommandMention,
  PermissionFlagsBits,
  type ApplicationCommand,
  type Interaction,
} from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { defaultLocale, type Locale } from '#lib/i18n/translate';
import type { TicketDeps } from '#lib/tickets/deps';
import { isAnyStaff, scopeOf } from '#lib/tickets/scope';

declare module '@sapphire/framework' {
  interface CommandOptions {
    /** Its subcommands that the feature itself lets only admins use: Discord knows permissions of whole commands only. */
    readonly adminSubcommands?: readonly string[];
    /** The feature itself lets only those use it who handle tickets: any of them, or those of all categories. */
    readonly forTicketStaff?: 'any' | 'all';
  }
}

/** The folders of `src/commands`, in the order in which people are told of them. */
export const CATEGORIES = [
  'reminders',
  'announcements',
  'tickets',
  'faq',
  'onboarding',
  'invites',
  'assistant',
  'privacy',
  'messages',
  'settings',
  'access',
  'operations',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** One thing that somebody can type, or pick from a menu. */
export interface Usable {
  readonly category: Category;
  /** Markdown that opens the command when it is clicked; of a menu its entry. */
  readonly mention: string;
  /** Null for an entry of a menu, which Discord gives none. */
  readonly description: string | null;
  readonly menu: 'message' | 'user' | null;
}

/** Counts a use, so that asking it would take one. */
const COUNTING_PRECONDITION = 'member-limit';

/**
 * What a person may use in the channel where they ask: all that Discord would show them by the permissions that a command has by default,
 * and that our own preconditions let through. What a server changed in its integration settings is not known.
 * @throws what Discord answers, should the commands not be known yet.
 */
export async function usableCommands(
  client: SapphireClient<true>,
  tickets: TicketDeps,
  interaction: Interaction<'cached'>,
  locale: Locale,
): Promise<Usable[]> {
  const { commands } = client.application;
  const registered =
    commands.cache.size > 0 ? commands.cache : await commands.fetch({ withLocalizations: true });
  const scope = await scopeOf(tickets, interaction.guild, interaction.member);
  const handles = { any: isAnyStaff(scope), all: scope.all };
  const found: Usable[] = [];
  for (const command of registered.values()) {
    const piece = client.stores.get('commands').get(command.name);
    if (piece === undefined || !isShown(interaction, command)) continue;
    const { forTicketStaff } = piece.options;
    if (forTicketStaff !== undefined && !handles[forTicketStaff]) continue;
    if (await isLetThrough(client, piece, command, interaction))
      found.push(...leavesOf(interaction, piece, command, locale));
  }
  const place = ({ category }: Usable): number => CATEGORIES.indexOf(category);
  return found.sort((one, other) => place(one) - place(other) || nameOf(one).localeCompare(nameOf(other)));
}

/** A mention without its number. */
function nameOf({ mention }: Usable): string {
  return mention.replace(/:\d+>$/, '');
}

/** Whether Discord shows a command to a person, as far as the command itself says. */
function isShown(
  { memberPermissions, guildId }: Interaction<'cached'>,
  command: ApplicationCommand,
): boolean {
  if (command.guildId !== null && command.guildId !== guildId) return false;
  const needed = command.defaultMemberPermissions;
  if (needed === null || memberPermissions.has(PermissionFlagsBits.Administrator)) return true;
  // Nobody but administrators, where none is named.
  return needed.bitfield !== 0n && memberPermissions.has(needed);
}

async function isLetThrough(
  client: SapphireClient,
  piece: Command,
  command: ApplicationCommand,
  interaction: Interaction,
): Promise<boolean> {
  const preconditions = client.stores.get('preconditions');
  for (const entry of piece.options.preconditions ?? []) {
    const name = typeof entry === 'string' ? entry : 'name' in entry ? entry.name : null;
    if (name === null || name === COUNTING_PRECONDITION) continue;
    const precondition = preconditions.get(name);
    const run =
      command.type === ApplicationCommandType.ChatInput
        ? precondition?.chatInputRun
        : precondition?.contextMenuRun;
    // They look at who asks and where, which a button says as a command does.
    const result = await run?.call(precondition, interaction as never, piece as never, {});
    if (result?.isErr() !== false) return false;
  }
  return true;
}

function leavesOf(
  interaction: Interaction<'cached'>,
  piece: Command,
  command: ApplicationCommand,
  locale: Locale,
): Usable[] {
  const folder = CATEGORIES.find((one) => one === piece.category);
  const category = folder ?? 'operations';
  if (command.type !== ApplicationCommandType.ChatInput)
    return [
      {
        category,
        mention: `**${localizedText(command.nameLocalizations, locale) ?? command.name}**`,
        description: null,
        menu: command.type === ApplicationCommandType.User ? 'user' : 'message',
      },
    ];
  const hidden = isAdmin(actorOf(interaction)) ? [] : (piece.options.adminSubcommands ?? []);
  const leaf = (path: string, described: Described): Usable => ({
    category,
    mention: chatInputApplicationCommandMention(path, command.id),
    description: localizedText(described.descriptionLocalizations, locale) ?? described.description,
    menu: null,
  });
  const subcommands = command.options.flatMap((option): Usable[] => {
    if (hidden.includes(option.name)) return [];
    const path = `${command.name} ${option.name}`;
    if (option.type === ApplicationCommandOptionType.Subcommand) return [leaf(path, option)];
    if (option.type !== ApplicationCommandOptionType.SubcommandGroup) return [];
    return (option.options ?? []).map((sub) => leaf(`${path} ${sub.name}`, sub));
  });
  return subcommands.length > 0 ? subcommands : [leaf(command.name, command)];
}

interface Described {
  readonly description: string;
  readonly descriptionLocalizations?: Localizations;
}
type Localizations = Partial<Record<string, string | null>> | null | undefined;

function localizedText(localizations: Localizations, locale: Locale): string | null {
  return locale === defaultLocale ? null : (localizations?.[locale] ?? null);
}
