import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/lib/database/database.ts';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { createCluster, type Cluster } from '../setup/cluster.ts';
import { describePostgres, type TestDatabase } from '../setup/database.ts';
import { quietLog } from '../setup/quiet-log.ts';
import { plantTown } from './town.ts';

describePostgres('PostgreSQL restarted under the bot', () => {
  // Of its own, as other test files use the one they share.
  let cluster: Cluster;
  const world = useBot({
    async database(): Promise<TestDatabase> {
      cluster = await createCluster();
      const options = { url: cluster.url, dataDirectory: '', log: quietLog };
      const open = () => openDatabase(options);
      return {
        ...(await open()),
        url: cluster.url,
        open,
        empty: () => Promise.reject(new Error('not here')),
      };
    },
  });
  afterAll(() => cluster?.remove());

  test('it says so while the database is away, and goes on by itself within seconds of its return', async () => {
    const { olivia, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await mia.runs('/add_reminder', { name: 'Quiz', time: '12:00', days: 'daily', channel: 'events' });
    await olivia.runs('/config panel');
    await olivia.picks('Choose a group of settings', 'reminders');

    await cluster.stop();
    expect((await mia.runs('/reminder_list')).text).toMatch(
      /^I can't reach my database at the moment, so nothing was changed\. Try again in a minute\. \(Reference \w{6}\)$/,
    );
    expect((await olivia.clicks('Turn off')).text).toContain("I can't reach my database at the moment");
    world().clock.advance(61 * MINUTE_MS);
    // Some of its ticks meet no database.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(mia.sees('events')).toEqual([]);

    await cluster.start();
    // Nobody nudges it: its own ticks have to come back.
    await mia.waitsFor('events', 'Quiz', 10_000);
    expect((await olivia.clicks('Turn off')).text).toContain('✅ **Reminders**: now off.');
    await olivia.waitsFor('log', 'Reminder sent');
    expect(mia.sees('events')).toHaveLength(1);
  }, 60_000);
});
