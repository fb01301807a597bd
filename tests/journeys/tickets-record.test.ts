import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { container } from '@sapphire/framework';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { recordChannel } from '#lib/tickets/record/whole-channel';
import type { Ticket } from '#lib/tickets/ticket';
import { createMessage, deleteMessages } from '../../sandbox/state/messages.ts';
import { newPicture } from '../../sandbox/new-picture.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { putTicket } from '../lib/tickets/fixtures-record.ts';
import { botHears, plantTown, type Town } from './town.ts';
import { eventually } from '../setup/eventually.ts';

const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'alphapy-record-'));
afterAll(() => rmSync(dataDirectory, { recursive: true }));

const world = useBot({ config: { dataDirectory } });
const db = () => world().database.db;
const FILES = path.join(dataDirectory, 'files');

let town: Town;
let ticket: Ticket;
let channel: { readonly id: string };

beforeEach(async () => {
  town = plantTown(world());
  channel = town.guild.createChannel({ name: 'ticket-1' });
  await botHears(world(), town.guild);
  ticket = await putTicket(db(), {
    guildId: town.guild.id,
    userId: town.mia.id,
    channelId: channel.id,
  });
});

/** Waits as long as a busy machine may take. */

async function kept() {
  return db()
    .selectFrom('ticket_messages')
    .selectAll()
    .where('ticket_id', '=', ticket.id)
    .orderBy('message_id')
    .execute();
}

async function files() {
  return db()
    .selectFrom('ticket_files')
    .selectAll()
    .where('ticket_id', '=', ticket.id)
    .orderBy('attachment_id')
    .execute();
}

/** All that the directory holds, by name. */
function stored(): string[] {
  try {
    return readdirSync(FILES, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Leaves no room for a file that is being fetched. @returns what makes room again. */
function block(): () => void {
  const blocked = path.join(FILES, 'unfinished');
  rmSync(blocked, { recursive: true, force: true });
  mkdirSync(FILES, { recursive: true });
  writeFileSync(blocked, '');
  return () => rmSync(blocked);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** What the bot has that runs now. */
const deps = () => ({ ...container.tickets, client: world().bot.client });
const read = () => recordChannel(deps(), ticket, { position: null, onPage: async () => true });

describe('what is said in a ticket', () => {
  test('is kept with its edits and deletions, and what is said elsewhere is not', async () => {
    const { guild, mia, ann } = town;
    mia.writes('general', 'Hello, everybody');
    const first = mia.writes(channel, 'It burns');
    const second = ann.writes(channel, 'Which one?', { replyTo: first });
    const third = mia.writes(channel, 'My password is hunter2');
    await eventually(async () => expect((await kept()).length).toBe(3));
    mia.edits(first, 'It burns **badly**');
    mia.deletes(third);
    await eventually(async () => expect((await kept())[2]?.deleted_at).not.toBeNull());
    await eventually(async () => expect((await kept())[0]?.content).toBe('It burns **badly**'));
    expect(await kept()).toMatchObject([
      {
        author_id: mia.id,
        author_name: 'mia',
        is_bot: false,
        is_staff: false,
        earlier: [{ content: 'It burns' }],
      },
      { message_id: second.id, author_id: ann.id, is_staff: true, reply_to_id: first.id },
      { content: 'My password is hunter2' },
    ]);
    deleteMessages(world().sandbox.world, guild.channel('ticket-1'), [first.id, second.id]);
    await eventually(async () =>
      expect((await kept()).every(({ deleted_at: at }) => at !== null)).toBe(true),
    );
  });

  test('is kept of bots and webhooks too, components and embeds as they read', async () => {
    const { guild } = town;
    const text = (content: string) => ({ type: ComponentType.TextDisplay, content });
    createMessage(world().sandbox.world, guild.channel('ticket-1'), {
      authorId: world().sandbox.world.application.botId,
      flags: MessageFlags.IsComponentsV2,
      components: [text('Ticket 1'), { type: ComponentType.Container, components: [text('Open')] }],
    });
    const hook = guild.createWebhook('ticket-1', 'Deploys');
    createMessage(world().sandbox.world, guild.channel('ticket-1'), {
      authorId: hook.id,
      webhook: { id: hook.id, name: 'Deploys', avatar: null } as never,
      embeds: [{ title: 'Build 7', fields: [{ name: 'State', value: 'red' }] }],
    });
    await eventually(async () => expect((await kept()).length).toBe(2));
    expect(await kept()).toMatchObject([
      { content: 'Ticket 1\nOpen', is_bot: true, author_name: 'alphapy' },
      {
        author_name: 'Deploys',
        is_bot: true,
        embeds: [{ title: 'Build 7', fields: [{ name: 'State', value: 'red' }] }],
      },
    ]);
  });
});

describe('a whole channel', () => {
  test('is read in pages, so that what the bot missed is kept too', async () => {
    const { mia, sam } = town;
    const written = Array.from({ length: 230 }, (_, index) =>
      (index % 2 === 0 ? mia : sam).writes(channel, `Message ${index + 1}`),
    );
    await eventually(async () => expect((await kept()).length).toBe(230));
    // As if the bot had been away for all of it, and for the deletion of what it had heard before.
    await world().restart(() => {
      mia.edits(written[0]!, 'Message 1, edited');
      mia.deletes(written[2]!);
      sam.deletes(written[229]!);
    });
    await db()
      .deleteFrom('ticket_messages')
      .where('message_id', 'in', [written[5]!.id, written[150]!.id])
      .execute();
    world().clock.advance(2 * MINUTE_MS);
    const positions: (string | null)[] = [];
    const result = await recordChannel(deps(), ticket, {
      position: null,
      onPage: async (position) => {
        positions.push(position);
        return true;
      },
    });
    expect(result).toBe('done');
    expect(positions.length).toBe(3);
    const rows = await kept();
    expect(rows.length).toBe(230);
    expect(rows[0]).toMatchObject({ content: 'Message 1, edited', earlier: [{ content: 'Message 1' }] });
    expect(rows.filter(({ deleted_at: at }) => at !== null).map(({ content }) => content)).toEqual([
      'Message 3',
      'Message 230',
    ]);
  });

  test('is left to whoever took over, and goes on from where it was', async () => {
    for (let index = 0; index < 120; index += 1) town.mia.writes(channel, `Message ${index}`);
    let position: string | null = null;
    const first = await recordChannel(deps(), ticket, {
      position,
      onPage: async (at) => {
        position = at;
        return false;
      },
    });
    expect(first).toBe('later');
    const seen: string[] = [];
    await recordChannel(deps(), ticket, {
      position,
      onPage: async (at) => {
        seen.push(at);
        return true;
      },
    });
    expect(seen.length).toBe(1);
    expect((await kept()).length).toBe(120);
  });

  test('that was deleted is gone; one that may not be read comes later', async () => {
    const { guild } = town;
    guild.setOverwrite('ticket-1', { role: 'Alphapy', deny: ['ViewChannel'] });
    await eventually(async () => expect(await read()).toBe('later'));
    guild.deleteChannel('ticket-1');
    await eventually(async () => expect(await read()).toBe('gone'));
  });
});

describe('files of a ticket', () => {
  const picture = newPicture(12, 8, 0xff0000);

  test('are kept under their hash, once for the same bytes, and go with their last row', async () => {
    const { mia, sam } = town;
    mia.writes(channel, 'look', { files: [{ filename: '../../<b>.png', bytes: picture }] });
    sam.writes(channel, 'the same', { files: [{ filename: 'b.png', bytes: picture }] });
    await eventually(async () => expect((await files()).length).toBe(2));
    await world().advance(0);
    expect(await files()).toMatchObject([
      { state: 'stored', sha256: sha256(picture), user_id: mia.id },
      { state: 'stored', sha256: sha256(picture), user_id: sam.id },
    ]);
    expect(stored()).toEqual([sha256(picture)]);
    expect(readFileSync(path.join(FILES, sha256(picture).slice(0, 2), sha256(picture)))).toEqual(
      Buffer.from(picture),
    );
    await db().deleteFrom('ticket_files').where('user_id', '=', mia.id).execute();
    await world().advance(0);
    expect(stored()).toEqual([sha256(picture)]);
    await db().deleteFrom('ticket_files').execute();
    await world().advance(0);
    expect(stored()).toEqual([]);
  });

  test('go 30 days after the server removed the bot, and those of others stay', async () => {
    const other = plantTown(world());
    const elsewhere = other.guild.createChannel({ name: 'ticket-2' });
    await botHears(world(), other.guild);
    await putTicket(db(), { guildId: other.guild.id, userId: other.mia.id, channelId: elsewhere.id });
    const [theirs, ours] = [newPicture(12, 8, 0x123456), newPicture(12, 8, 0x654321)];
    other.mia.writes(elsewhere, 'look', { files: [{ filename: 'theirs.png', bytes: theirs }] });
    town.mia.writes(channel, 'look', { files: [{ filename: 'ours.png', bytes: ours }] });
    const all = () =>
      db()
        .selectFrom('ticket_files')
        .select('sha256')
        .where('guild_id', 'in', [town.guild.id, other.guild.id])
        .execute();
    await eventually(async () => expect(await all()).toHaveLength(2));
    await world().advance(0);
    expect(stored()).toEqual(expect.arrayContaining([sha256(theirs), sha256(ours)]));
    town.guild.kickBot();
    await eventually(async () =>
      expect(
        await db().selectFrom('erasures').select('id').where('guild_id', '=', town.guild.id).execute(),
      ).toHaveLength(1),
    );
    await world().advance(29 * DAY_MS);
    expect(stored()).toContain(sha256(ours));
    await world().advance(DAY_MS);
    await world().advance(MINUTE_MS);
    expect(await all()).toEqual([{ sha256: sha256(theirs) }]);
    expect(stored()).toContain(sha256(theirs));
    expect(stored()).not.toContain(sha256(ours));
  });

  test('that are programs, or over the quota of the server, are not kept; others are', async () => {
    const { mia } = town;
    await town.ann.runs('/config set', { setting: 'ticketbot.storage_megabytes', value: '1' });
    const noise = (megabytes: number, seed: number) => {
      const bytes = Buffer.alloc(megabytes * 1024 * 1024, seed);
      return new Uint8Array(bytes);
    };
    const program = Buffer.from('MZ and so on');
    mia.writes(channel, 'files', {
      files: [
        { filename: 'program.png', bytes: program },
        { filename: 'half.txt', bytes: noise(0.5, 65) },
        { filename: 'half-again.txt', bytes: noise(0.5, 65) },
        { filename: 'too-much.txt', bytes: noise(0.75, 66) },
      ],
    });
    await eventually(async () => expect((await files()).length).toBe(4));
    await world().advance(0);
    expect((await files()).map(({ state }) => state)).toEqual([
      'wrong_type',
      'stored',
      'stored',
      'over_quota',
    ]);
    expect(stored()).toContain(sha256(noise(0.5, 65)));
    expect(stored()).not.toContain(sha256(noise(0.75, 66)));
    expect(stored()).not.toContain(sha256(program));
  });

  test('are fetched by a new link when the first has run out, and are gone with their message', async () => {
    const { mia } = town;
    const unblock = block();
    const [, second] = ['1', '2'].map((content) =>
      mia.writes(channel, content, { files: [{ filename: 'a.txt', bytes: Buffer.from(content) }] }),
    );
    await eventually(async () => expect((await files()).length).toBe(2));
    mia.deletes(second!);
    world().clock.advance(2 * DAY_MS);
    unblock();
    await world().advance(0);
    expect((await files()).map(({ state }) => state)).toEqual(['stored', 'gone']);
  });

  test('are asked for only where Discord keeps them', async () => {
    const { mia } = town;
    mia.writes(channel, 'x', { files: [{ filename: 'a.txt', bytes: Buffer.from('x') }] });
    await eventually(async () => expect((await files()).length).toBe(1));
    await db()
      .updateTable('ticket_files')
      .set({ url: 'http://169.254.169.254/latest', state: 'due', sha256: null, due_at: world().clock.now() })
      .execute();
    await world().advance(0);
    expect((await files())[0]?.state).toBe('wrong_type');
  });

  test('wait while they cannot be kept, ever longer', async () => {
    const { mia } = town;
    const unblock = block();
    mia.writes(channel, 'x', { files: [{ filename: 'a.txt', bytes: Buffer.from('x') }] });
    await eventually(async () => expect((await files()).length).toBe(1));
    await world().advance(0);
    await eventually(async () => expect((await files())[0]?.leased_until).toBeNull());
    const [waiting] = await files();
    expect(waiting).toMatchObject({ state: 'due', attempts: 1 });
    const waitsMs = waiting!.due_at!.getTime() - world().clock.now().getTime();
    expect(waitsMs).toBeGreaterThan(5_000);
    expect(waitsMs).toBeLessThanOrEqual(15_000);
    unblock();
    await world().advance(HOUR_MS);
    expect((await files())[0]?.state).toBe('stored');
  });
});
