import { describe, expect, test } from 'vitest';
import { CHOICES_MAX } from '#lib/ui/limits';
import { settingKeys } from '#lib/settings/definitions';
import { useBot } from '../setup/bot.ts';
import { plantTown, reminderNamed } from './town.ts';

const world = useBot();

describe('an admin sets the server up', () => {
  test('shows what is set, sets what should be, and all of it holds at once', async () => {
    const { guild, olivia, mia } = plantTown(world());

    const before = await olivia.runs('/config show');
    expect(before.ephemeral).toBe(true);
    expect(before.text).toContain('`system.log_channel_id` not set');
    expect(before.text).toContain('`system.timezone` `Europe/Brussels` (default)');
    expect(before.text).toContain('`reminders.offset_minutes` `60` (default)');

    const { id } = guild.channel('events');
    const steps: [setting: string, value: string, says: string][] = [
      ['system.log_channel_id', `<#${guild.channel('log').id}>`, '**Log channel**: now #log.'],
      ['reminders.default_channel_id', '#news', '**Default channel**: now #news.'],
      ['reminders.default_channel_id', id, '**Default channel**: now #events.'],
      ['reminders.allow_everyone_mentions', 'ja', '**Mention @everyone**: now on.'],
      ['reminders.allow_everyone_mentions', 'NO', '**Mention @everyone**: now off.'],
      ['system.timezone', 'europe/london', '**Time zone**: now `Europe/London`.'],
      ['reminders.offset_minutes', ' 30 ', '**Minutes ahead**: now `30`.'],
      ['reminders.offset_minutes', '30', '**Minutes ahead**: it was `30` already; nothing changed.'],
    ];
    for (const [setting, value, says] of steps) {
      const reply = await olivia.runs('/config set', { setting, value });
      expect(reply).toMatchObject({ text: says, ephemeral: true });
    }

    const added = await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00', date: 'tomorrow' });
    expect(added.text).toContain('goes to #events');
    // 20:00 in London, half an hour before it.
    expect(added.text).toContain(`<t:${Date.parse('2026-12-02T19:30:00Z') / 1000}:F>`);

    const reminders = await olivia.runs('/config show', { scope: 'reminders' });
    expect(reminders.text).toContain('`reminders.offset_minutes` `30`\n');
    expect(reminders.text).toContain('`reminders.default_channel_id` #events');
    expect(reminders.text).not.toContain('system.');

    const scopes = await olivia.runs('/config scopes');
    expect(scopes.text).toContain('**system**: Language, time zone and the log (6 settings)');
    expect(scopes.text).toContain('**reminders**: Reminders (6 settings)');
  });

  test('finds settings by key and by words, in English and in Dutch, and values that fit', async () => {
    const { guild, olivia, niels } = plantTown(world());
    const settingsFor = async (person: typeof olivia, setting: string) =>
      (await person.autocompletes('/config set', { setting }, 'setting')).map(({ value }) => value);
    const valuesFor = async (person: typeof olivia, setting: string, value: string) =>
      (await person.autocompletes('/config set', { setting, value }, 'value')).map(({ name }) => name);

    // As many as Discord shows.
    expect(await settingsFor(olivia, '')).toEqual(settingKeys.slice(0, CHOICES_MAX));
    expect(await settingsFor(olivia, 'reminders.off')).toEqual(['reminders.offset_minutes']);
    expect(await settingsFor(olivia, 'lead time')).toEqual([
      'reminders.offset_minutes',
      'reminders.pre_alerts',
    ]);
    expect(await settingsFor(olivia, 'ping everyone')).toEqual(['reminders.allow_everyone_mentions']);
    expect(await settingsFor(niels, 'vermelden iedereen')).toEqual(['reminders.allow_everyone_mentions']);
    expect(await settingsFor(niels, 'daylight')).toEqual(['system.timezone']);
    expect(await settingsFor(olivia, 'zomertijd')).toEqual([]);
    expect(await niels.autocompletes('/config reset', { setting: 'taal' }, 'setting')).toEqual([
      { name: 'system.language – Taal', value: 'system.language' },
    ]);

    expect(await valuesFor(olivia, 'system.timezone', 'belgië')).toEqual(['Europe/Brussels']);
    expect(await valuesFor(olivia, 'reminders.enabled', '')).toEqual(['on', 'off']);
    expect(await valuesFor(niels, 'reminders.enabled', '')).toEqual(['aan', 'uit']);
    expect(await valuesFor(olivia, 'system.log_level', 'err')).toEqual(['Only errors']);
    expect(await valuesFor(niels, 'system.log_level', '')).toEqual([
      'Alles',
      'Alles behalve gewone verzendingen',
      'Alleen fouten',
    ]);
    expect(await valuesFor(olivia, 'reminders.offset_minutes', '90')).toEqual(['90', '60', '0', '4320']);
    expect(await valuesFor(olivia, 'reminders.offset_minutes', '5000')).toEqual(['60', '0', '4320']);
    expect(await valuesFor(niels, 'reminders.pre_alerts', '1d 2u, 30m')).toContain('1 dag 2 uur, 30 minuten');
    // Only where the bot can write: neither the voice channel nor the one that is closed to it.
    expect(await valuesFor(olivia, 'system.log_channel_id', '')).toEqual([
      '#general',
      '#events',
      '#news',
      '#rules',
      '#log',
    ]);
    expect(
      await olivia.autocompletes('/config set', { setting: 'system.log_channel_id', value: '#ru' }, 'value'),
    ).toEqual([{ name: '#rules', value: guild.channel('rules').id }]);
    expect(await valuesFor(olivia, 'no.such_setting', '')).toEqual([]);
  });
});

test('a list of durations is set in words or minutes, taken back and reset', async () => {
  const { olivia, niels } = plantTown(world());
  const setting = 'reminders.pre_alerts';
  expect((await olivia.runs('/config set', { setting, value: '1 day, 2 hours' })).text).toBe(
    '**More announcements**: now 1 day, 2 hours.',
  );
  expect((await niels.runs('/config set', { setting, value: 'soon' })).text).toContain('`1 dag, 2 uur`');
  expect((await niels.runs('/config set', { setting, value: '120, 1440' })).text).toContain('dat was al');
  await olivia.runs('/config set', { setting, value: '1w' });
  expect((await olivia.runs('/config undo')).text).toContain('now 1 day, 2 hours.');
  expect((await niels.runs('/config reset', { setting })).text).toContain('weer de standaardwaarde: geen.');
});

describe('what cannot be is refused, with what would work', () => {
  test('values', async () => {
    const { guild, olivia, niels } = plantTown(world());
    const elsewhere = plantTown(world()).guild;
    const refusals: [setting: string, value: string, says: string, inDutch: string][] = [
      [
        'system.log_channel_id',
        'readonly',
        "I can't use #readonly: there I lack Send Messages, Embed Links. Allow it in the channel's settings, then set it again.",
        'Ik kan #readonly niet gebruiken: daar mis ik berichten versturen (Send Messages), links insluiten (Embed Links).',
      ],
      [
        'system.log_channel_id',
        'lounge',
        '#lounge is not a text or announcement channel.',
        '#lounge is geen tekst- of aankondigingskanaal.',
      ],
      ['system.log_channel_id', elsewhere.channel('log').id, 'There is no channel "', 'Er is geen kanaal "'],
      [
        'system.log_channel_id',
        `<#${elsewhere.channel('log').id}>`,
        `There is no channel "${elsewhere.channel('log').id}" in this server.`,
        'Kies er een uit de lijst, of vermeld het met #.',
      ],
      [
        'system.timezone',
        'Europe/Atlantis',
        'There is no time zone "Europe/Atlantis". Write it like Europe/Brussels.',
        'Er is geen tijdzone "Europe/Atlantis".',
      ],
      [
        'reminders.offset_minutes',
        '4321',
        '"4321" doesn\'t fit. Use a whole number from 0 to 4320.',
        'Gebruik een geheel getal van 0 tot 4320.',
      ],
      ['reminders.offset_minutes', '-1', 'Use a whole number from 0 to 4320.', 'van 0 tot 4320'],
      ['reminders.offset_minutes', '1.5', 'Use a whole number from 0 to 4320.', 'van 0 tot 4320'],
      [
        'reminders.enabled',
        'perhaps',
        '"perhaps" is neither on nor off. Use on or off.',
        '"perhaps" is niet aan of uit. Gebruik aan of uit.',
      ],
      [
        'system.log_level',
        'loud',
        '"loud" doesn\'t fit. Use one of: `verbose`, `normal`, `critical`.',
        'Gebruik een van: `verbose`, `normal`, `critical`.',
      ],
      [
        'reminders.colour',
        'red',
        'There is no setting "reminders.colour". Pick one from the list that appears while you type.',
        'Er is geen instelling "reminders.colour".',
      ],
    ];
    for (const [setting, value, says, inDutch] of refusals) {
      const reply = await olivia.runs('/config set', { setting, value });
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toContain(says);
      expect((await niels.runs('/config set', { setting, value })).text).toContain(inDutch);
    }
    expect((await olivia.runs('/config history')).text).toContain('Nothing was changed yet.');

    // What was missing is given, and the same works.
    guild.setOverwrite('readonly', { role: 'Alphapy', allow: ['SendMessages', 'EmbedLinks'] });
    expect(
      (await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'readonly' })).text,
    ).toBe('**Log channel**: now #readonly.');
  });

  test('people: members do not see the command, and cannot use it where the server shows it to them', async () => {
    const { guild, mia, sam, olivia } = plantTown(world());
    await expect(mia.runs('/config show')).rejects.toThrow('You do not have permission to use this command.');

    const shown = { allowedBySettings: true };
    const reply = await mia.runs('/config set', { setting: 'system.timezone', value: 'UTC' }, shown);
    expect(reply).toMatchObject({
      text: "Only the server's owner and members with the permission Manage Server can use this.",
      ephemeral: true,
    });
    expect((await sam.runs('/config show', {}, shown)).text).toContain('Alleen de eigenaar van de server');
    expect(await mia.autocompletes('/config set', { setting: 'zone' }, 'setting', shown)).toEqual([]);
    expect((await olivia.runs('/config history')).text).toContain('Nothing was changed yet.');

    guild.giveRole('mia', 'Admins');
    expect((await mia.runs('/config show')).text).toContain('Settings of this server');

    for (const command of ['/config show', '/reminder_list'])
      await expect(olivia.runs(command, {}, { in: 'dm' })).rejects.toThrow(
        'This command cannot be used here.',
      );
  });
});

describe('what others are told', () => {
  test('the log channel reads who changed what, in the language of the server', async () => {
    const { olivia, ann, niels, mia, guild } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    const first = await olivia.waitsFor('log', 'Setting changed');
    expect(first.embeds[0]).toMatchObject({
      description: 'Where the bot reports what it did and what went wrong.',
      fields: [
        { name: 'Setting', value: '`system.log_channel_id`' },
        { name: 'From', value: 'not set' },
        { name: 'To', value: `<#${guild.channel('log').id}>` },
        { name: 'By', value: `<@${olivia.id}>` },
      ],
    });
    expect(first.mentions).toEqual([]);

    // Niels reads Dutch, the server English, until it chooses otherwise.
    expect((await niels.runs('/config set', { setting: 'reminders.offset_minutes', value: '15' })).text).toBe(
      '**Minuten vooraf**: nu `15`.',
    );
    expect((await olivia.waitsFor('log', '@niels')).text).toContain('From: `60` (default)\nTo: `15`');
    expect((await niels.runs('/config set', { setting: 'system.language', value: 'nl' })).text).toBe(
      '**Taal**: nu Nederlands.',
    );
    expect((await olivia.waitsFor('log', 'Instelling gewijzigd')).text).toContain(
      'Van: English (standaard)\nNaar: Nederlands\nDoor: @niels',
    );
    await ann.runs('/config undo', {
      entry: (await ann.autocompletes('/config undo', {}, 'entry'))[1]?.value ?? 0,
    });
    expect((await olivia.waitsFor('log', 'teruggedraaid')).text).toContain(
      'Van: `15`\nNaar: `60` (standaard)\nDoor: @ann',
    );

    expect((await niels.runs('/config show')).text).toContain('`reminders.offset_minutes` `60` (standaard)');
    expect((await mia.runs('/reminder_list')).text).toContain('There are no reminders here yet.');
  });

  test('a log channel that is given up hears of it, as does the new one', async () => {
    const { guild, olivia } = plantTown(world());
    guild.createChannel({ name: 'new-log' });
    const told = (channel: string) =>
      olivia.sees(channel).filter(({ text }) => text.includes('system.log_channel_id')).length;
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
    await olivia.waitsFor('log', 'system.log_channel_id');
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: '#new-log' });
    await olivia.waitsFor('new-log', 'system.log_channel_id');
    await expect.poll(() => told('log')).toBe(2);
    await olivia.runs('/config reset', { setting: 'system.log_channel_id' });
    await expect.poll(() => told('new-log')).toBe(2);
    expect(told('log')).toBe(2);
  });

  test('the log level holds for every entry from the moment it is set', async () => {
    const { guild, olivia, mia } = plantTown(world());
    const set = (setting: string, value: string) => olivia.runs('/config set', { setting, value });
    // The doctor's own come whenever it has looked, at each level.
    const titles = () =>
      olivia
        .sees('log')
        .map(({ embeds }) => embeds[0]?.title)
        .filter((title) => title !== 'Something stopped working' && title !== 'Mended');
    await set('system.log_channel_id', 'log');
    await set('system.log_level', 'normal');
    await mia.runs('/add_reminder', { name: 'Quiz', time: '23:00', channel: 'events' });
    await olivia.waitsFor('log', 'Reminder added');
    expect(titles()).toEqual(['Setting changed', 'Setting changed', 'Reminder added']);
    await mia.runs('/add_reminder', { name: 'Chess', time: '11:00' });
    await olivia.waitsFor('log', /Reminder added[^]*Chess/);
    await world().moveTo('2026-12-01T10:00:30Z');
    await mia.waitsFor('general', 'Now: Chess');
    expect(titles().slice(3)).toEqual(['Reminder added']);

    await set('system.log_level', 'critical');
    await mia.runs('/add_reminder', { name: 'Picnic', time: '22:00', channel: 'events' });
    await set('reminders.offset_minutes', '30');
    await mia.runs('/reminder_delete', { reminder: await reminderNamed(mia, 'Picnic') });
    guild.setOverwrite('events', { role: 'Alphapy', deny: ['SendMessages'] });
    await world().moveTo('2026-12-01T21:31:00Z');
    await olivia.waitsFor('log', 'Reminder could not be sent');
    expect(titles().slice(4)).toEqual(['Reminder could not be sent']);

    guild.setOverwrite('events', { role: 'Alphapy', allow: ['SendMessages'] });
    await set('system.log_level', 'verbose');
    await world().moveTo('2026-12-01T22:01:00Z');
    await olivia.waitsFor('log', 'Reminder sent');
    expect(titles().slice(5)).toEqual(['Setting changed', 'Reminder sent']);
  });

  test('servers do not touch one another', async () => {
    const here = plantTown(world());
    const there = plantTown(world());
    await here.olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await here.olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: '5' });
    await here.olivia.runs('/config set', { setting: 'reminders.enabled', value: 'off' });
    await here.olivia.waitsFor('log', 'reminders.enabled');

    expect((await there.olivia.runs('/config show')).text).toContain('`reminders.enabled` on (default)');
    expect((await there.olivia.runs('/config history')).text).toContain('Nothing was changed yet.');
    expect(there.olivia.sees('log')).toEqual([]);
    expect((await there.mia.runs('/add_reminder', { name: 'Quiz', time: '23:30' })).text).toContain(
      'Reminder added',
    );

    // Olivia owns both: in neither she reaches the other's history.
    const [entry] = await here.olivia.autocompletes('/config undo', {}, 'entry');
    expect((await there.olivia.runs('/config undo', { entry: entry?.value ?? 0 })).text).toContain(
      'There is no change #',
    );
    expect(await there.olivia.autocompletes('/config undo', {}, 'entry')).toEqual([]);
    expect((await here.olivia.runs('/config show')).text).toContain('`reminders.enabled` off');
  });
});
