import { createLocalJWKSet, decodeProtectedHeader, errors, jwtVerify, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { HttpProblem } from '#lib/http/problem';
import type { Log } from '#lib/logging/logger';
import type { Clock } from '#lib/time/clock';
import type { SupabaseProject } from './supabase-project.ts';

const TIMEOUT_MS = 3_000;
/** How long keys count as new; older ones still hold where the project cannot be reached. */
const FRESH_MS = 10 * 60_000;
/** Between two questions for keys, whatever tokens come. */
const COOLDOWN_MS = 30_000;
const CLOCK_TOLERANCE_S = 30;
/** What the project's own keys sign with. A secret never stands for one of them, nor a public key for the secret. */
const KEY_ALGORITHMS = ['ES256', 'RS256'];

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Whose token of the project it is; null where it is none that holds. */
export type TokenReader = (
  token: string,
) => Promise<{ readonly subject: string } | { readonly wrong: string }>;

/**
 * Reads the project's tokens here, with its secret or its public keys.
 * @returns a reader that says what is wrong with a token, and throws HttpProblem 503 where the keys were never to be had.
 */
export function tokenReader(project: SupabaseProject, clock: Clock, log: Log): TokenReader {
  const keys = new ProjectKeys(project.jwksUrl, clock, log);
  const secret = project.jwtSecret === null ? null : new TextEncoder().encode(project.jwtSecret);
  return async (token) => {
    const options = {
      issuer: project.issuer,
      audience: project.audience,
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: clock.now(),
      requiredClaims: ['exp', 'sub'],
    };
    try {
      const { alg = '' } = decodeProtectedHeader(token);
      if (alg === 'HS256' && secret !== null)
        return subjectOf((await jwtVerify(token, secret, { ...options, algorithms: ['HS256'] })).payload);
      if (!KEY_ALGORITHMS.includes(alg)) return { wrong: 'This token is not known.' };
      const verify = async () =>
        jwtVerify(token, createLocalJWKSet(await keys.current()), { ...options, algorithms: KEY_ALGORITHMS });
      const { payload } = await verify().catch(async (error: unknown) => {
        // A key that is newer than those that are known.
        if (!(error instanceof errors.JWKSNoMatchingKey) || !(await keys.refresh())) throw error;
        return verify();
      });
      return subjectOf(payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { wrong: 'This token has expired. Sign in again.' };
      // Also what is no token at all.
      if (error instanceof errors.JOSEError || error instanceof TypeError)
        return { wrong: 'This token is not known.' };
      throw error;
    }
  };
}

function subjectOf({ sub }: { readonly sub?: string }): { subject: string } | { wrong: string } {
  const subject = z.uuid().safeParse(sub);
  return subject.success ? { subject: subject.data } : { wrong: 'This token is nobody’s.' };
}

/** The project's public keys, asked for when they are needed and not again for a while. */
class ProjectKeys {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #known: { readonly set: JSONWebKeySet; readonly at: number } | null = null;
  #askedAt = -Infinity;
  #asking: Promise<boolean> | null = null;

  constructor(url: string, clock: Clock, log: Log) {
    this.#url = url;
    this.#clock = clock;
    this.#log = log;
  }

  /** @throws HttpProblem 503 when there are none. */
  async current(): Promise<JSONWebKeySet> {
    if (this.#known === null || this.#now() - this.#known.at >= FRESH_MS) await this.refresh();
    if (this.#known !== null) return this.#known.set;
    throw new HttpProblem(503, 'The keys of the Supabase project cannot be had. Try again in a moment.', {
      headers: { 'Retry-After': '30' },
    });
  }

  /** Asks for them, at most every 30 seconds. @returns whether they were had anew. */
  refresh(): Promise<boolean> {
    if (this.#asking !== null) return this.#asking;
    if (this.#now() - this.#askedAt < COOLDOWN_MS) return Promise.resolve(false);
    this.#askedAt = this.#now();
    this.#asking = this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<boolean> {
    try {
      const response = await fetch(this.#url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const set = keySetSchema.parse(await response.json()) as JSONWebKeySet;
      this.#known = { set, at: this.#now() };
      return true;
    } catch (error) {
      this.#log.warn({ err: error }, 'supabase: its keys cannot be had');
      return false;
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
