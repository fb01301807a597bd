import type { APIApplicationCommandBasicOption } from 'discord-api-types/v10';
import { ApplicationCommandOptionType as OptionType, ChannelType } from 'discord-api-types/v10';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { FileInput } from '../state/files.ts';
import { addFile, LARGEST_FILE_BYTES } from '../state/files.ts';
import { permissionsIn } from '../state/interactions.ts';
import type { GuildRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import type { Reference } from './names.ts';
import { findInGuild, findMember, findRole } from './names.ts';
import type { Resolved } from './resolved.ts';

/** What a person fills in for an option: a text, a number, a yes or no, whom and what they pick, or a file. */
export type OptionInput = string | number | boolean | { readonly id: string } | FileInput;

/** Where a person picks from. */
export interface PickContext {
  world: World;
  /** Null in a direct message, where there are no roles and channels to pick. */
  guild: GuildRecord | null;
  userId: string;
  /** Where the person is. */
  channelId: string;
  resolved: Resolved | null;
}

/** An option's value as the client sends it. Throws what the client shows under a field that is filled in wrongly. */
export function readOption(
  option: APIApplicationCommandBasicOption,
  input: OptionInput,
  context: PickContext,
): string | number | boolean {
  switch (option.type) {
    case OptionType.String:
      return readText(option, input);
    case OptionType.Integer:
    case OptionType.Number:
      return readNumber(option, input);
    case OptionType.Boolean: {
      const text = textOfInput(input).toLowerCase();
      if (text !== 'true' && text !== 'false') throw refusal(option, 'Input a valid boolean: True or False.');
      return text === 'true';
    }
    case OptionType.User:
      return pickMember(referenceOf(input), context);
    case OptionType.Role:
      return pickRole(referenceOf(input), context);
    case OptionType.Mentionable:
      return pickMentionable(referenceOf(input), context);
    case OptionType.Channel:
      return pickChannel(referenceOf(input), option.channel_types ?? [], context);
    case OptionType.Attachment:
      if (!isFile(input)) throw refusal(option, 'Select a file.');
      return uploadFile(input, context);
    default:
      throw refusal(option, 'This Discord has no such options.');
  }
}

function readText(
  option: Extract<APIApplicationCommandBasicOption, { type: OptionType.String }>,
  input: OptionInput,
): string {
  const text = textOfInput(input);
  const choice = option.choices?.find(({ name, value }) => value === text || name === text);
  if (choice) return choice.value;
  if (option.choices && option.choices.length > 0) throw refusal(option, 'Select a valid option.');
  if (option.min_length !== undefined && text.length < option.min_length) {
    throw refusal(option, `Must be ${option.min_length} or more in length.`);
  }
  if (text.length > (option.max_length ?? 6000)) {
    throw refusal(option, `Must be ${option.max_length ?? 6000} or fewer in length.`);
  }
  return text;
}

function readNumber(
  option: Extract<APIApplicationCommandBasicOption, { type: OptionType.Integer | OptionType.Number }>,
  input: OptionInput,
): number {
  const choice = option.choices?.find(
    ({ name, value }) => String(value) === textOfInput(input) || name === input,
  );
  if (choice) return choice.value;
  if (option.choices && option.choices.length > 0) throw refusal(option, 'Select a valid option.');
  const number = textOfInput(input).trim() === '' ? Number.NaN : Number(textOfInput(input));
  if (Number.isNaN(number)) throw refusal(option, 'Input a valid number.');
  if (option.type === OptionType.Integer && !Number.isSafeInteger(number)) {
    throw refusal(option, 'Input a valid integer.');
  }
  if (option.min_value !== undefined && number < option.min_value) {
    throw refusal(option, `Must be greater than or equal to ${option.min_value}.`);
  }
  if (option.max_value !== undefined && number > option.max_value) {
    throw refusal(option, `Must be less than or equal to ${option.max_value}.`);
  }
  return number;
}

/** Uploads a file that is in no message. @throws ClientRefusal when it is too large. */
export function uploadFile(file: FileInput, { world, channelId, resolved }: PickContext): string {
  checkFileSize(file);
  const attachment = addFile(world, { ...file, channelId, ephemeral: true });
  resolved?.addAttachment(attachment);
  return attachment.id;
}

export function checkFileSize({ bytes }: FileInput): void {
  if (bytes.byteLength > LARGEST_FILE_BYTES) {
    throw new ClientRefusal('Your files are too powerful. The max file size for this server is 10 MB.');
  }
}

export function isFile(input: unknown): input is FileInput {
  return typeof input === 'object' && input !== null && 'bytes' in input;
}

export function pickMember(reference: Reference, context: PickContext): string {
  const member = findMember(context.world, guildOf(context), reference);
  context.resolved?.addMember(member);
  return member.id;
}

export function pickRole(reference: Reference, context: PickContext): string {
  const role = findRole(guildOf(context), reference);
  context.resolved?.addRole(role);
  return role.id;
}

export function pickMentionable(reference: Reference, context: PickContext): string {
  try {
    return pickMember(reference, context);
  } catch {
    return pickRole(reference, context);
  }
}

/** The client offers only channels that the person sees, and of the types that were asked for. */
export function pickChannel(
  reference: Reference,
  types: readonly ChannelType[],
  context: PickContext,
): string {
  const guild = guildOf(context);
  const channel = findInGuild(context.world, guild, reference);
  if (types.length > 0 && !types.includes(channel.type)) {
    throw new ClientRefusal(`#${channel.name} is not offered: its type is ${ChannelType[channel.type]}.`);
  }
  if (!(permissionsIn(context.world, guild, channel, context.userId) & PermissionFlagsBits.ViewChannel)) {
    throw new ClientRefusal(`#${channel.name} is not offered: it is hidden from this person.`);
  }
  context.resolved?.addChannel(channel);
  return channel.id;
}

function guildOf({ guild }: PickContext): GuildRecord {
  if (!guild) throw new ClientRefusal('There is nothing of a server to pick in a direct message.');
  return guild;
}

function referenceOf(input: OptionInput): Reference {
  return typeof input === 'object' && !isFile(input) ? input : textOfInput(input);
}

/** What stands in the field. */
export function textOfInput(input: OptionInput): string {
  if (typeof input !== 'object') return String(input);
  return isFile(input) ? input.filename : input.id;
}

function refusal(option: { name: string }, sentence: string): ClientRefusal {
  return new ClientRefusal(`${option.name}: ${sentence}`);
}
