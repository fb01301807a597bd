import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { effectiveValue } from '#lib/settings/settings';
import { followDeleted, followPosted } from './follow.ts';
import type { FollowContext } from './follower.ts';
import { postedOf } from './message.ts';
import { newestRead, readChannel } from './queries.ts';
import { isForAssistant, lookAgain, type SecondLookDeps } from './second-look.ts';
import { tellOutcome, type TellDeps } from './tell.ts';
import { translator } from '#lib/i18n/translate';

export interface WatchDeps extends TellDeps, SecondLookDeps {
  /** The host's yes to @everyone. */
  readonly enableEveryoneMentions: boolean;
}

/** Follows a message that was posted or edited, if it is one of the guild's announcements. */
export async function watchMessage(deps: WatchDeps, message: Message): Promise<void> {
  await (
    await readMessage(deps, message)
  )?.();
}

/** @returns the second look at it, for where it needs one; it may take as long as the assistant does. */
async function readMessage(deps: WatchDeps, message: Message): Promise<(() => Promise<void>) | undefined> {
  if (!message.inGuild()) return;
  const overrides = await deps.settings.overrides(message.guildId);
  if (message.channelId !== effectiveValue(overrides, 'embedwatcher.announcements_channel_id')) return;
  // Its own messages would announce themselves again.
  if (message.author.id === deps.client.user?.id || message.system) return;
  const isOtherBot = message.author.bot && message.webhookId === null;
  if (isOtherBot && !effectiveValue(overrides, 'embedwatcher.process_bot_messages')) return;
  const posted = postedOf(message, effectiveValue(overrides, 'embedwatcher.non_embed_enabled'));
  const context = contextOf(deps, effectiveValue(overrides, 'system.language'));
  const outcome = await deps.inOrder.run(message.guildId, () =>
    whenSettled(() => followPosted(deps.db, posted, context)),
  );
  const authorId = message.author.bot ? null : message.author.id;
  const post = { ...posted, authorId };
  const silent = outcome.kind === 'withdrawn' ? outcome.silent : outcome.kind === 'silent' ? outcome : null;
  const isForSecondLook = silent !== null && isForAssistant(deps, overrides, posted, silent);
  if (outcome.kind !== 'silent' || !isForSecondLook) await tellOutcome(deps, outcome, post);
  if (!isForSecondLook) return;
  return async () => {
    await tellOutcome(deps, await lookAgain(deps, overrides, posted, silent, context), post);
  };
}

/** Follows a message that was deleted, wherever it was. */
export async function watchDeleted(
  deps: WatchDeps,
  gone: { readonly guildId: string | null; readonly channelId: string; readonly messageId: string },
): Promise<void> {
  const { guildId, channelId, messageId } = gone;
  if (guildId === null) return;
  const outcome = await deps.inOrder.run(guildId, () => followDeleted(deps.db, guildId, messageId));
  await tellOutcome(deps, outcome, { guildId, channelId, messageId, authorId: null });
}

/** A message on its way is settled within a second, or within a minute by another process. */
const SETTLED_AFTER_MS = 1_000;
const SETTLED_TRIES = 75;

/** Tries again while a message of the reminder is on its way; who dies over it catches up at the next start. */
async function whenSettled<Result>(follow: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await follow();
    } catch (error) {
      const isBusy = error instanceof UserError && error.sentence === 'reminders:edit.busy';
      if (!isBusy || tries === SETTLED_TRIES) throw error;
      await sleep(SETTLED_AFTER_MS);
    }
  }
}

/** As many messages as one request to Discord gives. */
const CAUGHT_UP_MESSAGES = 100;

/**
 * Catches up with what happened in a guild's announcements channel while the bot was away: new posts, edited ones, deleted ones, among the
 * newest hundred. A channel that was never read is not read backwards.
 */
export async function catchUp(deps: WatchDeps, guildId: string): Promise<void> {
  const { client, db, settings, log } = deps;
  const channelId = await settings.get(guildId, 'embedwatcher.announcements_channel_id');
  const channel = channelId === null ? undefined : client.channels.cache.get(channelId);
  if (channelId === null || channel?.isTextBased() !== true) return;
  const newest = await newestRead(db, guildId, channelId);
  if (newest === undefined) return;
  try {
    const messages = await channel.messages.fetch({ limit: CAUGHT_UP_MESSAGES, cache: false });
    const ordered = [...messages.values()].toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    // Fewer than asked for are all there are.
    const oldest = ordered.length < CAUGHT_UP_MESSAGES ? '0' : (ordered[0]?.id ?? newest);
    const known = new Map(
      (await readChannel(db, guildId, channelId, oldest)).map((row) => [row.messageId, row]),
    );
    const secondLooks: (() => Promise<void>)[] = [];
    for (const message of ordered) {
      if (!known.has(message.id) && BigInt(message.id) <= BigInt(newest)) continue;
      const secondLook = await readMessage(deps, message);
      if (secondLook !== undefined) secondLooks.push(secondLook);
    }
    for (const messageId of known.keys())
      if (!messages.has(messageId)) await watchDeleted(deps, { guildId, channelId, messageId });
    for (const secondLook of secondLooks) await secondLook();
  } catch (error) {
    log.warn({ err: error, guildId }, 'announcements: what was missed could not be read');
  }
}

/** What follows a post needs beside it. */
export function contextOf(
  { clock, enableEveryoneMentions }: WatchDeps,
  language: Parameters<typeof translator>[0],
): FollowContext {
  return {
    now: clock.now(),
    enableEveryoneMentions,
    fallbackName: translator(language)('announcements:fallbackName'),
  };
}
