import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;

/** 256 random bits, in letters that stand in a cookie, a header and a URL as they are. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** SHA-256 in hexadecimal: what is stored in place of a secret that is random itself. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

/** Takes as long for a secret that is nearly right as for any other. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(one)), Buffer.from(hashSecret(other)));
}
