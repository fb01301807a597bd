import { describe, expect, test } from 'vitest';
import { useBot } from '../setup/bot.ts';
import { brussels, full, plantTown, type Town } from './town.ts';

const host = { enableEveryoneMentions: true };
const world = useBot({ config: host });

/** Nobody adds more than five a minute, so a story that tries many things lets time pass. */
async function patiently(person: Town['mia'], options: Record<string, string | boolean>) {
  world().clock.advance(13_000);
  return person.runs('/add_reminder', options);
}

describe('what people type is understood', () => {
  // It is Tuesday 1 December 2026, a little past ten in the morning in Brussels.
  test.each([
    ['a time that is still ahead today', { time: '19:30' }, '2026-12-01T19:30'],
    ['a time that has passed today', { time: '9:00' }, '2026-12-02T09:00'],
    ['as the Dutch write it', { time: '19u30' }, '2026-12-01T19:30'],
    ['as the English write it', { time: '7:30 pm' }, '2026-12-01T19:30'],
    ['midnight', { time: '12am' }, '2026-12-02T00:00'],
    ['tomorrow', { time: '8:00', date: 'tomorrow' }, '2026-12-02T08:00'],
    ['the day after', { time: '8:00', date: 'overmorgen' }, '2026-12-03T08:00'],
    ['a day of the week', { time: '20:00', date: 'vrijdag' }, '2026-12-04T20:00'],
    ['day and month, of the next year by now', { time: '20:00', date: '14/02' }, '2027-02-14T20:00'],
    ['a month in words', { time: '20:00', date: '3 mei' }, '2027-05-03T20:00'],
    ['a whole date', { time: '20:00', date: '2027-03-01' }, '2027-03-01T20:00'],
    ['all of it in words', { time: 'volgende week vrijdag 20u' }, '2026-12-11T20:00'],
    ['a day that only a leap year has', { time: '20:00', date: '29 February' }, '2028-02-29T20:00'],
  ])('%s', async (_what, typed, event) => {
    const { mia } = plantTown(world());
    const reply = await patiently(mia, { name: 'Quiz', ...typed });
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('Reminder added\n**Quiz** goes to #general.\n\nIt will be sent:');
    expect(reply.text).toContain(`ahead of ${full(event)}`);
  });

  test('days: the reply says them and the next three times', async () => {
    const { mia, sam } = plantTown(world());
    const reply = await patiently(mia, { name: 'Stand-up', time: '9:15', days: 'ma, wo en vrijdag' });
    expect(reply.text.replaceAll(/ \(<t:\d+:R>\)/g, '').split('\n')).toEqual([
      'Reminder added',
      '**Stand-up** goes to #general: Monday, Wednesday and Friday at 09:15.',
      '',
      'It will be sent:',
      `- ${full('2026-12-02T08:15')}, ahead of ${full('2026-12-02T09:15')}`,
      `- ${full('2026-12-04T08:15')}, ahead of ${full('2026-12-04T09:15')}`,
      `- ${full('2026-12-07T08:15')}, ahead of ${full('2026-12-07T09:15')}`,
      expect.stringMatching(/^Reminder #\d+$/),
    ]);
    const everyOther = await patiently(mia, { name: 'Retro', time: 'every other friday 16:00' });
    expect(everyOther.text).toContain('**Retro** goes to #general: every other Friday at 16:00.');
    expect(everyOther.text).toContain(`- ${full('2026-12-18T15:00')}`);
    const inDutch = await patiently(sam, { name: 'Overleg', time: '9u15', days: 'weekdays' });
    expect(inDutch.text).toContain(
      'Herinnering toegevoegd\n**Overleg** gaat naar #general: werkdagen om 09:15.\n\nZe wordt verstuurd:',
    );
    expect((await patiently(mia, { name: 'Walk', time: '12:00', days: 'daily' })).text).toContain(
      'every day at 12:00.',
    );
    expect((await patiently(mia, { name: 'Rest', time: '12:00', days: 'za-zo' })).text).toContain(
      'Saturday and Sunday at 12:00.',
    );
  });
});

describe('what cannot be is refused in a sentence that says what would work', () => {
  test.each([
    [
      'a time that does not exist',
      { time: '25:00' },
      'I can\'t read "25:00" as a time. Write it like 20:00, tomorrow 8pm,',
      'Ik kan "25:00" niet als tijd lezen.',
    ],
    [
      'a time in words',
      { time: 'noonish' },
      'I can\'t read "noonish" as a time.',
      'Schrijf bijvoorbeeld 20:00, morgen 20u,',
    ],
    [
      '31 February',
      { time: '20:00', date: '31 February' },
      'I can\'t read "31 February" as a date that exists. Write it like 2027-02-14, 14/02, 14 February or tomorrow.',
      'Ik kan "31 February" niet lezen als een datum die bestaat.',
    ],
    [
      'a day that is none',
      { time: '20:00', days: 'ma-xx' },
      'I don\'t know these days: ma-xx. Write them like "mon, wed", "weekdays", "ma-vr" or "daily".',
      'Deze dagen ken ik niet: ma-xx.',
    ],
    [
      'only one of the days is none',
      { time: '20:00', days: 'mon, blursday, fri' },
      "I don't know these days: blursday.",
      'Deze dagen ken ik niet: blursday.',
    ],
    [
      'words around no day',
      { time: '20:00', days: 'on the' },
      "I don't know these days: on the.",
      'Deze dagen ken ik niet: on the.',
    ],
    [
      'a date that has passed',
      { time: '20:00', date: '2026-11-30' },
      "That moment has passed already: in this server's time zone (Europe/Brussels) it is 2026-12-01 10:",
      'Dat moment is al voorbij',
    ],
    [
      'earlier today',
      { time: '8:00', date: 'today' },
      'That moment has passed already',
      'Dat moment is al voorbij: in de tijdzone van deze server (Europe/Brussels) is het 2026-12-01 10:',
    ],
    [
      'a date and days',
      { time: '20:00', date: 'tomorrow', days: 'mon' },
      'Choose either a date, for something that happens once, or days, for something that comes back every week.',
      'Kies een datum, voor iets dat één keer gebeurt',
    ],
    [
      'no name',
      { name: ' \n ', time: '20:00' },
      'Give the reminder a name.',
      'Geef de herinnering een naam.',
    ],
  ])('%s', async (_what, typed, says, inDutch) => {
    const { mia, sam } = plantTown(world());
    const reply = await patiently(mia, { name: 'Quiz', ...typed });
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain(says);
    expect((await patiently(sam, { name: 'Quiz', ...typed })).text).toContain(inDutch);
    expect((await mia.runs('/reminder_list')).text).toContain('There are no reminders here yet.');
  });

  test('a text that is too long does not leave the client', async () => {
    const { mia } = plantTown(world());
    const add = (more: Record<string, string>) =>
      mia.runs('/add_reminder', { name: 'Quiz', time: '20:00', ...more });
    await expect(add({ message: 'x'.repeat(4000) })).rejects.toThrow('Must be 2000 or fewer in length.');
    await expect(add({ location: 'x'.repeat(201) })).rejects.toThrow('Must be 200 or fewer in length.');
    await expect(add({ name: 'x'.repeat(101) })).rejects.toThrow('Must be 100 or fewer in length.');
    expect(
      (await add({ name: 'n'.repeat(100), message: '_'.repeat(2000), location: '*'.repeat(200) })).text,
    ).toContain('Reminder added');
  });

  test('switched off by the server', async () => {
    const { olivia, mia, sam } = plantTown(world());
    await olivia.runs('/config set', { setting: 'reminders.enabled', value: 'off' });
    expect(await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00' })).toMatchObject({
      text: 'Reminders are switched off in this server. An admin can switch them on with `/config set setting:reminders.enabled value:on`.',
      ephemeral: true,
    });
    expect((await sam.runs('/add_reminder', { name: 'Quiz', time: '20:00' })).text).toContain(
      'Herinneringen staan uit in deze server.',
    );
    await olivia.runs('/config set', { setting: 'reminders.enabled', value: 'on' });
    expect((await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00' })).text).toContain(
      'Reminder added',
    );
  });
});

describe('where it goes', () => {
  test('here, to the default channel, or where the person says', async () => {
    const { olivia, mia } = plantTown(world());
    const add = async (more: Record<string, string> = {}) =>
      (
        await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00', ...more }, { in: 'general' })
      ).text.split('\n')[1];
    expect(await add()).toBe('**Quiz** goes to #general.');
    await olivia.runs('/config set', { setting: 'reminders.default_channel_id', value: 'events' });
    expect(await add()).toBe('**Quiz** goes to #events.');
    expect(await add({ channel: 'news' })).toBe('**Quiz** goes to #news.');
  });

  test('to a thread or a forum post', async () => {
    const { olivia, mia } = plantTown(world(), {
      channels: [{ name: 'general' }, { name: 'ideas', type: 'forum' }],
    });
    const thread = mia.startsThread('general', 'Plans');
    const post = mia.posts('ideas', 'More cake', 'Please');
    for (const { id, name } of [thread, post]) {
      const { text } = await mia.runs(
        '/add_reminder',
        { name: 'Quiz', time: '20:00', channel: id },
        { in: 'general' },
      );
      expect(text).toContain(`goes to #${name}`);
    }
    olivia.archives(thread.id);
    await world().moveTo(brussels('2026-12-01T20:00'));
    expect(mia.sees(thread.id).at(-1)?.text).toContain('Now: Quiz');
    expect(mia.sees(post.id).at(-1)?.text).toContain('Now: Quiz');
  });

  test('to its maker alone: nobody else reads of it', async () => {
    const { olivia, mia, sam } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await olivia.runs('/config set', { setting: 'reminders.pre_alerts', value: '1 hour, 30m' });
    const add = (more: Record<string, string | boolean> = {}) =>
      mia.runs(
        '/add_reminder',
        { name: 'Dentist', time: '20:00', private: true, ...more },
        { in: 'general' },
      );
    expect((await add({ everyone: true })).text).toContain('mentions nobody');
    expect((await add({ channel: 'events' })).text).toContain('has no channel');
    const { text } = await add();
    expect(text).toContain('**Dentist** goes to you, by direct message.');
    expect(text.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(1);
    expect((await mia.runs('/reminder_list')).text).toContain('Dentist');
    for (const other of [olivia, sam])
      expect((await other.runs('/reminder_list', {}, { in: 'general' })).text).not.toContain('Dentist');

    await world().moveTo(brussels('2026-12-02T20:00'));
    expect(mia.dms.map(({ embeds }) => embeds[0]?.title)).toEqual(['Now: Dentist']);

    mia.acceptsDirectMessages(false);
    await add({ time: '20:30' });
    await world().moveTo(brussels('2026-12-02T20:30'));
    expect((await mia.runs('/reminder_failed')).text).toContain('The bot may not write to you.');
    expect((await olivia.runs('/reminder_failed')).text).not.toContain('Dentist');
    expect(olivia.sees('log').filter((message) => message.text.includes('Dentist'))).toEqual([]);
  });

  test('only where the person may write, and the bot', async () => {
    const { guild, olivia, mia, sam } = plantTown(world());
    const add = async (person: typeof mia, channel?: string) =>
      (await patiently(person, { name: 'Quiz', time: '20:00', ...(channel !== undefined && { channel }) }))
        .text;
    expect(await add(mia, 'rules')).toBe(
      "You can't write in #rules yourself, so you can't send a reminder there. Choose another with the `channel` option.",
    );
    expect(await add(sam, 'rules')).toContain('Je kan zelf niet schrijven in #rules');
    expect(await add(olivia, 'rules')).toContain('goes to #rules');
    expect(await add(mia, 'readonly')).toBe(
      'In #readonly the bot lacks: Send Messages, Embed Links. Ask an admin to allow it there, or choose another channel.',
    );
    expect(await add(sam, 'readonly')).toContain(
      'In #readonly mist de bot: berichten versturen (Send Messages), links insluiten (Embed Links).',
    );
    await expect(add(mia, 'lounge')).rejects.toThrow('#lounge is not offered');
    // The chat of a voice channel, where no channel is chosen.
    const inVoice = await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00' }, { in: 'lounge' });
    expect(inVoice.text).toBe(
      '#lounge is neither a text channel nor a thread. Choose a text or announcement channel, a thread or a forum post.',
    );

    // The default channel is deleted: whoever names none is told so.
    await olivia.runs('/config set', { setting: 'reminders.default_channel_id', value: 'events' });
    guild.deleteChannel('events');
    expect((await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00' }, { in: 'general' })).text).toBe(
      'The default channel for reminders no longer exists. Choose one with the `channel` option, or ask an admin to set another with `/config set setting:reminders.default_channel_id`.',
    );
    expect((await mia.runs('/reminder_list')).text).not.toContain('Quiz');
  });

  test('@everyone needs the yes of the host, of the server and of the member', async () => {
    const { guild, olivia, mia, niels } = plantTown(world());
    const add = async (person: typeof mia) =>
      (await patiently(person, { name: 'Fire drill', time: '20:00', everyone: true })).text;

    expect(await add(mia)).toBe(
      'This server has not allowed reminders to mention @everyone. An admin can with `/config set setting:reminders.allow_everyone_mentions value:on`.',
    );
    await olivia.runs('/config set', { setting: 'reminders.allow_everyone_mentions', value: 'on' });
    expect(await add(mia)).toBe(
      'You need the permission Mention Everyone in #general to let a reminder mention @everyone.',
    );
    expect(await add(niels)).toContain(
      'Je hebt het recht Iedereen vermelden (Mention Everyone) in #general nodig',
    );
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['MentionEveryone'] });
    expect(await add(olivia)).toBe('The bot needs the permission Mention Everyone in #general first.');
    guild.setOverwrite('general', { role: 'Alphapy', allow: ['MentionEveryone'] });
    expect(await add(olivia)).toContain('Reminder added');

    host.enableEveryoneMentions = false;
    await world().restart();
    expect(await add(olivia)).toBe('The host of this bot has not allowed reminders to mention @everyone.');
    host.enableEveryoneMentions = true;
    await world().restart();
    expect(await add(olivia)).toContain('Reminder added');
  });
});

describe('five a minute', () => {
  test('then a sentence with the time left; others and other servers are not held up', async () => {
    const { mia, sam } = plantTown(world());
    const elsewhere = plantTown(world());
    const add = async (person: typeof mia) =>
      (await person.runs('/add_reminder', { name: 'Quiz', time: '20:00' })).text;
    for (let turn = 1; turn <= 5; turn += 1) expect(await add(mia)).toContain('Reminder added');
    const held = await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00' });
    expect(held.ephemeral).toBe(true);
    expect(held.text).toMatch(/^You tried this 5 times in a short while\. Try again in (59|60) seconds\.$/);
    expect(await add(sam)).toContain('Herinnering toegevoegd');
    expect(await add(elsewhere.mia)).toContain('Reminder added');

    world().clock.advance(57_000);
    expect(await add(mia)).toMatch(/again in [123] seconds?\.$/);
    world().clock.advance(4_000);
    expect(await add(mia)).toContain('Reminder added');
    for (let turn = 1; turn <= 5; turn += 1) await add(sam);
    expect(await add(sam)).toMatch(
      /^Je probeerde dit 5 keer in korte tijd\. Probeer het over \d+ seconden opnieuw\.$/,
    );
  });
});
