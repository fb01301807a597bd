import { describe, expect, test } from 'vitest';
import { check } from './checker.ts';
import type { Seen, SeenChannel, TicketHistory, Written } from './history.ts';
import { undisturbed } from './plan.ts';
import type { TicketRow } from './protocol.ts';

const MIA = '1';
const ticket: TicketRow = {
  id: 7,
  userId: MIA,
  status: 'closed',
  channelId: '70',
  messageId: '71',
  isDue: false,
};
const channel: SeenChannel = {
  id: '70',
  ticket: 7,
  name: 'closed-7-mia',
  controls: [{ messageId: '71', shows: 'closed' }],
  opener: { sees: true, writes: false },
  staff: { sees: true, writes: true },
  stranger: { sees: false, writes: false },
};
const written: readonly Written[] = [
  { where: 'log', ticket: 7, about: 'opened' },
  { where: 'ticket', ticket: 7, about: 'closed' },
  { where: 'log', ticket: 7, about: 'closed' },
  { where: 'direct', ticket: 7, about: 'transcript' },
];
const end: Seen = {
  tickets: [ticket],
  events: [
    { ticket: 7, kind: 'opened' },
    { ticket: 7, kind: 'closed' },
  ],
  duties: [],
  channels: [channel],
};
const history: TicketHistory = {
  plan: undisturbed,
  openerId: MIA,
  made: [7],
  written,
  confirmed: [{ kind: 'closed', ticket: 7 }],
  recoveries: [{ what: 'close', ms: 60_000, isFaulted: false, left: [] }],
  struck: [],
  faults: [],
  passed: [],
  end,
};

const ending = (change: Partial<Seen>): TicketHistory => ({ ...history, end: { ...end, ...change } });
const withChannel = (change: Partial<SeenChannel>): TicketHistory =>
  ending({ channels: [{ ...channel, ...change }] });
const withTicket = (change: Partial<TicketRow>): TicketHistory =>
  ending({ tickets: [{ ...ticket, ...change }] });

test('a run in which all is well has no problems', () => {
  expect(check(history)).toEqual([]);
  const archived = { ...withTicket({ status: 'archived' }).end, channels: [] };
  expect(check({ ...history, end: archived })).toEqual([]);
});

describe('each fault is found:', () => {
  const again = (index: number): TicketHistory => ({
    ...history,
    written: [...written, ...written.slice(index, index + 1)],
  });
  const without = (index: number): TicketHistory => ({ ...history, written: written.toSpliced(index, 1) });
  const recovered = (ms: number, isFaulted: boolean, left: readonly string[]): TicketHistory => ({
    ...history,
    recoveries: [{ what: 'close', ms, isFaulted, left }],
  });
  const open = { ...ticket, status: 'open' };
  const events = (count: number) => Array.from({ length: count }, () => ({ ticket: 7, kind: 'closed' }));

  test.each<[string, TicketHistory, string]>([
    ['a second channel', ending({ channels: [channel, { ...channel, id: '72' }] }), 'has 2 channels'],
    ['a second channel that is gone again', { ...history, made: [7, 7] }, '2 channels were made'],
    ['a row without a channel', ending({ channels: [] }), 'has no channel'],
    ['a channel without a row', ending({ channels: [channel, { ...channel, ticket: 8 }] }), "nobody's"],
    ['a channel that was to be deleted', withTicket({ status: 'archived' }), 'still there'],
    ['a channel that its row does not know', withTicket({ channelId: null }), 'does not know its channel'],
    ['buttons that its row does not know', withTicket({ messageId: null }), 'does not know its buttons'],
    ['buttons twice', withChannel({ controls: [...channel.controls, ...channel.controls] }), '2 messages'],
    ['no buttons', withChannel({ controls: [] }), '0 messages with buttons'],
    ['buttons of before', withChannel({ controls: [{ messageId: '71', shows: 'open' }] }), 'shows open'],
    ['a name of before', withChannel({ name: 'ticket-7-mia' }), 'is called ticket-7-mia'],
    ['a closed ticket that is not locked', withChannel({ opener: channel.staff }), 'the opener can write'],
    ['a stranger in it', withChannel({ stranger: channel.opener }), 'a stranger sees it'],
    ['staff outside', withChannel({ staff: channel.stranger }), 'staff does not see it'],
    ['a channel that stays due', withTicket({ isDue: true }), 'its channel is due'],
    ['two open tickets', ending({ tickets: [open, { ...open, id: 8 }] }), '2 tickets are open'],
    ['a duty left', ending({ duties: [{ ticket: 7, kind: 'rename', error: null }] }), 'still owes rename'],
    ['a doubled line', again(1), 'closed 1 times, in the ticket 2 times'],
    ['a line that never came', without(1), 'closed 1 times, in the ticket 0 times'],
    ['a doubled log entry', again(0), 'opened 1 times, in the log 2 times'],
    ['a log entry that never came', without(2), 'closed 1 times, in the log 0 times'],
    ['a doubled transcript', again(3), 'its transcript came 2 times'],
    ['something done twice', ending({ events: [...end.events, ...events(1)] }), 'closed 2 times'],
    ['a broken word', { ...history, confirmed: [{ kind: 'reopened', ticket: 7 }] }, 'it is reopened, and'],
    ['a slow recovery', recovered(75_000, false, []), 'it took 75 s'],
    ['a slow recovery where Discord failed', recovered(200_000, true, []), 'it took 200 s'],
    ['none at all', recovered(1, true, ['ticket 7: owes say']), 'never became well: ticket 7: owes say'],
  ])('%s', (_, faulty, problem) => {
    expect(check(faulty)).toContainEqual(expect.stringContaining(problem));
  });
});
