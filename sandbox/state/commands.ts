import type {
  APIApplicationCommand,
  APIApplicationCommandOption,
  RESTPatchAPIApplicationCommandJSONBody,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { ApplicationCommandType } from 'discord-api-types/v10';
import type { CommandRecord } from './records.ts';
import { compareSnowflakes } from './snowflakes.ts';
import type { World } from './world.ts';
import { changed } from './world.ts';

/** All bots' global commands when `guildId` is null, otherwise those of that guild alone; oldest first. */
export function commandsOf(world: World, guildId: string | null): CommandRecord[] {
  return [...world.commands.values()]
    .filter((command) => command.guildId === guildId)
    .sort((a, b) => compareSnowflakes(a.id, b.id));
}

/** The same, of the bot whose view this is. */
export function ownCommandsOf(world: World, guildId: string | null): CommandRecord[] {
  return commandsOf(world, guildId).filter(({ applicationId }) => applicationId === world.application.id);
}

/** Registers a command; one of the same name and type keeps its id and gets the new definition. */
export function saveCommand(
  world: World,
  guildId: string | null,
  body: RESTPostAPIApplicationCommandsJSONBody,
): { command: CommandRecord; isNew: boolean } {
  const type = body.type ?? ApplicationCommandType.ChatInput;
  const existing = ownCommandsOf(world, guildId).find(
    (command) => command.name === body.name && command.type === type,
  );
  const command: CommandRecord = {
    id: existing?.id ?? world.snowflakes.next(),
    applicationId: world.application.id,
    guildId,
    version: world.snowflakes.next(),
    type,
    name: body.name,
    nameLocalizations: body.name_localizations ?? null,
    description: ('description' in body ? body.description : undefined) ?? '',
    descriptionLocalizations:
      ('description_localizations' in body ? body.description_localizations : undefined) ?? null,
    options: structuredClone(('options' in body ? body.options : undefined) ?? []),
    defaultMemberPermissions: toBits(body.default_member_permissions),
    dmPermission: ('dm_permission' in body ? body.dm_permission : undefined) ?? true,
    contexts: body.contexts ?? null,
    integrationTypes: body.integration_types ?? [0],
    nsfw: body.nsfw ?? false,
  };
  world.commands.set(command.id, command);
  changed(world);
  return { command, isNew: !existing };
}

export function updateCommand(
  world: World,
  command: CommandRecord,
  body: RESTPatchAPIApplicationCommandJSONBody,
): void {
  if (body.name !== undefined) command.name = body.name;
  if (body.name_localizations !== undefined) command.nameLocalizations = body.name_localizations;
  if ('description' in body && body.description !== undefined) command.description = body.description;
  if ('description_localizations' in body && body.description_localizations !== undefined) {
    command.descriptionLocalizations = body.description_localizations;
  }
  if ('options' in body && body.options !== undefined) command.options = structuredClone(body.options);
  if (body.default_member_permissions !== undefined) {
    command.defaultMemberPermissions = toBits(body.default_member_permissions);
  }
  if (body.contexts !== undefined) command.contexts = body.contexts ?? null;
  if (body.nsfw !== undefined) command.nsfw = body.nsfw;
  command.version = world.snowflakes.next();
  changed(world);
}

/** The bulk overwrite: what is not named is gone. */
export function replaceCommands(
  world: World,
  guildId: string | null,
  bodies: readonly RESTPostAPIApplicationCommandsJSONBody[],
): CommandRecord[] {
  const saved = bodies.map((body) => saveCommand(world, guildId, body).command);
  const kept = new Set(saved.map((command) => command.id));
  for (const command of ownCommandsOf(world, guildId)) {
    if (!kept.has(command.id)) world.commands.delete(command.id);
  }
  changed(world);
  return saved;
}

export function deleteCommand(world: World, command: CommandRecord): void {
  world.commands.delete(command.id);
  changed(world);
}

function toBits(permissions: string | number | bigint | null | undefined): bigint | null {
  return permissions === null || permissions === undefined ? null : BigInt(permissions);
}

export function serialiseCommand(command: CommandRecord, withLocalizations = true): APIApplicationCommand {
  return {
    id: command.id,
    application_id: command.applicationId,
    ...(command.guildId ? { guild_id: command.guildId } : {}),
    version: command.version,
    type: command.type,
    name: command.name,
    description: command.description,
    ...(withLocalizations
      ? {
          name_localizations: command.nameLocalizations,
          description_localizations: command.descriptionLocalizations,
        }
      : {}),
    ...(command.options.length > 0
      ? { options: withLocalizations ? command.options : command.options.map(withoutLocalizations) }
      : {}),
    default_member_permissions: command.defaultMemberPermissions?.toString() ?? null,
    ...(command.guildId ? {} : { dm_permission: command.dmPermission, contexts: command.contexts }),
    integration_types: command.integrationTypes,
    nsfw: command.nsfw,
  };
}

function withoutLocalizations(option: APIApplicationCommandOption): APIApplicationCommandOption {
  const { name_localizations: _names, description_localizations: _descriptions, ...rest } = option;
  if ('options' in rest && rest.options) {
    return { ...rest, options: rest.options.map(withoutLocalizations) } as APIApplicationCommandOption;
  }
  return rest;
}
