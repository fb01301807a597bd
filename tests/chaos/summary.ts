import type { Verdict } from './checker.ts';
import type { History } from './history.ts';
import type { Plan } from './plan.ts';
import { STEPS } from './steps.ts';

const COUNTED = ['promised', 'delivered', 'late', 'parked', 'missed', 'skipped', 'replaced', 'done'] as const;
const KINDS = ['weekly', 'once', 'rule', 'post', 'edited', 'snoozed', 'ahead'] as const;

/** Adds up what runs came to. */
export class Summary {
  readonly #counts = new Map<string, number>();
  readonly #troubles = new Map<string, number>();
  readonly #reminders = new Map<string, number>();
  readonly #kinds = new Map<string, number>();
  readonly #acts = new Map<string, number>();
  readonly #struck = new Map<string, number>();
  #runs = 0;
  #dirty = 0;

  /** Runs in which something was wrong. */
  get dirty(): number {
    return this.#dirty;
  }

  /** @param history null when the run could not be played to its end. */
  add(plan: Plan, history: History | null, verdict: Verdict): void {
    this.#runs += 1;
    if (verdict.problems.length > 0) this.#dirty += 1;
    for (const name of COUNTED) count(this.#counts, name, verdict[name]);
    for (const { kind } of history?.notices ?? []) count(this.#counts, `told that it was ${kind}`);
    for (const { kind } of history?.reminders ?? []) count(this.#reminders, kind);
    for (const name of KINDS) count(this.#kinds, name, verdict.kinds[name]);
    for (const act of history?.acts ?? []) count(this.#acts, act);
    count(this.#counts, `with ${plan.processes} process${plan.processes > 1 ? 'es' : ''}`);
    for (const step of history?.struck ?? []) count(this.#struck, step);
    for (const { what } of history?.hindrances ?? [])
      count(this.#troubles, what.kind === 'discord' ? `Discord: ${what.answer}` : what.kind);
  }

  text({ backend, first, seconds }: { backend: string; first: number; seconds: number }): string {
    const lines = [
      '',
      `${this.#runs - this.#dirty} of ${this.#runs} runs clean (${backend}, seeds from ${first}, ${Math.round(seconds)} s)`,
      '',
      ...table(this.#counts, [...this.#counts.keys()]),
      '',
      'reminders:',
      ...table(this.#reminders, [...this.#reminders.keys()]),
      '',
      'of the delivered (ahead: asked for by reminders.pre_alerts, and counted as what they are as well):',
      ...table(this.#kinds, KINDS),
      '',
      'what people did:',
      ...table(this.#acts, [...this.#acts.keys()].sort()),
      '',
      'troubles that came:',
      ...table(this.#troubles, [...this.#troubles.keys()].sort()),
      '',
      'steps at which a process was killed or suspended:',
      ...table(this.#struck, STEPS),
    ];
    return lines.join('\n');
  }
}

function count(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function table(counts: ReadonlyMap<string, number>, names: readonly string[]): string[] {
  return names.map((name) => `  ${String(counts.get(name) ?? 0).padStart(7)}  ${name}`);
}
