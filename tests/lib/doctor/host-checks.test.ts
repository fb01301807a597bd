import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { commandCharacters } from '#lib/doctor/command-budget';
import { askApplication, freeBytesOf, hostFindings, type HostState } from '#lib/doctor/host-checks';
import { defaultLocale, translator } from '#lib/i18n/translate';
import { useSentences } from '../i18n/sentences.ts';

useSentences();

const NOW = new Date('2026-12-01T09:00:00Z');
const at = (ms: number): Date => new Date(NOW.getTime() + ms);
const known = { kind: 'known', flags: 0, discordNow: NOW, ourNow: NOW } as const;
const applied = { name: '2026-11-22T1200_foundation', appliedAt: NOW, isKnown: true };
const command = (name: string, description = 'Does it') => ({ name, type: 1, description });

const HEALTHY: HostState = {
  application: known,
  intentsOff: () => [],
  database: { migrations: [applied] },
  freeBytes: 500 * 1024 * 1024,
  commands: Array.from({ length: 100 }, (_, index) => command(`command-${index}`)),
};

const found = (change: Partial<HostState>): [string, string][] =>
  hostFindings({ ...HEALTHY, ...change }).map(({ id, say }) => [id, say(translator(defaultLocale))]);

test('where all is well nothing is found, up to the last second, byte and command', () => {
  expect(found({})).toEqual([]);
  expect(found({ application: { ...known, discordNow: at(-5_000) } })).toEqual([]);
  expect(found({ application: { ...known, discordNow: null } })).toEqual([]);
  const longest = { ...command('c'), description: 'x'.repeat(7_999) };
  expect(commandCharacters(longest)).toBe(8_000);
  expect(found({ commands: [longest] })).toEqual([]);
  // Commands of menus are counted apart.
  expect(found({ commands: [...HEALTHY.commands, { name: 'Menu', type: 3 }] })).toEqual([]);
});

test.each<[string, Partial<HostState>, string]>([
  ['token:refused', { application: { kind: 'refused' } }, 'Discord refuses BOT_TOKEN'],
  ['token:unreachable', { application: { kind: 'unreachable', why: 'ENOTFOUND' } }, '(ENOTFOUND)'],
  [
    'intents:GuildMembers',
    { intentsOff: () => [{ name: 'GuildMembers', offWithout: 'seeing who leaves' }] },
    'GuildMembers is not granted, so this is off: seeing who leaves.',
  ],
  ['clock:ahead', { application: { ...known, discordNow: at(-6_000) } }, '6 seconds ahead'],
  ['clock:behind', { application: { ...known, discordNow: at(60_000) } }, '60 seconds behind'],
  ['database:unreachable', { database: { trouble: null } }, "doesn't answer"],
  ['database:unreachable', { database: { trouble: 'No server at x.' } }, 'No server at x.'],
  [
    'database:pending',
    { database: { migrations: [{ ...applied, appliedAt: null }] } },
    '1 migration is missing',
  ],
  [
    'database:newer',
    { database: { migrations: [applied, { name: '2099', appliedAt: NOW, isKnown: false }] } },
    "doesn't know `2099`",
  ],
  ['disk:unreadable', { freeBytes: null }, "DATA_DIRECTORY can't be read"],
  ['disk:full', { freeBytes: 500 * 1024 * 1024 - 1 }, 'only 499 MB are free'],
  ['command-count:many', { commands: [...HEALTHY.commands, command('one-more')] }, '101 commands'],
])('%s', (id, change, sentence) => {
  expect(found(change)).toEqual([[id, expect.stringContaining(sentence)]]);
});

test('a translation counts where it is longer, in every part of a command', () => {
  const dutch = {
    ...command('name', 'Short'),
    description_localizations: { nl: 'x'.repeat(7_980), fr: null },
    options: [{ name: 'option', description: 'Which', choices: [{ name: 'One', value: 'one' }] }],
  };
  // 4 of its name, 7,980; 6 and 5 of the option, 3 and 3 of the choice.
  expect(commandCharacters(dutch)).toBe(8_001);
  expect(found({ commands: [dutch] })).toEqual([
    ['command-size:name', expect.stringContaining('has 8001 characters in its longest language')],
  ]);
});

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A Discord that answers like this. */
async function discord(status: number, body: string, headers: Record<string, string> = {}): Promise<string> {
  const one = createServer((_request, response) => response.writeHead(status, headers).end(body));
  server = one;
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}/api`;
}

test('Discord is asked for the flags and for its time; what it answers instead is told apart', async () => {
  const ask = (apiUrl: string) => askApplication('token', apiUrl, () => NOW);
  const date = 'Tue, 01 Dec 2026 08:59:00 GMT';
  expect(await ask(await discord(200, '{"flags":5}', { Date: date }))).toEqual({
    kind: 'known',
    flags: 5,
    discordNow: at(-60_000),
    ourNow: NOW,
  });
  expect(await ask(await discord(401, '{}'))).toEqual({ kind: 'refused' });
  expect(await ask(await discord(502, '<html>'))).toEqual({ kind: 'unreachable', why: 'HTTP 502' });
  expect(await ask(await discord(200, 'not json'))).toMatchObject({ kind: 'unreachable' });
  expect(await ask('http://127.0.0.1:9/api')).toMatchObject({ kind: 'unreachable' });
});

test('the room on the disk of a directory, or that there is no such directory', async () => {
  expect(await freeBytesOf(os.tmpdir())).toBeGreaterThan(0);
  expect(await freeBytesOf(path.join(os.tmpdir(), 'there', 'is', 'none'))).toBeNull();
});
