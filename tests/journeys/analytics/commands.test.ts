import { expect, test } from 'vitest';
import { useBot } from '../../setup/bot.ts';
import { plantTown } from '../town.ts';

const world = useBot();

test('admins see what is used in their server, and nobody but the owner of the bot what is used everywhere', async () => {
  const { olivia, niels } = plantTown(world());
  await olivia.runs('/config panel');
  // What is counted is written by a stop at the latest.
  await world().restart();
  const shown = await olivia.runs('/command_stats', { days: 1, limit: 1 });
  expect(shown.ephemeral).toBe(true);
  expect(shown.text).toContain('In the last 1 day, 1 in all: 1 different ');
  expect(shown.text).toContain('1. `/config panel` · 1');
  expect((await niels.runs('/command_stats', { scope: 'everywhere' })).text).toContain(
    'Alleen wie deze bot draait',
  );
});

test('/health tells an admin what is well and what is on in their server, in their language', async () => {
  const { ann, niels } = plantTown(world());
  await ann.runs('/config set', { setting: 'reminders.enabled', value: 'off' });
  const seen = (await ann.runs('/health')).text;
  expect(seen).toContain('All is well');
  expect(seen).toContain('off. `/config` switches `reminders.enabled` on.');
  expect((await niels.runs('/health')).text).toContain('Alles is in orde');
});
