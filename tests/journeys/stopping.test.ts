import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { leaveButton, plantTown } from './town.ts';
import { addDaily, failNext, slowDatabase, titles } from './trouble.ts';

const world = useBot();

describe('the bot is stopped', () => {
  test('while it works: it finishes what it began, within ten seconds, and the next one repeats nothing', async () => {
    const { guild, olivia, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await addDaily(world(), mia, 'Quiz');
    await addDaily(world(), mia, 'Picnic', 'news');
    failNext(world(), guild, 'events', 'slow', { waitMs: 1_000 });
    // By itself, within a second of becoming due.
    world().clock.advance(61 * MINUTE_MS);
    await mia.waitsFor('news', 'Picnic');

    const begun = performance.now();
    await world().restart(() => {
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect(titles(mia, 'events')).toEqual(['Quiz']);
      expect(world().sandbox.connectedSessions).toBe(0);
    });
    await world().advance(5 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
    expect(titles(mia, 'news')).toEqual(['Picnic']);
    expect(titles(olivia, 'log').filter((title) => title === 'Reminder sent')).toHaveLength(2);
  });

  test('while somebody waits for an answer: they get it', async () => {
    const { mia } = plantTown(world());
    const mend = slowDatabase(world(), 300);
    const arrived = once(world().bot.client, 'interactionCreate');
    const asked = mia.runs('/reminder_list');
    await arrived;
    await world().restart(mend);
    expect((await asked).text).toContain('There are no reminders here yet.');
  });

  test('while something becomes due: it comes when the bot is back, once, and says that it is late', async () => {
    const { mia } = plantTown(world());
    await addDaily(world(), mia, 'Quiz');
    await world().restart(() => world().clock.advance(90 * MINUTE_MS));
    await mia.waitsFor('events', 'Quiz');
    await world().advance(5 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
    expect(mia.sees('events')[0]?.text).toContain('Late: This was meant for <t:');
  });

  test('a button that was there before works after', async () => {
    const { guild, olivia } = plantTown(world());
    const on = leaveButton(world(), guild, 'config:1:edit:reminders.offset_minutes');
    await world().restart();
    expect((await olivia.clicks('Go', { on })).modal?.title).toBe('Minutes ahead');
  });
});
