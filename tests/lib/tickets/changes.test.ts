import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#lib/database/database';
import { changeTicket, type Action } from '#lib/tickets/changes';
import { eventsOf } from '#lib/tickets/events';
import { readTicket, type Ticket } from '#lib/tickets/ticket';
import { writeTicket, type Opened, type Wish } from '#lib/tickets/write';
import { useDatabase } from '../../setup/database.ts';

const database = useDatabase();
const db = (): Database => database().db;
beforeEach(() => database().empty());

const NOW = new Date('2027-03-01T12:00:00Z');
const IDLE = { warn: 5, close: 14 };
const DAY_MS = 24 * 60 * 60_000;
const [GUILD, MIA, ANN, BEN] = ['1001', '2001', '2002', '2003'];

const wish = (change: Partial<Wish> = {}): Wish => ({
  guildId: GUILD,
  userId: MIA,
  username: 'mia',
  categoryId: null,
  description: 'My key does not work',
  form: [],
  originChannelId: null,
  originMessageId: null,
  ...change,
});
const write = (change: Partial<Wish> = {}, openLimit = 1): Promise<Opened> =>
  writeTicket(db(), wish(change), { openLimit, idleDays: IDLE, now: NOW });

async function open(change: Partial<Wish> = {}, openLimit = 1): Promise<Ticket> {
  const opened = await write(change, openLimit);
  if (!('ticket' in opened)) throw new Error('has one already');
  await db()
    .updateTable('support_tickets')
    .set({ channel_id: String(10_000 + opened.ticket.id) })
    .where('id', '=', opened.ticket.id)
    .execute();
  return opened.ticket;
}

const doing = (ticket: Pick<Ticket, 'id'>, actorId: string | null = ANN, now = NOW) => ({
  guildId: GUILD,
  ticketId: ticket.id,
  actorId,
  now,
  idleDays: IDLE,
});
const change = (ticket: Ticket, action: Action, actorId: string | null = ANN) =>
  changeTicket(db(), doing(ticket, actorId), action);

const duties = async (ticket: Ticket): Promise<string[]> => {
  const rows = await db()
    .selectFrom('ticket_duties')
    .select('kind')
    .where('ticket_id', '=', ticket.id)
    .orderBy('id')
    .execute();
  return rows.map(({ kind }) => kind);
};

describe('opening', () => {
  test('writes the ticket, that it was opened, and what follows', async () => {
    const ticket = await open();
    expect(ticket).toMatchObject({ status: 'open', userId: MIA, slot: 1, openedAt: null });
    expect(await eventsOf(db(), GUILD, ticket.id)).toMatchObject([
      { kind: 'opened', actorId: MIA, from: null, to: 'open' },
    ]);
    expect(await duties(ticket)).toEqual(['log']);
  });

  test('by five hundred clicks at once makes one ticket', async () => {
    const opened = await Promise.all(Array.from({ length: 500 }, () => write()));
    const tickets = opened.filter((one) => 'ticket' in one);
    expect(tickets).toHaveLength(1);
    const { count } = await db()
      .selectFrom('support_tickets')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(1);
  });

  test('makes as many as a member may have, each in a slot of its own', async () => {
    const opened = await Promise.all(Array.from({ length: 10 }, () => write({}, 3)));
    const slots = opened.flatMap((one) => ('ticket' in one ? [one.ticket.slot] : []));
    expect(slots.toSorted((one, other) => one - other)).toEqual([1, 2, 3]);
    const refused = opened.find((one) => 'taken' in one);
    expect(refused).toMatchObject({ taken: [{ slot: 1 }, { slot: 2 }, { slot: 3 }] });
  });

  test('counts each guild and each member apart', async () => {
    const opened = [await write(), await write({ guildId: '1002' }), await write({ userId: BEN })];
    expect(opened.every((one) => 'ticket' in one)).toBe(true);
  });
});

describe('a change', () => {
  test('is written with its event and what follows from it', async () => {
    const ticket = await open();
    const changed = await change(ticket, { do: 'close', reason: 'Solved' });
    expect(changed.ticket).toMatchObject({ status: 'closed', closedBy: ANN, closeReason: 'Solved' });
    expect(changed.event).toMatchObject({ kind: 'closed', actorId: ANN, from: 'open', to: 'closed' });
    expect(await duties(ticket)).toEqual(expect.arrayContaining(['say', 'log', 'rename']));
  });

  test('of a ticket of another guild is none', async () => {
    const ticket = await open();
    await expect(
      changeTicket(db(), { ...doing(ticket), guildId: '1002' }, { do: 'claim' }),
    ).rejects.toMatchObject({ sentence: 'tickets:unknown' });
    expect(await readTicket(db(), '1002', ticket.id)).toBeUndefined();
  });

  test('by two who claim at once is one’s; the other is told whose', async () => {
    const ticket = await open();
    const claims = await Promise.allSettled([ANN, BEN].map((who) => change(ticket, { do: 'claim' }, who)));
    const won = claims.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    const claimedBy = (await readTicket(db(), GUILD, ticket.id))?.claimedBy;
    expect(claims.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { sentence: 'tickets:claimedByThem', values: { member: `<@${claimedBy}>` } },
    });
  });

  test('by close and reopen at once ends in one of both, with as many events as changes', async () => {
    const ticket = await open();
    await Promise.allSettled([
      change(ticket, { do: 'close', reason: null }),
      change(ticket, { do: 'reopen', openLimit: 1 }, MIA),
    ]);
    const events = (await eventsOf(db(), GUILD, ticket.id)).map(({ kind }) => kind);
    const { status } = (await readTicket(db(), GUILD, ticket.id)) as Ticket;
    expect([events, status]).toEqual(
      events.includes('reopened')
        ? [['opened', 'closed', 'reopened'], 'open']
        : [['opened', 'closed'], 'closed'],
    );
  });

  test.each<[string, Action[], Action, string]>([
    ['claims a closed one', [{ do: 'close', reason: null }], { do: 'claim' }, 'tickets:closedAlready'],
    [
      'closes it twice',
      [{ do: 'close', reason: null }],
      { do: 'close', reason: null },
      'tickets:closedAlready',
    ],
    ['deletes an open one', [], { do: 'archive' }, 'tickets:closeFirst'],
    ['reopens an open one', [], { do: 'reopen', openLimit: 1 }, 'tickets:openAlready'],
    [
      'reopens a deleted one',
      [{ do: 'close', reason: null }, { do: 'archive' }],
      { do: 'reopen', openLimit: 1 },
      'tickets:gone',
    ],
    ['releases what nobody has', [], { do: 'release' }, 'tickets:notClaimed'],
    ['waits twice', [{ do: 'wait' }], { do: 'wait' }, 'tickets:waitsAlready'],
    [
      'opens an escalated one by an answer',
      [{ do: 'escalate', roleId: '77' }],
      { do: 'answer' },
      'tickets:illegal',
    ],
    ['adds its opener', [], { do: 'add', memberId: MIA }, 'tickets:insideAlready'],
    ['removes its opener', [], { do: 'remove', memberId: MIA }, 'tickets:opensIt'],
    [
      'adds somebody twice',
      [{ do: 'add', memberId: BEN }],
      { do: 'add', memberId: BEN },
      'tickets:insideAlready',
    ],
    ['removes a stranger', [], { do: 'remove', memberId: BEN }, 'tickets:notInside'],
    ['moves it where it is', [], { do: 'move', categoryId: null, openLimit: 1 }, 'tickets:thereAlready'],
  ])('that %s is refused and changes nothing', async (_what, before, action, sentence) => {
    const ticket = await open();
    for (const one of before) await change(ticket, one);
    const then = await readTicket(db(), GUILD, ticket.id);
    await expect(change(ticket, action)).rejects.toMatchObject({ sentence });
    expect(await readTicket(db(), GUILD, ticket.id)).toEqual(then);
  });

  test('that reopens is refused while the member has another one open', async () => {
    const first = await open();
    await change(first, { do: 'close', reason: null });
    await open();
    await expect(change(first, { do: 'reopen', openLimit: 1 })).rejects.toMatchObject({
      sentence: 'tickets:memberHasOthers',
    });
  });
});

test('what is due for a quiet ticket follows what happens to it', async () => {
  const ticket = await open();
  const due = async (): Promise<number | null> => {
    const row = await db()
      .selectFrom('support_tickets')
      .select('idle_due_at')
      .where('id', '=', ticket.id)
      .executeTakeFirstOrThrow();
    return row.idle_due_at === null ? null : (row.idle_due_at.getTime() - NOW.getTime()) / DAY_MS;
  };
  expect(await due()).toBe(5);
  const later = new Date(NOW.getTime() + 5 * DAY_MS);
  await changeTicket(db(), doing(ticket, null, later), { do: 'warn' });
  expect(await due()).toBe(14);
  await changeTicket(db(), doing(ticket, MIA, later), { do: 'keep' });
  expect(await due()).toBe(10);
  await changeTicket(db(), doing(ticket, ANN, later), { do: 'close', reason: null });
  expect(await due()).toBe(null);
});
