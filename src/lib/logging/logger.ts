import { inspect } from 'node:util';
import { LogLevel, type ILogger } from '@sapphire/framework';
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Paths in Discord's API that carry a token which would let its reader answer in the bot's name. */
const TOKEN_IN_URL = /\/(interactions|webhooks)\/(\d+)\/[^/?\s"\\]+/g;
const BOT_TOKEN = /[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}/g;
/** Up to the last @, for a password may hold one that should have been percent-encoded. */
const PASSWORD_IN_URL = /(postgres(?:ql)?:\/\/[^:/\s"]*):[^\s"]+@/g;
const CAUSES_MAX = 5;

/** Removes tokens and passwords from text that is about to be logged; a line of JSON stays one. */
export function redactSecrets(text: string): string {
  return text
    .replace(TOKEN_IN_URL, '/$1/$2/[token]')
    .replace(BOT_TOKEN, '[token]')
    .replace(PASSWORD_IN_URL, '$1:[password]@');
}

const KEPT_FIELDS = [
  'code',
  'status',
  'method',
  'url',
  'severity',
  'constraint',
  'table',
  'column',
  'routine',
];

/** The parts of an error that help, without those that quote people: request bodies, row values, query parameters. */
function serializeError(error: unknown, causesLeft = CAUSES_MAX): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const extra = error as Error & Record<string, unknown>;
  const kept: Record<string, unknown> = {
    name: error.name,
    message: error.message,
    stack: error.stack,
  };
  for (const key of KEPT_FIELDS)
    if (typeof extra[key] === 'string' || typeof extra[key] === 'number') kept[key] = extra[key];
  if (error.cause !== undefined && causesLeft > 0)
    kept['cause'] = serializeError(error.cause, causesLeft - 1);
  return kept;
}

/** Fields that hold secrets or what people wrote, wherever a log call puts them. */
const PERSONAL_OR_SECRET_FIELDS = [
  'token',
  'authorization',
  'password',
  'apiKey',
  'content',
  'text',
  'answers',
  'email',
];

/** The process log: one JSON line an event, secrets and personal text left out. */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: PERSONAL_OR_SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[redacted]',
      },
      serializers: { err: (error) => serializeError(error), error: (error) => serializeError(error) },
      // The finished line, so that no way of saying something goes past it.
      hooks: { streamWrite: redactSecrets },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

const toPino = {
  [LogLevel.Trace]: 'trace',
  [LogLevel.Debug]: 'debug',
  [LogLevel.Info]: 'info',
  [LogLevel.Warn]: 'warn',
  [LogLevel.Error]: 'error',
  [LogLevel.Fatal]: 'fatal',
} as const;

/** Lets Sapphire write to the process log. */
export function sapphireLogger(log: Log): ILogger {
  const write = (level: LogLevel, ...values: readonly unknown[]): void => {
    if (level === LogLevel.None) return;
    const error = values.find((value) => value instanceof Error);
    const words = values
      .filter((value) => value !== error)
      .map((value) => (typeof value === 'string' ? value : inspect(value, { breakLength: Infinity })));
    log[toPino[level]](error === undefined ? {} : { err: error }, words.join(' '));
  };
  return {
    has: (level) => level !== LogLevel.None && log.isLevelEnabled(toPino[level]),
    trace: (...values) => write(LogLevel.Trace, ...values),
    debug: (...values) => write(LogLevel.Debug, ...values),
    info: (...values) => write(LogLevel.Info, ...values),
    warn: (...values) => write(LogLevel.Warn, ...values),
    error: (...values) => write(LogLevel.Error, ...values),
    fatal: (...values) => write(LogLevel.Fatal, ...values),
    write,
  };
}
