import { DiscordAPIError, RESTJSONErrorCodes, SnowflakeUtil, type GuildTextBasedChannel } from 'discord.js';
import type { Doomed } from './clean-collect.ts';

/** Discord deletes older messages only one by one, and slowly. */
const BULK_AGE_MAX_MS = 14 * 24 * 60 * 60_000;
/** Clocks differ, and time passes while the newer ones are deleted. */
const BULK_MARGIN_MS = 60 * 60_000;
const BULK_MAX = 100;
/** Of those that go one by one, in one go: it stays within the time in which Discord lets an answer be changed. */
const SINGLE_MAX = 200;
const SINGLE_TIME_MAX_MS = 8 * 60_000;
const PROGRESS_EVERY = 20;

/** How a deletion ended. */
export interface Deleted {
  readonly messages: readonly Doomed[];
  /** What was to go and did not; those that somebody else deleted meanwhile are not among them. */
  readonly left: number;
  /** Why some are left: Discord refused, or there are more old ones than go at once; null where none are. */
  readonly why: 'refused' | 'bound' | null;
}

/** Whether a message is too old for Discord to delete it together with others. */
export function isOld({ id }: Doomed, now: Date): boolean {
  return SnowflakeUtil.timestampFrom(id) < now.getTime() - BULK_AGE_MAX_MS + BULK_MARGIN_MS;
}

/**
 * Deletes messages of a channel, the newest first, and stops at the first thing that Discord refuses. Never throws.
 * @param onProgress told now and then how many are gone.
 * @param onRefusal told what Discord answered.
 */
export async function deleteAll(
  channel: GuildTextBasedChannel,
  doomed: readonly Doomed[],
  now: Date,
  { onProgress, onRefusal }: { onProgress(count: number): Promise<void>; onRefusal(error: unknown): void },
): Promise<Deleted> {
  const young = doomed.filter((one) => !isOld(one, now));
  const old = doomed.filter((one) => isOld(one, now));
  const messages: Doomed[] = [];
  let gone = 0;
  try {
    for (let start = 0; start < young.length; start += BULK_MAX) {
      const part = young.slice(start, start + BULK_MAX);
      await channel.bulkDelete(
        part.map(({ id }) => id),
        false,
      );
      messages.push(...part);
      if (start + BULK_MAX < doomed.length) await onProgress(messages.length);
    }
    const until = performance.now() + SINGLE_TIME_MAX_MS;
    for (const one of old.slice(0, SINGLE_MAX)) {
      if (performance.now() > until) break;
      if (await deleteOne(channel, one)) messages.push(one);
      else gone += 1;
      if (messages.length % PROGRESS_EVERY === 0) await onProgress(messages.length);
    }
  } catch (error) {
    onRefusal(error);
    return { messages, left: doomed.length - messages.length - gone, why: 'refused' };
  }
  const left = doomed.length - messages.length - gone;
  return { messages, left, why: left > 0 ? 'bound' : null };
}

/** @returns false when it was gone already. */
async function deleteOne(channel: GuildTextBasedChannel, { id }: Doomed): Promise<boolean> {
  try {
    await channel.messages.delete(id);
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage) return false;
    throw error;
  }
}
