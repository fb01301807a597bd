import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import { permissionsIn } from '../../sandbox/state/interactions.ts';
import { eventsOf } from '#lib/tickets/events';
import type { Ticket } from '#lib/tickets/ticket';
import { DAY_MS, HOUR_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { channelOf, plantTicketTown } from './ticket-town.ts';
import { botHears } from './town.ts';
import { impatiently } from './trouble.ts';

const world = useBot();

const kinds = async (guild: SandboxGuild, { id }: Ticket): Promise<string[]> =>
  (await eventsOf(world().database.db, guild.id, id)).map(({ kind }) => kind);

const mayWrite = (guild: SandboxGuild, channel: string, userId: string): boolean =>
  (permissionsIn(world().sandbox.world, guild.record, guild.channel(channel), userId) & P.SendMessages) !==
  0n;

const sees = (guild: SandboxGuild, channel: string, userId: string): boolean =>
  (permissionsIn(world().sandbox.world, guild.record, guild.channel(channel), userId) & P.ViewChannel) !== 0n;

describe('a ticket', () => {
  test('is a private channel with what it is about, its member mentioned and staff called', async () => {
    const { guild, opens, mia, sam, sue, eve, ann } = await plantTicketTown(world());
    const ticket = await opens(mia, 'My *key* does not work @everyone');
    const channel = channelOf(ticket);
    expect(guild.channel(channel).parentId).toBe(guild.channel('Help').id);
    const [first] = mia.sees(channel);
    expect(first?.text).toContain('@mia');
    expect(first?.text).toContain('@Support');
    expect(first?.text).toContain('My \\*key\\* does not work');
    expect(first?.text).not.toContain('@everyone');
    expect(first?.buttons.map(({ label }) => label)).toEqual([
      'Claim',
      'Close',
      'Wait for user',
      'Escalate',
      'Suggest reply',
      'Transcript',
    ]);
    expect([mia, sue].map(({ id }) => mayWrite(guild, channel, id))).toEqual([true, true]);
    expect([sam, eve].map(({ id }) => sees(guild, channel, id))).toEqual([false, false]);
    const log = await ann.waitsFor('log', `Ticket ${ticket.id}: opened`);
    expect(log.text).toContain('My \\*key\\* does not work');
  });

  test('is claimed, waits, is answered, escalated and closed, each said and logged', async () => {
    const { guild, opens, mia, sue, tom, eve, ann, ticket: read } = await plantTicketTown(world());
    const ticket = await opens(mia, 'Help');
    const channel = channelOf(ticket);
    const claimed = await sue.clicks('Claim');
    expect(claimed).toMatchObject({ ephemeral: true });
    expect(mia.sees(channel).at(-1)?.text).toBe('@sue handles this ticket.');
    const late = await tom.runs('/ticket_claim', {}, { in: channel });
    expect(late.text).toContain('@sue heeft dit ticket.');
    await ann.waitsFor('log', `Ticket ${ticket.id}: claimed`);

    await sue.clicks('Wait for user');
    expect((await read(ticket.id)).status).toBe('waiting_for_user');
    mia.writes(channel, 'Here I am');
    await expect.poll(async () => (await read(ticket.id)).status).toBe('claimed');

    await sue.clicks('Escalate');
    expect(sees(guild, channel, eve.id)).toBe(true);
    expect(eve.sees(channel).at(-1)?.text).toContain('@Experts');
    await eve.runs('/ticket_transfer', { member: 'eve' }, { in: channel });
    expect((await read(ticket.id)).claimedBy).toBe(eve.id);

    const modal = await eve.clicks('Close');
    expect(modal.modal?.title).toBe(`Close ticket ${ticket.id}`);
    await eve.submits({ 'Why? (can stay empty)': 'Solved' });
    expect(await read(ticket.id)).toMatchObject({
      status: 'closed',
      closedBy: eve.id,
      closeReason: 'Solved',
    });
    expect(guild.channels.map(({ name }) => name)).toContain(channelOf(ticket, 'closed'));
    const closed = channelOf(ticket, 'closed');
    expect([mia, sue].map(({ id }) => mayWrite(guild, closed, id))).toEqual([false, true]);
    const report = await ann.waitsFor('log', `Ticket ${ticket.id}: closed`);
    expect(report.text).toContain('Solved');
    // The channel is read to its end, then the transcript is made.
    for (let sweep = 0; sweep < 2; sweep += 1) await world().advance(MINUTE_MS);
    const [handed] = mia.dms.slice(-1);
    expect(handed?.attachments.map(({ filename }) => filename)).toEqual([expect.stringMatching(/\.html$/)]);
    expect((await mia.clicks('⭐⭐⭐⭐')).text).toContain('⭐⭐⭐⭐');
    await mia.clicks('Add a comment');
    await mia.submits({ 'What was good, what was not?': 'Fast' });
    await ann.waitsFor('log', `Ticket ${ticket.id}: rated`);
    const rating = await world()
      .database.db.selectFrom('ticket_ratings')
      .selectAll()
      .where('ticket_id', '=', ticket.id)
      .executeTakeFirst();
    expect(rating).toMatchObject({ rating: 4, comment: 'Fast', staff_id: eve.id });
    expect(await kinds(guild, ticket)).toEqual([
      'opened',
      'claimed',
      'waiting',
      'answered',
      'escalated',
      'transferred',
      'closed',
      'rated',
    ]);
  });

  test('is reopened by its member, and deleted by staff after a second question', async () => {
    const { guild, opens, mia, sue, ann, ticket: read } = await plantTicketTown(world());
    const ticket = await opens(mia, 'Help');
    await mia.runs('/ticket_close', { reason: 'It works' }, { in: channelOf(ticket) });
    await mia.clicks('Reopen');
    expect((await read(ticket.id)).status).toBe('open');
    expect(mayWrite(guild, channelOf(ticket), mia.id)).toBe(true);
    await sue.runs('/ticket_close', {}, { in: channelOf(ticket) });
    const refused = await mia.clicks('Delete');
    expect(refused.text).toContain('Only ticket staff can do that');
    await sue.clicks('Delete');
    await sue.clicks('Yes, delete the channel');
    expect((await read(ticket.id)).status).toBe('archived');
    await ann.waitsFor('log', `Ticket ${ticket.id}: channel deleted`);
    expect(guild.channels.filter(({ name }) => name.endsWith(`-${ticket.id}-mia`))).toEqual([]);
    const gone = await sue.runs('/ticket_reopen', { ticket: ticket.id });
    expect(gone.text).toContain('channel has been deleted');
  });

  test('takes people in and out', async () => {
    const { guild, opens, mia, sam, sue } = await plantTicketTown(world());
    const ticket = await opens(mia, 'Help');
    const channel = channelOf(ticket);
    await mia.runs('/ticket_add', { member: 'sam' }, { in: channel });
    expect(mayWrite(guild, channel, sam.id)).toBe(true);
    const refused = await sam.runs('/ticket_remove', { member: 'mia' }, { in: channel });
    expect(refused.text).toContain('Dat kan alleen het ticketteam');
    await sue.runs('/ticket_remove', { member: 'sam' }, { in: channel });
    expect(sees(guild, channel, sam.id)).toBe(false);
  });

  test('of another guild is no ticket here', async () => {
    const there = await plantTicketTown(world());
    const ticket = await there.opens(there.mia, 'Help');
    const { sue, olivia } = await plantTicketTown(world());
    for (const person of [sue, olivia])
      for (const command of ['/ticket_claim', '/ticket_close', '/ticket_reopen']) {
        const reply = await person.runs(command, { ticket: ticket.id });
        expect(reply.text).toContain('There is no such ticket in this server');
      }
    expect((await there.ticket(ticket.id)).status).toBe('open');
  });
});

describe('a quiet ticket', () => {
  test('is asked after once, kept by a press, and closed in the end', async () => {
    const { opens, mia, ticket: read } = await plantTicketTown(world());
    const ticket = await opens(mia, 'Help');
    const channel = channelOf(ticket);
    await world().advance(5 * DAY_MS);
    const asked = () => mia.sees(channel).filter(({ text }) => text.includes('nobody has written here'));
    expect(asked()).toHaveLength(1);
    expect(mia.dms.at(-1)?.text).toContain(`ticket #${ticket.id}`);
    await mia.clicks('Keep open');
    await world().advance(4 * DAY_MS);
    expect(asked()).toHaveLength(1);
    await world().advance(DAY_MS);
    expect(asked()).toHaveLength(2);
    await world().advance(9 * DAY_MS);
    expect(await read(ticket.id)).toMatchObject({ status: 'closed', closedBy: null });
  });

  test('is not quiet while somebody writes', async () => {
    const { opens, mia, ticket: read } = await plantTicketTown(world());
    const ticket = await opens(mia, 'Help');
    for (let day = 0; day < 20; day += 4) {
      await world().advance(4 * DAY_MS);
      const before = (await read(ticket.id)).lastActivityAt.getTime();
      mia.writes(channelOf(ticket), `day ${day}`);
      await expect.poll(async () => (await read(ticket.id)).lastActivityAt.getTime()).toBeGreaterThan(before);
    }
    expect((await read(ticket.id)).status).toBe('open');
  });
});

describe('Discord in the way', () => {
  const revoke = (guild: SandboxGuild, permission: 'ManageChannels' | 'ManageRoles') =>
    world().sandbox.faults.switchOn({ fault: 'permission revoked', guildId: guild.id, permission });

  test('a category that is gone undoes the ticket, and staff are told what to do', async () => {
    const { guild, tries, mia, ann } = await plantTicketTown(world());
    guild.deleteChannel('Help');
    await botHears(world(), guild);
    expect(await tries(mia, 'Help')).toBeUndefined();
    const log = await ann.waitsFor('log', 'A ticket could not be opened');
    expect(log.text).toContain('`ticketbot.category_id`');
  });

  /** Discord makes the channel, and the bot does not hear of it. */
  const loseAnswer = (act: () => Promise<unknown>) =>
    impatiently(world(), async () => {
      world().sandbox.faults.switchOn({ fault: 'timeout after accepting', on: 'POST /guilds/*/channels' });
      await act();
    });
  const channelsOf = (guild: SandboxGuild) => guild.channels.filter(({ topic }) => topic?.startsWith('🎫'));

  test('an answer that is lost makes no second channel', async () => {
    const { guild, tries, mia, ticket: read } = await plantTicketTown(world());
    await loseAnswer(() => tries(mia, 'Help'));
    await world().advance(MINUTE_MS);
    const [channel, ...more] = channelsOf(guild);
    expect(more).toEqual([]);
    const [id] = /\d+/.exec(channel?.topic ?? '') ?? [];
    expect((await read(Number(id))).channelId).toBe(channel?.id);
    expect(mia.sees(channel).filter(({ buttons }) => buttons.length > 0)).toHaveLength(1);
  });

  test('a ticket closed before its channel is known has it, locked', async () => {
    const { guild, tries, mia, sue, ticket: read } = await plantTicketTown(world());
    let id = 0;
    await loseAnswer(async () => {
      id = (await tries(mia, 'Help'))!.id;
      expect((await read(id)).channelId).toBeNull();
    });
    await sue.runs('/ticket_close', { ticket: id });
    const [channel, ...more] = channelsOf(guild);
    expect(more).toEqual([]);
    expect(await read(id)).toMatchObject({ status: 'closed', channelId: channel?.id });
    expect(mayWrite(guild, channel!.name, mia.id)).toBe(false);
    expect(guild.channel(channel!.name).name).toBe(`closed-${id}-mia`);
  });

  test('a log entry that Discord did not take follows, once', async () => {
    const { guild, opens, mia, ann } = await plantTicketTown(world());
    const { faults } = world().sandbox;
    const log = `POST /channels/${guild.channel('log').id}/messages`;
    const broken = faults.switchOn({ fault: '500', on: log, times: 'every' });
    const { id } = await opens(mia, 'Help');
    const entries = () => ann.sees('log').filter(({ text }) => text.includes(`Ticket ${id}: opened`));
    expect(entries()).toEqual([]);
    faults.switchOff(broken);
    for (let sweep = 0; sweep < 2; sweep += 1) await world().advance(MINUTE_MS);
    expect(entries()).toHaveLength(1);
  });

  test('without Manage Channels no ticket stays without a channel', async () => {
    const { guild, tries, opens, mia, ann } = await plantTicketTown(world());
    const revoked = revoke(guild, 'ManageChannels');
    await botHears(world(), guild);
    expect(await tries(mia, 'Help')).toBeUndefined();
    const log = await ann.waitsFor('log', 'A ticket could not be opened');
    expect(log.text).toContain('Manage Channels');
    world().sandbox.faults.switchOff(revoked);
    await botHears(world(), guild);
    expect((await opens(mia, 'Help')).channelId).not.toBeNull();
  });

  test('without Manage Roles in between staff are told once, and the channel follows when it is back', async () => {
    const { guild, opens, mia, sue, ann, ticket: read } = await plantTicketTown(world());
    const ticket = await opens(mia, 'Help');
    const revoked = revoke(guild, 'ManageRoles');
    await botHears(world(), guild);
    await sue.runs('/ticket_close', {}, { in: channelOf(ticket) });
    await world().advance(HOUR_MS);
    await world().advance(HOUR_MS);
    expect((await read(ticket.id)).status).toBe('closed');
    const told = ann.sees('log').filter(({ text }) => text.includes('I cannot change the channel'));
    expect(told).toHaveLength(1);
    world().sandbox.faults.switchOff(revoked);
    await botHears(world(), guild);
    await world().advance(HOUR_MS);
    const name = channelOf(ticket, 'closed');
    expect(mayWrite(guild, name, mia.id)).toBe(false);
  });

  test('a staff role that is unset or deleted leaves tickets to admins', async () => {
    const { guild, opens, mia, sue, ann } = await plantTicketTown(world());
    guild.deleteRole('Support');
    await botHears(world(), guild);
    const ticket = await opens(mia, 'Help');
    expect(mia.sees(channelOf(ticket))[0]?.text).toContain('@mia');
    const refused = await sue.runs('/ticket_claim', { ticket: ticket.id });
    expect(refused.text).toContain('Only ticket staff can do that');
    const done = await ann.runs('/ticket_claim', { ticket: ticket.id });
    expect(done.text).toContain('is yours now');
  });

  test.each([
    ['500', 'channel creation'],
    ['reset', 'channel creation'],
    ['500', 'messages'],
    ['reset', 'messages'],
  ] as const)('%s at %s delays a ticket, which then has one channel', async (fault, on) => {
    const { guild, tries, mia, ticket: read } = await plantTicketTown(world());
    // discord.js itself asks four times for a message, and once for a channel.
    const times = on === 'messages' ? 6 : 2;
    const broken = world().sandbox.faults.switchOn({ fault, on, times });
    const id = (await tries(mia, 'Help'))?.id ?? 0;
    await world().advance(MINUTE_MS);
    await world().advance(MINUTE_MS);
    world().sandbox.faults.switchOff(broken);
    const ticket = await read(id);
    expect(ticket.openedAt).not.toBeNull();
    expect(guild.channels.filter(({ name }) => name === channelOf(ticket))).toHaveLength(1);
    expect(mia.sees(channelOf(ticket)).filter(({ buttons }) => buttons.length > 0)).toHaveLength(1);
  });

  test('a full category leads to the second one, and then to a private thread', async () => {
    const { guild, opens, mia, sam, olivia, ticket: read } = await plantTicketTown(world());
    await olivia.runs('/config set', { setting: 'ticketbot.fallback_category_id', value: 'More help' });
    await olivia.runs('/config set', { setting: 'ticketbot.thread_channel_id', value: '#quiet-corner' });
    const { faults } = world().sandbox;
    const full = (category: string) =>
      faults.switchOn({
        fault: 'full category',
        guildId: guild.id,
        categoryId: guild.channel(category).id,
        channels: 50,
      });
    const first = full('Help');
    const ticket = await opens(mia, 'Help');
    expect(guild.channel(channelOf(ticket)).parentId).toBe(guild.channel('More help').id);
    const second = full('More help');
    const threaded = await opens(sam, 'Help');
    expect(await read(threaded.id)).toMatchObject({ isThread: true });
    expect(guild.thread(channelOf(threaded)).parent.id).toBe(guild.channel('quiet-corner').id);
    expect(sam.sees({ id: threaded.channelId ?? '' })[0]?.text).toContain('@sam');
    for (const one of [first, second]) faults.switchOff(one);
  });

  test('a channel deleted by hand closes its ticket', async () => {
    const { guild, opens, mia, ann, ticket: read } = await plantTicketTown(world());
    const ticket = await opens(mia, 'Help');
    guild.deleteChannel(channelOf(ticket));
    await expect.poll(async () => (await read(ticket.id)).status).toBe('closed');
    await ann.waitsFor('log', `Ticket ${ticket.id}: closed`);
    expect(await read(ticket.id)).toMatchObject({ channelId: null, closedBy: null });
  });

  test('a member who leaves and comes back is in their ticket again', async () => {
    const { guild, opens, mia } = await plantTicketTown(world());
    const ticket = await opens(mia, 'Help');
    guild.leave('mia');
    guild.join('mia');
    await world().advance(MINUTE_MS);
    expect(mayWrite(guild, channelOf(ticket), mia.id)).toBe(true);
  });
});
