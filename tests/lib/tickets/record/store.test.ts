import { beforeEach, describe, expect, test } from 'vitest';
import type { Recorded } from '#lib/tickets/record/recorded';
import { markDeleted, storeMessages, type StoreContext } from '#lib/tickets/record/store';
import type { Ticket } from '#lib/tickets/ticket';
import { useDatabase } from '../../../setup/database.ts';
import { AT, putTicket } from '../fixtures-record.ts';

const database = useDatabase();
const db = () => database().db;

const GUILD = '1000';
const MIA = '1';
const BOT = '99';
const context: StoreContext = { now: AT, isContentGranted: true, botId: BOT };
const minutes = (count: number): Date => new Date(AT.getTime() + count * 60_000);

function said(content: string, more: Partial<Recorded> = {}): Recorded & { isStaff: boolean } {
  return {
    messageId: '500',
    authorId: MIA,
    authorName: 'Mia',
    isBot: false,
    isStaff: false,
    content,
    embeds: [],
    stickers: [],
    replyToId: null,
    sentAt: AT,
    editedAt: null,
    files: [],
    ...more,
  };
}

let ticket: Ticket;

async function store(message: Recorded & { isStaff: boolean }, more: Partial<StoreContext> = {}) {
  return db()
    .transaction()
    .execute((trx) => storeMessages(trx, ticket, [message], { ...context, ...more }));
}

const kept = () => db().selectFrom('ticket_messages').selectAll().executeTakeFirstOrThrow();

beforeEach(async () => {
  await database().empty();
  ticket = await putTicket(db(), { guildId: GUILD, userId: MIA, channelId: '7' });
});

describe('a message', () => {
  test('keeps what it said before each edit, in whatever order the versions come', async () => {
    await store(said('third', { editedAt: minutes(2) }));
    await store(said('first'));
    await store(said('second', { editedAt: minutes(1) }));
    await store(said('third', { editedAt: minutes(2) }));
    await store(said('fourth', { editedAt: minutes(3) }));
    const row = await kept();
    expect(row.content).toBe('fourth');
    expect(row.edited_at).toEqual(minutes(3));
    const earlier = row.earlier as unknown as { content: string }[];
    expect(earlier.map(({ content }) => content).sort()).toEqual(['first', 'second', 'third']);
  });

  test('that two processes hear of at once is one row', async () => {
    await Promise.all([store(said('hello')), store(said('hello'))]);
    await Promise.all([
      store(said('hello, edited', { editedAt: minutes(1) })),
      store(said('hello, edited', { editedAt: minutes(1) })),
    ]);
    const row = await kept();
    expect(row.content).toBe('hello, edited');
    expect(row.earlier).toEqual([{ content: 'hello', until: minutes(1).toISOString() }]);
  });

  test('stays readable when it is read again without the right to', async () => {
    await store(said('hello', { embeds: [{ title: 'A page' }] }));
    await store(said('', { editedAt: minutes(1) }), { isContentGranted: false });
    const row = await kept();
    expect([row.content, row.embeds, row.earlier]).toEqual(['hello', [{ title: 'A page' }], []]);
  });

  test('that was emptied by its author keeps what it said', async () => {
    await store(said('hello'));
    await store(said('', { editedAt: minutes(1) }));
    expect(await kept()).toMatchObject({ content: '', earlier: [{ content: 'hello' }] });
  });

  test('of another bot keeps its embeds before an edit, and the preview of a link is none', async () => {
    await store(said('https://example.com'));
    await store(said('https://example.com', { embeds: [{ title: 'Preview' }] }));
    expect((await kept()).earlier).toEqual([]);
    await store(said('https://example.com', { embeds: [{ title: 'Changed' }], editedAt: minutes(1) }));
    expect(await kept()).toMatchObject({
      embeds: [{ title: 'Changed' }],
      earlier: [{ content: 'https://example.com', embeds: [{ title: 'Preview' }] }],
    });
  });

  test('of this bot is kept as it is now', async () => {
    await store(said('Open', { authorId: BOT, isBot: true }));
    await store(said('Claimed', { authorId: BOT, isBot: true, editedAt: minutes(1) }));
    expect(await kept()).toMatchObject({ content: 'Claimed', earlier: [] });
  });

  test('that is edited without end keeps its first version and the newest', async () => {
    await store(said('0'));
    for (let edit = 1; edit <= 110; edit += 1) await store(said(String(edit), { editedAt: minutes(edit) }));
    const earlier = (await kept()).earlier as unknown as { content: string }[];
    expect(earlier.length).toBe(100);
    expect([earlier[0]?.content, earlier[1]?.content, earlier.at(-1)?.content]).toEqual(['0', '11', '109']);
  });

  test('that is deleted says what it said, and keeps the time of its deletion', async () => {
    await store(said('hello'));
    await markDeleted(db(), ticket, ['500'], minutes(1));
    await markDeleted(db(), ticket, ['500'], minutes(2));
    await store(said('hello'));
    expect(await kept()).toMatchObject({ content: 'hello', deleted_at: minutes(1) });
  });

  test('is marked in its own guild only', async () => {
    await store(said('hello'));
    await markDeleted(db(), { guildId: '2000', id: ticket.id }, ['500'], minutes(1));
    expect((await kept()).deleted_at).toBeNull();
  });

  test('whose author had it erased is not read again, nor are its files', async () => {
    await store(said('hello'));
    await db().updateTable('ticket_messages').set({ author_id: '0', author_name: '', content: '' }).execute();
    const file = { attachmentId: '5', name: 'a.png', url: 'https://x', contentType: null, bytes: 1 };
    await store(said('hello', { files: [file] }));
    expect(await kept()).toMatchObject({ author_id: '0', content: '' });
    expect(await db().selectFrom('ticket_files').selectAll().execute()).toEqual([]);
  });

  test('of a ticket that is gone is not kept', async () => {
    await db().deleteFrom('support_tickets').execute();
    expect(await store(said('hello'))).toBe(false);
    expect(await db().selectFrom('ticket_messages').selectAll().execute()).toEqual([]);
  });

  test('brings its files along, those that are refused too', async () => {
    const file = (attachmentId: string, name: string, bytes = 10) => ({
      attachmentId,
      name,
      bytes,
      url: `https://cdn.discordapp.com/${attachmentId}`,
      contentType: null,
    });
    const files = [
      file('1', 'a.png'),
      file('2', 'setup.exe'),
      file('3', 'setup.png.EXE. .'),
      file('4', 'film.mp4', 26 * 1024 * 1024),
      file('5', 'gnp.\u202Eexe.png'),
    ];
    await store(said('look', { files }));
    await store(said('look', { files: [{ ...files[0]!, url: 'https://cdn.discordapp.com/new' }] }));
    const rows = await db().selectFrom('ticket_files').selectAll().orderBy('attachment_id').execute();
    expect(rows.map(({ state }) => state)).toEqual(['due', 'wrong_type', 'wrong_type', 'too_large', 'due']);
    expect(rows[0]).toMatchObject({ url: 'https://cdn.discordapp.com/new', message_id: '500', user_id: MIA });
    expect(rows[4]?.name).toBe('gnp.exe.png');
  });
});
