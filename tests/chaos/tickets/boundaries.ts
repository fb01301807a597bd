import { subscribe } from 'node:diagnostics_channel';
import { Client } from 'pg';
import type { BoundaryTrap } from './protocol.ts';

/** The parts of an act in order, each with the boundary that ends it. */
const PARTS: Readonly<Record<BoundaryTrap['what'], readonly (readonly [part: string, endedBy: string])[]>> = {
  open: [
    ['row', 'after commit of insert ticket_duties'],
    ['channel with its permissions', 'answered POST /guilds/*/channels'],
    ['first message', 'answered POST /channels/*/messages'],
    ['ready', 'after update support_tickets'],
    ['log entry and answer', ''],
  ],
  close: changing('permissions', 'answered PATCH /channels/*'),
  reopen: changing('permissions', 'answered PATCH /channels/*'),
  delete: changing('buttons', 'answered PATCH /channels/*/messages/*'),
  recovery: [['recovery', '']],
};

function changing(first: string, endedBy: string): (readonly [string, string])[] {
  return [
    ['row', 'after commit of insert ticket_duties'],
    [first, endedBy],
    ['ready', 'after update support_tickets'],
    ['what is owed', ''],
  ];
}

/** All parts as the report names them. */
export const partNames: readonly string[] = Object.entries(PARTS).flatMap(([what, parts]) =>
  parts.map(([part]) => `${what}: ${part}`),
);

let trap: BoundaryTrap | null = null;
let passed = 0;
let part = 0;
let tell: (label: string) => void = () => undefined;

/** Sets a trap in place of one that has not struck. @returns how many boundaries were passed since that one was set. */
export function arm(next: BoundaryTrap | null): number {
  const before = passed;
  trap = next;
  passed = 0;
  part = 0;
  return before;
}

function reach(boundary: string): void {
  if (trap === null) return;
  const { what, nth } = trap;
  const [name = '', endedBy] = PARTS[what][part] ?? [];
  passed += 1;
  if (passed === nth) {
    tell(`${what}: ${name}\t${boundary}`);
    process.kill(process.pid, 'SIGKILL');
  }
  if (boundary === endedBy) part += 1;
}

/**
 * Watches what this process asks the database of tickets, and all that it asks Discord, from before the bot starts.
 * @param onStruck hears of a trap that strikes, just before it does; it must act synchronously.
 */
export function watchBoundaries(onStruck: (label: string) => void): void {
  tell = onStruck;
  watchStatements();
  watchRequests();
}

/** @param last what the transaction did last; null when it is about no ticket. */
function nameOf(sql: string, last: string | null): string | null {
  if (/^(commit|rollback)/i.test(sql)) return last === null ? null : `${sql.split(' ')[0]} of ${last}`;
  const table = /(?:from|into|update) "(support_tickets|ticket_\w+)"/.exec(sql)?.[1];
  if (table === undefined) return null;
  return `${sql.startsWith('with "due"') ? 'claim' : (/^\w+/.exec(sql)?.[0] ?? '')} ${table}`;
}

function watchStatements(): void {
  const lasts = new WeakMap<object, string>();
  const query = Client.prototype.query as (this: Client, ...rest: unknown[]) => unknown;
  const watched = function (this: Client, ...rest: unknown[]): unknown {
    const [first] = rest;
    const sql = typeof first === 'string' ? first : ((first as { text?: string } | null)?.text ?? '');
    const name = nameOf(sql, lasts.get(this) ?? null);
    if (/^(begin|start transaction|commit|rollback)/i.test(sql)) lasts.delete(this);
    else if (name !== null) lasts.set(this, name);
    if (name === null) return query.apply(this, rest);
    reach(`before ${name}`);
    const result = query.apply(this, rest);
    if (!(result instanceof Promise)) return result;
    return result.then((value: unknown) => {
      reach(`after ${name}`);
      return value;
    });
  };
  Object.assign(Client.prototype, { query: watched });
}

/** The HTTP client tells of its requests: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
function watchRequests(): void {
  const on = (channel: string, how: string): void =>
    subscribe(channel, (message) => {
      const { method, path } = (message as { request: { method: string; path: string } }).request;
      reach(`${how} ${method} ${patternOf(path)}`);
    });
  on('undici:request:create', 'created');
  on('undici:request:bodySent', 'sent');
  on('undici:request:headers', 'answered');
}

/** Ids and tokens are no part of what a request is. */
function patternOf(path: string): string {
  const [plain = ''] = path.replace(/^\/api\/v\d+/, '').split('?');
  return plain.replaceAll(/\/(\d{5,}|[^/]{30,})(?=\/|$)/g, '/*');
}
