import { container } from '@sapphire/framework';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/lib/logging/logger.ts';
import { MovableClock } from '../src/lib/time/clock.ts';
import { startAlphapy } from '../src/start.ts';
import type { FromBot, ToBot } from './bot-child.ts';

/**
 * The bot as a child of the sandbox: the same start as in production, but with a clock that the sandbox moves over the
 * channel between the two processes.
 */
function tell(message: FromBot): void {
  process.send?.(message);
}

async function nextDue(after: Date, until: Date): Promise<string | null> {
  const { db } = container;
  const rows = await Promise.all([
    db
      .selectFrom('reminder_occurrences')
      .select((eb) => eb.fn.min('next_attempt_at').as('at'))
      .where('state', '=', 'pending')
      .where('next_attempt_at', '>', after)
      .where('next_attempt_at', '<=', until)
      .executeTakeFirst(),
    db
      .selectFrom('erasures')
      .select((eb) => eb.fn.min('due_at').as('at'))
      .where('done_at', 'is', null)
      .where('due_at', '>', after)
      .where('due_at', '<=', until)
      .executeTakeFirst(),
    db
      .selectFrom('support_tickets')
      .select((eb) => eb.fn.min('sync_due_at').as('at'))
      .where('sync_due_at', '>', after)
      .where('sync_due_at', '<=', until)
      .executeTakeFirst(),
    db
      .selectFrom('support_tickets')
      .select((eb) => eb.fn.min('idle_due_at').as('at'))
      .where('idle_due_at', '>', after)
      .where('idle_due_at', '<=', until)
      .executeTakeFirst(),
    db
      .selectFrom('ticket_duties')
      .select((eb) => eb.fn.min('due_at').as('at'))
      .where('due_at', '>', after)
      .where('due_at', '<=', until)
      .executeTakeFirst(),
    db
      .selectFrom('onboarding_duties')
      .select((eb) => eb.fn.min('due_at').as('at'))
      .where('due_at', '>', after)
      .where('due_at', '<=', until)
      .executeTakeFirst(),
    db
      .selectFrom('ai_questions')
      .select((eb) => eb.fn.min('due_at').as('at'))
      .where('state', 'in', ['asking', 'ended'])
      .where('due_at', '>', after)
      .where('due_at', '<=', until)
      .executeTakeFirst(),
  ]);
  const instants = rows.flatMap((row) => row?.at?.toISOString() ?? []);
  return instants.sort()[0] ?? null;
}

const log = createLog('info');
const config = readConfig(process.env);

process.once('message', (first: ToBot) => {
  if (first.kind !== 'start') throw new TypeError('the first message must say what time it is');
  const clock = new MovableClock(new Date(first.now));
  startAlphapy({ config, clock, log }).then(
    (bot) => {
      process.on('message', (message: ToBot) => {
        if (message.kind === 'move') {
          // It has run on a little since the sandbox looked at its own.
          clock.moveTo(new Date(Math.max(Date.parse(message.to), clock.now().getTime())));
          void bot.tasks.runAll().then(() => tell({ kind: 'moved' }));
        } else if (message.kind === 'next') {
          void nextDue(clock.now(), new Date(message.until)).then((at) => tell({ kind: 'due', at }));
        }
      });
      const stop = (): void => {
        void bot.stop().then(() => process.exit(0));
      };
      process.once('SIGTERM', stop);
      // The sandbox is gone, and with it this bot's Discord.
      process.once('disconnect', stop);
      // Ctrl+C reaches the whole group; the sandbox decides when this process ends.
      process.on('SIGINT', () => undefined);
      tell({ kind: 'ready', port: bot.http?.port ?? null });
    },
    (error: unknown) => {
      log.fatal({ err: error }, 'the start failed');
      tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
      process.exit(1);
    },
  );
});
