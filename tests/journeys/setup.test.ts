import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ChannelType, GuildFeature, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { afterAll, expect, test } from 'vitest';
import { setupButton } from '#lib/setup/button';
import { locales, translator } from '#lib/i18n/translate';
import type { Person } from '../../sandbox/people/person.ts';
import type { GuildSeed } from '../../sandbox/people/seeds.ts';
import { DAY_MS, useBot } from '../setup/bot.ts';
import { botHears, leaveButton, plantTown } from './town.ts';

const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'alphapy-setup-'));
afterAll(() => rmSync(dataDirectory, { recursive: true }));

const world = useBot({ config: { dataDirectory } });

/** A town whose admins may make channels and roles themselves. */
function plant(more: Partial<GuildSeed> = {}) {
  return plantTown(world(), {
    roles: [
      {
        name: 'Admins',
        permissions: ['ManageGuild', 'ManageRoles', 'ManageChannels'],
        members: ['ann', 'niels'],
      },
      { name: 'Helpers' },
    ],
    ...more,
  });
}

/** Presses one button after another. @returns what is read at the end. */
async function presses(person: Person, ...labels: string[]): Promise<string> {
  let text = '';
  for (const label of labels) ({ text } = await person.clicks(label));
  return text;
}

const made = { en: ['Make one for me', 'Make it'], nl: ['Maak er een voor me', 'Maken'] } as const;
const goesTo = async (person: Person, step: string, select = 'Go to a step'): Promise<string> =>
  (await person.picks(select, step)).text;

test('an admin goes the whole way and has everything made', async () => {
  const { guild, ann, mia } = plant({ channels: [{ name: 'general' }] });
  const home = await ann.runs('/setup');
  expect(home.ephemeral).toBe(true);
  expect(home.text).toContain('✅ **Language**: English (default)');
  expect(home.text).toContain('▫️ **Log channel**: not chosen yet');
  expect(home.text).toContain('▫️ **Message to open tickets**: not posted yet');
  expect(home.text).toContain('[Begin] [Check everything]');

  expect(await presses(ann, 'Begin')).toContain('## 1 of 14: Language');
  const zone = await presses(ann, 'Keep it and go on');
  expect(zone).toContain('✅ Now it is `Europe/Brussels` (default). Keep that, or choose something else.');
  await ann.clicks('Change');
  expect((await ann.submits({ 'Time zone': 'Atlantis' })).text).toContain(
    '## 2 of 14: Time zone\n⚠️ There is no time zone "Atlantis"',
  );
  await ann.clicks('Change');
  expect((await ann.submits({ 'Time zone': 'London' })).text).toContain(
    '## 3 of 14: Log channel\n✅ **Time zone**: now `Europe/London`.',
  );
  expect(await presses(ann, 'Make one for me')).toContain(
    'Shall I make **#bot-log**? It would be a text channel that nobody sees but me and whoever may manage this server.',
  );
  expect(guild.channels.map(({ name }) => name)).toEqual(['general']);
  expect(await presses(ann, 'Make it')).toContain(
    '## 4 of 14: Onboarding\n✅ **Log channel**: now #bot-log.',
  );
  expect([mia.canSee('bot-log'), ann.canSee('bot-log')]).toEqual([false, true]);
  await ann.waitsFor('bot-log', 'Setting changed');

  expect(await presses(ann, 'Keep it and go on', ...made.en)).toContain('now #rules.');
  expect(await presses(ann, ...made.en)).toContain('now #welcome.');
  const start = await presses(ann, ...made.en);
  expect(start).toContain('## 8 of 14: Start button of onboarding\n✅ **Role at the end**: now @Member.');
  expect(start).toContain(
    "Nothing is published yet: until then, who presses the button reads that they can't",
  );
  expect(guild.role('Member').permissions).toBe(0n);
  expect(await presses(ann, 'Post it')).toContain('✅ The start button is in #rules.');
  expect((await mia.clicks('Start onboarding')).text).toContain("isn't ready");
  expect(await presses(ann, ...made.en)).toContain('now #announcements.');
  expect(await presses(ann, ...made.en)).toContain('now #reminders.');
  expect(await presses(ann, ...made.en)).toContain('now #Tickets.');
  expect(await presses(ann, ...made.en)).toContain('now @Support.');
  expect(await presses(ann, 'Make one for me')).toContain('Then I post the message in it.');
  expect(await presses(ann, 'Make it')).toContain('✅ Posted in #support: ');
  const report = await presses(ann, ...made.en);
  expect(report.split('\n').slice(0, 10)).toEqual([
    '## How this server is set up',
    '✅ **Channel for new members**: now #new-members.',
    '✅ **Language and time**: English (default) · `Europe/London`',
    '✅ **Log**: #bot-log',
    '⚠️ **Onboarding**: not ready: 3 things are missing. `/onboarding` says what.',
    '✅ **Announcements**: #announcements',
    '✅ **Reminders**: #reminders',
    '✅ **Tickets**: #Tickets · @Support',
    '✅ **Invites**: #new-members',
    '**Is everything as I need it?**',
  ]);
  expect(report).not.toContain('[Go on');
  expect(report.split('\n')[10]).toMatch(/^Each channel and role in the settings is there and I may use it/);

  // Members read what is for all, write where it is usual, and a ticket works.
  expect(mia.sees('support').at(-1)?.text).toContain('Need help?');
  expect(() => mia.writes('support', 'hello')).toThrow('permission to send messages');
  expect(() => mia.writes('rules', 'hello')).toThrow('permission to send messages');
  mia.writes('welcome', 'hello');
  expect([mia.canSee('Tickets'), mia.canSee('support')]).toEqual([false, true]);
  await mia.clicks('Open a ticket');
  expect((await mia.submits({ 'What is it about?': 'My badge is gone' })).text).toContain('Your ticket #');

  // It is all in the history as hers.
  const history = await ann.runs('/config history');
  expect(history.text.split('\n').filter((line) => line.includes('@ann'))).toHaveLength(10);
  expect((await ann.runs('/config undo')).text).toContain('**Channel for new members**');
});

test('a Dutch admin picks what is there, switches features off, and goes back', async () => {
  const { guild, niels, sam } = plant();
  await niels.runs('/setup');
  expect(await presses(niels, 'Beginnen')).toContain('## 1 van 14: Taal');
  expect((await niels.picks('Kies een waarde', 'nl')).text).toContain(
    '## 2 van 14: Tijdzone\n✅ **Taal**: nu Nederlands.',
  );
  await presses(niels, 'Behouden en verder');
  expect((await niels.picks('Kies een waarde', 'log')).text).toContain('✅ **Logkanaal**: nu #log.');
  const skipped = (await niels.picks('Kies een waarde', 'disabled')).text;
  expect(skipped).toContain('## 9 van 14: Aankondigingenkanaal\n✅ **Onboarding**: nu Niets');
  expect(await presses(niels, 'Terug')).toContain('## 4 van 14: Onboarding');
  expect(await presses(niels, 'Overzicht')).toContain('⏸️ **Regelkanaal**: uit');
  const rules = await goesTo(niels, 'rules', 'Ga naar een stap');
  expect(rules).toContain('De stap **Onboarding** zet ze aan.');
  expect(rules).not.toContain('Kies een waarde');
  await presses(niels, 'Overslaan');
  expect((await niels.picks('Kies een waarde', 'news')).text).toContain('nu #news.');
  expect(await presses(niels, 'Uitzetten')).toContain(
    '## 11 van 14: Categorie voor tickets\n✅ **Herinneringen**: nu uit.',
  );
  expect(await presses(niels, 'Terug')).toContain('⏸️ Dit staat uit.');
  expect(await presses(niels, 'Aanzetten')).toContain('## 10 van 14: Kanaal voor herinneringen\n✅');
  expect(await presses(niels, 'Uitzetten', ...made.nl)).toContain('nu #Tickets.');
  expect((await niels.picks('Kies een waarde', 'Helpers')).text).toContain('nu @Helpers.');
  expect((await niels.picks('Plaats het in een kanaal', 'general')).text).toContain(
    '✅ Geplaatst in #general',
  );
  expect(sam.sees('general').at(-1)?.text).toContain('Open een ticket');
  const report = await presses(niels, 'Overslaan');
  expect(report.split('\n').slice(0, 8)).toEqual([
    '## Hoe deze server is ingesteld',
    '✅ **Taal en tijd**: Nederlands · `Europe/Brussels` (standaard)',
    '✅ **Log**: #log',
    '⏸️ **Onboarding**: uit',
    '✅ **Aankondigingen**: #news',
    '⏸️ **Herinneringen**: uit',
    '✅ **Tickets**: #Tickets · @Helpers',
    '✅ **Uitnodigingen**: aan · niet gekozen: Kanaal voor wie wie uitnodigde',
  ]);
  expect(report).toContain('[Verder: Kanaal voor wie wie uitnodigde] [Overzicht] [Opnieuw kijken]');

  // What is chosen can be given up again, and a second panel is not posted unasked.
  await presses(niels, 'Overzicht');
  expect(await goesTo(niels, 'announcements', 'Ga naar een stap')).toContain('✅ Het is al #news.');
  expect(await presses(niels, 'Geen gebruiken')).toContain('**Aankondigingenkanaal** heeft weer');
  await presses(niels, 'Overzicht');
  expect(await goesTo(niels, 'panel', 'Ga naar een stap')).toContain('✅ Het staat al in #general.');
  expect(guild.channels.filter(({ name }) => name === 'Tickets')).toHaveLength(1);
});

test('left open for a week and over a restart it goes on, for another admin too', async () => {
  const { ann, olivia } = plant();
  await ann.runs('/setup');
  await ann.clicks('Begin');
  await goesToLog(ann);
  const open = await ann.clicks('Make one for me');
  await world().advance(7 * DAY_MS);
  await world().restart();
  expect((await ann.clicks('Make it', { on: open })).text).toContain(
    '## 4 of 14: Onboarding\n✅ **Log channel**: now #bot-log.',
  );
  const home = await olivia.runs('/setup');
  expect(home.text).toContain('✅ **Log channel**: #bot-log');
  expect(await presses(olivia, 'Go on: Rules channel')).toContain('## 5 of 14: Rules channel');
  expect((await olivia.picks('Choose a value', 'rules')).text).toContain('now #rules.');
  // Ann still looks at the fourth step, and meets what her colleague did.
  expect(await presses(ann, 'Keep it and go on')).toContain('✅ It is #rules already. Keep that, or choose');
});

async function goesToLog(person: Person): Promise<void> {
  await presses(person, 'Keep it and go on', 'Keep it and go on');
}

test('two admins at once: one channel is made, one panel posted, and nobody overwrites the other unseen', async () => {
  const { guild, ann, olivia } = plant();
  for (const person of [ann, olivia]) {
    await person.runs('/setup');
    await goesTo(person, 'log');
    await person.clicks('Make one for me');
  }
  const answers = await Promise.all([ann.clicks('Make it'), olivia.clicks('Make it')]);
  expect(answers.map(({ text }) => text).sort()).toEqual([
    expect.stringContaining('## 3 of 14: Log channel\n⚠️ Somebody else changed this setting'),
    expect.stringContaining('## 4 of 14: Onboarding\n✅ **Log channel**: now #bot-log.'),
  ]);
  expect(guild.channels.filter(({ name }) => name === 'bot-log')).toHaveLength(1);

  for (const person of [ann, olivia]) {
    await person.runs('/setup');
    await goesTo(person, 'panel');
  }
  const posted = await Promise.all([
    ann.picks('Post it in a channel', 'general'),
    olivia.picks('Post it in a channel', 'events'),
  ]);
  expect(posted.filter(({ text }) => text.includes('✅ Posted in'))).toHaveLength(1);
  expect(posted.filter(({ text }) => text.includes('⚠️ Somebody else changed'))).toHaveLength(1);

  // Pressed twice by one person it is one thing too.
  await ann.runs('/setup');
  await goesTo(ann, 'staff');
  const asked = await ann.clicks('Make one for me');
  await Promise.all([ann.clicks('Make it', { on: asked }), ann.clicks('Make it', { on: asked })]);
  expect([...guild.record.roles.values()].filter(({ name }) => name === 'Support')).toHaveLength(1);
});

test('what the bot may not make it says, before and when it is taken away meanwhile', async () => {
  const { guild, ann, olivia } = plant({
    roles: [{ name: 'Admins', permissions: ['ManageGuild'], members: ['ann', 'niels'] }],
  });
  const all = guild.role('Alphapy').permissions;
  await olivia.runs('/setup');
  await goesTo(olivia, 'log');
  const asked = await olivia.clicks('Make one for me');
  guild.setPermissions('Alphapy', all & ~P.ManageChannels);
  await botHears(world(), guild);
  const refused = await olivia.clicks('Make it', { on: asked });
  expect(refused.text).toContain(
    "## 3 of 14: Log channel\n⚠️ I can't make one for you: in this server I lack Manage Channels. Switch it on for my role under *Server Settings → Roles*",
  );
  expect(refused.text).not.toContain('[Make one for me]');
  expect((await olivia.picks('Choose a value', 'log')).text).toContain('now #log.');
  await olivia.runs('/setup');
  await goesTo(olivia, 'role');
  guild.setPermissions('Alphapy', all & ~P.ManageRoles);
  await botHears(world(), guild);
  expect(await presses(olivia, 'Make one for me', 'Make it')).toContain('in this server I lack Manage Roles');
  guild.setPermissions('Alphapy', all);
  await botHears(world(), guild);

  // Nobody gets more done by the bot than they could do themselves.
  await ann.runs('/setup');
  const hers = await goesTo(ann, 'rules');
  expect(hers).toContain('I make one only for somebody who could do it too: you lack Manage Channels.');
  expect(hers).not.toContain('[Make one for me]');
  await ann.clicks('Overview');
  expect(await goesTo(ann, 'role')).toContain('you lack Manage Roles');
  expect((await ann.picks('Choose a value', 'Admins')).text).toContain("⚠️ You can't have me give @Admins");
});

test('what a process left that died before it was set is offered by its name', async () => {
  const { guild, niels } = plant();
  guild.createChannel({ name: 'bot-log' });
  // Made while the server was a community, and of a kind that it could not make now.
  guild.createChannel({ name: 'announcements', type: 'announcement' });
  guild.createChannel({ name: 'support' });
  guild.createRole({ name: 'member' });
  await botHears(world(), guild);
  await niels.runs('/setup');
  for (const [step, says] of [
    ['log', '✅ **Logkanaal**: nu #bot-log.'],
    ['announcements', '✅ **Aankondigingenkanaal**: nu #announcements.'],
    ['role', '✅ **Rol aan het einde**: nu @member.'],
    ['panel', '✅ Geplaatst in #support'],
  ] as const) {
    await goesTo(niels, step, 'Ga naar een stap');
    expect(await presses(niels, 'Maak er een voor me')).toContain('heet al zo. Gebruik die');
    expect(await presses(niels, 'Gebruik wat er al is')).toContain(says);
    await niels.runs('/setup');
  }
  expect(guild.channels.filter(({ name }) => ['bot-log', 'support'].includes(name))).toHaveLength(2);
});

test('what it made for somebody who may not hand it out is taken away again', async () => {
  const { guild, mia } = plant({
    roles: [{ name: 'Admins' }],
    everyonePermissions: [
      'ViewChannel',
      'SendMessages',
      'UseApplicationCommands',
      'ManageGuild',
      'ManageRoles',
    ],
  });
  await mia.runs('/setup');
  await goesTo(mia, 'role');
  expect(await presses(mia, ...made.en)).toContain(
    "## 7 of 14: Role after onboarding\n⚠️ You can't have me give",
  );
  expect([...guild.record.roles.values()].map(({ name }) => name)).not.toContain('Member');
});

test('where the server has them, announcements get a channel that others can follow', async () => {
  const { guild, olivia } = plant({ channels: [{ name: 'general' }] });
  await olivia.runs('/setup');
  // Discord gives a server this when its owner makes it a community.
  world().bot.client.guilds.cache.get(guild.id)?.features.push(GuildFeature.Community);
  await goesTo(olivia, 'announcements');
  await presses(olivia, ...made.en);
  expect(guild.channel('announcements').type).toBe(ChannelType.GuildAnnouncement);
});

test('a server that is full, and a Discord that refuses, are said and leave nothing behind', async () => {
  const { guild, olivia, niels } = plant();
  await olivia.runs('/setup');
  await goesTo(olivia, 'log');
  await olivia.clicks('Make one for me');
  while (guild.channels.length < 500) guild.createChannel({ name: `filler-${guild.channels.length}` });
  expect(await presses(olivia, 'Make it')).toContain(
    '⚠️ This server has as many of those as Discord allows.',
  );
  guild.deleteChannel('filler-499');
  await niels.runs('/setup');
  await goesTo(niels, 'welcome', 'Ga naar een stap');
  guild.createChannel({ name: 'welkom' });
  expect(await presses(niels, ...made.nl)).toContain('⚠️ Deze server heeft er zo veel als Discord toestaat.');
  expect((await olivia.runs('/config show', { scope: 'system' })).text).toContain('log_channel_id` not set');
});

test('where nobody has begun, the report says so', async () => {
  const { olivia } = plant();
  await olivia.runs('/setup');
  expect((await presses(olivia, 'Check everything')).split('\n').slice(1, 8)).toEqual([
    '✅ **Language and time**: English (default) · `Europe/Brussels` (default)',
    '▫️ **Log**: not set up',
    '▫️ **Onboarding**: not set up',
    '▫️ **Announcements**: not set up',
    '✅ **Reminders**: on · not chosen: Channel for reminders',
    '▫️ **Tickets**: not set up',
    '✅ **Invites**: on · not chosen: Channel for who invited whom',
  ]);
  expect(await presses(olivia, 'Go on: Language')).toContain('## 1 of 14: Language');
});

test('a channel that is deleted in between is missed at once, and another one taken', async () => {
  const { guild, ann } = plant();
  await ann.runs('/setup');
  await goesTo(ann, 'log');
  const open = await ann.picks('Choose a value', 'log');
  guild.deleteChannel('log');
  await botHears(world(), guild);
  expect(await presses(ann, 'Back')).toContain("⚠️ What was chosen was deleted, or I can't see it any more.");
  const home = await presses(ann, 'Overview');
  expect(home).toContain('⚠️ **Log channel**: was deleted');
  expect(home).toContain('[Go on: Log channel]');
  const report = await presses(ann, 'Check everything');
  expect(report).toContain(
    '⚠️ **Log**: something was deleted (Log channel). Go back there and choose again.',
  );
  expect(report).toContain('- **Log channel**: its channel is gone');
  expect(open.text).toContain('now #log.');

  // Asked for by its name while it is there, used when it is not any more.
  await presses(ann, 'Overview');
  await goesTo(ann, 'rules');
  await ann.clicks('Make one for me');
  guild.deleteChannel('rules');
  await botHears(world(), guild);
  expect(await presses(ann, 'Use the one that is there')).toContain('⚠️ There is no channel');
  expect(await presses(ann, ...made.en)).toContain('now #rules.');
  await ann.clicks('Overview');
  await goesTo(ann, 'panel');
  await ann.picks('Post it in a channel', 'events');
  guild.deleteChannel('events');
  await botHears(world(), guild);
  await ann.runs('/setup');
  expect(await goesTo(ann, 'panel')).toContain('⚠️ What was chosen was deleted');
});

test('a mere member is refused, wherever they press; an admin gets a wizard of their own', async () => {
  const { guild, ann, mia, sam } = plant();
  await expect(mia.runs('/setup')).rejects.toThrow('You do not have permission');
  const { custom_id: customId } = setupButton(translator('en-US'));
  expect(locales.map((locale) => setupButton(translator(locale)).label)).toEqual(['Set up', 'Instellen']);
  const greeting = leaveButton(world(), guild, customId);
  expect((await mia.clicks('Go', { on: greeting })).text).toContain('permission Manage Server can use this.');
  expect((await sam.clicks('Go', { on: greeting })).text).toContain('het recht Server beheren');
  for (const copied of ['setup:1:create:log:0', 'setup:1:turn:reminders:0:off', 'setup:1:report']) {
    const left = leaveButton(world(), guild, copied);
    expect((await mia.clicks('Go', { on: left })).text).toContain('permission Manage Server can use this.');
  }
  const opened = await ann.clicks('Go', { on: greeting });
  expect(opened).toMatchObject({ ephemeral: true, updated: false });
  expect(opened.text).toContain('## Setting up');
  expect(mia.sees('general').at(0)?.text).toContain('[Go]');
});

test.each([
  'setup:0:home',
  'setup:1:show:nowhere',
  'setup:1:create:language:0',
  'setup:1:post:log',
  'setup:1:turn:log:0:on',
  'setup:1:turn:reminders:0:maybe',
  'setup:1:pick:log:0',
  'setup:1:write:start',
  'setup:1:goTo',
  'setup:1:enter:timezone:0',
])('the id %s, of another version or made up, is refused with what to do', async (customId) => {
  const { guild, ann } = plant();
  const reply = await ann.clicks('Go', { on: leaveButton(world(), guild, customId) });
  expect(reply.text).toContain('Use `/setup` for a new one.');
});
