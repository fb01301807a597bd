import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { UserError } from './user-error.ts';

export type ErrorKind = 'user' | 'database' | 'discord-permission' | 'discord' | 'unknown';

/** Node's and PostgreSQL's codes for "the server is not there or not ready" (PostgreSQL appendix A, classes 08, 53, 57P). */
const DATABASE_UNAVAILABLE_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  '08000',
  '08003',
  '08006',
  '08001',
  '08004',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57014',
]);

/** Node's codes for a connection that did not come about. */
const CONNECT_CODES = new Set(['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** What `pg` throws without a code when its socket is gone or no connection came in time. */
const DATABASE_UNAVAILABLE_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|connection timeout|client has encountered a connection error|pool (?:is|has been) (?:closed|ended)|after calling end on the pool/i;

/** Missing Access and Missing Permissions (Discord's JSON error codes). */
const DISCORD_PERMISSION_CODES = new Set<number | string>([50001, 50013]);

/** Sorts an error for the funnel: who must act, and what the person is told. */
export function classifyError(error: unknown): ErrorKind {
  if (error instanceof UserError) return 'user';
  if (error instanceof DiscordAPIError)
    return DISCORD_PERMISSION_CODES.has(error.code) ? 'discord-permission' : 'discord';
  if (error instanceof HTTPError || error instanceof RateLimitError) return 'discord';
  if (!(error instanceof Error)) return 'unknown';
  // A name with several addresses gives an error for each; the first says what the others say.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  // Who was not there? The database is only reached through its pool, which leaves its name in the stack.
  if (CONNECT_CODES.has(code)) return error.stack?.includes('pg-pool') === true ? 'database' : 'discord';
  if (DATABASE_UNAVAILABLE_CODES.has(code) || DATABASE_UNAVAILABLE_MESSAGE.test(error.message))
    return 'database';
  return 'unknown';
}

/** Letters and digits that cannot be mistaken for one another when read aloud or typed over. */
const REFERENCE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const REFERENCE_LENGTH = 6;

/** A short name for one failure, shown to the person and written in the log beside the error. */
export function errorReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(REFERENCE_LENGTH));
  return Array.from(bytes, (byte) => REFERENCE_ALPHABET[byte % REFERENCE_ALPHABET.length]).join('');
}
