import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/people/person.ts';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { botHears, brussels, full, leaveButton, plantTown, reminderNamed } from './town.ts';

const world = useBot();
const at = (local: string) => world().moveTo(brussels(local));

/** The delivered messages in a channel, the newest last. */
const delivered = (person: Person, place = 'events') =>
  person.sees(place).filter(({ author, ephemeral }) => author === 'alphapy' && !ephemeral);
const newest = (person: Person) => {
  const message = delivered(person).at(-1);
  if (message === undefined) throw new Error('nothing was delivered');
  return message;
};
const snoozed = (by: Person) =>
  world()
    .database.db.selectFrom('reminders')
    .selectAll()
    .where('created_by', '=', by.id)
    .where('source', '=', 'snooze')
    .orderBy('id')
    .execute();

describe('snooze', () => {
  test('anyone, for themselves, at a time that is offered or typed; after a restart too', async () => {
    const { guild, mia, sam } = plantTown(world());
    await mia.runs('/add_reminder', {
      name: 'Quiz *night*',
      time: '20:00',
      days: 'daily',
      message: '**Pens**',
      channel: 'events',
    });
    await at('2026-12-01T19:00');
    const { id } = newest(sam);
    const asked = await sam.clicks('Snooze', { on: { id } });
    expect(asked).toMatchObject({ ephemeral: true, updated: false });
    expect(asked.text).toContain('Wanneer zeg ik het je opnieuw?');
    expect(asked.message?.buttons.map(({ label }) => label)).toEqual([
      'Over 10 minuten',
      'Over een uur',
      'Vanavond 20:00',
      'Morgen 9:00',
      'Een andere tijd…',
    ]);
    await world().restart();
    const chosen = await sam.clicks('Morgen 9:00');
    expect(chosen).toMatchObject({ updated: true });
    expect(chosen.text).toContain('komt naar je toe in een privébericht: ' + full('2026-12-02T09:00'));
    expect(chosen.message?.buttons).toEqual([]);

    await sam.clicks('Snooze', { on: { id } });
    const opened = await sam.clicks('Een andere tijd…');
    expect(opened.modal).toMatchObject({ title: 'Herinner me opnieuw', fields: [{ label: 'Wanneer' }] });
    expect((await sam.submits({ Wanneer: 'ooit eens' })).text).toContain('"ooit eens"');
    await sam.clicks('Een andere tijd…');
    expect((await sam.submits({ Wanneer: '21u30' })).text).toContain(full('2026-12-01T21:30'));
    const rows = await snoozed(sam);
    expect(rows).toMatchObject([
      { event_time: brussels('2026-12-02T09:00') },
      { event_time: brussels('2026-12-01T21:30') },
    ]);
    for (const row of rows)
      expect(row).toMatchObject({
        name: 'Quiz *night*',
        message: '**Pens**',
        recipient_id: sam.id,
        channel_id: guild.channel('events').id,
        origin_channel_id: guild.channel('events').id,
        origin_message_id: id,
        offset_minutes: 0,
      });

    // It comes by direct message, leads back, and has the same buttons.
    await at('2026-12-01T21:30');
    const [direct] = sam.dms;
    expect(direct?.embeds[0]?.title).toBe('Now: Quiz \\*night\\*');
    expect(direct?.text).toContain(`https://discord.com/channels/${guild.id}/${rows[0]?.channel_id}/${id}`);
    const on = { id: direct?.id ?? '' };
    await sam.clicks('Snooze', { on });
    expect((await sam.clicks('Over een uur')).text).toContain('komt naar je toe in een privébericht');
    expect((await sam.clicks('Done', { on })).text).toContain('Afgehandeld door');
    expect(sam.dms[0]?.buttons).toEqual([]);
    expect((await snoozed(sam)).at(-1)).toMatchObject({ name: 'Quiz *night*', origin_message_id: id });

    // Deleted meanwhile, it is told as its message shows it.
    await mia.runs('/reminder_delete', { reminder: await reminderNamed(mia, 'Quiz') });
    await mia.clicks('Snooze', { on: { id } });
    await mia.clicks('In an hour');
    expect(await snoozed(mia)).toMatchObject([
      { name: 'Quiz *night*', message: '**Pens**', recipient_id: mia.id },
    ]);
  });

  test('for everyone there, by who manages the reminder', async () => {
    const { guild, mia, sam, ann } = plantTown(world());
    await mia.runs('/add_reminder', { name: 'Walk', time: '20:00', days: 'daily', channel: 'events' });
    await at('2026-12-02T19:00');
    const on = { id: newest(sam).id };
    const forSam = await sam.clicks('Snooze', { on });
    expect(forSam.message?.buttons.map(({ label }) => label)).not.toContain('Voor iedereen hier');
    await ann.clicks('Snooze', { on });
    expect((await ann.clicks('For everyone here')).text).toContain('When shall I tell everyone');
    const repeated = await ann.clicks('In 10 minutes');
    expect(repeated.text).toContain('**Walk** comes again to #events: ');
    await world().advance(10 * MINUTE_MS);
    expect(newest(sam).embeds[0]?.title).toBe('Now: Walk');

    // A copied id does not make Sam one of those.
    await mia.clicks('Snooze', { on });
    const forAll = await mia.clicks('For everyone here');
    const customId = forAll.message?.buttons[0]?.customId ?? '';
    const copied = leaveButton(world(), guild, customId);
    expect((await sam.clicks('Go', { on: copied })).text).toContain('`/add_reminder`');
    guild.setOverwrite('events', { role: '@everyone', deny: ['SendMessages'] });
    await botHears(world(), guild);
    expect((await mia.clicks('In an hour', { on: forAll })).text).toContain(
      "You can't write in #events yourself",
    );
  });
});

describe('done', () => {
  test('ends the event for everyone, once; others are told who may', async () => {
    const { olivia, mia, sam, ann } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await olivia.runs('/config set', { setting: 'system.language', value: 'nl' });
    await mia.runs('/add_reminder', { name: 'Party', time: '22:00', date: '3/12', channel: 'events' });
    await at('2026-12-03T21:00');
    const { id } = newest(sam);
    expect((await sam.clicks('Klaar', { on: { id } })).text).toContain('Alleen wie deze herinnering maakte');
    const [byMia, byAnn] = await Promise.all([
      mia.clicks('Klaar', { on: { id } }),
      ann.clicks('Klaar', { on: { id } }),
    ]);
    for (const { failed } of [byMia, byAnn]) expect(failed).toBeNull();
    const message = newest(sam);
    expect(message.id).toBe(id);
    expect(message.buttons).toEqual([]);
    expect(message.text).toMatch(/Afgehandeld door: @(mia|ann)/);
    expect((await olivia.waitsFor('log', 'Herinnering afgehandeld')).text).toContain('Party');
    await at('2026-12-03T22:00');
    expect(delivered(sam)).toHaveLength(1);
    expect((await mia.runs('/reminder_list')).text).toContain('There are no reminders here yet.');
    expect(olivia.sees('log').filter(({ text }) => text.includes('afgehandeld'))).toHaveLength(1);
  });
});
