import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { container } from '@sapphire/framework';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { handOutTranscript } from '#lib/tickets/transcript/hand-out';
import { recordChannel } from '#lib/tickets/record/whole-channel';
import type { Ticket } from '#lib/tickets/ticket';
import type { Person } from '../../sandbox/people/person.ts';
import type { SeenMessage } from '../../sandbox/people/seen-message.ts';
import { newPicture } from '../../sandbox/new-picture.ts';
import { forgetChannel } from '#lib/tickets/record/channels';
import { putTicket } from '../lib/tickets/fixtures-record.ts';
import { HOUR_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { botHears, plantTown, type Town } from './town.ts';

const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'alphapy-transcripts-'));
afterAll(() => rmSync(dataDirectory, { recursive: true }));

const world = useBot({ config: { dataDirectory } });
const db = () => world().database.db;

let town: Town;
let ticket: Ticket;
let channel: { readonly id: string };

/** A ticket of Mia in which Ann helped; it is closed, and its channel is gone. */
beforeEach(async () => {
  town = plantTown(world(), {
    members: ['mia', 'ann', 'eve', { name: 'sam', locale: 'nl' }, { name: 'niels', locale: 'nl' }],
  });
  const { guild, mia, ann } = town;
  channel = guild.createChannel({ name: 'ticket-1' });
  await botHears(world(), guild);
  ticket = await putTicket(db(), { guildId: guild.id, userId: mia.id, channelId: channel.id });
  const first = mia.writes(channel, 'It **burns**', {
    files: [{ filename: 'fire.png', bytes: newPicture(8, 8, 0xff_00_00) }],
  });
  ann.writes(channel, 'Use water', { replyTo: first });
  const secret = ann.writes(channel, 'The code is 1234');
  await vi.waitUntil(async () => (await recorded()) === 3, { timeout: 10_000 });
  mia.edits(first, 'It **burns** a lot');
  ann.deletes(secret);
  world().clock.advance(2 * MINUTE_MS);
  await world().advance(0);
  await recordChannel(container.tickets, ticket, {
    position: null,
    onPage: () => Promise.resolve(true),
  });
  await db()
    .updateTable('support_tickets')
    .set({ status: 'closed', channel_id: null, closed_at: world().clock.now(), closed_by: ann.id })
    .where('id', '=', ticket.id)
    .execute();
  // Of an open ticket the bot would take it for its end, close it and hand its transcript out by itself.
  guild.deleteChannel('ticket-1');
  forgetChannel(container.tickets, channel.id);
});

async function recorded(): Promise<number> {
  const row = await db()
    .selectFrom('ticket_messages')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('ticket_id', '=', ticket.id)
    .executeTakeFirst();
  return Number(row?.count);
}

async function textOf(message: SeenMessage | null | undefined, ending: string): Promise<string> {
  const file = message?.attachments.find(({ filename }) => filename.endsWith(ending));
  if (file === undefined) throw new Error(`there is no ${ending} in "${message?.text}"`);
  return (await fetch(file.url)).text();
}

const asks = (person: Person, number: number = ticket.id) =>
  person.runs('/ticket_transcript', { ticket: number });

describe('/ticket_transcript', () => {
  test('gives staff all that was said, when the channel is long gone', async () => {
    const reply = await asks(town.ann);
    expect(reply.message?.ephemeral).toBe(true);
    const page = await textOf(reply.message, '.html');
    for (const part of [
      'It <strong>burns</strong> a lot',
      'It <strong>burns</strong></div>',
      'Use water',
      'The code is 1234',
      'src="data:image/png;base64,',
    ])
      expect(page).toContain(part);
    const data = JSON.parse(await textOf(reply.message, '.json')) as { messages: { author: string }[] };
    expect(data.messages.map(({ author }) => author)).toEqual(['mia', 'ann', 'ann']);
  });

  test('gives whoever opened it theirs, without what others took back', async () => {
    const page = await textOf((await asks(town.mia)).message, '.html');
    expect(page).toContain('It <strong>burns</strong></div>');
    expect(page).not.toContain('1234');
  });

  test('gives nobody else anything, and no server the tickets of another', async () => {
    const { guild, mia, sam } = town;
    const eve = guild.member('eve');
    expect((await asks(eve)).message?.text).toContain(`There is no ticket ${ticket.id} here`);
    expect((await asks(sam)).message?.text).toContain(`Er is hier geen ticket ${ticket.id}`);
    expect((await asks(mia, 999_999)).message?.text).toContain('There is no ticket 999999 here');
    const other = plantTown(world());
    expect((await asks(other.ann)).message?.text).toContain('There is no ticket');
    expect(await other.ann.autocompletes('/ticket_transcript', { ticket: '' }, 'ticket')).toEqual([]);
    expect(await eve.autocompletes('/ticket_transcript', { ticket: '' }, 'ticket')).toEqual([]);
  });

  test('lets staff of a category have its tickets and no others', async () => {
    const { guild, sam } = town;
    const role = guild.createRole({ name: 'Billing', members: ['sam'] });
    await botHears(world(), guild);
    const { id: categoryId } = await db()
      .insertInto('ticket_categories')
      .values({ guild_id: guild.id, position: 1, name: 'Billing', staff_role_id: role.id })
      .returning('id')
      .executeTakeFirstOrThrow();
    const theirs = await putTicket(db(), { guildId: guild.id, userId: town.ann.id, categoryId });
    const offered = await sam.autocompletes('/ticket_transcript', { ticket: '' }, 'ticket');
    expect(offered).toEqual([
      { name: `#${theirs.id} · open · mia · ${theirs.description}`, value: theirs.id },
    ]);
    expect((await asks(sam, theirs.id)).message?.attachments.length).toBe(2);
    expect((await asks(sam)).message?.attachments).toEqual([]);
  });

  test('offers tickets by number, name and description', async () => {
    const { ann, mia } = town;
    const offers = async (typed: string) =>
      (await ann.autocompletes('/ticket_transcript', { ticket: typed }, 'ticket')).map(({ value }) => value);
    for (const typed of [`#${ticket.id}`, 'MIA', 'printer']) expect(await offers(typed)).toEqual([ticket.id]);
    for (const typed of ['%', '_', 'nothing like it']) expect(await offers(typed)).toEqual([]);
    expect(
      (await mia.autocompletes('/ticket_transcript', { ticket: '' }, 'ticket')).map(({ value }) => value),
    ).toEqual([ticket.id]);
  });

  test('no longer has what a member had erased', async () => {
    const { guild, mia } = town;
    const { erasePerson } = await import('#lib/privacy/erase');
    await db()
      .transaction()
      .execute((trx) => erasePerson(trx, mia.id, guild.id));
    const page = await textOf((await asks(town.ann)).message, '.html');
    expect(page).not.toMatch(/burns|fire\.png|>mia</);
    expect(page).toContain('Use water');
  });
});

describe('at the end of a ticket', () => {
  test('its opener gets it by direct message, once', async () => {
    const { mia } = town;
    const since = world().clock.now();
    const file = await vi.waitUntil(
      async () =>
        db()
          .selectFrom('ticket_files')
          .select(['id', 'sha256'])
          .where('ticket_id', '=', ticket.id)
          .where('sha256', 'is not', null)
          .executeTakeFirst(),
      { timeout: 10_000 },
    );
    const isStored = (sha256: string | null) =>
      db()
        .updateTable('ticket_files')
        .set({ sha256, state: sha256 === null ? 'gone' : 'stored' })
        .where('id', '=', file.id)
        .execute();
    for (const attempts of [1, 2]) {
      // What was missing at first may be there later.
      await isStored(attempts === 1 ? null : file.sha256);
      const options = { nonce: `tk:${ticket.id}`, attempt: { attempts, since } };
      expect(await handOutTranscript(container.tickets, ticket, options)).toBe('sent');
      // Until Discord has forgotten the nonce.
      await world().advance(HOUR_MS);
    }
    const got = mia.dms;
    expect(got.length).toBe(1);
    expect(got[0]?.text).toContain(`transcript of your ticket ${ticket.id}`);
    const page = await textOf(got[0], '.html');
    expect(page).toContain('Use water');
    expect(page).not.toContain('1234');
  });

  test('who takes no direct messages can still ask for it', async () => {
    const { mia } = town;
    mia.acceptsDirectMessages(false);
    expect(
      await handOutTranscript(container.tickets, ticket, {
        nonce: 'tk:2',
        attempt: { attempts: 1, since: world().clock.now() },
      }),
    ).toBe('refused');
    expect((await asks(mia)).message?.attachments.length).toBe(2);
  });
});
