import { expect, test } from 'vitest';
import { createMessage } from '../../sandbox/state/messages.ts';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { channelOf, plantTicketTown } from './ticket-town.ts';

const MESSAGES = 10_000;
const SWEEPS_MAX = 60;

const world = useBot();

test(
  'a channel of 10,000 messages that the bot has not heard is closed at once, and its transcript holds them all',
  { timeout: 180_000 },
  async () => {
    const { guild, mia, sue, opens } = await plantTicketTown(world());
    const opened = await opens(mia, 'My cat is stuck');
    await world().restart(() => {
      const channel = guild.channel(channelOf(opened));
      for (let index = 1; index <= MESSAGES; index += 1)
        createMessage(world().sandbox.world, channel, {
          authorId: index % 2 === 0 ? mia.id : sue.id,
          content: `Message ${index} of many`,
        });
    });

    const begun = performance.now();
    const reply = await sue.runs('/ticket_close', { ticket: opened.id });
    const closedMs = performance.now() - begun;
    expect(reply.text).toContain('closed');
    expect(closedMs).toBeLessThan(3_000);

    /** What the opener got by direct message. */
    const transcript = () =>
      mia.dms.flatMap(({ attachments }) => attachments).find(({ filename }) => filename.endsWith('.html'));
    const kept = async (): Promise<number> => {
      const { db } = world().database;
      const { count } = await db
        .selectFrom('ticket_messages')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .where('ticket_id', '=', opened.id)
        .where('content', 'like', 'Message % of many')
        .executeTakeFirstOrThrow();
      return Number(count);
    };
    for (let sweep = 0; sweep < SWEEPS_MAX && transcript() === undefined; sweep += 1)
      await world().advance(MINUTE_MS);
    expect(await kept()).toBe(MESSAGES);
    const file = transcript();
    const html = file === undefined ? '' : await (await fetch(file.url)).text();
    expect(html).toContain('Message 1 of many');
    expect(html).toContain(`Message ${MESSAGES} of many`);
  },
);
