import type pg from 'pg';
import type { DatabaseLog } from './log.ts';

/** Logs lost connections, and keeps them from ending the process, as an 'error' event that nobody hears does. */
export function logLostConnections(pool: pg.Pool, log: DatabaseLog): void {
  // While a client is checked out the pool does not hear its errors.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ err: error }, 'connection to the database lost'));
  });
  // An idle client's error has just been logged by the listener above.
  pool.on('error', () => {});
}
