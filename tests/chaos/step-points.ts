import { subscribe } from 'node:diagnostics_channel';
import { Client } from 'pg';
import type { Step, Trap } from './steps.ts';

type Transaction = 'claim' | 'settle';

let trap: { readonly armed: Trap; left: number } | null = null;
let tell: (step: Step) => void = () => undefined;

/** Sets the trap, in place of one that has not struck. */
export function arm(armed: Trap | null): void {
  trap = armed === null ? null : { armed, left: armed.nth };
}

function reach(step: Step): void {
  if (trap === null || trap.armed.step !== step || (trap.left -= 1) > 0) return;
  const { signal } = trap.armed;
  trap = null;
  tell(step);
  process.kill(process.pid, signal);
}

/**
 * Watches the statements and requests of this process, from before the bot starts.
 * @param onStruck hears of a trap that strikes, just before it does; it must act synchronously.
 */
export function watchSteps(onStruck: (step: Step) => void): void {
  tell = onStruck;
  watchStatements();
  watchRequests();
}

interface Statement {
  readonly before?: Step | undefined;
  readonly after?: Step | undefined;
  /** What the transaction is from here on. */
  readonly transaction?: Transaction | null;
}

function statementOf(sql: string, transaction: Transaction | null): Statement {
  if (sql.startsWith('with "due" as'))
    return { transaction: 'claim', after: 'claim: written, not committed' };
  if (/^update "reminder_occurrences" set "state" = .*"settled_at"/.test(sql) && sql.includes('"message_id"'))
    return settling;
  if (/^update "reminder_occurrences" set "state" = .*"maybe_sent_at".*"settled_at"/.test(sql))
    return settling;
  if (/^update "reminder_occurrences" set "state" = .*"next_attempt_at"/.test(sql))
    return { before: 'put off: about to be written', after: 'put off: written' };
  if (sql.startsWith('insert into "reminder_occurrences"') && transaction === 'settle')
    return { after: 'settle: next one written, not committed' };
  if (/^commit/i.test(sql))
    return {
      after: transaction === null ? undefined : (`${transaction}: committed` as const),
      transaction: null,
    };
  return /^rollback/i.test(sql) ? { transaction: null } : {};
}

const settling: Statement = {
  before: 'settle: about to begin',
  after: 'settle: written, not committed',
  transaction: 'settle',
};

function watchStatements(): void {
  const transactions = new WeakMap<object, Transaction | null>();
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
  const query = Client.prototype.query as (this: Client, ...rest: unknown[]) => unknown;
  const watched = function (this: Client, ...rest: unknown[]): unknown {
    const [first] = rest;
    const sql = typeof first === 'string' ? first : ((first as { text?: string } | null)?.text ?? '');
    const { before, after, transaction } = statementOf(sql, transactions.get(this) ?? null);
    if (transaction !== undefined) transactions.set(this, transaction);
    if (before !== undefined) reach(before);
    const result = query.apply(this, rest);
    if (after !== undefined && result instanceof Promise)
      return result.then((value: unknown) => {
        reach(after);
        return value;
      });
    return result;
  };
  Object.assign(Client.prototype, { query: watched });
}

interface RequestMessage {
  readonly request: { readonly method: string; readonly path: string };
}

/** The HTTP client tells of its requests: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
function watchRequests(): void {
  const on = (channel: string, post: Step, get?: Step): void =>
    subscribe(channel, (message) => {
      const { method, path } = (message as RequestMessage).request;
      if (!/\/channels\/\d+\/messages(\?|$)/.test(path)) return;
      if (method === 'POST') reach(post);
      else if (method === 'GET' && get !== undefined) reach(get);
    });
  // After the bot's last look at its lease, just before the first byte.
  on('undici:client:sendHeaders', 'send: about to be sent', 'look-up: asked');
  on('undici:request:bodySent', 'send: on its way');
  on('undici:request:headers', 'send: answered', 'look-up: answered');
}
