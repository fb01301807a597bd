import { ask, type AskDeps } from '#lib/assistant/ask';
import type { Database } from '#lib/database/database';
import type { Limiter } from '#lib/limits/limiter';
import { holdSettings } from '#lib/settings/queries';
import { effectiveValue, type Overrides } from '#lib/settings/settings';
import type { FollowContext, Outcome, Silent } from './follower.ts';
import type { InOrder } from '#lib/limits/in-order';
import type { Posted } from './message.ts';
import { readPointed, saidIn, type Pointed } from './pointed.ts';
import { isRead, lockAnnouncement, writeAnnouncement } from './queries.ts';
import { isUnsure } from './read.ts';
import { announcementOf } from './reminder.ts';

export interface SecondLookDeps {
  readonly db: Database;
  readonly inOrder: InOrder;
  readonly limiter: Limiter;
  readonly assistant: AskDeps;
}

const LIMIT = { max: 20, perMs: 3_600_000 };

/** Whether the assistant is to be asked about a post; a turn of the server is taken then. */
export function isForAssistant(
  deps: SecondLookDeps,
  overrides: Overrides,
  posted: Posted,
  silent: Silent,
): boolean {
  return (
    deps.assistant.provider !== null &&
    effectiveValue(overrides, 'gpt.enabled') &&
    effectiveValue(overrides, 'embedwatcher.ai_fallback') &&
    isUnsure(silent.reading.reason) &&
    deps.limiter.take('announcement-words', posted.guildId, posted.guildId, LIMIT) === 0
  );
}

/**
 * Lets the assistant point at the words of a post that announces nothing to our reader. At best the author is asked; whatever goes wrong is the
 * same as without it. Never holds up the other posts of the server.
 */
export async function lookAgain(
  { db, inOrder, assistant }: SecondLookDeps,
  overrides: Overrides,
  posted: Posted,
  silent: Silent,
  context: FollowContext,
): Promise<Outcome> {
  const quotes = [{ from: 'post', text: saidIn(silent.part) }];
  const asked = await ask(assistant, {
    guildId: posted.guildId,
    userId: null,
    profile: 'announcement-words',
    locale: effectiveValue(overrides, 'system.language'),
    quotes,
  });
  if (asked.outcome !== 'answer') return { ...silent, assistant: 'failed' };
  const zone = effectiveValue(overrides, 'system.timezone');
  const pointed = readPointed(asked.text, silent.part, { now: posted.postedAt, zone });
  if (pointed.kind !== 'announced') return { ...silent, assistant: pointed.kind };
  if (pointed.reading.kind === 'one-off' && pointed.reading.eventAt <= context.now)
    return { ...silent, assistant: 'unfounded' };
  return inOrder.run(posted.guildId, () => followPointed(db, posted, silent, pointed.reading, context));
}

/** Has the author asked, if the post is still the one that was read. */
async function followPointed(
  db: Database,
  posted: Posted,
  silent: Silent,
  reading: Extract<Pointed, { kind: 'announced' }>['reading'],
  context: FollowContext,
): Promise<Outcome> {
  const { guildId, messageId, mentionsEveryone } = posted;
  return db.transaction().execute(async (trx) => {
    const overrides = await holdSettings(trx, guildId);
    const row = await lockAnnouncement(trx, guildId, messageId);
    const isSame =
      row?.state === 'silent' &&
      row.reason === silent.reading.reason &&
      isRead(row, posted) &&
      isRead(posted, row);
    if (!isSame || !effectiveValue(overrides, 'reminders.enabled')) return { kind: 'unchanged' };
    const announcement = announcementOf(reading, silent.part, context.fallbackName);
    await writeAnnouncement(trx, guildId, messageId, {
      state: 'asked',
      reason: null,
      announcement: { ...announcement, mentionsEveryone },
      readAt: context.now,
    });
    return { kind: 'asked', announcement, reading };
  });
}
