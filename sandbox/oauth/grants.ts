import { randomBytes } from 'node:crypto';
import type { Clock } from '#lib/time/clock';

const CODE_LASTS_MS = 10 * 60_000;
const TOKEN_LASTS_MS = 7 * 24 * 60 * 60_000;

export interface Grant {
  readonly userId: string;
  readonly applicationId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
}

/** Who let which application know who they are: codes, good once and for ten minutes, and the tokens they become. */
export class Grants {
  readonly #clock: Clock;
  readonly #codes = new Map<string, { readonly grant: Grant; readonly until: number }>();
  readonly #tokens = new Map<string, { readonly grant: Grant; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  give(grant: Grant): string {
    const code = randomBytes(15).toString('hex');
    this.#codes.set(code, { grant, until: this.#now() + CODE_LASTS_MS });
    return code;
  }

  /** The token of a code; null when the code is no good for this application and address. */
  exchange(code: string, applicationId: string, redirectUri: string) {
    const found = this.#codes.get(code);
    this.#codes.delete(code);
    if (found === undefined || found.until <= this.#now()) return null;
    const { grant } = found;
    if (grant.applicationId !== applicationId || grant.redirectUri !== redirectUri) return null;
    const token = randomBytes(15).toString('hex');
    this.#tokens.set(token, { grant, until: this.#now() + TOKEN_LASTS_MS });
    return {
      token_type: 'Bearer',
      access_token: token,
      expires_in: TOKEN_LASTS_MS / 1_000,
      refresh_token: randomBytes(15).toString('hex'),
      scope: grant.scopes.join(' '),
    };
  }

  of(token: string): Grant | null {
    const found = this.#tokens.get(token);
    return found === undefined || found.until <= this.#now() ? null : found.grant;
  }

  revoke(token: string): void {
    this.#tokens.delete(token);
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
