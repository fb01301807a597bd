import { DiscordAPIError, type Client } from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { onlyWhile } from '#lib/discord/only-while';
import { sendOnce, type Attempt } from '#lib/discord/send-once';
import { translator } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import { backoffMs } from './backoff.ts';
import type { ClaimedOccurrence } from './claims.ts';
import { failedLogEntry, failedNotice } from './failed-views.ts';
import { REMINDER_COLUMNS, toReminder } from './queries.ts';
import { readParkReason, type ParkReason } from './send-result.ts';
import { NOTICE_LEASE_MS, TOO_LATE } from './settlement.ts';
import { missedLogEntry } from './views.ts';

/** Why a message that was due was not sent: somebody must mend something, or it came too late. */
export type Notice = { readonly kind: 'parked'; readonly reason: ParkReason } | { readonly kind: 'missed' };

/** What a notice is about; `attempts` says which of the times it was set aside. */
type About = Pick<ClaimedOccurrence, 'id' | 'attempts' | 'nonce' | 'dueAt' | 'reminder'>;

export interface NoticeAttempt extends Attempt {
  /** Whether it is still this process's to tell; asked just before each request. */
  readonly isMine: () => boolean;
}

export interface NoticeDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly logChannel: LogChannel;
  readonly clock: Clock;
  readonly log: Log;
  /** Awaited before each request. */
  readonly turn: () => Promise<void>;
}

/** What could not be told for so long is given up; `/reminder_failed` shows it all the same. */
const NOTICE_MAX_AGE_MS = 24 * 60 * 60_000;
const NOTICES_AT_ONCE = 10;
/** Of Discord's nonces, at most: which of the times it was set aside, and as much of the message's own as has room. */
const NONCE_LENGTH = 25;

/**
 * Tells the guild's log channel of a message that was not sent or, when it has none and somebody must mend something, whoever made the
 * reminder, in a direct message in the guild's language. Never throws; what could not be told now is tried again by {@link tellOwedNotices},
 * and who cannot be told finds it with `/reminder_failed`.
 */
export async function tellNotice(
  deps: NoticeDeps,
  about: About,
  notice: Notice,
  attempt: NoticeAttempt,
): Promise<void> {
  const { client, db, clock, log } = deps;
  const { guildId, id: reminder } = about.reminder;
  try {
    const isOver = await onlyWhile(client, { holds: attempt.isMine }, () =>
      isTold(deps, about, notice, attempt),
    ).catch((error: unknown) => {
      log.warn({ err: error, guildId, reminder }, 'reminder: could not tell that it was not sent');
      return false;
    });
    const now = clock.now().getTime();
    const isGivenUp = !isOver && now - attempt.since.getTime() > NOTICE_MAX_AGE_MS;
    if (isGivenUp) log.warn({ guildId, reminder }, 'reminder: nobody could be told that it was not sent');
    if (isOver || isGivenUp) await endNotice(db, about);
    else await postponeNotice(db, about, attempt, new Date(now + backoffMs(attempt.attempts)));
  } catch (error) {
    // Its time comes again by itself.
    log.error({ err: error, guildId, reminder }, 'reminder: a notice could not be settled');
  }
}

/** Tells what a process that died, or that Discord did not answer, has left untold. */
export async function tellOwedNotices(deps: NoticeDeps): Promise<void> {
  const begun = deps.clock.now();
  for (;;) {
    const owed = await claimNotices(deps, begun);
    await Promise.all(
      owed.map(({ about, notice, attempt }) =>
        notice === null ? endNotice(deps.db, about) : tellNotice(deps, about, notice, attempt),
      ),
    );
    if (owed.length < NOTICES_AT_ONCE) return;
  }
}

/**
 * Keeps others from telling what this process is about to tell.
 * @returns the ids of what it is to tell.
 */
export async function renewNotices(
  db: Database,
  claims: readonly Pick<ClaimedOccurrence, 'id' | 'attempts'>[],
  until: Date,
): Promise<Set<string>> {
  const rows = await db
    .updateTable('reminder_occurrences')
    .set({ notice_due_at: until })
    .where('notice_due_at', 'is not', null)
    .where((eb) => eb.or(claims.map(({ id, attempts }) => eb.and({ id, attempts }))))
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** @returns false when it is to be tried again. @throws what Discord answers but refusals. */
async function isTold(deps: NoticeDeps, about: About, notice: Notice, attempt: Attempt): Promise<boolean> {
  const { client, logChannel, turn } = deps;
  const { guildId } = about.reminder;
  const guild = client.guilds.cache.get(guildId);
  if (guild?.available === false) return false;
  const nonce = `${about.attempts}:${about.nonce}`.slice(0, NONCE_LENGTH);
  const posted =
    notice.kind === 'missed'
      ? await logChannel.deliver(guildId, 'warning', missedLogEntry(about), { turn, nonce, attempt })
      : await logChannel.deliver(guildId, 'error', failedLogEntry(about, notice.reason), {
          turn,
          nonce,
          attempt,
        });
  if (posted !== 'nowhere') return posted === 'posted';
  // Nobody there could mend it, and Discord lets the bot write only to people it shares a server with.
  if (notice.kind === 'missed' || guild === undefined) return true;
  return isMakerTold(deps, about, notice.reason, guild.name, nonce, attempt);
}

async function isMakerTold(
  { client, db, settings, clock, log, turn }: NoticeDeps,
  about: About,
  reason: ParkReason,
  guildName: string,
  nonce: string,
  attempt: Attempt,
): Promise<boolean> {
  const { guildId, createdBy, id: reminder } = about.reminder;
  if (createdBy === FORMER_MEMBER) return true;
  try {
    const t = translator(await settings.get(guildId, 'system.language'));
    await turn();
    const message = failedNotice(t, about, reason, guildName, clock.now());
    const channel = await client.users.createDM(createdBy);
    await sendOnce(db, channel, { ...message, allowedMentions: { parse: [] }, nonce }, attempt);
    return true;
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.status >= 500) throw error;
    log.warn({ err: error, guildId, reminder }, 'reminder: its maker cannot be told');
    return true;
  }
}

interface OwedNotice {
  readonly about: About;
  /** Null when there is nothing to tell any more. */
  readonly notice: Notice | null;
  readonly attempt: NoticeAttempt;
}

async function claimNotices({ db, clock }: NoticeDeps, dueBy: Date): Promise<OwedNotice[]> {
  const leasedUntil = new Date(clock.now().getTime() + NOTICE_LEASE_MS);
  const isMine = (): boolean => clock.now() < leasedUntil;
  const rows = await db
    .with('owed', (cte) =>
      cte
        .selectFrom('reminder_occurrences as occurrence')
        .select('occurrence.id')
        .where('occurrence.notice_due_at', '<=', dueBy)
        .orderBy('occurrence.notice_due_at')
        .limit(NOTICES_AT_ONCE)
        .forUpdate('occurrence')
        .skipLocked(),
    )
    .updateTable('reminder_occurrences as occurrence')
    .from(['owed', 'reminders'])
    .whereRef('occurrence.id', '=', 'owed.id')
    .whereRef('reminders.id', '=', 'occurrence.reminder_id')
    .set((eb) => ({
      notice_due_at: leasedUntil,
      notice_attempts: eb('occurrence.notice_attempts', '+', 1),
    }))
    .returning([
      'occurrence.id as occurrence_id',
      'occurrence.attempts',
      'occurrence.nonce',
      'occurrence.due_at',
      'occurrence.state',
      'occurrence.last_error',
      'occurrence.settled_at',
      'occurrence.notice_attempts',
      ...REMINDER_COLUMNS,
    ])
    .execute();
  return rows
    .toSorted((one, other) => Number(one.occurrence_id) - Number(other.occurrence_id))
    .map((row) => ({
      about: {
        id: row.occurrence_id,
        attempts: row.attempts,
        nonce: row.nonce,
        dueAt: row.due_at,
        reminder: toReminder(row),
      },
      notice: noticeOf(row),
      attempt: { attempts: row.notice_attempts, since: row.settled_at ?? row.due_at, isMine },
    }));
}

/** What was mended, retried, dropped or replaced meanwhile is nothing to tell. */
function noticeOf(row: { readonly state: string; readonly last_error: string | null }): Notice | null {
  if (row.state === 'parked') return { kind: 'parked', reason: readParkReason(row.last_error) };
  return row.state === 'missed' && row.last_error === TOO_LATE ? { kind: 'missed' } : null;
}

async function endNotice(db: Database, { id, attempts }: About): Promise<void> {
  await db
    .updateTable('reminder_occurrences')
    .set({ notice_due_at: null })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
}

/** Unless somebody else has begun to tell it meanwhile. */
async function postponeNotice(
  db: Database,
  { id, attempts }: About,
  attempt: Attempt,
  dueAt: Date,
): Promise<void> {
  await db
    .updateTable('reminder_occurrences')
    .set({ notice_due_at: dueAt })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where('notice_attempts', '=', attempt.attempts)
    .where('notice_due_at', 'is not', null)
    .execute();
}
