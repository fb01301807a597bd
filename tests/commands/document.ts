import type { Command, SapphireClient } from '@sapphire/framework';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  PermissionFlagsBits,
  type ApplicationCommand,
} from 'discord.js';
import { CATEGORIES } from '#lib/operations/usable-commands';
import { translator } from '#lib/i18n/translate';
import { settingKeys } from '#lib/settings/definitions';
import { configSubcommands, slashCommands, textCommands, type Original } from './original.ts';

/** Everything that can be typed, as it stands after the slash. */
export function typedNames(client: SapphireClient<true>): Set<string> {
  return new Set(
    registered(client)
      .filter(({ command }) => command.type === ApplicationCommandType.ChatInput)
      .flatMap(({ command }) => [command.name, ...leavesOf(command).map(({ name }) => name)]),
  );
}

/** `docs/commands.md`, from what is registered. */
export function commandsDocument(client: SapphireClient<true>): string {
  const t = translator('en-US');
  const known = typedNames(client);
  const features = CATEGORIES.flatMap((category) => {
    const lines = registered(client)
      .filter(({ piece }) => piece.category === category)
      .flatMap(({ command, piece }) => linesOf(command, piece));
    if (lines.length === 0) return [];
    return [
      `## ${t(`operations:category.${category}`)}`,
      '',
      '| Command | What it does | Who |',
      '| --- | --- | --- |',
      ...lines.sort(),
      '',
    ];
  });
  const table = (heading: string, originals: readonly Original[]): string[] => [
    `### ${heading} (${originals.length})`,
    '',
    '| There | Here |',
    '| --- | --- |',
    ...originals.map(
      (one) => `| ${cell(one.name.startsWith('!') ? one.name : `/${one.name}`)} | ${answerTo(one, known)} |`,
    ),
    '',
  ];
  return [
    '# Commands',
    '',
    'Written by `npm run docs:commands` from the commands that the bot registers; `/commands` shows each person what they may use themselves.',
    'A server may let others use a command in *Server Settings → Integrations*; what the bot checks itself stays. *Everyone* still means what is theirs: a reminder, a ticket.',
    '',
    ...features,
    '## Coming from the Python bot',
    '',
    'What answers here to each command of the original.',
    '',
    ...table('Slash commands', slashCommands),
    ...table('Subcommands of /config', configSubcommands),
    ...table('Text commands', textCommands),
  ].join('\n');
}

interface Registered {
  readonly command: ApplicationCommand;
  readonly piece: Command;
}

function registered(client: SapphireClient<true>): Registered[] {
  return [...client.application.commands.cache.values()].map((command) => {
    const piece = client.stores.get('commands').get(command.name);
    if (piece === undefined) throw new Error(`nobody hears of ${command.name}`);
    return { command, piece };
  });
}

function leavesOf({ name, description, options }: ApplicationCommand) {
  const subs = options.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
  if (subs.length === 0) return [{ name, sub: null, description }];
  return subs.map((sub) => ({ name: `${name} ${sub.name}`, sub: sub.name, description: sub.description }));
}

function linesOf(command: ApplicationCommand, piece: Command): string[] {
  if (command.type !== ApplicationCommandType.ChatInput) {
    const where = command.type === ApplicationCommandType.User ? 'a member' : 'a message';
    return [`| *${command.name}* | In the menu of ${where}, under Apps | ${who(command, piece, null)} |`];
  }
  return leavesOf(command).map(
    ({ name, sub, description }) =>
      `| \`/${name}\` | ${cellText(description)} | ${who(command, piece, sub)} |`,
  );
}

function who(command: ApplicationCommand, { options }: Command, sub: string | null): string {
  const conditions = (options.preconditions ?? []).filter((one) => typeof one === 'string');
  if (conditions.includes('admin-only') || (sub !== null && options.adminSubcommands?.includes(sub) === true))
    return 'Manage Server';
  if (conditions.includes('staff-only') || options.forTicketStaff === 'all') return 'Staff, Manage Server';
  if (options.forTicketStaff === 'any') return 'Staff of the ticket, Manage Server';
  const others = conditions.filter((one) => one !== 'admin-only' && one !== 'staff-only');
  if (others.length > 0) return others.join(', ');
  return command.defaultMemberPermissions?.has(PermissionFlagsBits.ManageMessages) === true
    ? 'Manage Messages'
    : 'Everyone';
}

function answerTo({ here, how, why }: Original, known: ReadonlySet<string>): string {
  if (here.length === 0) return `Nothing: ${why}`;
  const names = here.map((name) => (known.has(name) ? `\`/${name}\`` : `\`/${name}\` (not yet)`));
  const isMissing = settingsIn(how).some((key) => !(settingKeys as readonly string[]).includes(key));
  return [names.join(', '), ...(how === undefined ? [] : [isMissing ? `${how} (not yet)` : how])].join(': ');
}

/** The settings that are named in what is said of a command. */
export function settingsIn(how = ''): string[] {
  return how.match(/[a-z]+\.[a-z_]+/g) ?? [];
}

function cell(text: string): string {
  return `\`${text}\``;
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|');
}
