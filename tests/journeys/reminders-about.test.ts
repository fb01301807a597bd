import { expect, test } from 'vitest';
import type { Person } from '../../sandbox/people/person.ts';
import { HOUR_MS, useBot } from '../setup/bot.ts';
import { full, plantTown } from './town.ts';

const world = useBot();

const madeBy = (person: Person, { id }: { readonly id: string }) =>
  world()
    .database.db.selectFrom('reminders')
    .selectAll()
    .where('created_by', '=', person.id)
    .where('guild_id', '=', id)
    .orderBy('id')
    .execute();

test('the menu of a message: for oneself, or for the channel', async () => {
  const { guild, mia, sam } = plantTown(world());
  const message = mia.writes('events', 'Pizza on **Friday**, who comes along?');
  const origin = { origin_channel_id: message.channelId, origin_message_id: message.id };

  const opened = await sam.usesOnMessage('Remind me about this', message);
  expect(opened.modal).toMatchObject({
    title: 'Herinner mij hieraan',
    fields: [
      { label: 'Wanneer', value: '' },
      { label: 'Waar' },
      { label: 'Naam', value: 'Pizza on Friday, who comes along?' },
    ],
  });
  await world().restart();
  const made = await sam.submits({ Wanneer: 'morgen 9u30' });
  expect(made.ephemeral).toBe(true);
  expect(made.text).toContain(full('2026-12-02T09:30'));
  expect(await madeBy(sam, guild)).toMatchObject([
    {
      ...origin,
      name: 'Pizza on Friday, who comes along?',
      recipient_id: sam.id,
      channel_id: guild.channel('events').id,
      offset_minutes: 0,
    },
  ]);

  await mia.usesOnMessage('Remind me about this', message);
  expect((await mia.submits({ When: 'whenever' })).text).toContain('I can\'t read "whenever" as a time.');
  await mia.usesOnMessage('Remind me about this', message);
  const forAll = await mia.submits({ When: 'in 3 hours', Where: 'channel', Name: 'Pizza' });
  expect(forAll.text).toContain('**Pizza** goes to #events.');
  await world().advance(3 * HOUR_MS);
  const link = `https://discord.com/channels/${guild.id}/${message.channelId}/${message.id}`;
  const delivered = sam.sees('events').findLast(({ author }) => author === 'alphapy');
  expect(delivered?.embeds[0]?.fields?.find(({ name }) => name === 'About')).toMatchObject({
    value: `[Go to the message](${link})`,
  });
});

test('/add_reminder takes the link of a message that one may read', async () => {
  const { guild, olivia, mia, sam } = plantTown(world());
  guild.setOverwrite('log', { role: '@everyone', deny: ['ViewChannel'] });
  const secret = olivia.writes('log', 'Secret');
  const open = olivia.writes('news', 'Welcome');
  const linkTo = ({ channelId, id }: { channelId: string; id: string }) =>
    `https://discord.com/channels/${guild.id}/${channelId}/${id}`;
  const add = (person: Person, link: string) =>
    person.runs('/add_reminder', { name: 'Read this', time: 'tomorrow 20:00', link });
  expect((await add(mia, linkTo(secret))).text).toContain(
    "That message doesn't exist, or you or I can't see it.",
  );
  expect((await add(sam, 'welkom')).text).toContain('Dat is geen link naar een bericht.');
  expect((await add(mia, linkTo(open))).text).toContain('Reminder added');
  expect(await madeBy(mia, guild)).toMatchObject([{ origin_message_id: open.id, source: 'command' }]);
});
