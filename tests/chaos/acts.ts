import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from '../../sandbox/people/reply.ts';
import { versionFrom, waitsUntil, type RunReminder } from './adding.ts';
import { onceAt, promisesOf } from './expectations.ts';
import type { DonePress, SeenDelivery, SnoozePress, Version } from './history.ts';
import type { Act } from './plan-people.ts';
import type { MadeReminder } from './protocol.ts';
import type { Stageplay } from './run.ts';
import { announced, inWords } from './schedules.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What cannot be done now is tried again then. */
const AGAIN_MS = 20 * MINUTE_MS;
/** An event so near is left as it is. */
const AHEAD_MS = 10 * MINUTE_MS;
/** While all processes are down: no outage is longer. */
const AHEAD_OF_START_MS = 36 * HOUR_MS;
/** After a trouble. */
const CALM_MS = MINUTE_MS;
/** Nothing may come due in the middle of what a person does. */
const QUIET_MS = MINUTE_MS;
const PRESS_TRIES = 10;
const PRESS_AGAIN_MS = 100;
/** Real time to connect again: discord.js waits up to five seconds after an invalid session. */
const CONNECT_TRIES = 400;

type Outcome = 'done' | 'later' | 'dropped';

/** A change of a post that the bot is to notice. */
interface Unfollowed {
  readonly reminder: RunReminder;
  readonly version: Version;
  /** The reminder as it was before. */
  readonly definition: string | null;
}

/** Lets people do what the plan has them do, when nothing hinders. */
export class Acts {
  readonly dones: DonePress[] = [];
  readonly snoozes: SnoozePress[] = [];
  readonly done: string[] = [];
  readonly unfollowed: string[] = [];
  readonly #play: Stageplay;
  readonly #reminders: RunReminder[];
  readonly #deliveries: readonly SeenDelivery[];
  #pending: Act[];
  #changes: Unfollowed[] = [];
  #isReminded = false;

  constructor(play: Stageplay, reminders: RunReminder[], deliveries: readonly SeenDelivery[]) {
    this.#play = play;
    this.#reminders = reminders;
    this.#deliveries = deliveries;
    this.#pending = [...play.plan.acts];
    for (const { at } of this.#pending) play.wakeAt(at);
  }

  /** Does what can be done now. */
  async now(): Promise<void> {
    if (this.#changes.length > 0) await this.#confirm();
    const { clock, plan } = this.#play;
    // What was to be done while all processes are down, and was not, is done with them.
    const isTime = (act: Act): boolean =>
      act.at.getTime() + (act.kind === 'post' && act.whileDown ? AHEAD_OF_START_MS : 0) <=
      clock.now().getTime();
    for (const act of this.#pending.filter(isTime)) {
      if (!(await this.#isCalm())) {
        if (!this.#isReminded && clock.now() < plan.end) {
          this.#isReminded = true;
          this.#play.later(AGAIN_MS, () => void (this.#isReminded = false));
        }
        return;
      }
      const outcome = await this.#perform(act);
      if (outcome !== 'later') this.#settle(act, outcome);
    }
  }

  /** Changes posts while nobody is there to see. */
  whileDown(): void {
    const { crew, clock } = this.#play;
    if (crew.isAnyoneThere) return;
    for (const act of this.#pending) {
      if (act.kind !== 'post' || !act.whileDown || act.at > clock.now()) continue;
      this.#settle(act, this.#changePost(act, null));
    }
  }

  #settle(act: Act, outcome: Outcome): void {
    this.#pending = this.#pending.filter((other) => other !== act);
    if (outcome !== 'done') return;
    const { crew } = this.#play;
    const name = act.kind === 'post' ? `post ${act.to === null ? 'deleted' : 'edited'}` : act.kind;
    this.done.push(crew.isAnyoneThere ? name : `${name} while all were down`);
  }

  #perform(act: Act): Promise<Outcome> {
    switch (act.kind) {
      case 'edit':
        return this.#edit(act);
      case 'post':
        return this.#changePostNow(act);
      case 'snooze':
        return this.#snooze(act);
      case 'done':
        return this.#pressDone(act);
    }
  }

  /** Nobody is dead, asleep or cut off, nothing is overdue, and nothing was wrong just now. */
  async #isCalm(): Promise<boolean> {
    const { crew, clock, hindrances, sandbox, plan } = this.#play;
    const now = clock.now();
    const isHindered = hindrances.some(
      ({ what, to }) => what.kind !== 'channel deleted' && to.getTime() + CALM_MS > now.getTime(),
    );
    if (isHindered || !crew.isComplete) return false;
    if (!(await waitsUntil(() => sandbox.connectedSessions >= plan.processes, CONNECT_TRIES))) return false;
    const dues = await crew.dues();
    if (dues === null || dues.overdue > 0) return false;
    return dues.next === null || Date.parse(dues.next) > clock.now().getTime() + QUIET_MS;
  }

  /** Whether its definition can still be changed to this. */
  #isAhead(reminder: RunReminder, to: Version['schedule']): boolean {
    const { clock, plan, crew } = this.#play;
    const soon = clock.now().getTime() + (crew.isAnyoneThere ? AHEAD_MS : AHEAD_OF_START_MS);
    return [reminder.versions.at(-1)?.schedule ?? null, to].every((schedule) => {
      const at = onceAt(schedule, plan.zone);
      return at === null || at.getTime() > soon;
    });
  }

  #hasChannel({ channelId }: RunReminder): boolean {
    return this.#play.guild.channels.some(({ id }) => id === channelId);
  }

  async #edit(act: Extract<Act, { kind: 'edit' }>): Promise<Outcome> {
    const { guild, clock } = this.#play;
    const { owner } = guild;
    const reminder = this.#reminders[act.reminder];
    if (reminder === undefined || !this.#hasChannel(reminder) || !this.#isAhead(reminder, act.to))
      return 'dropped';
    const from = clock.now();
    await this.#press('an edit', async () => {
      const opened = await owner.runs('/reminder_edit', { reminder: String(reminder.id) }, { in: 'log' });
      if (opened.modal === null) return opened;
      const reply = await owner.submits({ When: inWords(act.to) });
      return reply.text.includes('Reminder changed') ? null : reply;
    });
    reminder.versions.push(versionFrom(act.to, from, clock.now()));
    return 'done';
  }

  async #snooze(act: Extract<Act, { kind: 'snooze' }>): Promise<Outcome> {
    const { guild, clock, crew } = this.#play;
    const { owner } = guild;
    const reminder = this.#reminders[act.reminder];
    if (reminder === undefined || !this.#hasChannel(reminder)) return 'dropped';
    const message = this.#deliveries.findLast(({ reminder: id, at }) => id === reminder.id && at >= act.at);
    if (message === undefined) return 'later';
    let from = clock.now();
    await this.#press('a snooze', async () => {
      const asked = await owner.clicks('Snooze', { on: { id: message.messageId } });
      if (asked.message === null) return asked;
      from = clock.now();
      const reply = await owner.clicks('In an hour', { on: asked });
      return reply.text.includes('comes to you by direct message') ? null : reply;
    });
    const certain = clock.now();
    const made = (await crew.reminders())?.find(
      ({ source, originMessageId }) => source === 'snooze' && originMessageId === message.messageId,
    );
    if (made === undefined) throw new Error('what was snoozed is not there');
    this.snoozes.push({ reminder: made.id, from, certain });
    this.#reminders.push(this.#snoozed(made, from));
    return 'done';
  }

  #snoozed({ id, eventTime }: MadeReminder, from: Date): RunReminder {
    return {
      id,
      name: `Snoozed ${id}`,
      kind: 'snoozed',
      channel: null,
      channelId: this.#play.directChannelId,
      isDirect: true,
      postId: null,
      versions: [versionFrom({ kind: 'moment', at: new Date(eventTime ?? '') }, from)],
    };
  }

  async #pressDone(act: Extract<Act, { kind: 'done' }>): Promise<Outcome> {
    const { guild, clock, plan } = this.#play;
    const reminder = this.#reminders[act.reminder];
    if (reminder === undefined || !this.#hasChannel(reminder) || !this.#isAhead(reminder, null))
      return 'dropped';
    const soon = new Date(clock.now().getTime() + QUIET_MS);
    const waiting = promisesOf(reminder, plan, plan.end).filter(({ due }) => due > soon);
    const message = this.#deliveries.findLast(
      ({ reminder: id, event }) =>
        id === reminder.id && waiting.some((one) => one.event.getTime() === event.getTime()),
    );
    if (message === undefined) return 'later';
    const from = clock.now();
    await this.#press('Done', async () => {
      const reply = await guild.owner.clicks('Done', { on: { id: message.messageId } });
      return reply.text.includes('Done by') ? null : reply;
    });
    this.dones.push({ reminder: reminder.id, event: message.event, from, certain: clock.now() });
    return 'done';
  }

  async #changePostNow(act: Extract<Act, { kind: 'post' }>): Promise<Outcome> {
    const id = this.#reminders[act.reminder]?.id;
    const made = await this.#play.crew.reminders();
    const outcome = this.#changePost(act, made?.find((one) => one.id === id)?.definition ?? null);
    if (outcome === 'done') await this.#confirm();
    return outcome;
  }

  #changePost({ reminder: index, to }: Extract<Act, { kind: 'post' }>, definition: string | null): Outcome {
    const { clock, guild } = this.#play;
    const reminder = this.#reminders[index];
    if (reminder === undefined || reminder.postId === null) return 'dropped';
    const { postId: id, versions, name } = reminder;
    if (!this.#hasChannel(reminder) || !this.#isAhead(reminder, to)) return 'dropped';
    const from = clock.now();
    if (to === null) guild.owner.deletes({ id });
    else guild.owner.edits({ id }, announced(name, to));
    const version = versionFrom(to, from, new Date(8.64e15), versions[0]?.readAt);
    versions.push(version);
    this.#changes.push({
      reminder,
      version,
      definition: definition ?? this.#definitions.get(reminder.id) ?? null,
    });
    return 'done';
  }

  readonly #definitions = new Map<number, string>();

  /** Remembers what the reminders of posts are, for when nobody can be asked. */
  async remember(): Promise<void> {
    for (const { id, definition } of (await this.#play.crew.reminders()) ?? [])
      this.#definitions.set(id, definition);
  }

  /** Waits for the bot to follow what changed; before, the clock may not go on. */
  async #confirm(): Promise<void> {
    const { crew, clock, hindrances } = this.#play;
    if ((await crew.reminders()) === null) return;
    const unconfirmed: Unfollowed[] = [];
    for (const change of this.#changes) {
      const { reminder, version, definition } = change;
      let canTell = true;
      const isFollowed = await waitsUntil(async () => {
        const made = await crew.reminders();
        // What the change made a bot do may have sprung a trap.
        canTell = made !== null;
        if (made === null) return true;
        const one = made.find(({ id }) => id === reminder.id);
        return version.schedule === null
          ? one === undefined
          : one !== undefined && one.definition !== definition;
      });
      if (!canTell) unconfirmed.push(change);
      else if (isFollowed) version.certain = clock.now();
      else if (!hindrances.some(({ what, to }) => keepsFromReading.has(what.kind) && to >= version.from))
        this.unfollowed.push(`#${reminder.id}: a change of its post was not followed`);
    }
    this.#changes = unconfirmed;
  }

  /** Does something until it is confirmed. @param act gives null when it is, and what came instead otherwise. */
  async #press(what: string, act: () => Promise<Reply | null>): Promise<void> {
    let last = '';
    for (let tries = 1; tries <= PRESS_TRIES; tries += 1) {
      const reply = await act();
      if (reply === null) return;
      last = reply.text;
      await sleep(PRESS_AGAIN_MS);
    }
    throw new Error(`${what} is not confirmed: ${last}`);
  }
}

/** With these in its way the bot does not see what was posted. */
const keepsFromReading: ReadonlySet<string> = new Set([
  'permission',
  'channel deleted',
  'guild unavailable',
  'gateway',
  'discord',
  'database restart',
  'connections cut',
]);
