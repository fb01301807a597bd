import type { TicketHistory } from './history.ts';
import { partNames } from './boundaries.ts';
import type { TicketPlan } from './plan.ts';

/** Adds up what runs came to. */
export class TicketSummary {
  readonly #counts = new Map<string, number>();
  readonly #parts = new Map<string, number>();
  readonly #boundaries = new Map<string, number>();
  readonly #faults = new Map<string, number>();
  #longestMs = 0;
  #longestFaultedMs = 0;
  #runs = 0;
  #dirty = 0;

  /** Runs in which something was wrong. */
  get dirty(): number {
    return this.#dirty;
  }

  /** @param history null when the run could not be played to its end. */
  add(plan: TicketPlan, history: TicketHistory | null, problems: readonly string[]): void {
    this.#runs += 1;
    if (problems.length > 0) this.#dirty += 1;
    count(this.#counts, `runs with ${plan.processes} process${plan.processes > 1 ? 'es' : ''}`);
    if (history === null) return;
    const { end, written, struck, faults, recoveries } = history;
    count(this.#counts, 'tickets', end.tickets.length);
    count(this.#counts, 'events', end.events.length);
    count(this.#counts, 'lines, log entries and transcripts', written.length);
    for (const one of struck) {
      const [part = '', boundary = ''] = one.split('\t');
      count(this.#parts, part);
      count(this.#boundaries, `${part.split(':')[0]}: ${boundary}`);
    }
    for (const fault of faults) count(this.#faults, fault);
    for (const { ms, isFaulted } of recoveries)
      if (isFaulted) this.#longestFaultedMs = Math.max(this.#longestFaultedMs, ms);
      else this.#longestMs = Math.max(this.#longestMs, ms);
  }

  text({ backend, first, seconds }: { backend: string; first: number; seconds: number }): string {
    return [
      '',
      `${this.#runs - this.#dirty} of ${this.#runs} runs clean (${backend}, seeds from ${first}, ${Math.round(seconds)} s)`,
      `at most ${this.#longestMs / 1000} s of virtual time until all was well, ${this.#longestFaultedMs / 1000} s where Discord failed too`,
      '',
      ...table(this.#counts, [...this.#counts.keys()].sort()),
      '',
      'where a process was killed:',
      ...table(this.#parts, partNames),
      '',
      'boundaries of openings:',
      ...table(
        this.#boundaries,
        [...this.#boundaries.keys()].filter((name) => name.startsWith('open')).sort(),
      ),
      '',
      'requests that Discord failed:',
      ...table(this.#faults, [...this.#faults.keys()].sort()),
    ].join('\n');
  }
}

function count(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function table(counts: ReadonlyMap<string, number>, names: readonly string[]): string[] {
  return names.map((name) => `  ${String(counts.get(name) ?? 0).padStart(7)}  ${name}`);
}
