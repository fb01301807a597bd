import { promisesOf, type Promised } from './expectations.ts';
import type { History, Hindrance, SeenDelivery } from './history.ts';
import type { OccurrenceRow } from './protocol.ts';

export interface Verdict {
  /** Empty for a clean run. */
  readonly problems: readonly string[];
  readonly promised: number;
  readonly delivered: number;
  /** Of the delivered. */
  readonly late: number;
  readonly parked: number;
  readonly missed: number;
  /** Of a recurring reminder, in place of which a newer one went out. */
  readonly skipped: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** `reminders.max_lateness_hours`, its default. */
const MAX_LATENESS_MS = 24 * HOUR_MS;
/** The run's clock goes on while things happen. */
const SLACK_MS = MINUTE_MS;
/** After a trouble is over, a message may wait for a lease (a minute) and for a retry (a quarter of an hour). */
const LINGER_MS = 17 * MINUTE_MS;
/** Nobody notices this, and it needs no reason. */
const ON_TIME_MS = 5_000;

/** Compares what the channels hold with what the definitions promise. It knows nothing of how the bot works but its rules. */
export function check(history: History): Verdict {
  const checked = new Checker(history);
  return checked.verdict();
}

class Checker {
  readonly #history: History;
  readonly #problems: string[] = [];
  readonly #rows = new Map<string, OccurrenceRow>();
  readonly #deliveries = new Map<string, SeenDelivery[]>();
  readonly #promised: readonly Promised[];

  constructor(history: History) {
    const { plan, reminders, endedAt } = history;
    this.#history = history;
    this.#promised = reminders.flatMap((reminder) => promisesOf(reminder, plan, endedAt));
    for (const row of history.rows) {
      const key = keyOf(row.reminder, row.due);
      if (this.#rows.has(key)) this.#problems.push(`${key}: two rows for one message`);
      this.#rows.set(key, row);
    }
    for (const delivery of history.deliveries) {
      const key = keyOf(delivery.reminder, delivery.due);
      this.#deliveries.set(key, [...(this.#deliveries.get(key) ?? []), delivery]);
    }
  }

  verdict(): Verdict {
    const { plan, endedAt } = this.#history;
    const keys = new Map(this.#promised.map((one) => [keyOf(one.reminder, one.due), one]));
    for (const [key, deliveries] of this.#deliveries) this.#checkDeliveries(key, deliveries, keys.get(key));
    for (const [key, row] of this.#rows)
      if (!keys.has(key) && new Date(row.due) <= endedAt)
        this.#problems.push(`${key}: a row nobody asked for`);
    const counts = { delivered: 0, late: 0, parked: 0, missed: 0, skipped: 0 };
    const settled = this.#promised.filter(({ due }) => due <= plan.end);
    for (const one of settled) {
      const fate = this.#fateOf(one);
      if (fate === 'late') counts.delivered += 1;
      if (fate !== null) counts[fate] += 1;
    }
    return { problems: this.#problems, promised: settled.length, ...counts };
  }

  #checkDeliveries(key: string, deliveries: readonly SeenDelivery[], promised: Promised | undefined): void {
    const [first] = deliveries;
    if (promised === undefined || first === undefined) {
      this.#problems.push(`${key}: a message nobody asked for`);
      return;
    }
    if (deliveries.length > 1)
      this.#problems.push(
        `${key}: sent ${deliveries.length} times, at ${deliveries.map(({ at }) => at.toISOString()).join(' and ')}`,
      );
    if (first.channelId !== promised.channelId) this.#problems.push(`${key}: sent to another channel`);
    if (first.at < promised.due) this.#problems.push(`${key}: sent too early`);
    const lateMs = first.at.getTime() - promised.due.getTime();
    if (lateMs > MAX_LATENESS_MS + SLACK_MS) this.#problems.push(`${key}: sent although it was too late`);
    if (lateMs > ON_TIME_MS && !this.#wasHindered(promised, promised.due, first.at))
      this.#problems.push(`${key}: late by ${Math.round(lateMs / 1000)} s without a reason`);
  }

  /** What became of a message; null when that was wrong. */
  #fateOf(promised: Promised): 'delivered' | 'late' | 'parked' | 'missed' | 'skipped' | null {
    const key = keyOf(promised.reminder, promised.due);
    const row = this.#rows.get(key);
    const deliveries = this.#deliveries.get(key) ?? [];
    const [delivery] = deliveries;
    const wrong = (problem: string): null => {
      this.#problems.push(`${key}: ${problem}`);
      return null;
    };
    if (row === undefined) {
      if (delivery !== undefined) return wrong('delivered without a row');
      return this.#wasSkipped(promised) ? 'skipped' : wrong('lost: neither delivered nor accounted for');
    }
    if (row.kind !== promised.kind || Date.parse(row.event) !== promised.event.getTime())
      return wrong('its row tells of another event');
    const settledAt = row.settledAt === null ? null : new Date(row.settledAt);
    if (row.state === 'pending' || row.state === 'sending' || settledAt === null)
      return wrong(`still ${row.state} at the end`);
    if (row.state === 'sent') {
      if (delivery === undefined) return wrong('lost: recorded as sent');
      if (!deliveries.some(({ messageId }) => messageId === row.messageId))
        return wrong('recorded under another message');
      return delivery.at.getTime() - promised.due.getTime() > ON_TIME_MS ? 'late' : 'delivered';
    }
    if (delivery !== undefined && !this.#wasOutOfSight(promised, settledAt))
      return wrong(`delivered, but recorded as ${row.state} (${row.error})`);
    if (!this.#wasHindered(promised, promised.due, settledAt))
      return wrong(`${row.state} (${row.error}) without a reason`);
    if (row.state === 'parked') return 'parked';
    return this.#mayBeMissed(promised, settledAt) ? 'missed' : wrong(`missed (${row.error}) without need`);
  }

  /** Too late, or a newer message of the same reminder was due. */
  #mayBeMissed({ reminder, due }: Promised, settledAt: Date): boolean {
    return (
      settledAt.getTime() - due.getTime() > MAX_LATENESS_MS ||
      this.#promised.some((newer) => newer.reminder === reminder && newer.due > due && newer.due <= settledAt)
    );
  }

  /** A recurring reminder that missed several goes out once: the one before was settled only when this was due. */
  #wasSkipped(promised: Promised): boolean {
    return this.#history.rows.some((row) => {
      if (row.reminder !== promised.reminder || row.settledAt === null) return false;
      const [before, settledAt] = [new Date(row.due), new Date(row.settledAt)];
      return (
        before < promised.due && settledAt >= promised.due && this.#wasHindered(promised, before, settledAt)
      );
    });
  }

  #wasHindered({ channelId }: Promised, from: Date, to: Date): boolean {
    return this.#history.hindrances.some(
      (hindrance) =>
        this.#concerns(hindrance, channelId) &&
        hindrance.from.getTime() - SLACK_MS <= to.getTime() &&
        hindrance.to.getTime() + LINGER_MS >= from.getTime(),
    );
  }

  /** The bot cannot see any more what it sent, so it cannot know. */
  #wasOutOfSight({ channelId, due }: Promised, settledAt: Date): boolean {
    return this.#history.hindrances.some(
      (hindrance) =>
        (hindrance.what.kind === 'channel deleted' ||
          (hindrance.what.kind === 'permission' && hindrance.what.deny === 'ViewChannel')) &&
        this.#concerns(hindrance, channelId) &&
        hindrance.from <= settledAt &&
        hindrance.to >= due,
    );
  }

  /** What has to do with one channel excuses nothing in another. */
  #concerns({ what }: Hindrance, channelId: string): boolean {
    if (what.kind !== 'permission' && what.kind !== 'channel deleted') return true;
    return this.#history.reminders.some(
      (reminder) => reminder.channelId === channelId && reminder.planned.channel === what.channel,
    );
  }
}

function keyOf(reminder: number, due: Date | string): string {
  return `#${reminder} of ${new Date(due).toISOString()}`;
}
