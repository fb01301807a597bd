import { container, Events, type SapphireClient } from '@sapphire/framework';
import { once } from 'node:events';
import { REST, Routes, type APIApplication } from 'discord.js';
import { createClient } from './client.ts';
import type { Config } from './config.ts';
import { grantedIntents, wantedIntents } from './intents.ts';
import { setupAnalytics, setupHealth } from './setup/analytics.ts';
import { setupAssistant } from './setup/assistant.ts';
import { setupAssistantCommands } from './setup/assistant-commands.ts';
import { setupAnnouncements } from './setup/announcements.ts';
import { setupCaches } from './setup/caches.ts';
import { setupClock } from './setup/clock.ts';
import { setupConfig } from './setup/config.ts';
import { setupDatabase } from './setup/database.ts';
import { setupDelivery } from './setup/delivery.ts';
import { setupDoctor } from './setup/doctor.ts';
import { setupFaq } from './setup/faq.ts';
import { setupHttp, startHttp, type RunningHttp } from './setup/http.ts';
import { setupInvites } from './setup/invites.ts';
import { setupLimiter } from './setup/limiter.ts';
import { setupLogChannel } from './setup/log-channel.ts';
import { setupLog } from './setup/log.ts';
import { setupMetrics } from './setup/metrics.ts';
import { setupOnboarding } from './setup/onboarding.ts';
import { setupOpenInteractions } from './setup/open-interactions.ts';
import { setupOperations } from './setup/operations.ts';
import { setupPrivacy } from './setup/privacy.ts';
import { setupSettings } from './setup/settings.ts';
import { setupTaskScheduler, startTasks } from './setup/task-scheduler.ts';
import { setupTickets } from './setup/tickets.ts';
import { setupWizard } from './setup/wizard.ts';
import { performQueued } from '#lib/assistant/perform';
import { openDatabase } from '#lib/database/database';
import type { Log } from '#lib/logging/logger';
import { watchQueues } from '#lib/metrics/stores';
import type { Delivery } from '#lib/reminders/delivery';
import type { TaskScheduler } from '#lib/tasks/task-scheduler';
import type { Clock } from '#lib/time/clock';

export interface RunningBot {
  readonly client: SapphireClient;
  readonly tasks: TaskScheduler;
  readonly delivery: Delivery;
  /** Null where the host switched it off. */
  readonly http: RunningHttp | null;
  /** Takes no new work, finishes what runs, closes in order; under ten seconds. A second call waits for the first. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** How the database is opened; tests give one that is prepared already. */
  readonly open?: typeof openDatabase;
}

/** A reason not to start, in a plain sentence for the host. */
export class StartError extends Error {
  override name = 'StartError';
}

const APPLICATION_TIMEOUT_MS = 15_000;
const COMMANDS_TIMEOUT_MS = 30_000;
// With the four seconds that the database takes at most, a stop stays under ten.
const TASKS_STOP_MS = 2_500;
const DELIVERY_STOP_MS = 1_500;
const INTERACTIONS_STOP_MS = 1_000;
const INVITES_STOP_MS = 1_250;
const HTTP_STOP_MS = 1_500;
const TRACKER_STOP_MS = 500;

/**
 * Starts the bot in order: database and migrations, the application's flags, pieces, gateway, tasks.
 * What was opened before a failure is closed again.
 * @throws StartError or DatabaseStartError with a sentence for the host; anything else is a defect.
 */
export async function startAlphapy(options: StartOptions): Promise<RunningBot> {
  const { config, clock, log, open = openDatabase } = options;
  setupConfig(config);
  setupClock(clock);
  setupLog(log);
  setupCaches();
  setupLimiter(clock);
  const openInteractions = setupOpenInteractions();
  const database = await setupDatabase(config, log, open);
  let client: SapphireClient | undefined;
  try {
    await setupSettings(database, clock, container.caches);
    const tracker = await setupAnalytics(database);
    const application = await fetchApplication(config);
    const { intents, notices } = grantedIntents(wantedIntents, application.flags ?? 0);
    for (const notice of notices) log.warn(notice);

    client = createClient(config, log, intents);
    const telemetry = setupMetrics(client, config, database);
    setupLogChannel(client);
    const { assistant, retries } = setupAssistant(client, database);
    setupFaq();
    setupAnnouncements(client);
    setupOnboarding(client);
    setupPrivacy(client);
    setupInvites(client);
    setupAssistantCommands();
    setupTickets(client);
    setupHttp(client, config);
    setupOperations(client, database);
    setupDoctor(client);
    setupWizard();
    const delivery = setupDelivery(client);
    const tasks = setupTaskScheduler(database, log);
    setupHealth(client, database, tasks);
    watchQueues(container.metrics, { tasks, assistant: retries });
    await logIn(client, config);
    await startTasks(tasks);
    tracker.start();
    await retries.start((question) => performQueued(assistant, question));
    const http = await listen(config);
    telemetry?.start();
    log.info(
      { guilds: client.guilds.cache.size, database: database.kind, port: http?.port },
      'Alphapy is ready',
    );

    const running = client;
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      log.info('stopping');
      telemetry?.stop();
      // What is being asked is left to the next process.
      assistant.provider?.close();
      await Promise.all([
        http?.close(HTTP_STOP_MS),
        tasks.close(TASKS_STOP_MS),
        retries.close(TASKS_STOP_MS),
      ]);
      await delivery.stop(DELIVERY_STOP_MS);
      // The gateway closes first, so that nobody's new request meets a bot that is half gone; answers still go out over REST.
      // discord.js offers no way to close only the gateway.
      await running.ws['destroy']();
      await Promise.all([
        openInteractions.settled(INTERACTIONS_STOP_MS),
        container.invites.watch.settled(INVITES_STOP_MS),
      ]);
      await Promise.all([running.destroy(), tracker.stop(TRACKER_STOP_MS)]);
      await database.close();
      log.info('stopped');
    };
    return { client: running, tasks, delivery, http, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await client?.destroy();
    await database.close();
    throw error;
  }
}

/** Who this token belongs to; refuses a wrong token before the gateway does, and in plain words. */
async function fetchApplication(config: Config): Promise<APIApplication> {
  const rest = new REST({
    timeout: APPLICATION_TIMEOUT_MS,
    ...(config.discordApiUrl !== null && { api: config.discordApiUrl }),
  }).setToken(config.botToken);
  try {
    return (await rest.get(Routes.currentApplication())) as APIApplication;
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 401)
      throw new StartError(
        'Discord refuses BOT_TOKEN. Reset the token on the "Bot" page of your application and put the new one in .env.',
        { cause: error },
      );
    throw new StartError(
      `Discord cannot be reached at ${config.discordApiUrl ?? 'discord.com'} (${error instanceof Error ? error.message : String(error)}). Check the network${config.discordApiUrl === null ? '' : ' and DISCORD_API_URL'}, then start again.`,
      { cause: error },
    );
  }
}

async function listen({ http }: Config): Promise<RunningHttp | null> {
  if (http === null) return null;
  try {
    return await startHttp(http);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new StartError(
      code === 'EADDRINUSE'
        ? `PORT ${http.port} is in use on ${http.host}. Set PORT in .env to a free one, or to off to do without the dashboard and the API.`
        : `The dashboard and the API cannot listen on ${http.host}:${http.port} (${code}). Set HOST and PORT in .env, or PORT=off to do without.`,
      { cause: error },
    );
  }
}

/** Loads the pieces, connects, and waits until guilds are there and commands registered. */
async function logIn(client: SapphireClient, config: Config): Promise<void> {
  const ready = once(client, Events.ClientReady);
  const registered = once(client, Events.ApplicationCommandRegistriesRegistered, {
    signal: AbortSignal.timeout(COMMANDS_TIMEOUT_MS),
  });
  registered.catch(() => undefined);
  await client.login(config.botToken);
  await ready;
  await registered.catch(() => {
    client.logger.warn('commands: Discord has not confirmed them yet; they may appear later');
  });
}
