import type {
  RESTPatchAPIApplicationCommandJSONBody,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { ApplicationCommandType } from 'discord-api-types/v10';
import {
  deleteCommand,
  ownCommandsOf,
  replaceCommands,
  saveCommand,
  serialiseCommand,
  updateCommand,
} from '../../state/commands.ts';
import type { CommandRecord } from '../../state/records.ts';
import type { World } from '../../state/world.ts';
import { DiscordError, missingAccess, unknownCommand } from '../errors.ts';
import type { RestAnswer, Route } from '../router.ts';
import { created, noContent, ok, route } from '../router.ts';

/** How many commands of each type an application may have, globally and in each guild. */
const MOST_COMMANDS: Readonly<Record<ApplicationCommandType, number>> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
  [ApplicationCommandType.PrimaryEntryPoint]: 1,
};

export const commandRoutes: readonly Route[] = [
  route('GET', '/applications/{application}/commands', ({ world, parameters, query }) =>
    list(world, parameters.application, null, query),
  ),
  route('PUT', '/applications/{application}/commands', ({ world, parameters, body }) =>
    replace(world, parameters.application, null, body),
  ),
  route('POST', '/applications/{application}/commands', ({ world, parameters, body }) =>
    save(world, parameters.application, null, body),
  ),
  route('GET', '/applications/{application}/commands/{command}', ({ world, parameters }) =>
    ok(serialiseCommand(find(world, parameters.application, null, parameters.command))),
  ),
  route('PATCH', '/applications/{application}/commands/{command}', ({ world, parameters, body }) =>
    change(world, find(world, parameters.application, null, parameters.command), body),
  ),
  route('DELETE', '/applications/{application}/commands/{command}', ({ world, parameters }) => {
    deleteCommand(world, find(world, parameters.application, null, parameters.command));
    return noContent;
  }),

  route('GET', '/applications/{application}/guilds/{guild}/commands', ({ world, parameters, query }) =>
    list(world, parameters.application, parameters.guild, query),
  ),
  route('PUT', '/applications/{application}/guilds/{guild}/commands', ({ world, parameters, body }) =>
    replace(world, parameters.application, parameters.guild, body),
  ),
  route('POST', '/applications/{application}/guilds/{guild}/commands', ({ world, parameters, body }) =>
    save(world, parameters.application, parameters.guild, body),
  ),
  route('GET', '/applications/{application}/guilds/{guild}/commands/{command}', ({ world, parameters }) =>
    ok(serialiseCommand(find(world, parameters.application, parameters.guild, parameters.command))),
  ),
  route(
    'PATCH',
    '/applications/{application}/guilds/{guild}/commands/{command}',
    ({ world, parameters, body }) =>
      change(world, find(world, parameters.application, parameters.guild, parameters.command), body),
  ),
  route(
    'DELETE',
    '/applications/{application}/guilds/{guild}/commands/{command}',
    ({ world, parameters }) => {
      deleteCommand(world, find(world, parameters.application, parameters.guild, parameters.command));
      return noContent;
    },
  ),
];

/** Commands belong to the bot's own application and, for a guild's, to a guild that it is in. */
function checkScope(world: World, applicationId: string, guildId: string | null): void {
  if (applicationId !== world.application.id) throw missingAccess();
  if (guildId !== null && !world.guilds.get(guildId)?.members.has(world.application.botId))
    throw missingAccess();
}

function find(world: World, applicationId: string, guildId: string | null, commandId: string): CommandRecord {
  checkScope(world, applicationId, guildId);
  const command = world.commands.get(commandId);
  if (!command || command.applicationId !== applicationId || command.guildId !== guildId)
    throw unknownCommand();
  return command;
}

function list(
  world: World,
  applicationId: string,
  guildId: string | null,
  query: URLSearchParams,
): RestAnswer {
  checkScope(world, applicationId, guildId);
  const withLocalizations = query.get('with_localizations') === 'true';
  return ok(ownCommandsOf(world, guildId).map((command) => serialiseCommand(command, withLocalizations)));
}

function replace(world: World, applicationId: string, guildId: string | null, body: unknown): RestAnswer {
  checkScope(world, applicationId, guildId);
  const bodies = body as RESTPostAPIApplicationCommandsJSONBody[];
  const counts = new Map<ApplicationCommandType, number>();
  for (const one of bodies) counts.set(typeOf(one), (counts.get(typeOf(one)) ?? 0) + 1);
  for (const [type, count] of counts) checkCount(type, count);
  return ok(replaceCommands(world, guildId, bodies).map((command) => serialiseCommand(command)));
}

function save(world: World, applicationId: string, guildId: string | null, body: unknown): RestAnswer {
  checkScope(world, applicationId, guildId);
  const definition = body as RESTPostAPIApplicationCommandsJSONBody;
  const type = typeOf(definition);
  const others = ownCommandsOf(world, guildId).filter(
    (one) => one.type === type && one.name !== definition.name,
  );
  checkCount(type, others.length + 1);
  const { command, isNew } = saveCommand(world, guildId, definition);
  return (isNew ? created : ok)(serialiseCommand(command));
}

function change(world: World, command: CommandRecord, body: unknown): RestAnswer {
  updateCommand(world, command, body as RESTPatchAPIApplicationCommandJSONBody);
  return ok(serialiseCommand(command));
}

function typeOf(definition: RESTPostAPIApplicationCommandsJSONBody): ApplicationCommandType {
  return definition.type ?? ApplicationCommandType.ChatInput;
}

function checkCount(type: ApplicationCommandType, count: number): void {
  const most = MOST_COMMANDS[type];
  if (count > most) {
    throw new DiscordError(400, 30032, `Maximum number of application commands reached (${most}).`);
  }
}
