import { describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { Reply } from '../../sandbox/people/reply.ts';
import { deleteMessages } from '../../sandbox/state/messages.ts';
import { bar } from '../../src/lib/tickets/blacklist.ts';
import { addCategory, turnCategory } from '../../src/lib/tickets/editor/changes.ts';
import { addField, editField } from '../../src/lib/tickets/editor/field-changes.ts';
import { readCategory } from '../../src/lib/tickets/categories.ts';
import { toTicket, type Ticket } from '../../src/lib/tickets/ticket.ts';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { plantTicketTown } from './ticket-town.ts';
import { leaveButton } from './town.ts';

const world = useBot();
const db = () => world().database.db;
const now = (): Date => world().clock.now();

/** What members of a town have opened, oldest first. */
async function tickets({ id }: SandboxGuild): Promise<Ticket[]> {
  const rows = await db()
    .selectFrom('support_tickets')
    .selectAll()
    .where('guild_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(toTicket);
}

/** Adds a category as an admin would. */
const adds = ({ id }: SandboxGuild, name: string, description = ''): Promise<number> =>
  addCategory(db(), id, { name, description, emoji: '', limit: '' }, now());

async function switchesOff({ id: guildId }: SandboxGuild, id: number): Promise<void> {
  const seen = (await readCategory(db(), guildId, id))?.version ?? '';
  await turnCategory(db(), guildId, { id, seen }, false, now());
}

async function asks({ id }: SandboxGuild, category: number, label: string): Promise<void> {
  const field = { kind: 'short', label, help: '', required: true, options: '' };
  await addField(db(), id, category, field, now());
}

/** The newest message that a person sees in a channel. */
const newest = (person: Person, channel: string) => person.sees(channel).at(-1);
const labels = (person: Person, channel: string): (string | undefined)[] =>
  (newest(person, channel)?.buttons ?? []).map(({ label }) => label);
const options = (reply: Reply): string[] =>
  (reply.message?.selects ?? []).flatMap((select) => select.options.map(({ label }) => label));

describe('a panel', () => {
  test('leads to a ticket, follows what admins change, and is forgotten when it is deleted', async () => {
    const { guild, ann, mia, olivia } = await plantTicketTown(world());
    const posted = await ann.runs('/ticket_panel_post', { channel: '#events' });
    expect(posted.text).toContain('Posted in #events: https://discord.com/channels/');
    const panel = newest(mia, 'events');
    expect(panel?.text).toBe(
      '## Need help?\nOpen a ticket: you get a private channel that only you and the team can read.\n[Open a ticket]',
    );
    expect((await mia.clicks('Open a ticket', { on: panel })).modal?.title).toBe('Open a ticket');
    expect((await mia.submits({ 'What is it about?': 'My key is lost' })).text).toContain('is open');
    expect(await tickets(guild)).toMatchObject([
      { userId: mia.id, categoryId: null, description: 'My key is lost', form: [] },
    ]);

    const billing = await adds(guild, 'Billing', 'Money');
    const bugs = await adds(guild, 'Bugs');
    await world().advance(5_000);
    expect(labels(olivia, 'events')).toEqual(['Billing', 'Bugs']);
    expect(newest(olivia, 'events')?.text).toContain('**Billing**: Money');
    await switchesOff(guild, billing);
    await world().advance(5_000);
    expect(labels(olivia, 'events')).toEqual(['Bugs']);
    await switchesOff(guild, bugs);
    await world().advance(5_000);
    expect(newest(olivia, 'events')?.text).toContain('No tickets can be opened at the moment.');

    const row = () => db().selectFrom('ticket_panels').selectAll().where('guild_id', '=', guild.id).execute();
    expect(await row()).toMatchObject([{ message_id: panel?.id, refresh_due_at: null }]);
    deleteMessages(world().sandbox.world, guild.channel('events'), [panel?.id ?? '']);
    await expect.poll(row).toEqual([]);
  });

  test('has a list to choose from, with the words of the admin', async () => {
    const { guild, niels, sam } = await plantTicketTown(world());
    await adds(guild, 'Billing', 'Money');
    const bugs = await adds(guild, 'Bugs');
    const posted = await niels.runs(
      '/ticket_panel_post',
      { style: 'select', title: 'Hulp', text: 'Eerst **lezen**.\\nDan vragen.' },
      { in: 'general' },
    );
    expect(posted.text).toContain('Geplaatst in #general');
    expect(newest(sam, 'general')?.text).toBe(
      '## Hulp\nEerst **lezen**.\nDan vragen.\n(Choose what it is about ▾)',
    );
    const form = await sam.picks('Choose what it is about', 'Bugs');
    expect(form.modal?.title).toBe('Bugs');
    await sam.submits({ 'Waar gaat het over?': 'Het is stuk' });
    expect(await tickets(guild)).toMatchObject([
      { userId: sam.id, categoryId: bugs, description: 'Het is stuk' },
    ]);
  });

  test('is refused where the bot may not write, and says what is missing', async () => {
    const { guild, ann, olivia } = await plantTicketTown(world());
    const refused = await ann.runs('/ticket_panel_post', { channel: '#readonly' });
    expect(refused.text).toContain('Send Messages');
    const missing = await db()
      .selectFrom('ticket_panels')
      .select('id')
      .where('guild_id', '=', guild.id)
      .execute();
    expect(missing).toEqual([]);
    await olivia.runs('/config reset', { setting: 'ticketbot.category_id' });
    const posted = await ann.runs('/ticket_panel_post', { channel: '#events' });
    expect(posted.text).toContain('`/ticket_setup` says what is missing.');
    const panel = newest(ann, 'events');
    const pressed = await ann.clicks('Open a ticket', { on: panel });
    expect(pressed.modal).toBeNull();
    expect(pressed.ephemeral).toBe(true);
  });

  test('that its process could not mark as posted is not posted twice', async () => {
    const { guild, ann } = await plantTicketTown(world());
    await ann.runs('/ticket_panel_post', { channel: '#events' });
    await db()
      .updateTable('ticket_panels')
      .set({ message_id: null, refresh_due_at: now() })
      .where('guild_id', '=', guild.id)
      .execute();
    await world().advance(1_000);
    expect(ann.sees('events')).toHaveLength(1);
    const [row] = await db()
      .selectFrom('ticket_panels')
      .select(['message_id', 'refresh_due_at'])
      .where('guild_id', '=', guild.id)
      .execute();
    expect(row).toEqual({ message_id: newest(ann, 'events')?.id, refresh_due_at: null });
  });

  test('speaks the language of the server from when that is changed', async () => {
    const { ann } = await plantTicketTown(world());
    await ann.runs('/ticket_panel_post', { channel: '#events' });
    const labels = () => newest(ann, 'events')?.buttons.map(({ label }) => label);
    expect(labels()).toEqual(['Open a ticket']);
    await ann.runs('/config set', { setting: 'system.language', value: 'nl' });
    await world().advance(MINUTE_MS);
    expect(labels()).toEqual(['Ticket openen']);
  });

  test('of the old bot still works', async () => {
    const { guild, mia, sam } = await plantTicketTown(world());
    const old = leaveButton(world(), guild, 'ticket_open_btn');
    expect((await mia.clicks('Go', { on: old })).modal?.title).toBe('Open a ticket');
    const only = await adds(guild, 'Bugs');
    expect((await mia.clicks('Go', { on: old })).modal?.title).toBe('Bugs');
    await adds(guild, 'Billing');
    const choice = await mia.clicks('Go', { on: old });
    expect(choice.ephemeral).toBe(true);
    expect(choice.text).toContain('**What do you need help with?**');
    expect(options(choice)).toEqual(['Bugs', 'Billing']);
    // A button of a category that is switched off leads to the others.
    const button = leaveButton(world(), guild, `ticket:1:open:${only}`);
    await switchesOff(guild, only);
    const others = await sam.clicks('Go', { on: button });
    expect(others.text).toContain('⚠️ Dit soort ticket is er niet meer.');
    expect(options(others)).toEqual(['Billing']);
  });
});

describe('/ticket', () => {
  test('opens at once when all is said, or asks first what it is about and keeps what was written', async () => {
    const { guild, mia, sam } = await plantTicketTown(world());
    const opened = await mia.runs('/ticket', { description: ' Help me ' });
    expect(opened.text).toContain('is open');
    const [first] = await tickets(guild);
    expect(first).toMatchObject({ description: 'Help me', categoryId: null });

    const bugs = await adds(guild, 'Bugs');
    const billing = await adds(guild, 'Billing');
    await asks(guild, billing, 'Which invoice?');
    const choices = await sam.autocompletes('/ticket', { category: 'b' }, 'category');
    expect(choices).toEqual([
      { name: 'Bugs', value: bugs },
      { name: 'Billing', value: billing },
    ]);
    const choice = await sam.runs('/ticket', { description: 'Nr. `12` klopt niet' });
    expect(choice.text).toContain('Nr. `12` klopt niet');
    const form = await sam.picks('Kies waar het over gaat', 'Billing');
    expect(form.modal?.fields).toMatchObject([{ label: 'Which invoice?', value: 'Nr. `12` klopt niet' }]);
    await sam.submits();
    await sam.runs('/ticket', { description: 'Stuk' });
    await world().advance(MINUTE_MS);
    await sam.picks('Kies waar het over gaat', 'Bugs');
    expect((await tickets(guild)).slice(1)).toMatchObject([
      {
        userId: sam.id,
        categoryId: billing,
        description: 'Nr. `12` klopt niet',
        form: [{ kind: 'short', label: 'Which invoice?', value: 'Nr. `12` klopt niet' }],
      },
      { userId: sam.id, categoryId: bugs, description: 'Stuk' },
    ]);
  });

  test('says before anything is typed that there is one already', async () => {
    const { mia } = await plantTicketTown(world());
    await mia.runs('/ticket', { description: 'Help me' });
    const again = await mia.runs('/ticket');
    expect(again.modal).toBeNull();
    expect(again.text).toContain('ticket-');
  });

  test('from the menu of a message leads to that message', async () => {
    const { guild, mia, sam } = await plantTicketTown(world());
    const post = mia.writes('general', 'It does not work');
    const form = await mia.usesOnMessage('Open ticket', post);
    expect(form.modal?.fields[0]?.description).toBe('The ticket will have a link to the message you chose.');
    await mia.submits({ 'What is it about?': 'See there' });
    await adds(guild, 'Bugs');
    await adds(guild, 'Billing');
    await sam.usesOnMessage('Open ticket', post);
    await sam.picks('Kies waar het over gaat', 'Bugs');
    await sam.submits({ 'Waar gaat het over?': 'Zie daar' });
    expect(await tickets(guild)).toMatchObject([
      { userId: mia.id, originMessageId: post.id, originChannelId: guild.channel('general').id },
      { userId: sam.id, originMessageId: post.id, originChannelId: guild.channel('general').id },
    ]);
  });
});

describe('what is refused', () => {
  test('is said, and what was written is given back', async () => {
    const { guild, mia, sam } = await plantTicketTown(world());
    const bugs = await adds(guild, 'Bugs');
    await asks(guild, bugs, 'What happened?');
    await mia.runs('/ticket');
    const seen = (await readCategory(db(), guild.id, bugs))?.version ?? '';
    await editField(
      db(),
      guild.id,
      { id: bugs, seen, field: 'f1' },
      { kind: 'short', label: 'Your password?', help: '', required: true, options: '' },
      now(),
    );
    const changed = await mia.submits({ 'What happened?': 'A long story' });
    expect(changed.text).toContain('The questions were changed while you were answering them.');
    expect(changed.text).toContain('What you wrote is in the file');
    expect(changed.message?.attachments).toMatchObject([{ filename: 'what-you-wrote.txt', size: 12 }]);

    await sam.runs('/ticket');
    await switchesOff(guild, bugs);
    const closed = await sam.submits({ 'Your password?': 'Nooit' });
    expect(closed.text).toContain('Dit soort ticket is er niet meer.');
    expect(closed.message?.attachments).toMatchObject([{ filename: 'wat-je-schreef.txt' }]);
    expect((await sam.runs('/ticket')).text).toContain('Hier kunnen nu geen tickets geopend worden.');
    expect(await tickets(guild)).toEqual([]);
  });

  test('to who is on the blacklist, however they try', async () => {
    const { guild, ann, mia } = await plantTicketTown(world());
    await mia.runs('/ticket');
    await bar(db(), guild.id, {
      userId: mia.id,
      reason: 'Jokes',
      addedBy: ann.id,
      addedAt: now(),
      expiresAt: new Date(now().getTime() + MINUTE_MS),
    });
    const reason = "You can't open tickets in this server until";
    expect((await mia.submits({ 'What is it about?': 'Ha' })).text).toContain(reason);
    expect((await mia.runs('/ticket', { description: 'Ha' })).text).toContain(reason);
    const button = leaveButton(world(), guild, 'ticket:1:open:');
    expect((await mia.clicks('Go', { on: button })).text).toContain(reason);
    expect(await tickets(guild)).toEqual([]);
    await world().advance(MINUTE_MS);
    expect((await mia.runs('/ticket', { description: 'Sorry' })).text).toContain('is open');
  });

  test('to ids that somebody made up, and categories of another server', async () => {
    const here = await plantTicketTown(world());
    const there = await plantTicketTown(world());
    const foreign = await adds(there.guild, 'Bugs');
    for (const part of [String(foreign), '0', '-1', 'x', '99999999999'])
      expect(
        (await here.mia.clicks('Go', { on: leaveButton(world(), here.guild, `ticket:1:open:${part}`) }))
          .modal,
      ).toBeNull();
    expect(await tickets(here.guild)).toEqual([]);
  });
});
