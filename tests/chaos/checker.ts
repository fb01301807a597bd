import { promisesOf, type Promised } from './expectations.ts';
import { Excuses, SLACK_MS } from './excuses.ts';
import type { AddedReminder, DonePress, History, SeenDelivery, SeenNotice } from './history.ts';
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
  /** Hindered until its reminder was changed or deleted. */
  readonly replaced: number;
  /** Not sent any more, for somebody said that nothing is left to do. */
  readonly done: number;
  /** The delivered by what their reminder came from; `ahead`: of these, those that only `reminders.pre_alerts` asks for. */
  readonly kinds: Readonly<Record<string, number>>;
}

type Fate = 'delivered' | 'late' | 'parked' | 'missed' | 'skipped' | 'replaced' | 'done';

const HOUR_MS = 60 * 60_000;
/** `reminders.max_lateness_hours`, its default. */
const MAX_LATENESS_MS = 24 * HOUR_MS;
/** As the bot records it. */
const TOO_LATE = 'too late';
/** Nobody notices this, and it needs no reason. */
const ON_TIME_MS = 5_000;

/** Compares what the channels hold with what the definitions promise. It knows nothing of how the bot works but its rules. */
export function check(history: History): Verdict {
  const checked = new Checker(history);
  return checked.verdict();
}

class Checker {
  readonly #history: History;
  readonly #excuses: Excuses;
  readonly #problems: string[] = [];
  readonly #rows = new Map<string, OccurrenceRow>();
  readonly #deliveries = new Map<string, SeenDelivery[]>();
  readonly #promised: readonly Promised[];

  constructor(history: History) {
    const { plan, reminders, endedAt } = history;
    this.#history = history;
    this.#excuses = new Excuses(history);
    this.#promised = reminders.flatMap((reminder) => promisesOf(reminder, plan, endedAt));
    for (const row of history.rows) {
      const key = keyOf(row);
      if (this.#rows.has(key)) this.#problems.push(`${key}: two rows for one message`);
      this.#rows.set(key, row);
    }
    for (const delivery of history.deliveries) {
      const key = keyOf(delivery);
      this.#deliveries.set(key, [...(this.#deliveries.get(key) ?? []), delivery]);
    }
  }

  verdict(): Verdict {
    const { plan, endedAt } = this.#history;
    this.#checkReminders();
    this.#checkNotices();
    const keys = new Map(this.#promised.map((one) => [keyOf(one), one]));
    for (const [key, deliveries] of this.#deliveries) this.#checkDeliveries(key, deliveries, keys.get(key));
    for (const [key, row] of this.#rows)
      if (!keys.has(key) && new Date(row.due) <= endedAt)
        this.#problems.push(`${key}: a row nobody asked for`);
    const counts = { delivered: 0, late: 0, parked: 0, missed: 0, skipped: 0, replaced: 0, done: 0 };
    const kinds: Record<string, number> = {};
    const settled = this.#promised.filter(({ due, isCertain }) => isCertain && due <= plan.end);
    for (const one of settled) {
      const fate = this.#fateOf(one);
      if (fate !== null) counts[fate] += 1;
      if (fate !== 'late' && fate !== 'delivered') continue;
      if (fate === 'late') counts.delivered += 1;
      for (const kind of this.#kindsOf(one)) kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    return { problems: this.#problems, promised: settled.length, ...counts, kinds };
  }

  /** That there is one reminder for what asked for one, and none besides. */
  #checkReminders(): void {
    const { reminders, made, snoozes, unfollowed } = this.#history;
    this.#problems.push(...unfollowed);
    for (const { id, source, originMessageId } of made)
      if (!reminders.some((added) => added.id === id))
        this.#problems.push(`#${id}: a reminder nobody asked for (${source} of ${originMessageId})`);
    for (const added of reminders) {
      const isDeleted = added.versions.at(-1)?.schedule === null;
      if (made.some(({ id }) => id === added.id) === isDeleted)
        this.#problems.push(`#${added.id}: ${isDeleted ? 'still there, though it was deleted' : 'gone'}`);
    }
    for (const { reminder, from, certain } of snoozes) {
      const schedule = reminders.find(({ id }) => id === reminder)?.versions[0]?.schedule;
      const at = schedule?.kind === 'moment' ? schedule.at.getTime() : 0;
      if (at < from.getTime() + HOUR_MS || at > certain.getTime() + HOUR_MS)
        this.#problems.push(`#${reminder}: snoozed to another time`);
    }
  }

  /** That the log channel heard of each message that waits for somebody or came too late, once. */
  #checkNotices(): void {
    const { notices, rows, reminders, deliveries } = this.#history;
    const about = (row: OccurrenceRow, kind: SeenNotice['kind']): readonly SeenNotice[] =>
      notices.filter((notice) => notice.kind === kind && isAbout(notice, row));
    for (const row of rows) {
      if (reminders.find(({ id }) => id === row.reminder)?.isDirect !== false) continue;
      const missed = about(row, 'missed').length;
      const isMissed = row.state === 'missed' && row.error === TOO_LATE;
      if (missed > 1 || (isMissed && missed === 0))
        this.#problems.push(`${keyOf(row)}: told ${missed} times that it came too late`);
      // The same reason again is no news, unless a message went out since.
      const isTold = notices.some(
        (notice) =>
          notice.kind === 'parked' &&
          notice.reminder === row.reminder &&
          !deliveries.some(
            ({ reminder, due }) =>
              reminder === row.reminder && due > notice.due && due.getTime() < Date.parse(row.due),
          ),
      );
      if (row.state === 'parked' && !isTold)
        this.#problems.push(`${keyOf(row)}: set aside, and nobody was told`);
      const parked = about(row, 'parked');
      if (parked.some(({ text }, index) => index > 0 && parked[index - 1]?.text === text))
        this.#problems.push(`${keyOf(row)}: told more than once that it was set aside`);
    }
  }

  #checkDeliveries(key: string, deliveries: readonly SeenDelivery[], promised: Promised | undefined): void {
    const [first] = deliveries;
    if (promised === undefined || first === undefined) {
      this.#problems.push(`${key}: a message nobody asked for`);
      return;
    }
    const { due, changedAt, channelId } = promised;
    if (deliveries.length > 1)
      this.#problems.push(
        `${key}: sent ${deliveries.length} times, at ${deliveries.map(({ at }) => at.toISOString()).join(' and ')}`,
      );
    if (first.channelId !== channelId) this.#problems.push(`${key}: sent to another channel`);
    if (first.at < due) this.#problems.push(`${key}: sent too early`);
    const lateMs = first.at.getTime() - due.getTime();
    if (lateMs > MAX_LATENESS_MS + SLACK_MS) this.#problems.push(`${key}: sent although it was too late`);
    const isBegun = due > this.#history.begunAt;
    if (isBegun && lateMs > ON_TIME_MS && !this.#excuses.wasHindered(channelId, due, first.at))
      this.#problems.push(`${key}: late by ${Math.round(lateMs / 1000)} s without a reason`);
    if (changedAt !== null && first.at.getTime() > changedAt.getTime() + SLACK_MS)
      this.#problems.push(`${key}: sent although its reminder had been changed`);
    if (this.#nearerOf(promised, new Date(first.at.getTime() - SLACK_MS)))
      this.#problems.push(`${key}: sent although a nearer one was due`);
  }

  /** What became of a message; null when that was wrong. */
  #fateOf(promised: Promised): Fate | null {
    const { due, channelId } = promised;
    const key = keyOf(promised);
    const row = this.#rows.get(key);
    const deliveries = this.#deliveries.get(key) ?? [];
    const [delivery] = deliveries;
    const wrong = (problem: string): null => {
      this.#problems.push(`${key}: ${problem}`);
      return null;
    };
    const done = this.#doneOf(promised);
    if (done !== undefined && due > done.from) {
      if (delivery !== undefined && due > done.certain) return wrong('sent although it was done');
      return row?.state === 'missed' ? 'done' : wrong(`done, but recorded as ${row?.state ?? 'nothing'}`);
    }
    if (row === undefined) return this.#fateWithoutRow(promised, delivery, wrong);
    if (row.kind !== promised.kind) return wrong('its row is of another kind');
    const settledAt = row.settledAt === null ? null : new Date(row.settledAt);
    if (row.state === 'pending' || row.state === 'sending' || settledAt === null)
      return wrong(`still ${row.state} at the end`);
    if (row.state === 'sent') {
      if (delivery === undefined) return wrong('lost: recorded as sent');
      if (!deliveries.some(({ messageId }) => messageId === row.messageId))
        return wrong('recorded under another message');
      return fateOfDelivery(promised, delivery);
    }
    if (delivery !== undefined && !this.#excuses.wasOutOfSight(channelId, due, settledAt))
      return wrong(`delivered, but recorded as ${row.state} (${row.error})`);
    if (!this.#excuses.wasHindered(channelId, due, settledAt))
      return wrong(`${row.state} (${row.error}) without a reason`);
    if (row.state === 'parked') return 'parked';
    return this.#mayBeMissed(promised, settledAt) ? 'missed' : wrong(`missed (${row.error}) without need`);
  }

  /** The rows of a deleted reminder are gone, and so are those that waited when it was changed. */
  #fateWithoutRow(
    promised: Promised,
    delivery: SeenDelivery | undefined,
    wrong: (problem: string) => null,
  ): Fate | null {
    const { due, changedAt, channelId } = promised;
    if (delivery !== undefined)
      return this.#isDeleted(promised)
        ? fateOfDelivery(promised, delivery)
        : wrong('delivered without a row');
    const soon = new Date(due.getTime() + SLACK_MS);
    if (changedAt !== null && this.#excuses.wasHindered(channelId, due, soon)) return 'replaced';
    return this.#wasSkipped(promised) ? 'skipped' : wrong('lost: neither delivered nor accounted for');
  }

  #isDeleted({ reminder }: Promised): boolean {
    const added = this.#history.reminders.find(({ id }) => id === reminder);
    return added?.versions.at(-1)?.schedule === null;
  }

  #doneOf({ reminder, event }: Promised): DonePress | undefined {
    return this.#history.dones.find(
      (done) => done.reminder === reminder && done.event.getTime() === event.getTime(),
    );
  }

  /** Whether another message of the same event, nearer to it, was due by then. */
  #nearerOf({ reminder, event, due }: Promised, by: Date): boolean {
    return this.#promised.some(
      (other) =>
        other.isCertain &&
        other.reminder === reminder &&
        other.event.getTime() === event.getTime() &&
        other.due > due &&
        other.due <= by,
    );
  }

  /** Too late, or another one stands for it. */
  #mayBeMissed(promised: Promised, settledAt: Date): boolean {
    const { reminder, due, event, channelId, changedAt } = promised;
    if (settledAt.getTime() - due.getTime() > MAX_LATENESS_MS) return true;
    if (changedAt !== null && changedAt.getTime() - SLACK_MS <= settledAt.getTime()) return true;
    const done = this.#doneOf(promised);
    if (done !== undefined && done.from <= settledAt) return true;
    if (this.#nearerOf(promised, settledAt)) return true;
    const isOver = event <= settledAt;
    // What was set aside says nothing new after any newer message.
    const wasRefused = this.#excuses.wasRefused(channelId, due, settledAt);
    return this.#promised.some(
      (newer) =>
        newer.reminder === reminder &&
        newer.event > event &&
        newer.due <= settledAt &&
        (wasRefused || (isOver && offsetOf(newer) === offsetOf(promised))),
    );
  }

  /**
   * A recurring reminder that missed several goes out once: the one before was settled only when this was due, and was what went out
   * then, or a newer one was due as well.
   */
  #wasSkipped(promised: Promised): boolean {
    const isAnother = (one: { reminder: number; due: Date; event: Date }): boolean =>
      one.reminder === promised.reminder && offsetOf(one) === offsetOf(promised);
    return this.#history.rows.some((row) => {
      if (row.settledAt === null) return false;
      const settledAt = new Date(row.settledAt);
      const before = { reminder: row.reminder, due: new Date(row.due), event: new Date(row.event) };
      const wentOutBefore = (this.#deliveries.get(keyOf(row)) ?? []).some(({ at }) => at < promised.due);
      return (
        isAnother(before) &&
        before.due < promised.due &&
        settledAt >= promised.due &&
        this.#excuses.wasHindered(promised.channelId, before.due, settledAt) &&
        (!wentOutBefore ||
          this.#promised.some(
            (newer) => isAnother(newer) && newer.due > promised.due && newer.due <= settledAt,
          ))
      );
    });
  }

  #kindsOf(promised: Promised): string[] {
    const { preAlerts, offsetMinutes } = this.#history.plan;
    const minutes = offsetOf(promised) / 60_000;
    const isAhead = minutes !== offsetMinutes && preAlerts.includes(minutes);
    return [this.#kindOf(promised), ...(isAhead ? ['ahead'] : [])];
  }

  #kindOf({ reminder, due }: Promised): string {
    const added: AddedReminder | undefined = this.#history.reminders.find(({ id }) => id === reminder);
    const second = added?.versions[1];
    if (added?.kind !== 'snoozed' && second !== undefined && due > second.from) return 'edited';
    return added?.kind ?? 'unknown';
  }
}

function isAbout(notice: SeenNotice, row: OccurrenceRow): boolean {
  const seconds = Math.floor(Date.parse(row.due) / 1000);
  return notice.reminder === row.reminder && notice.due.getTime() / 1000 === seconds;
}

function fateOfDelivery({ due }: Promised, { at }: SeenDelivery): Fate {
  return at.getTime() - due.getTime() > ON_TIME_MS ? 'late' : 'delivered';
}

function offsetOf({ event, due }: Pick<Promised, 'event' | 'due'>): number {
  return event.getTime() - due.getTime();
}

function keyOf(one: { reminder: number; due: Date | string; event: Date | string }): string {
  const [due, event] = [one.due, one.event].map((instant) => new Date(instant).toISOString());
  return due === event ? `#${one.reminder} of ${due}` : `#${one.reminder} of ${due} for ${event}`;
}
