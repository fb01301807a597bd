import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

export const SUPABASE_SECRET = 'a-shared-secret-of-at-least-32-characters';

/** A Supabase of the test's own, over HTTP: its keys, and what it says of accounts. */
export class FakeSupabase {
  /** What it says of each account. */
  readonly accounts = new Map<string, unknown>();
  readonly asked: string[] = [];
  isDown = false;
  readonly keys: JWK[] = [];
  readonly #server = createServer((request, response) => {
    const { url = '', headers } = request;
    this.asked.push(url);
    if (this.isDown) {
      request.socket.destroy();
      return;
    }
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    if (url === '/auth/v1/.well-known/jwks.json') return answer(200, { keys: this.keys });
    const [, claims = ''] = (headers.authorization ?? '').split('.');
    const id =
      /^\/auth\/v1\/admin\/users\/([\w-]+)$/.exec(url)?.[1] ??
      (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string }).sub;
    return this.accounts.has(id) ? answer(200, this.accounts.get(id)) : answer(404, {});
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get authUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/auth/v1`;
  }

  get project() {
    return {
      authUrl: this.authUrl,
      issuer: this.authUrl,
      audience: 'authenticated',
      jwksUrl: `${this.authUrl}/.well-known/jwks.json`,
      jwtSecret: SUPABASE_SECRET,
      anonKey: 'anon',
      serviceRoleKey: null as string | null,
    };
  }

  /** A key that it signs with from now on. */
  async addKey(kid: string): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    this.keys.push({ ...(await exportJWK(publicKey)), kid, alg: 'ES256' });
    return privateKey;
  }

  /** An account; with somebody's Discord, as Discord told it. @returns its id. */
  account(discordUserId: string | null, more: object = {}): string {
    const id = randomUUID();
    this.accounts.set(id, {
      id,
      identities: discordUserId === null ? [] : [{ provider: 'discord', id: discordUserId }],
      ...more,
    });
    return id;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export interface TokenOptions {
  readonly now: Date;
  readonly issuer: string;
  readonly subject: string;
  readonly key?: CryptoKey;
  readonly kid?: string;
  readonly lastsS?: number;
  readonly audience?: string;
}

/** A token as Supabase makes it: by its key, or else by its secret. */
export function tokenOf(options: TokenOptions): Promise<string> {
  const { now, issuer, subject, key, kid, lastsS = 3_600, audience = 'authenticated' } = options;
  const at = Math.floor(now.getTime() / 1_000);
  return new SignJWT({ role: 'authenticated', user_metadata: { provider_id: '70000000000000000' } })
    .setProtectedHeader(
      key === undefined ? { alg: 'HS256' } : { alg: 'ES256', ...(kid !== undefined && { kid }) },
    )
    .setSubject(subject)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(at)
    .setExpirationTime(at + lastsS)
    .sign(key ?? new TextEncoder().encode(SUPABASE_SECRET));
}
