import type { Client, Message } from 'discord.js';
import type { Database } from '#lib/database/database';
import { translator } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Log } from '#lib/logging/logger';
import { effectiveValue, type Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import type { Outcome } from './follower.ts';
import { takeUnasked, writeQuestion, type AnnouncementRow } from './queries.ts';
import type { Announced, Announcement } from './reminder.ts';
import {
  changedEntry,
  createdButtons,
  createdEntry,
  overEntry,
  questionMessage,
  repeatedEntry,
  silentEntry,
  type Spot,
} from './views.ts';

export interface TellDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly logChannel: LogChannel;
  readonly clock: Clock;
  readonly log: Log;
}

/** A post, and who wrote it; null for what no person wrote. */
export type Authored = Spot & { readonly authorId: string | null };

/** Tells what a post came to: the log channel, and whoever must be asked. Never throws; what was decided stands. */
export async function tellOutcome(deps: TellDeps, outcome: Outcome, post: Authored): Promise<void> {
  const { logChannel, settings, clock } = deps;
  const { guildId } = post;
  const overrides = await settings.overrides(guildId);
  const zone = effectiveValue(overrides, 'system.timezone');
  const locale = effectiveValue(overrides, 'system.language');
  switch (outcome.kind) {
    case 'created':
      await logChannel.post(
        guildId,
        'success',
        createdEntry(outcome.reminder, outcome.reading, post, zone, locale, clock.now()),
        { components: (t) => [createdButtons(t, post)] },
      );
      return;
    case 'repeated':
      await logChannel.post(guildId, 'info', repeatedEntry(outcome.reminder, post));
      return;
    case 'asked':
      await ask(deps, outcome.announcement, outcome.reading, post);
      return;
    case 'silent': {
      if (!outcome.isNews && outcome.assistant === undefined) return;
      const failures = effectiveValue(overrides, 'embedwatcher.failed_parse_log_channel_id');
      // What is no announcement at all is routine.
      const level =
        outcome.reading.reason === 'no-moment' || outcome.reading.reason === 'empty' ? 'debug' : 'info';
      await logChannel.post(guildId, level, silentEntry(outcome, post), {
        ...(failures !== null && { inChannel: failures }),
      });
      return;
    }
    case 'changed':
      await logChannel.post(guildId, 'info', changedEntry(outcome.before, outcome.reminder, post, locale));
      return;
    case 'over':
      await logChannel.post(guildId, 'info', overEntry(outcome.reminder, outcome.why));
      return;
    case 'withdrawn':
      await withdraw(deps, outcome.question);
      return;
    case 'unchanged':
      return;
  }
}

/** Asks the author by direct message, else in the log channel; never where the announcement stands. */
async function ask(
  { client, db, settings, clock, log }: TellDeps,
  announcement: Announcement,
  reading: Pick<Announced, 'evidence'> | null,
  post: Authored,
): Promise<void> {
  const { guildId, messageId, authorId } = post;
  const overrides = await settings.overrides(guildId);
  const locale = effectiveValue(overrides, 'system.language');
  const question = {
    ...questionMessage(translator(locale), locale, announcement, reading, post, clock.now()),
    allowedMentions: { parse: [] },
    // Asked again after a crash it is the same question.
    nonce: messageId,
    enforceNonce: true,
  };
  const askAuthor = async (): Promise<Message | null> => {
    if (authorId === null) return null;
    try {
      return await client.users.send(authorId, question);
    } catch (error) {
      log.info({ err: error, guildId }, 'announcement: its author cannot be asked by direct message');
      return null;
    }
  };
  try {
    const channelId = effectiveValue(overrides, 'system.log_channel_id');
    const channel = client.guilds.cache.get(guildId)?.channels.cache.get(channelId ?? '');
    const asked =
      (await askAuthor()) ?? (channel?.isSendable() === true ? await channel.send(question) : null);
    if (asked === null)
      log.info({ guildId, messageId }, 'announcement: there is nobody to ask; set a log channel');
    // Without anybody to ask as if asked, so that it is not tried for ever.
    await writeQuestion(db, guildId, messageId, {
      channelId: asked?.channelId ?? guildId,
      messageId: asked?.id ?? messageId,
    });
  } catch (error) {
    log.warn({ err: error, guildId, messageId }, 'announcement: the question could not be asked');
  }
}

/** Whoever asks takes less than this. */
const ASKED_WITHIN_MS = 60_000;

/** Asks what was to be asked by a process that died over it. */
export async function askUnasked(deps: TellDeps): Promise<void> {
  const now = deps.clock.now();
  const rows = await takeUnasked(deps.db, new Date(now.getTime() - ASKED_WITHIN_MS), now);
  for (const { guildId, messageId, channelId, authorId, announcement } of rows) {
    if (announcement === null) continue;
    await ask(deps, announcement, null, { guildId, channelId, messageId, authorId });
  }
}

async function withdraw({ client, log }: TellDeps, question: AnnouncementRow['question']): Promise<void> {
  if (question === null) return;
  try {
    const channel = await client.channels.fetch(question.channelId);
    if (channel?.isTextBased() === true) await channel.messages.delete(question.messageId);
  } catch (error) {
    log.info({ err: error }, 'announcement: a question could not be withdrawn');
  }
}
