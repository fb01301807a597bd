import { afterEach, expect, test } from 'vitest';
import { fetchSnapshot } from '#lib/invites/fetch';
import { createLog } from '#lib/logging/logger';
import { useClient } from '../discord/sandbox-client.ts';

const connected = useClient({ name: 'Town', owner: 'olivia', channels: [{ name: 'general' }] });
afterEach(() => connected().sandbox.faults.clear());

const NOW = new Date('2026-12-01T09:00:00Z');
/** What comes of asking, and what the process log says of it. */
async function ask(): Promise<unknown[]> {
  const lines: unknown[] = [];
  const log = createLog('info', { write: (line) => lines.push((JSON.parse(line) as { msg: string }).msg) });
  const guild = connected().client.guilds.cache.first();
  if (guild === undefined) throw new Error('no guild');
  return [await fetchSnapshot(guild, log, () => NOW), ...lines];
}

test('Discord that does not answer is told of', async () => {
  connected().sandbox.faults.switchOn({ fault: '500', on: 'GET /guilds/*/invites', times: 'every' });
  expect(await ask()).toEqual(['no_answer', 'invites: Discord did not list them']);
});

test('a server that has just removed the bot is nothing to complain about', async () => {
  const { sandbox, guilds } = connected();
  sandbox.faults.switchOn({ fault: 'lost events' });
  guilds[0]?.kickBot();
  expect(await ask()).toEqual(['no_answer']);
});
