import '@sapphire/plugin-api/register';
import '@sapphire/plugin-i18next/register';
import {
  ApplicationCommandRegistries,
  container,
  InteractionHandlerStore,
  RegisterBehavior,
  SapphireClient,
} from '@sapphire/framework';
import { ScheduledTaskStore } from '@sapphire/plugin-scheduled-tasks';
import {
  Events,
  Options,
  Partials,
  type ClientOptions,
  type GatewayIntentBits,
  type Interaction,
} from 'discord.js';
import type { Config } from './config.ts';
import { i18nOptions } from '#lib/i18n/options';
import { interactionCorrelation, withCorrelation } from '#lib/logging/correlation';
import { sapphireLogger, type Log } from '#lib/logging/logger';

/** Members kept per guild: those who just did something. The bot itself always stays, for its permissions. */
const MEMBERS_CACHED_PER_GUILD = 200;
const USERS_CACHED = 2_000;
const SWEEP_EVERY_S = 600;
/** The largest thing that the API takes: a settings scope or an onboarding question, many times over. */
const BODY_BYTES_MAX = 64 * 1024;
/** Nobody holds a connection without sending. */
const SERVER = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
} as const;

/** Everything that comes of an interaction carries its id, into whatever it waits for. */
class AlphapyClient extends SapphireClient {
  override emit(event: string | symbol, ...values: unknown[]): boolean {
    const emit = (): boolean => super.emit(event as never, ...(values as never[]));
    if (event !== Events.InteractionCreate) return emit();
    return withCorrelation(interactionCorrelation((values[0] as Interaction).id), emit);
  }
}

/** Tells when a component has done its work: Sapphire has an event for its failure only, and that came before. */
class NotedHandlerStore extends InteractionHandlerStore {
  override async run(interaction: Interaction): Promise<boolean> {
    const isHandled = await super.run(interaction);
    if (isHandled) container.uses.ended(interaction, null);
    return isHandled;
  }
}

/** A file among the pieces could not be loaded. The bot does not run without one of its parts. */
export class PieceLoadError extends Error {
  constructor(path: string, cause: unknown) {
    super(`${path} could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = 'PieceLoadError';
  }
}

/** The Discord client with its stores; every piece below this folder is loaded when it logs in. */
export function createClient(
  config: Pick<Config, 'discordApiUrl'>,
  log: Log,
  intents: readonly GatewayIntentBits[],
): SapphireClient {
  ApplicationCommandRegistries.setDefaultBehaviorWhenNotIdentical(RegisterBehavior.BulkOverwrite);
  const options: Omit<ClientOptions, 'tasks'> = {
    baseUserDirectory: import.meta.dirname,
    intents: [...intents],
    logger: { instance: sapphireLogger(log) },
    loadDefaultErrorListeners: false,
    allowedMentions: { parse: [], repliedUser: false },
    i18n: i18nOptions,
    // Listens only once every route and guard is loaded.
    api: { automaticallyConnect: false, prefix: '', maximumBodyLength: BODY_BYTES_MAX, server: SERVER },
    ...(config.discordApiUrl !== null && { rest: { api: config.discordApiUrl } }),
    // Nothing is cached of messages and few members are, so what happens to the others arrives only so.
    partials: [Partials.Message, Partials.GuildMember],
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      GuildMemberManager: {
        maxSize: MEMBERS_CACHED_PER_GUILD,
        keepOverLimit: (member) => member.id === member.client.user.id,
      },
      UserManager: { maxSize: USERS_CACHED, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    sweepers: {
      guildMembers: {
        interval: SWEEP_EVERY_S,
        filter: () => (member) => member.id !== member.client.user.id,
      },
      users: { interval: SWEEP_EVERY_S, filter: () => (user) => user.id !== user.client.user.id },
    },
  };
  // `tasks` is what the plugin's own handler would want; ours is not made by the client.
  const client = new AlphapyClient(options as ClientOptions);
  client.stores.register(new NotedHandlerStore());
  client.stores.register(new ScheduledTaskStore());
  for (const store of client.stores.values()) {
    store.strategy.onError = (error, path) => {
      throw new PieceLoadError(path, error);
    };
  }
  return client;
}
