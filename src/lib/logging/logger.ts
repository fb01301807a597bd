import { createHmac, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { LogLevel, type ILogger } from '@sapphire/framework';
import { correlationId } from './correlation.ts';
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

/**
 * What is in the clear: ids that are a guild's own, by the name of their field or their place in Discord's API, and bare numbers, which
 * no id is. Every other number of an id's length may be a member's, or that of the channel of their direct messages.
 */
const CLEAR_OR_ID =
  /(?<=(?<!\\)"(?:guildId|channelId|messageId)":"|\/(?:applications|guilds|roles|webhooks)\/)\d+|(?<!\\)":-?[\d.]+|(\d{15,})/g;
/** Gone with the process: nobody can tell afterwards who is behind an alias. */
const ALIAS_KEY = randomBytes(32);

/** Gives members in text that is about to be logged an alias, the same one as long as this process runs; a line of JSON stays one. */
export function hideMembers(text: string): string {
  return text.replace(CLEAR_OR_ID, (found, id?: string) => (id === undefined ? found : aliasOf(id)));
}

function aliasOf(id: string): string {
  return `[id-${createHmac('sha256', ALIAS_KEY).update(id).digest('hex').slice(0, 8)}]`;
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

/** The process log: one JSON line an event, secrets and personal text left out, members under an alias. */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      mixin: () => {
        const id = correlationId();
        return id === undefined ? {} : { id };
      },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: PERSONAL_OR_SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[redacted]',
      },
      serializers: { err: (error) => serializeError(error), error: (error) => serializeError(error) },
      // The finished line, so that no way of saying something goes past it.
      hooks: { streamWrite: (line) => hideMembers(redactSecrets(line)) },
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
