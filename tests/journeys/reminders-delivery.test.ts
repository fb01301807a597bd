import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/people/person.ts';
import { HOUR_MS, useBot } from '../setup/bot.ts';
import { isOfReminders } from '../setup/reminder-tasks.ts';
import { brussels, full, plantTown } from './town.ts';

const world = useBot({ tasks: isOfReminders });

/** When the bot's messages came, and their titles: "Wed 2 Dec 19:00 Quiz", in Brussels. */
function arrivals(person: Person, place: string): string[] {
  return person.sees(place).flatMap(({ author, createdAt, embeds, ephemeral }) => {
    if (author !== 'alphapy' || ephemeral) return [];
    const at = DateTime.fromJSDate(createdAt, { zone: 'Europe/Brussels' }).setLocale('en-GB');
    return [`${at.toFormat('ccc d LLL HH:mm')} ${embeds[0]?.title ?? ''}`];
  });
}

const at = (local: string) => world().moveTo(brussels(local));

/** Lets time pass hour by hour, as it does for a bot that runs. */
async function hourByHour(until: string): Promise<void> {
  const end = brussels(until).getTime();
  for (let next = world().clock.now().getTime() + HOUR_MS; next < end; next += HOUR_MS) {
    // On the hour, so that what came can be told by the clock.
    await world().moveTo(new Date(Math.floor(next / HOUR_MS) * HOUR_MS));
  }
  await at(until);
}

describe('a reminder for one date', () => {
  test('comes an hour ahead and when it begins, and then is done', async () => {
    const { olivia, mia, sam } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    const added = await mia.runs('/add_reminder', {
      name: 'Quiz',
      time: '20:00',
      channel: 'events',
      message: '**Bring** a pen:\n- blue\n- or black\n\nSee <https://example.com/quiz_rules>',
      location: 'Hall 3\n(second floor, *not* the attic)',
    });
    expect(added.text).toContain(`- ${full('2026-12-01T19:00')}`);
    expect(added.text).toContain(`- ${full('2026-12-01T20:00')}`);
    const created = await olivia.waitsFor('log', 'Reminder added');
    expect(created.text).toContain('Quiz\nChannel: #events\nBy: @mia\nNext: <t:');

    await at('2026-12-01T18:59');
    expect(arrivals(sam, 'events')).toEqual([]);
    await at('2026-12-01T19:00');
    expect(arrivals(sam, 'events')).toEqual(['Tue 1 Dec 19:00 Quiz']);
    const [ahead] = sam.sees('events');
    expect(ahead).toMatchObject({ content: '', mentions: [], mentionsEveryone: false });
    expect(ahead?.embeds[0]).toMatchObject({
      // As Mia formatted it.
      description: '**Bring** a pen:\n- blue\n- or black\n\nSee <https://example.com/quiz_rules>',
      fields: [
        { name: 'When', value: expect.stringContaining(full('2026-12-01T20:00')) },
        { name: 'Where', value: 'Hall 3\n(second floor, \\*not\\* the attic)' },
      ],
    });
    expect((await olivia.waitsFor('log', 'Reminder sent')).text).toContain(
      `Channel: #events\nDue: ${full('2026-12-01T19:00')}\nWhen: ${full('2026-12-01T20:00')}`,
    );

    await at('2026-12-01T19:59');
    expect((await mia.runs('/reminder_list')).text).toContain('Quiz');
    await at('2026-12-01T20:00');
    await hourByHour('2026-12-02T22:00');
    expect(arrivals(sam, 'events')).toEqual(['Tue 1 Dec 19:00 Quiz', 'Tue 1 Dec 20:00 Now: Quiz']);
    expect((await mia.runs('/reminder_list')).text).toContain('There are no reminders here yet.');
    expect(await mia.autocompletes('/reminder_delete', {}, 'reminder')).toEqual([]);
    expect(olivia.sees('log').map(({ embeds }) => embeds[0]?.title)).toEqual([
      'Setting changed',
      'Reminder added',
      'Reminder sent',
      'Reminder sent',
    ]);
    expect(arrivals(sam, 'general')).toEqual([]);
  });

  test('comes as far ahead as the server chose', async () => {
    const parties: [minutes: number, expected: string[]][] = [
      [0, ['Mon 21 Dec 20:00 Now: Party']],
      [30, ['Mon 21 Dec 19:30 Party', 'Mon 21 Dec 20:00 Now: Party']],
      [180, ['Mon 21 Dec 17:00 Party', 'Mon 21 Dec 20:00 Now: Party']],
      [1440, ['Sun 20 Dec 20:00 Party', 'Mon 21 Dec 20:00 Now: Party']],
      [4320, ['Fri 18 Dec 20:00 Party', 'Mon 21 Dec 20:00 Now: Party']],
    ];
    const guests: Person[] = [];
    for (const [minutes] of parties) {
      const { olivia, mia } = plantTown(world());
      await olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: `${minutes}` });
      await mia.runs(
        '/add_reminder',
        { name: 'Party', time: '20:00', date: '21 december' },
        { in: 'general' },
      );
      guests.push(mia);
    }
    const moments =
      '18T19:59 18T20:00 20T19:59 20T20:00 21T16:59 21T17:00 21T19:29 21T19:30 21T19:59 21T20:00 21T21:00';
    for (const moment of moments.split(' ')) await at(`2026-12-${moment}`);
    expect(guests.map((guest) => arrivals(guest, 'general'))).toEqual(
      parties.map(([, expected]) => expected),
    );
  });
});

describe('a reminder that comes back', () => {
  test('comes once for each of its days, an hour ahead, week after week', async () => {
    const { mia } = plantTown(world());
    await mia.runs('/add_reminder', { name: 'Stand-up', time: '10:00', days: 'mon, wed, fri' });
    await hourByHour('2026-12-29T12:00');
    expect(arrivals(mia, 'general')).toEqual([
      'Wed 23 Dec 09:00 Stand-up',
      'Fri 25 Dec 09:00 Stand-up',
      'Mon 28 Dec 09:00 Stand-up',
    ]);
    expect((await mia.runs('/reminder_list')).text).toMatch(
      /Stand-up · Monday, Wednesday and Friday 10:00 · #general · next <t:\d+:R>/,
    );
  });

  test('late in the evening it comes on its own day only', async () => {
    const { olivia, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: '0' });
    await mia.runs('/add_reminder', { name: 'Late show', time: '23:00', days: 'wed' }, { in: 'general' });
    for (const day of ['29', '30', '31']) await at(`2026-12-${day}T23:00`);
    expect(arrivals(mia, 'general')).toEqual(['Wed 30 Dec 23:00 Now: Late show']);
  });

  test('at half past midnight it is announced the evening before, once', async () => {
    const { mia } = plantTown(world());
    const reply = await mia.runs('/add_reminder', { name: 'Night raid', time: '0:30', days: 'friday' });
    expect(reply.text).toContain(full('2026-12-31T23:30'));
    for (const moment of ['12-31T23:29', '12-31T23:30', '12-31T23:31']) await at(`2026-${moment}`);
    await hourByHour('2027-01-07T23:00');
    expect(arrivals(mia, 'general')).toEqual(['Thu 31 Dec 23:30 Night raid']);
    await at('2027-01-07T23:30');
    await at('2027-01-08T00:30');
    expect(arrivals(mia, 'general')).toEqual(['Thu 31 Dec 23:30 Night raid', 'Thu 7 Jan 23:30 Night raid']);
  });
});

describe('the server changes its mind', () => {
  test('another offset: what is waiting follows, and the reply says so', async () => {
    const { olivia, niels, mia } = plantTown(world());
    const inGeneral = { in: 'general' };
    await mia.runs('/add_reminder', { name: 'Once', time: '20:00', date: '9 january' }, inGeneral);
    await mia.runs('/add_reminder', { name: 'Weekly', time: '12:00', days: 'sat' }, inGeneral);
    const change = async (admin: Person, value: string) =>
      (await admin.runs('/config set', { setting: 'reminders.offset_minutes', value })).text;
    expect(await change(olivia, '30')).toBe('**Minutes ahead**: now `30`.\n2 reminders follow the change.');
    await hourByHour('2027-01-09T11:00');
    await at('2027-01-09T11:30');
    expect(arrivals(mia, 'general')).toEqual(['Sat 9 Jan 11:30 Weekly']);

    // At 18:00, three hours ahead of 20:00 have passed: that one comes when it would have.
    await at('2027-01-09T18:00');
    expect(await change(niels, '180')).toBe(
      '**Minuten vooraf**: nu `180`.\n2 herinneringen volgen de wijziging.\n1 daarvan houdt deze keer het oude moment, omdat het nieuwe al voorbij is.',
    );
    for (const moment of ['18:01', '19:00', '19:30', '20:00', '21:00']) await at(`2027-01-09T${moment}`);
    await hourByHour('2027-01-16T12:00');
    expect(arrivals(mia, 'general')).toEqual([
      'Sat 9 Jan 11:30 Weekly',
      'Sat 9 Jan 19:30 Once',
      'Sat 9 Jan 20:00 Now: Once',
      'Sat 16 Jan 09:00 Weekly',
    ]);
    expect(await change(olivia, '0')).toBe('**Minutes ahead**: now `0`.\n1 reminder follows the change.');
    await hourByHour('2027-01-23T12:00');
    expect(arrivals(mia, 'general').slice(4)).toEqual(['Sat 23 Jan 12:00 Now: Weekly']);
  });

  test('another zone: weekly ones keep their clock time, one for a date keeps its moment', async () => {
    const { olivia, mia } = plantTown(world());
    await mia.runs('/add_reminder', { name: 'Once', time: '20:00', date: '29 january' });
    await mia.runs('/add_reminder', { name: 'Weekly', time: '12:00', days: 'sat' });
    const reply = await olivia.runs('/config set', { setting: 'system.timezone', value: 'Europe/London' });
    expect(reply.text).toBe(
      '**Time zone**: now `Europe/London`.\n1 reminder follows the change.\n1 reminder for a single date keeps the moment that people were told.',
    );
    await hourByHour('2027-01-30T14:00');
    expect(arrivals(mia, 'general')).toEqual([
      'Fri 29 Jan 19:00 Once',
      'Fri 29 Jan 20:00 Now: Once',
      'Sat 30 Jan 12:00 Weekly',
    ]);
  });

  test('switched off: what becomes due is over, and what comes after goes out when it is switched on again', async () => {
    const { olivia, mia } = plantTown(world());
    await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00', date: '2 february' });
    await mia.runs('/add_reminder', { name: 'Stand-up', time: '10:00', days: 'daily' });
    await olivia.runs('/config set', { setting: 'reminders.enabled', value: 'off' });
    await hourByHour('2027-02-02T19:10');
    expect((await mia.runs('/reminder_list')).text).toContain('Quiz');

    expect((await olivia.runs('/config set', { setting: 'reminders.enabled', value: 'on' })).text).toBe(
      '**Reminders**: now on.',
    );
    await world().advance(1_000);
    expect(arrivals(mia, 'general')).toEqual([]);

    await hourByHour('2027-02-03T10:00');
    expect(arrivals(mia, 'general')).toEqual(['Tue 2 Feb 20:00 Now: Quiz', 'Wed 3 Feb 09:00 Stand-up']);
  });

  test('a Dutch server reads Dutch', async () => {
    const { olivia, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await olivia.runs('/config set', { setting: 'system.language', value: 'nl' });
    await mia.runs(
      '/add_reminder',
      { name: 'Spelavond', time: '20:00', location: 'Café De Zwaan' },
      { in: 'general' },
    );
    await at('2027-02-03T19:10');
    await at('2027-02-03T20:00');
    const [ahead, now] = mia.sees('general').filter(({ ephemeral }) => !ephemeral);
    expect(ahead?.text).toMatch(
      /^Spelavond\nWanneer: <t:.*\nWaar: Café De Zwaan\nTe laat: Dit was bedoeld voor <t:\d+:F>\.\nHerinnering #\d+\n\[Uitstellen\] \[Klaar\]$/,
    );
    expect(now?.text).toContain('Nu: Spelavond\nWanneer: ');
    expect(
      olivia
        .sees('log')
        .map(({ embeds }) => embeds[0]?.title)
        .slice(1),
    ).toEqual([
      'Instelling gewijzigd',
      'Herinnering toegevoegd',
      'Herinnering verstuurd',
      'Herinnering verstuurd',
    ]);
  });
});

describe('the night the clocks change in Brussels', () => {
  test('forward: half past two does not exist', async () => {
    await at('2027-03-26T12:00');
    const { mia, sam } = plantTown(world());
    const inGeneral = { in: 'general' };
    const once = await mia.runs('/add_reminder', { name: 'Once', time: '2:30', date: '28 march' }, inGeneral);
    expect(once.text).toContain('The clocks skip that time that night, so it is read as 03:30.');
    expect(
      (await sam.runs('/add_reminder', { name: 'Eens', time: '2:30', date: '28 maart' }, { in: 'events' }))
        .text,
    ).toContain('Die nacht slaat de klok die tijd over; het wordt 03:30.');
    await mia.runs('/add_reminder', { name: 'Nightly', time: '2:30', days: 'daily' }, inGeneral);
    await mia.runs('/add_reminder', { name: 'Evening', time: '20:30', days: 'weekend' }, inGeneral);
    for (const day of ['27', '28', '29'])
      for (const moment of ['00:30', '01:30', '03:30', '19:30', '20:30'])
        await at(`2027-03-${day}T${moment}`);
    expect(arrivals(mia, 'general')).toEqual([
      'Sat 27 Mar 01:30 Nightly',
      'Sat 27 Mar 19:30 Evening',
      'Sun 28 Mar 01:30 Once',
      'Sun 28 Mar 01:30 Nightly',
      'Sun 28 Mar 03:30 Now: Once',
      'Sun 28 Mar 19:30 Evening',
      'Mon 29 Mar 01:30 Nightly',
    ]);
  });

  test('back: half past two comes twice', async () => {
    await at('2027-10-29T12:00');
    const { mia, sam } = plantTown(world());
    const once = await mia.runs('/add_reminder', { name: 'Once', time: '2:30', date: '31 october' });
    expect(once.text).toContain(
      'That time comes twice that night, when the clocks go back. The first one counts.',
    );
    expect(
      (await sam.runs('/add_reminder', { name: 'Eens', time: '2:30', date: '31 oktober' }, { in: 'events' }))
        .text,
    ).toContain('Die nacht komt die tijd twee keer, want de klok gaat terug. De eerste telt.');
    await mia.runs('/add_reminder', { name: 'Nightly', time: '2:30', days: 'daily' });
    // Half past two in summer time, then again in winter time.
    for (const moment of ['29T23:30', '30T00:30', '30T23:30', '31T00:30', '31T01:30', '31T02:30'])
      await world().moveTo(`2027-10-${moment}:00Z`);
    await at('2027-11-01T01:30');
    await at('2027-11-01T02:30');
    const nightly = arrivals(mia, 'general').filter((line) => line.endsWith('Nightly'));
    expect(nightly).toEqual([
      'Sat 30 Oct 01:30 Nightly',
      'Sun 31 Oct 01:30 Nightly',
      'Mon 1 Nov 01:30 Nightly',
    ]);
    expect(arrivals(mia, 'general').filter((line) => line.endsWith('Once'))).toEqual([
      'Sun 31 Oct 01:30 Once',
      'Sun 31 Oct 02:30 Now: Once',
    ]);
    const [, begins] = mia.sees('general').filter(({ text }) => /^(Now: )?Once/.test(text));
    expect(begins?.createdAt.toISOString()).toMatch(/^2027-10-31T00:30/);
  });
});
