import type { Log } from '#lib/logging/logger';
import type { Snapshot } from './snapshot.ts';

export interface SenderOptions {
  readonly url: string;
  readonly serviceRoleKey: string;
  /** How long a write may take. */
  readonly timeoutMs?: number;
  /** After how long one that failed is tried again, if there is no newer one by then. */
  readonly retryMs?: number;
}

const TIMEOUT_MS = 5_000;
const RETRY_MS = 10_000;

/**
 * Writes snapshots to the host's Supabase, one at a time and always the newest: one that comes while another is being written waits, and
 * takes the place of whichever waited before. So an older one never comes after a newer one, and never more than one waits.
 */
export class TelemetrySender {
  readonly #options: SenderOptions;
  readonly #log: Pick<Log, 'info' | 'warn'>;
  readonly #closing = new AbortController();
  #waiting: Snapshot | null = null;
  #writing: Promise<void> | null = null;
  #retry: NodeJS.Timeout | undefined;
  #isFailing = false;

  constructor(options: SenderOptions, log: Pick<Log, 'info' | 'warn'>) {
    this.#options = options;
    this.#log = log;
  }

  /** Writes a snapshot as soon as none is being written. Never throws, and nobody waits for it. */
  send(snapshot: Snapshot): void {
    if (this.#closing.signal.aborted) return;
    this.#waiting = snapshot;
    this.#go();
  }

  /** Gives up on what is under way. Nothing is written any more. */
  close(): void {
    this.#waiting = null;
    clearTimeout(this.#retry);
    this.#closing.abort();
  }

  #go(): void {
    clearTimeout(this.#retry);
    if (this.#writing !== null || this.#waiting === null) return;
    const snapshot = this.#waiting;
    this.#waiting = null;
    this.#writing = this.#write(snapshot).then((isDone) => {
      this.#writing = null;
      if (this.#closing.signal.aborted) return;
      if (!isDone && this.#waiting === null) {
        this.#waiting = snapshot;
        this.#retry = setTimeout(() => this.#go(), this.#options.retryMs ?? RETRY_MS).unref();
      } else this.#go();
    });
  }

  /** @returns whether it is there; says so once when that changes, not every 45 seconds. */
  async #write(snapshot: Snapshot): Promise<boolean> {
    try {
      await this.#upsert(snapshot);
      if (this.#isFailing) this.#log.info('telemetry: written again');
      this.#isFailing = false;
      return true;
    } catch (error) {
      if (!this.#isFailing && !this.#closing.signal.aborted)
        // What a database answers may quote what it was sent.
        this.#log.warn(
          { reason: error instanceof StatusError ? error.message : nameOf(error) },
          'telemetry: a snapshot could not be written; the newest is tried again',
        );
      this.#isFailing = true;
      return false;
    }
  }

  async #upsert(snapshot: Snapshot): Promise<void> {
    const { url, serviceRoleKey, timeoutMs = TIMEOUT_MS } = this.#options;
    const response = await fetch(
      `${url.replace(/\/+$/, '')}/rest/v1/subsystem_snapshots?on_conflict=subsystem`,
      {
        method: 'POST',
        headers: {
          apikey: serviceRoleKey,
          authorization: `Bearer ${serviceRoleKey}`,
          'content-type': 'application/json',
          'content-profile': 'telemetry',
          prefer: 'resolution=merge-duplicates,return=minimal',
        },
        body: JSON.stringify(snapshot),
        // Elsewhere the key would be in wrong hands.
        redirect: 'error',
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(timeoutMs)]),
      },
    );
    await response.body?.cancel();
    if (!response.ok) throw new StatusError(`status ${response.status}`);
  }
}

class StatusError extends Error {}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
