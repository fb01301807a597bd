import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { plantTown, reminderNamed } from './town.ts';
import { addDaily, breakDatabase, slowDatabase, titles, untilDue } from './trouble.ts';

const world = useBot();

describe('the database fails', () => {
  test('whoever asks meanwhile reads a sentence with a reference, and all is as before when it is back', async () => {
    const { guild, olivia, mia, sam, niels } = plantTown(world());
    await addDaily(world(), mia, 'Quiz');
    const quiz = await reminderNamed(mia, 'Quiz');
    await olivia.runs('/config panel');
    await olivia.picks('Choose a group of settings', 'reminders');
    await niels.runs('/config panel');
    await niels.clicks({ customId: 'config:1:edit:system.timezone' });
    const linesBefore = world().logged.length;

    const mend = breakDatabase(world());
    const says =
      /^I can't reach my database at the moment, so nothing was changed\. Try again in a minute\. \(Reference ([A-Z2-9]{6})\)$/;
    const zegt =
      /^Ik kan nu niet bij mijn database, dus er is niets veranderd\. Probeer het over een minuut opnieuw\. \(Referentie [A-Z2-9]{6}\)$/;
    const replies = [
      await olivia.runs('/config show'),
      await olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: '5' }),
      await olivia.runs('/config undo'),
      await olivia.clicks('Turn off'),
      await mia.runs('/add_reminder', { name: 'Picnic', time: '20:00' }),
      await mia.runs('/reminder_list'),
      await mia.runs('/reminder_delete', { reminder: quiz }),
    ];
    for (const { text, ephemeral } of replies) {
      expect(text).toMatch(says);
      expect(ephemeral).toBe(true);
    }
    expect((await sam.runs('/reminder_list')).text).toMatch(zegt);
    expect((await niels.submits({ Tijdzone: 'UTC' })).text).toMatch(zegt);
    expect(await olivia.autocompletes('/config undo', {}, 'entry')).toEqual([]);
    expect(await mia.autocompletes('/reminder_delete', {}, 'reminder')).toEqual([]);
    expect(await olivia.autocompletes('/config set', { setting: 'zone' }, 'setting')).toHaveLength(1);

    const reference = says.exec(replies[0]?.text ?? '')?.[1];
    expect(
      world()
        .logged.slice(linesBefore)
        .find((line) => line['reference'] === reference),
    ).toMatchObject({
      level: 'error',
      msg: 'an interaction failed',
      piece: 'config',
      guildId: guild.id,
      err: { code: 'ECONNREFUSED' },
    });

    await untilDue(world());
    expect(titles(mia, 'events')).toEqual([]);
    mend();
    await world().advance(1_000);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
    expect((await olivia.runs('/config show')).text).toContain('`reminders.enabled` on (default)');
    expect((await olivia.clicks('Turn off')).text).toContain('✅ **Reminders**: now off.');
  });

  test('it goes away between a message and the note that it was sent: not twice', async () => {
    const { guild, olivia, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await addDaily(world(), mia, 'Quiz');
    let mend: (() => void) | undefined;
    const stopListening = world().sandbox.onRequest(({ method, path }) => {
      if (method === 'POST' && path === `/channels/${guild.channel('events').id}/messages`)
        mend = breakDatabase(world());
    });
    await untilDue(world());
    stopListening();
    expect(mend).toBeDefined();
    mend?.();
    expect(world().logged.some(({ msg }) => msg === 'reminder: could not be settled')).toBe(true);
    await world().advance(2 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
    await olivia.waitsFor('log', 'Reminder sent');
    await world().advance(DAY_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz', 'Quiz']);
  });

  test('it is slow: the bot says that it is thinking, and then answers', async () => {
    const { olivia, ann, mia } = plantTown(world());
    for (const admin of [olivia, ann]) await admin.runs('/config panel');
    await olivia.picks('Choose a group of settings', 'reminders');
    const change = () => olivia.clicks({ customId: 'config:1:edit:reminders.offset_minutes' });

    const mend = slowDatabase(world(), 1_700);
    const listing = mia.runs('/reminder_list');
    const picking = ann.picks('Choose a group of settings', 'reminders');
    const changing = change();
    await mia.waitsFor('reply', ({ isThinking }) => isThinking);
    const [listed, picked, changed] = await Promise.all([listing, picking, changing]);
    mend();

    expect(listed).toMatchObject({ ephemeral: true, failed: null });
    expect(listed.text).toContain('There are no reminders here yet.');
    expect(picked).toMatchObject({ updated: true });
    expect(picked.text).toContain('[Turn off]');
    // A window can only be opened at once.
    expect(changed.text).toBe('That took me too long to open a window for you. Please try it once more.');
    expect((await change()).modal?.title).toBe('Minutes ahead');
  });
});
