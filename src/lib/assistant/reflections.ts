import { z } from 'zod';
import type { Log } from '#lib/logging/logger';
import type { Clock } from '#lib/time/clock';
import type { AnsweredQuestion } from './deps.ts';
import type { ProfileName } from './profiles.ts';

/** The host's own Supabase. */
export interface SupabaseOptions {
  readonly url: string;
  readonly serviceRoleKey: string;
  /** Of each of the two requests. */
  readonly timeoutMs?: number;
}

/** A row of one of the tables; `user_id` is added to it. */
type Entry =
  | { readonly table: 'reflections'; readonly row: Readonly<Record<string, unknown>> }
  | { readonly table: 'insights'; readonly row: Readonly<Record<string, unknown>> };

const TIMEOUT_MS = 10_000;
/** More are not waited for at once: the newest are left out. */
const UNDER_WAY_MAX = 20;
const SOURCE = 'alphapy';
const profilesFound = z.array(z.object({ user_id: z.union([z.string(), z.number()]) }));

/**
 * Keeps what an AI answered in the host's own Supabase, for members who have a profile there: check-ins in `reflections`, the rest in
 * `insights`. Nobody waits for it, and what fails is not tried again.
 */
export class Reflections {
  readonly #options: SupabaseOptions;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #underWay = 0;

  constructor(options: SupabaseOptions, log: Log, clock: Clock) {
    this.#options = options;
    this.#log = log;
    this.#clock = clock;
  }

  /** Begins to keep an answer, if its profile is one that is kept. Never throws. */
  keep(question: AnsweredQuestion): void {
    const entry = entryOf(question, this.#clock.now());
    if (entry === null) return;
    if (this.#underWay >= UNDER_WAY_MAX) {
      this.#log.warn({ profile: question.profile }, 'reflections: too many at once, one is left out');
      return;
    }
    this.#underWay += 1;
    this.#store(question.userId, entry)
      .catch((error: unknown) => {
        // What a database answers may quote what it was sent.
        const reason = error instanceof SupabaseError ? error.message : nameOf(error);
        this.#log.warn({ profile: question.profile, reason }, 'reflections: an answer could not be kept');
      })
      .finally(() => {
        this.#underWay -= 1;
      });
  }

  /** Gives up on what is under way. */
  close(): void {
    this.#closing.abort();
  }

  async #store(userId: string, { table, row }: Entry): Promise<void> {
    const found = await this.#request('GET', `profiles?select=user_id&limit=1&discord_id=eq.${userId}`);
    const [profile] = profilesFound.parse(await found.json());
    if (profile === undefined) return;
    await this.#request('POST', table, { user_id: profile.user_id, ...row });
  }

  async #request(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> {
    const { url, serviceRoleKey, timeoutMs = TIMEOUT_MS } = this.#options;
    const response = await fetch(`${url.replace(/\/+$/, '')}/rest/v1/${path}`, {
      method,
      headers: {
        apikey: serviceRoleKey,
        authorization: `Bearer ${serviceRoleKey}`,
        ...(method === 'POST' && { 'content-type': 'application/json', prefer: 'return=minimal' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Elsewhere the key would be in wrong hands.
      redirect: 'error',
      signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (response.ok) return response;
    await response.body?.cancel();
    throw new SupabaseError(`status ${response.status}`);
  }
}

class SupabaseError extends Error {}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** What is kept of a question; null where nothing is. */
function entryOf({ profile, quotes, answer }: AnsweredQuestion, at: Date): Entry | null {
  const said = (part: string): string => quotes.find(({ from }) => from === part)?.text ?? '';
  const insight = (...tags: string[]): Entry => ({
    table: 'insights',
    row: { summary: answer, source: SOURCE, tags: tags.filter((tag) => tag !== '') },
  });
  switch (profile as ProfileName) {
    case 'growth-check-in': {
      const reflection = quotes.map(({ from, text }) => `${from}: ${text}`).join('\n');
      const date = at.toISOString().slice(0, 'yyyy-mm-dd'.length);
      return { table: 'reflections', row: { date, reflection, future_message: answer } };
    }
    case 'learn-topic':
      return insight('learn_topic', said('question'));
    case 'caption':
      return insight('content', said('style'));
    case 'leader-help':
      return insight('leadership', said('challenge'));
    default:
      return null;
  }
}
