/** One bot of a run, in a process of its own: the same start as in production, watched from outside. */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { container } from '@sapphire/framework';
import { DefaultRestOptions, Options } from 'discord.js';
import { createLog } from '../../src/lib/logging/logger.ts';
import { startAlphapy, type RunningBot } from '../../src/start.ts';
import { FileClock } from './file-clock.ts';
import type { Dues, FromBot, MadeReminder, Numbered, OccurrenceRow, ToBot } from './protocol.ts';
import { arm, watchSteps } from './step-points.ts';

/**
 * In place of discord.js's 15 seconds: a run has weeks of virtual time, but little of real time. Still enough for a busy
 * machine to answer what is not meant to hang.
 */
const REQUEST_TIMEOUT_MS = 1_000;
/** In place of discord.js's 15 seconds: how long a start waits for a guild that is away. */
const WAIT_FOR_GUILDS_MS = 300;
const IDLE_POLL_MS = 5;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Answers with what comes of the work, or why nothing does. */
function answer(number: number, work: Promise<FromBot>): void {
  const tell = (message: FromBot): void => void process.send?.({ ...message, number });
  work.then(tell, (error: unknown) => tell({ kind: 'failed', reason: reasonOf(error) }));
}

const struckFile = process.argv[2] ?? '';

async function dues(): Promise<Dues> {
  const now = container.clock.now();
  const rows = await container.db
    .selectFrom('reminder_occurrences')
    .select(['state', 'next_attempt_at', 'leased_until'])
    .where('state', 'in', ['pending', 'sending'])
    .execute();
  const moments = rows.map((row) =>
    row.state === 'sending' && row.leased_until !== null ? row.leased_until : row.next_attempt_at,
  );
  const ahead = moments.filter((moment) => moment > now).map((moment) => moment.getTime());
  return {
    overdue: moments.length - ahead.length,
    next: ahead.length === 0 ? null : new Date(Math.min(...ahead)).toISOString(),
  };
}

async function allRows(): Promise<OccurrenceRow[]> {
  const rows = await container.db.selectFrom('reminder_occurrences').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    reminder: row.reminder_id,
    kind: row.kind,
    due: row.due_at.toISOString(),
    event: row.event_at.toISOString(),
    state: row.state,
    messageId: row.message_id,
    error: row.last_error,
    settledAt: row.settled_at?.toISOString() ?? null,
  }));
}

async function allReminders(): Promise<MadeReminder[]> {
  const rows = await container.db.selectFrom('reminders').selectAll().orderBy('id').execute();
  return rows.map(({ id, source, origin_message_id, event_time, call_time, days, rrule }) => ({
    id,
    source,
    originMessageId: origin_message_id,
    eventTime: event_time?.toISOString() ?? null,
    definition: JSON.stringify([event_time, call_time, days, rrule]),
  }));
}

/** A sweep leaves behind what takes longer; here time may only be moved on when it is done. */
async function sweepUntilIdle(bot: RunningBot): Promise<void> {
  await bot.tasks.runAll();
  while (container.delivery.inFlight > 0) await sleep(IDLE_POLL_MS);
}

function handle(bot: RunningBot, message: Numbered<ToBot>): void {
  const { kind, number } = message;
  if (kind === 'arm') arm(message.trap);
  else if (kind === 'sweep')
    answer(
      number,
      sweepUntilIdle(bot).then(() => ({ kind: 'swept' })),
    );
  else if (kind === 'look')
    answer(
      number,
      dues().then((found) => ({ kind: 'dues', ...found })),
    );
  else if (kind === 'rows')
    answer(
      number,
      allRows().then((rows) => ({ kind: 'rows', rows })),
    );
  else if (kind === 'reminders')
    answer(
      number,
      allReminders().then((reminders) => ({ kind: 'reminders', reminders })),
    );
}

async function start({ config, clockFile }: Extract<ToBot, { kind: 'start' }>): Promise<FromBot> {
  const log = createLog('info');
  try {
    const bot = await startAlphapy({ config, clock: new FileClock(clockFile), log });
    process.on('message', (message: Numbered<ToBot>) => handle(bot, message));
    process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
    return { kind: 'ready' };
  } catch (error) {
    log.fatal({ err: error }, 'the start failed');
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

Object.assign(DefaultRestOptions, { timeout: REQUEST_TIMEOUT_MS });
const defaults = Options.createDefault();
Options.createDefault = () => ({ ...defaults, waitGuildTimeout: WAIT_FOR_GUILDS_MS });
// Over a file, for nothing sent over the channel is certain to leave a process that is killed with its next instruction.
watchSteps((step) => appendFileSync(struckFile, `${step}\n`));

process.on('disconnect', () => process.exit(0));
process.once('message', (first: Numbered<ToBot>) => {
  if (first.kind !== 'start') throw new TypeError('the first message must start the bot');
  answer(first.number, start(first));
});
