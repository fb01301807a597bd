import { describe, expect, test } from 'vitest';
import type { SeenMessage } from '../../sandbox/people/seen-message.ts';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { botHears, brussels, full, plantTown, reminderNamed } from './town.ts';

const world = useBot();

describe('the list', () => {
  test('a member sees their own and those of the channel they are in, an admin all', async () => {
    const { mia, sam, ann, niels } = plantTown(world());
    const elsewhere = plantTown(world());
    await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00', channel: 'events' });
    await mia.runs('/add_reminder', { name: 'Stand-up', time: '9:00', days: 'weekdays', channel: 'general' });
    await sam.runs('/add_reminder', { name: 'Walk', time: '12:00', date: '2026-12-24', channel: 'news' });
    await elsewhere.mia.runs('/add_reminder', { name: 'Of another server', time: '12:00' });
    const listedFor = async (person: typeof mia, channel: string) => {
      const { text, ephemeral } = await person.runs('/reminder_list', {}, { in: channel });
      expect(ephemeral).toBe(true);
      return text
        .split('\n')
        .filter((line) => line.startsWith('**#'))
        .map((line) => line.replace(/^\*\*#\d+\*\* /, '').replaceAll(/<t:\d+:R>/g, '…'));
    };
    const quiz = `Quiz · ${full('2026-12-01T20:00')} · #events · next …`;
    const standUp = 'Stand-up · weekdays 09:00 · #general · next …';
    const walk = `Walk · ${full('2026-12-24T12:00')} · #news · next …`;

    expect(await listedFor(mia, 'general')).toEqual([quiz, standUp]);
    expect(await listedFor(mia, 'news')).toEqual([quiz, standUp, walk]);
    expect(await listedFor(sam, 'events')).toEqual(
      [quiz, walk].map((line) => line.replace('next', 'volgende')),
    );
    expect(await listedFor(ann, 'rules')).toEqual([quiz, standUp, walk]);
    expect(await listedFor(niels, 'rules')).toContain('Stand-up · werkdagen 09:00 · #general · volgende …');
    expect((await sam.runs('/reminder_list', {}, { in: 'events' })).text).toContain('Herinneringen');
    expect((await elsewhere.sam.runs('/reminder_list', {}, { in: 'events' })).text).toContain(
      'Herinneringen\nEr zijn hier nog geen herinneringen. Maak er een met `/add_reminder`.',
    );
  });

  test('has pages and filters, that go on after a restart and when reminders vanish', async () => {
    const { mia, sam, ann } = plantTown(world());
    for (let turn = 1; turn <= 21; turn += 1) {
      world().clock.advance(13_000);
      const day: Record<string, string> = turn === 21 ? { days: 'daily' } : { date: `${turn} january` };
      await mia.runs('/add_reminder', {
        name: `${turn} ${'*_'.repeat(48)}`,
        time: '9:00',
        channel: 'events',
        ...day,
      });
    }
    await sam.runs('/add_reminder', { name: 'Walk', time: '12:00', date: '24 december', channel: 'news' });
    const numbers = (text: string) =>
      text.split('\n').flatMap((line) => /^\*\*#\d+\*\* (\w+) .*:R>$/.exec(line)?.[1] ?? []);
    const isDisabled = ({ message }: Awaited<ReturnType<typeof mia.runs>>) =>
      message?.buttons.map(({ disabled }) => disabled);

    const first = await mia.runs('/reminder_list', {}, { in: 'general' });
    expect(numbers(first.text)).toEqual(['21', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(first.text).toContain('Page 1 of 3 · 21 reminders');
    expect(isDisabled(first)).toEqual([true, false]);
    expect(first.message?.selects[0]?.options.map(({ label }) => label)).toEqual([
      'All (21)',
      'Mine (21)',
      'This channel (0)',
      'Recurring (1)',
      'One time (20)',
      'Paused (0)',
      'From announcements (0)',
    ]);
    await world().restart();
    await mia.clicks('Next');
    const last = await mia.clicks('Next');
    expect(last).toMatchObject({ updated: true });
    expect(numbers(last.text)).toEqual(['20']);
    expect(isDisabled(last)).toEqual([false, true]);
    await mia.clicks('Previous');
    await ann.runs('/reminder_delete', { reminder: await reminderNamed(mia, '20 *') });
    const shorter = await mia.clicks('Next', { on: last });
    expect(numbers(shorter.text)).toHaveLength(10);
    expect(shorter.text).toContain('Page 2 of 2 · 20 reminders');
    const recurring = await mia.picks('Show only …', 'Recurring (1)');
    expect(numbers(recurring.text)).toEqual(['21']);
    expect(recurring.message?.buttons).toEqual([]);
    expect((await mia.picks('Show only …', 'Paused (0)')).text).toContain('No reminders are like that.');

    const offered = await mia.autocompletes('/reminder_delete', {}, 'reminder');
    for (const { name } of offered) expect(name.length).toBeLessThanOrEqual(100);
    expect(await mia.autocompletes('/reminder_delete', { reminder: '17 *' }, 'reminder')).toHaveLength(1);

    const dutch = await sam.runs('/reminder_list', {}, { in: 'events' });
    expect(dutch.text).toContain('Pagina 1 van 3 · 21 herinneringen');
    expect(numbers((await sam.picks('Toon alleen …', 'Van mij (1)')).text)).toEqual(['Walk']);
  });

  test('a member has fifty waiting at most, and is told how to make room', async () => {
    const { mia, ann } = plantTown(world());
    const add = (person: typeof mia) => {
      world().clock.advance(13_000);
      return person.runs('/add_reminder', { name: 'Quiz', time: '20:00', date: '24 december' });
    };
    for (let turn = 1; turn <= 50; turn += 1) await add(mia);
    expect((await add(mia)).text).toBe(
      'You have 50 reminders waiting, which is the most a member may have. Delete one with `/reminder_delete` first.',
    );
    await mia.runs('/reminder_delete', { reminder: await reminderNamed(mia, 'Quiz') });
    expect((await add(mia)).text).toContain('Reminder added');
    expect((await add(ann)).text).toContain('Reminder added');
  });
});

describe('deleting', () => {
  test('its creator and admins may, nobody else; and it does not come any more', async () => {
    const { olivia, mia, sam, ann, niels } = plantTown(world());
    const elsewhere = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    for (const name of ['Quiz', 'Picnic', 'Stand-up'])
      await mia.runs('/add_reminder', { name, time: '22:00', days: 'daily', channel: 'events' });
    await sam.runs('/add_reminder', { name: 'Walk', time: '22:00', date: '24/12', channel: 'events' });
    const offeredTo = async (person: typeof mia, reminder = '') =>
      (await person.autocompletes('/reminder_delete', { reminder }, 'reminder')).map(({ name }) =>
        name.replace(/^#\d+ /, ''),
      );

    expect(await offeredTo(mia)).toEqual([
      'Quiz · every day 22:00',
      'Picnic · every day 22:00',
      'Stand-up · every day 22:00',
    ]);
    expect(await offeredTo(sam)).toEqual(['Walk · 24 dec 2026, 22:00']);
    expect(await offeredTo(ann, 'walk')).toEqual(['Walk · Dec 24, 2026, 10:00 PM']);
    expect(await offeredTo(ann)).toHaveLength(4);
    expect(await offeredTo(mia, 'PIC')).toEqual(['Picnic · every day 22:00']);
    expect(await offeredTo(elsewhere.ann)).toEqual([]);

    const quiz = await reminderNamed(mia, 'Quiz');
    const refused = await sam.runs('/reminder_delete', { reminder: quiz });
    expect(refused).toMatchObject({
      text: 'Alleen wie deze herinnering maakte, of een beheerder, kan ze veranderen.',
      ephemeral: true,
    });
    // Olivia and Ann are admins of the other server as well; the reminder is not there.
    expect((await elsewhere.ann.runs('/reminder_delete', { reminder: quiz })).text).toBe(
      `There is no reminder #${quiz} here. Pick one from the list that appears while you type.`,
    );
    await expect(mia.runs('/reminder_delete', { reminder: 'Quiz' })).rejects.toThrow('Input a valid number.');

    expect(await mia.runs('/reminder_delete', { reminder: quiz })).toMatchObject({
      text: `Reminder #${quiz} **Quiz** is deleted.`,
      ephemeral: true,
    });
    expect((await mia.runs('/reminder_delete', { reminder: quiz })).text).toContain(
      `There is no reminder #${quiz} here.`,
    );
    const picnic = await reminderNamed(mia, 'Picnic');
    expect((await niels.runs('/reminder_delete', { reminder: picnic })).text).toBe(
      `Herinnering #${picnic} **Picnic** is verwijderd.`,
    );
    const logged = await olivia.waitsFor('log', `#${picnic} Picnic\nChannel: #events\nBy: @niels`);
    expect(logged.text).toContain('Reminder deleted');

    await world().moveTo(brussels('2026-12-01T21:00'));
    expect(mia.sees('events').map(({ embeds }) => embeds[0]?.title)).toEqual(['Stand-up']);
  });
});

describe('text that means harm', () => {
  const hostile = (id: string) =>
    `Mischief @everyone <@${id}> <@&${id}> @here [free](http://evil.example) ](http://x) \`\`\` ||x||`;
  const raw = ({ content, embeds }: SeenMessage): string => JSON.stringify([content, embeds]);

  test('in no field does it ping anybody, or show as formatting where names stand', async () => {
    const { guild, olivia, ann, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await olivia.runs('/config set', { setting: 'reminders.allow_everyone_mentions', value: 'on' });
    const text = hostile(ann.id);
    const name = text.slice(0, 100);
    const begins = world().clock.now().getTime() + 90 * MINUTE_MS;
    const time = new Date(begins).toLocaleTimeString('nl', {
      timeZone: 'Europe/Brussels',
      timeStyle: 'short',
    });
    await mia.runs('/add_reminder', { name, time, message: text, location: text, channel: 'events' });
    await world().advance(31 * MINUTE_MS);
    await mia.runs('/reminder_list', {}, { in: 'general' });
    await mia.runs('/reminder_delete', { reminder: await reminderNamed(mia, 'mischief') });
    await olivia.waitsFor('log', 'Reminder deleted');

    // The reply, the list, the deletion; the message in the channel; what was logged of it.
    const everything = mia
      .sees()
      .filter(({ author, text: all }) => author === 'alphapy' && all.includes('Mischief'));
    expect(
      everything.map(({ channelId }) => world().bot.client.channels.cache.get(channelId)?.toString()),
    ).toEqual(
      ['general', 'log', 'events', 'log', 'general', 'general', 'log'].map(
        (name) => `<#${guild.channel(name).id}>`,
      ),
    );
    for (const message of everything) {
      expect(message).toMatchObject({ mentionsEveryone: false, mentions: [] });
      // The text of the reminder is its author's, formatting and all: in an embed it notifies nobody.
      if (message.channelId === guild.channel('events').id) delete message.embeds[0]?.description;
      for (const live of ['@everyone', '@here', `<@${ann.id}>`, `<@&${ann.id}>`, '[free](', '[x]('])
        expect(raw(message)).not.toContain(live);
    }
  });

  test('what is quoted in a refusal is quoted letter for letter, without mentions', async () => {
    const { mia, olivia } = plantTown(world());
    const text = '@everyone **bold**';
    const refusals = [
      await mia.runs('/add_reminder', { name: 'Quiz', time: text }),
      await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00', date: text }),
      await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00', days: text }),
      await olivia.runs('/config set', { setting: text, value: 'x' }),
      await olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: text }),
      await olivia.runs('/config set', { setting: 'system.log_channel_id', value: text }),
      await olivia.runs('/config set', { setting: 'system.timezone', value: text }),
    ];
    for (const { message } of refusals) {
      expect(message?.content).toContain('everyone');
      expect(message?.content).toContain('\\*\\*bold\\*\\*');
      expect(message?.content).not.toContain('@everyone');
      expect(message).toMatchObject({ mentionsEveryone: false, mentions: [] });
    }
  });

  test('characters that a database or a reader cannot take are left out', async () => {
    const { mia } = plantTown(world());
    const reply = await mia.runs('/add_reminder', {
      name: 'Qu\u0000iz\u202E now',
      time: '20:00',
      message: 'a\u0000b\r\nc',
      location: '\uD800x',
    });
    expect(reply.text).toContain('**Quiz now** goes to #general.');
  });
});

describe('@everyone at delivery', () => {
  test('only when it was asked for, and only while the server still agrees', async () => {
    const { guild, olivia, sam } = plantTown(world());
    const setMentions = (value: string) =>
      olivia.runs('/config set', { setting: 'reminders.allow_everyone_mentions', value });
    await setMentions('on');
    await olivia.runs('/add_reminder', {
      name: 'Loud',
      time: '23:30',
      days: 'daily',
      everyone: true,
      channel: 'events',
    });
    await olivia.runs('/add_reminder', { name: 'Quiet', time: '23:30', days: 'daily', channel: 'events' });
    const evening = async (day: number) => {
      await world().moveTo(brussels(`2026-12-0${day}T22:30`));
      return Object.fromEntries(
        sam
          .sees('events')
          .slice(-2)
          .map(({ embeds, content, mentionsEveryone }) => [embeds[0]?.title, { content, mentionsEveryone }]),
      );
    };
    const silent = { content: '', mentionsEveryone: false };
    expect(await evening(1)).toEqual({
      Loud: { content: '@everyone', mentionsEveryone: true },
      Quiet: silent,
    });
    await setMentions('off');
    expect(await evening(2)).toEqual({ Loud: silent, Quiet: silent });
    await setMentions('on');
    guild.setOverwrite('events', { role: 'Alphapy', deny: ['MentionEveryone'] });
    await botHears(world(), guild);
    expect(await evening(3)).toEqual({ Loud: silent, Quiet: silent });
    guild.setOverwrite('events', { role: 'Alphapy', allow: ['MentionEveryone'] });
    await botHears(world(), guild);
    expect(await evening(4)).toMatchObject({ Loud: { mentionsEveryone: true } });
  });
});

describe('a paused reminder', () => {
  test('is marked in the list, and does not come until it is resumed', async () => {
    const { olivia, ann, mia, sam } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await mia.runs('/add_reminder', { name: 'Stand-up', time: '9:00', days: 'daily', channel: 'events' });
    const reminder = await reminderNamed(mia, 'Stand-up');
    expect((await sam.runs('/reminder_pause', { reminder })).text).toContain(
      'Alleen wie deze herinnering maakte',
    );
    expect((await mia.runs('/reminder_pause', { reminder })).text).toBe(
      `Reminder #${reminder} **Stand-up** is paused. \`/reminder_resume\` lets it go on.`,
    );
    expect((await olivia.waitsFor('log', 'Reminder paused')).text).toContain('By: @mia');
    expect((await mia.runs('/reminder_list')).text).toContain('#events · ⏸️ paused');
    await world().advance(2 * 24 * 60 * MINUTE_MS);
    expect(mia.sees('events').filter(({ author }) => author === 'alphapy')).toEqual([]);

    const [offered] = await ann.autocompletes('/reminder_resume', { reminder: 'stand' }, 'reminder');
    expect((await ann.runs('/reminder_resume', { reminder: Number(offered?.value) })).text).toContain(
      'goes on',
    );
    expect((await mia.runs('/reminder_list')).text).toContain('#events · next');
    await world().advance(24 * 60 * MINUTE_MS);
    expect(mia.sees('events').filter(({ author }) => author === 'alphapy')).toHaveLength(1);
  });
});
