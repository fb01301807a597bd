import type { Interaction } from 'discord.js';
import type { Clock } from '#lib/time/clock';
import type { Metrics } from './metrics.ts';

const DEADLINE_MS = 3_000;
/** Beyond that, who waits longest is no longer watched. */
const WATCHED_MAX = 5_000;

interface Waiting {
  readonly kind: string;
  /** How old it was when it came in, by Discord's clock and ours; ours being behind makes it no younger than new. */
  readonly ageMs: number;
  readonly arrivedAtMs: number;
}

/** How long people wait for a first sign of the bot. */
export class Acknowledgements {
  readonly #metrics: Metrics;
  readonly #clock: Clock;
  /** By the interaction's id, the oldest first. */
  readonly #waiting = new Map<string, Waiting>();

  constructor(metrics: Metrics, clock: Clock) {
    this.#metrics = metrics;
    this.#clock = clock;
  }

  arrived(interaction: Interaction): void {
    this.giveUp();
    this.#waiting.set(interaction.id, {
      kind: kindOf(interaction),
      ageMs: Math.max(0, this.#clock.now().getTime() - interaction.createdTimestamp),
      arrivedAtMs: performance.now(),
    });
    if (this.#waiting.size > WATCHED_MAX)
      for (const id of this.#waiting.keys()) {
        this.#waiting.delete(id);
        break;
      }
  }

  /** Discord answered the bot's first response. A second one to the same interaction counts no more. */
  answered(id: string, isTaken: boolean): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined || !isTaken) return;
    this.#waiting.delete(id);
    const { kind } = waiting;
    const ms = this.#age(waiting);
    this.#metrics.acknowledgements.observe({ kind }, ms / 1_000);
    this.#metrics.windows.interactions.note(ms);
  }

  /** Counts those that can no longer be answered. Also done before somebody reads the metrics. */
  giveUp(): void {
    for (const [id, waiting] of this.#waiting) {
      // They came in one after the other, so that the rest is younger.
      if (performance.now() - waiting.arrivedAtMs < DEADLINE_MS) return;
      this.#waiting.delete(id);
      this.#metrics.unacknowledged.inc({ kind: waiting.kind });
      this.#metrics.windows.interactions.note(null);
      this.#metrics.windows.interactions.noteFailure();
    }
  }

  #age({ ageMs, arrivedAtMs }: Waiting): number {
    return ageMs + performance.now() - arrivedAtMs;
  }
}

function kindOf(interaction: Interaction): string {
  if (interaction.isChatInputCommand()) return 'command';
  if (interaction.isContextMenuCommand()) return 'context_menu';
  if (interaction.isMessageComponent()) return 'component';
  if (interaction.isModalSubmit()) return 'modal';
  return interaction.isAutocomplete() ? 'autocomplete' : 'other';
}
