import type { FaultOrder, PendingFault } from './order.ts';

/** What a fault looks at: a request of the bot before it is handled. */
export interface FaultedRequest {
  method: string;
  /** Without /api/v10 and the query. */
  path: string;
  body: unknown;
}

/**
 * - an object with a status: that answer, after `delayMs`; without a status: only the delay, then the real answer;
 * - 'hang': the request is neither handled nor answered;
 * - 'accept-then-hang': it is handled and never answered, as when a connection dies at the worst moment;
 * - 'reset': the connection is reset before it is handled.
 */
export type FaultAnswer =
  | { status?: number; body?: unknown; headers?: Record<string, string>; delayMs?: number }
  | 'hang'
  | 'accept-then-hang'
  | 'reset';

/** What is struck; a state holds by itself. */
export type Target =
  | { readonly kind: 'request'; fits(request: FaultedRequest): boolean; readonly answer: FaultAnswer }
  | { readonly kind: 'event'; fits(name: string): boolean }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'state'; end(): void };

export interface NewFault {
  readonly target: Target;
  readonly order: FaultOrder;
  /** How often it strikes; Infinity for no limit. */
  readonly times: number;
  /** Real milliseconds until it ends; left out, it stays. */
  readonly forMs?: number | undefined;
  /** Called each time that it strikes. */
  readonly onStrike?: (() => void) | undefined;
}

interface Entry extends NewFault {
  readonly id: number;
  left: number;
  struck: number;
  readonly endsAt: Date | null;
  readonly timer: NodeJS.Timeout | null;
}

/** Faults that are switched on, oldest first: where several fit, the oldest strikes. */
export class FaultList {
  readonly #changed: () => void;
  readonly #entries = new Map<number, Entry>();
  #number = 0;

  /** @param changed called when the list is not as it was. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get pending(): PendingFault[] {
    return [...this.#entries.values()].map(({ id, order, left, struck, endsAt }) => ({
      id,
      order,
      left: Number.isFinite(left) ? left : null,
      struck,
      endsAt: endsAt?.toISOString() ?? null,
    }));
  }

  /** @returns its id. */
  add(fault: NewFault): number {
    this.#number += 1;
    const id = this.#number;
    const { forMs } = fault;
    this.#entries.set(id, {
      ...fault,
      id,
      left: fault.times,
      struck: 0,
      endsAt: forMs === undefined ? null : new Date(Date.now() + forMs),
      timer: forMs === undefined ? null : setTimeout(() => this.remove(id), forMs).unref(),
    });
    this.#changed();
    return id;
  }

  /** Ends a fault; false when it is over already. */
  remove(id: number): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#entries.delete(id);
    if (entry.timer) clearTimeout(entry.timer);
    if (entry.target.kind === 'state') entry.target.end();
    this.#changed();
    return true;
  }

  clear(): void {
    // What was broken last is mended first.
    for (const id of [...this.#entries.keys()].reverse()) this.remove(id);
  }

  /** What strikes a request; null when nothing does. */
  takeRequest(request: FaultedRequest): FaultAnswer | null {
    const target = this.#strike((one) => one.kind === 'request' && one.fits(request));
    return target?.kind === 'request' ? target.answer : null;
  }

  losesEvent(name: string): boolean {
    return this.#strike((one) => one.kind === 'event' && one.fits(name)) !== null;
  }

  swallowsHeartbeat(): boolean {
    return this.#strike(({ kind }) => kind === 'heartbeat') !== null;
  }

  #strike(fits: (target: Target) => boolean): Target | null {
    const entry = [...this.#entries.values()].find(({ target }) => fits(target));
    if (entry === undefined) return null;
    entry.left -= 1;
    entry.struck += 1;
    entry.onStrike?.();
    if (entry.left <= 0) this.remove(entry.id);
    else this.#changed();
    return entry.target;
  }
}
