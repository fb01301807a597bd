import type { DatabaseLog } from '../../src/lib/database/log.ts';

/** What a test need not print. Errors it should. */
export const quietLog: DatabaseLog = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (details, message) => console.error(message, details),
};
