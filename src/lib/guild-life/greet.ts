import { ChannelType, DiscordAPIError, type Client, type Guild, type SendableChannels } from 'discord.js';
import type { Database } from '#lib/database/database';
import { sendOnce, type Attempt } from '#lib/discord/send-once';
import { missingPermissions } from '#lib/discord/usable';
import { localeOf, translator } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import type { Clock } from '#lib/time/clock';
import {
  GREETING_PERMISSIONS,
  greetingInChannel,
  greetingToOwner,
  isGreeting,
  type Greeting,
} from './greeting-view.ts';

export interface GreetDeps {
  readonly client: Client;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where the bot is for longer nobody wonders who has come: a database may be new or restored, or the bot was off for long. */
const NEW_FOR_MS = 30 * 24 * 60 * 60_000;
const GREETINGS_PER_SWEEP = 20;
/** Longer than the few requests of a greeting take with their repetitions. */
const LEASE_MS = 3 * 60_000;
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 60 * 60_000;

/** A greeting that this process has taken on. */
interface Claimed {
  readonly guildId: string;
  /** How often it was tried, this time included; it names the claim. */
  readonly attempts: number;
  readonly since: Date;
  /** Where it was tried last. */
  readonly channelId: string | null;
}

/**
 * Greets the guilds that the bot has come to and not greeted, each once whoever asks. One where it is for long, or that it was removed
 * from, is not greeted. Never throws for one guild.
 */
export async function greetNewGuilds(deps: GreetDeps): Promise<void> {
  const { db, client, clock } = deps;
  const owed = await db
    .selectFrom('bot_guilds')
    .select('guild_id')
    .where('greeting_due_at', '<=', clock.now())
    .orderBy('greeting_due_at')
    .execute();
  const here = owed.flatMap(({ guild_id: guildId }) => {
    const guild = client.guilds.cache.get(guildId);
    return guild?.available === true ? [guild] : [];
  });
  const isNew = ({ joinedAt }: Guild): boolean => clock.now().getTime() - joinedAt.getTime() < NEW_FOR_MS;
  await endGreetings(
    db,
    here.filter((guild) => !isNew(guild)).map(({ id }) => id),
  );
  for (const guild of here.filter(isNew).slice(0, GREETINGS_PER_SWEEP)) {
    const claimed = await claim(db, guild.id, clock.now());
    if (claimed !== undefined) await greetOne(deps, guild, claimed);
  }
}

async function claim(db: Database, guildId: string, now: Date): Promise<Claimed | undefined> {
  const row = await db
    .updateTable('bot_guilds')
    .set((eb) => ({
      greeting_due_at: new Date(now.getTime() + LEASE_MS),
      greeting_attempts: eb('greeting_attempts', '+', 1),
    }))
    .where('guild_id', '=', guildId)
    .where('greeting_due_at', '<=', now)
    .returning(['greeting_attempts', 'joined_at', 'greeting_channel_id'])
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        guildId,
        attempts: row.greeting_attempts,
        since: row.joined_at,
        channelId: row.greeting_channel_id,
      };
}

async function greetOne(deps: GreetDeps, guild: Guild, claimed: Claimed): Promise<void> {
  const { db, client, clock, log } = deps;
  const { guildId, attempts } = claimed;
  let retryAt: Date | null = null;
  try {
    const where = await greet(deps, guild, claimed);
    // Removed meanwhile it is refused everywhere, and is greeted when it is back.
    if (where === 'nowhere' && !client.guilds.cache.has(guildId)) retryAt = clock.now();
    else log.info({ guildId, where }, 'a new server was greeted');
  } catch (error) {
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LAST_RETRY_MS);
    retryAt = new Date(clock.now().getTime() + waitMs);
    log.warn({ err: error, guildId }, 'a new server could not be greeted yet');
  }
  await db
    .updateTable('bot_guilds')
    .set({ greeting_due_at: retryAt })
    .where('guild_id', '=', guildId)
    .where('greeting_attempts', '=', attempts)
    .execute();
}

async function endGreetings(db: Database, guildIds: readonly string[]): Promise<void> {
  if (guildIds.length === 0) return;
  await db
    .updateTable('bot_guilds')
    .set({ greeting_due_at: null })
    .where('guild_id', 'in', [...guildIds])
    .execute();
}

/** @returns where it was greeted. @throws what may go better another time. */
async function greet(
  { client, db }: GreetDeps,
  guild: Guild,
  claimed: Claimed,
): Promise<'channel' | 'owner' | 'nowhere'> {
  const t = translator(localeOf(guild.preferredLocale));
  const message = greetingInChannel(t, client.user?.displayName ?? '');
  const before = claimed.channelId;
  for (const channel of placesOf(guild, before)) {
    if (channel.id !== before)
      await db
        .updateTable('bot_guilds')
        .set({ greeting_channel_id: channel.id })
        .where('guild_id', '=', guild.id)
        .execute();
    if (await isSent(db, () => Promise.resolve(channel), message, claimed)) return 'channel';
  }
  const toOwner = greetingToOwner(t, guild.name);
  const isTold = await isSent(db, () => client.users.createDM(guild.ownerId), toOwner, claimed);
  return isTold ? 'owner' : 'nowhere';
}

/** Where the bot may write: where it was tried before, the guild's channel for system messages, and the others from the top. */
function placesOf(guild: Guild, before: string | null): SendableChannels[] {
  const rank = (id: string): number => (id === before ? 0 : id === guild.systemChannelId ? 1 : 2);
  return guild.channels.cache
    .filter((channel) => channel.type === ChannelType.GuildText)
    .filter((channel) => missingPermissions(channel, GREETING_PERMISSIONS).length === 0)
    .map((channel) => ({
      channel,
      // As Discord shows them: those outside of categories stand above.
      order: [rank(channel.id), channel.parent?.rawPosition ?? -1, channel.rawPosition],
    }))
    .toSorted((one, other) => {
      const at = one.order.findIndex((place, index) => place !== other.order[index]);
      return at === -1 ? 0 : (one.order[at] ?? 0) - (other.order[at] ?? 0);
    })
    .map(({ channel }) => channel);
}

/** @returns false when Discord refuses it there. @throws what else it answers. */
async function isSent(
  db: Database,
  open: () => Promise<SendableChannels>,
  message: Greeting,
  { guildId, attempts, since }: Claimed,
): Promise<boolean> {
  const attempt: Attempt = { attempts, since };
  try {
    const channel = await open();
    await sendOnce(db, channel, { ...message, nonce: `gr:${guildId}` }, attempt, (sent) =>
      isGreeting(sent, message),
    );
    return true;
  } catch (error) {
    const isRefused = error instanceof DiscordAPIError && [400, 403, 404].includes(error.status);
    if (isRefused) return false;
    throw error;
  }
}
