import { container } from '@sapphire/framework';
import { ApplicationFlags } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { renderTranscript } from '#lib/tickets/transcript/render';
import { recordChannel } from '#lib/tickets/record/whole-channel';
import { putTicket } from '../lib/tickets/fixtures-record.ts';
import { useBot } from '../setup/bot.ts';
import { botHears, plantTown } from './town.ts';

const world = useBot({ sandbox: { applicationFlags: ApplicationFlags.GatewayGuildMembers } });

test('where the bot may not read what members write, the transcript says so', async () => {
  const { db } = world().database;
  const { guild, mia } = plantTown(world());
  const channel = guild.createChannel({ name: 'ticket-1' });
  await botHears(world(), guild);
  const ticket = await putTicket(db, { guildId: guild.id, userId: mia.id, channelId: channel.id });
  const message = mia.writes(channel, 'It burns');
  const kept = () => db.selectFrom('ticket_messages').selectAll().orderBy('message_id').execute();
  await vi.waitUntil(async () => (await kept()).length === 1, { timeout: 10_000 });
  // As if it had been read while the bot still might.
  const [before] = await kept();
  mia.writes(channel, 'A lot');
  await vi.waitUntil(async () => (await kept()).length === 2, { timeout: 10_000 });
  await db
    .updateTable('ticket_messages')
    .set({ content: 'It burns' })
    .where('message_id', '=', message.id)
    .execute();
  mia.edits(message, 'It burns no more');
  await recordChannel(container.tickets, ticket, { position: null, onPage: () => Promise.resolve(true) });
  expect(before?.content).toBe('');
  expect((await kept()).map(({ content }) => content)).toEqual(['It burns', '']);
  const { files, missing } = await renderTranscript(container.tickets, ticket);
  expect(missing).toEqual([expect.stringContaining('1 message could not be read')]);
  expect(String(files[0]?.attachment)).toContain('Message Content Intent');
});
