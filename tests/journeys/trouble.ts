import { expect, vi, type MockInstance } from 'vitest';
import type { RequestOrderInput } from '../../sandbox/faults/order.ts';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import { MINUTE_MS, type World } from '../setup/bot.ts';

/** The titles of what everybody can read in a channel. */
export function titles(person: Person, place: string): (string | undefined)[] {
  return person.sees(place).flatMap(({ embeds, ephemeral }) => (ephemeral ? [] : [embeds[0]?.title]));
}

/** The time of day in Brussels two hours from now, as a person types it. */
export function inTwoHours({ clock }: World): string {
  const instant = new Date(clock.now().getTime() + 120 * MINUTE_MS);
  return instant.toLocaleTimeString('nl', { timeZone: 'Europe/Brussels', timeStyle: 'short' });
}

/** Adds a reminder for something two hours from now, and at that time of every day that follows. */
export async function addDaily(
  world: World,
  person: Person,
  name: string,
  channel = 'events',
): Promise<void> {
  const reply = await person.runs('/add_reminder', { name, time: inTwoHours(world), days: 'daily', channel });
  expect(reply.text).toMatch(/Reminder added|Herinnering toegevoegd/);
}

/** Moves on to when such a reminder is sent, an hour ahead. */
export async function untilDue(world: World): Promise<void> {
  await world.advance(61 * MINUTE_MS);
}

/** Lets the next messages of the bot in a channel fail. */
export function failNext(
  { sandbox }: World,
  guild: SandboxGuild,
  channel: string,
  fault: RequestOrderInput['fault'],
  { times = 1, waitMs = 200 } = {},
): void {
  const on = `POST /channels/${guild.channel(channel).id}/messages`;
  sandbox.faults.switchOn({ fault, on, times, waitMs });
}

/** Lets the bot give up a request after a tenth of a second instead of fifteen, while something is done. */
export async function impatiently({ bot }: World, act: () => Promise<void>): Promise<void> {
  const { options } = bot.client.rest;
  const patience = options.timeout;
  options.timeout = 100;
  await act();
  options.timeout = patience;
}

/** The database server refuses every connection; the result ends that. */
export function breakDatabase(world: World): () => void {
  const away = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  // As the real one is thrown.
  away.stack = `${away.message}\n    at node_modules/pg-pool/index.js:45:11`;
  return onPool(world, ['connect', 'query'], () => Promise.reject(away));
}

/** It takes this long to get a connection; the result ends that. */
export function slowDatabase(world: World, ms: number): () => void {
  return onPool(world, ['connect'], async (act) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return act();
  });
}

/** Puts something between the bot and its database. */
function onPool(
  { database: { pool } }: World,
  names: readonly ('connect' | 'query')[],
  instead: (act: () => unknown) => unknown,
): () => void {
  const spies = names.map((name) => {
    const original = pool[name].bind(pool) as (...parameters: unknown[]) => unknown;
    const spy = vi.spyOn(pool, name) as unknown as MockInstance<(...parameters: unknown[]) => unknown>;
    return spy.mockImplementation((...parameters) => instead(() => original(...parameters)));
  });
  return () => spies.forEach((spy) => spy.mockRestore());
}
