import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  APIInteractionDataResolved,
} from 'discord-api-types/v10';
import {
  ApplicationCommandType,
  ApplicationCommandOptionType as OptionType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { hasPermissions } from '../permissions.ts';
import { isThread } from '../state/channel-types.ts';
import { commandsOf } from '../state/commands.ts';
import { permissionsIn } from '../state/interactions.ts';
import type { CommandRecord, GuildRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import type { World } from '../state/world.ts';
import { worldOf } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import type { OptionInput, PickContext } from './option-values.ts';
import { readOption, textOfInput } from './option-values.ts';
import { Resolved } from './resolved.ts';

export interface CommandUse {
  world: World;
  guild: GuildRecord | null;
  channel: ChannelRecord;
  userId: string;
  /** As if the server's settings allowed this command to the person although its default permissions do not. */
  allowedBySettings?: boolean;
}

export interface CommandPayload {
  /** "config set". */
  name: string;
  data: {
    id: string;
    name: string;
    type: ApplicationCommandType;
    guild_id?: string;
    /** A command of a menu has none. */
    options?: OptionPayload[];
    /** The message or the member whose menu the command was in. */
    target_id?: string;
    resolved?: APIInteractionDataResolved;
  };
}

interface OptionPayload {
  name: string;
  type: OptionType;
  value?: string | number | boolean;
  focused?: boolean;
  options?: OptionPayload[];
}

/**
 * What the client sends for "/config set" with these options. Throws what the client would say instead: no such command,
 * not for this person, not here, an option filled in wrongly.
 */
export function readCommand(
  use: CommandUse,
  text: string,
  input: Record<string, OptionInput>,
): CommandPayload {
  const { command, path, options } = findUsableCommand(use, text);
  const resolved = new Resolved(worldOf(use.world, command.applicationId), use.guild, use.userId);
  const context = contextOf(use, resolved);
  checkNames(text, options, input);
  const filled = options.flatMap((option): OptionPayload[] => {
    const given = input[option.name];
    if (given === undefined) {
      if (option.required)
        throw new ClientRefusal(`${option.name}: This option is required. Specify a value.`);
      return [];
    }
    return [{ name: option.name, type: option.type, value: readOption(option, given, context) }];
  });
  return payload(command, path, filled, resolved.data);
}

/** What the client sends while a person types in the option `focused`: nothing else is checked yet. */
export function readAutocomplete(
  use: CommandUse,
  text: string,
  input: Record<string, OptionInput>,
  focused: string,
): CommandPayload {
  const { command, path, options } = findUsableCommand(use, text);
  checkNames(text, options, input);
  const target = options.find(({ name }) => name === focused);
  if (!target || !('autocomplete' in target) || !target.autocomplete) {
    throw new ClientRefusal(`"${focused}" of /${path.join(' ')} has no suggestions.`);
  }
  const filled = options.flatMap((option): OptionPayload[] => {
    const isFocused = option.name === focused;
    const given = input[option.name] ?? (isFocused ? '' : undefined);
    if (given === undefined) return [];
    // Files are uploaded when the command is sent.
    if (option.type === OptionType.Attachment) return [];
    const value = isFocused ? textOfInput(given) : readOption(option, given, contextOf(use, null));
    return [{ name: option.name, type: option.type, value, ...(isFocused ? { focused: true } : {}) }];
  });
  return payload(command, path, filled, undefined);
}

function contextOf({ world, guild, userId, channel }: CommandUse, resolved: Resolved | null): PickContext {
  return { world, guild, userId, channelId: channel.id, resolved };
}

interface UsableCommand {
  command: CommandRecord;
  /** The names of command, group and subcommand. */
  path: string[];
  options: APIApplicationCommandBasicOption[];
}

function findUsableCommand(use: CommandUse, text: string): UsableCommand {
  const words = text.replace(/^\//, '').trim().split(/\s+/);
  const command = findCommand(use, words[0] ?? '');
  if (!command) throw new ClientRefusal(`There is no command /${words[0]}.`);
  checkMayUse(use, command);

  let options: APIApplicationCommandOption[] = command.options;
  for (const word of words.slice(1)) {
    const inner = options.find(({ name }) => name === word);
    if (inner?.type !== OptionType.Subcommand && inner?.type !== OptionType.SubcommandGroup) {
      throw new ClientRefusal(`/${words.join(' ')}: there is no subcommand "${word}".`);
    }
    options = inner.options ?? [];
  }
  const basic = options.filter(isBasic);
  if (basic.length !== options.length) {
    const names = options.map(({ name }) => name).join(', ');
    throw new ClientRefusal(`/${words.join(' ')} needs a subcommand: ${names}.`);
  }
  return { command, path: words, options: basic };
}

function isBasic(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  return option.type !== OptionType.Subcommand && option.type !== OptionType.SubcommandGroup;
}

/** What a person finds under a name: the guild's own command before the global one, and that of a bot which is here. */
export function findCommand(
  use: CommandUse,
  name: string,
  type: ApplicationCommandType = ApplicationCommandType.ChatInput,
): CommandRecord | undefined {
  const own = use.guild === null ? [] : commandsOf(use.world, use.guild.id);
  const named = [...own, ...commandsOf(use.world, null)].filter(
    (command) => command.name === name && command.type === type,
  );
  return named.find(({ applicationId }) => isThere(use, applicationId)) ?? named[0];
}

/** The commands of all types that the client offers this person here. */
export function usableCommands(use: CommandUse): CommandRecord[] {
  const own = use.guild === null ? [] : commandsOf(use.world, use.guild.id);
  const isHidden = (command: CommandRecord): boolean =>
    own.some(
      ({ applicationId, name, type }) =>
        applicationId === command.applicationId && name === command.name && type === command.type,
    );
  const all = [...own, ...commandsOf(use.world, null).filter((command) => !isHidden(command))];
  return all.filter((command) => whyNot(use, command) === null);
}

/** Discord hides a command from who may not use it; a test that tries all the same gets the reason. */
export function checkMayUse(use: CommandUse, command: CommandRecord): void {
  const reason = whyNot(use, command);
  if (reason !== null) throw new ClientRefusal(`/${command.name}: ${reason}`);
}

function whyNot(use: CommandUse, command: CommandRecord): string | null {
  const { world, guild, channel, userId } = use;
  if (!isThere(use, command.applicationId)) return 'The bot of this command is not here.';
  const context = guild ? InteractionContextType.Guild : InteractionContextType.BotDM;
  const allowed = command.contexts?.includes(context) ?? (guild !== null || command.dmPermission);
  if (!allowed) return 'This command cannot be used here.';
  if (!guild || channel.guildId === null) return null;
  if (isThread(channel) && channel.archived) return 'This thread is archived.';
  const held = permissionsIn(world, guild, channel, userId);
  const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.UseApplicationCommands;
  const wanted = use.allowedBySettings ? 0n : (command.defaultMemberPermissions ?? 0n);
  const onlyAdministrators = !use.allowedBySettings && command.defaultMemberPermissions === 0n;
  const isMissing =
    !hasPermissions(held, needed | wanted) ||
    (onlyAdministrators && !hasPermissions(held, PermissionFlagsBits.Administrator));
  return isMissing ? 'You do not have permission to use this command.' : null;
}

/** Whether a bot is in the guild, or on the other side of the direct channel. */
function isThere({ guild, channel }: CommandUse, botId: string): boolean {
  return channel.guildId === null ? channel.botId === botId : guild?.members.has(botId) === true;
}

function checkNames(
  text: string,
  options: readonly { name: string }[],
  input: Record<string, OptionInput>,
): void {
  const unknown = Object.keys(input).find((name) => !options.some((option) => option.name === name));
  if (unknown !== undefined) throw new ClientRefusal(`${text} has no option "${unknown}".`);
}

function payload(
  command: CommandRecord,
  path: readonly string[],
  filled: OptionPayload[],
  resolved: APIInteractionDataResolved | undefined,
): CommandPayload {
  let options = filled;
  for (const [index, name] of [...path.slice(1).entries()].reverse()) {
    const isInnermost = index === path.length - 2;
    options = [{ name, type: isInnermost ? OptionType.Subcommand : OptionType.SubcommandGroup, options }];
  }
  return {
    name: path.join(' '),
    data: {
      id: command.id,
      name: command.name,
      type: command.type,
      ...(command.guildId ? { guild_id: command.guildId } : {}),
      options,
      ...(resolved ? { resolved } : {}),
    },
  };
}
