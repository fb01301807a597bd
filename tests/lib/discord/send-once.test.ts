import type { SendableChannels } from 'discord.js';
import { beforeEach, expect, test } from 'vitest';
import { removeOldSentMessages, sendOnce, type Attempt } from '#lib/discord/send-once';
import { useDatabase } from '../../setup/database.ts';
import { useClient } from './sandbox-client.ts';

const database = useDatabase();
const connected = useClient({
  name: 'Town',
  owner: 'olivia',
  channels: [{ name: 'general' }],
});

/** Each test says something else, so that none finds what another one said. */
let saying: string;
let tests = 0;
beforeEach(async () => {
  await database().empty();
  tests += 1;
  saying = `Sam closed ticket ${tests}.`;
});

function channel(): SendableChannels {
  const found = connected().client.channels.cache.find((one) => one.isSendable());
  if (found === undefined || !found.isSendable()) throw new Error('there is no channel');
  return found;
}

const said = (): number =>
  [...(connected().guilds[0]?.channel('general').messages.values() ?? [])].filter(
    ({ content }) => content === saying,
  ).length;

const say = (nonce: string, attempt: Attempt): Promise<void> =>
  sendOnce(database().db, channel(), { content: saying, nonce: `${nonce} ${tests}` }, attempt);

const first = (): Attempt => ({ attempts: 1, since: new Date() });
const again = (): Attempt => ({ attempts: 2, since: new Date() });

test('what an attempt of before has sent is not sent again, though Discord has forgotten its nonce', async () => {
  // A crash between the request and what follows: nobody noted which message it was.
  await channel().send(saying);
  await say('first', again());
  expect(said()).toBe(1);
});

test('the same words said before for another reason are not taken for it', async () => {
  await say('first', first());
  await say('second', again());
  expect(said()).toBe(2);
});

test('two whose messages both came find one each, whoever looks first', async () => {
  await channel().send(saying);
  await channel().send(saying);
  await say('second', again());
  await say('first', again());
  expect(said()).toBe(2);
});

test('of two of which only one came, the other is sent', async () => {
  await channel().send(saying);
  await say('second', again());
  await say('first', again());
  expect(said()).toBe(2);
});

test('what is old is forgotten, and no sooner', async () => {
  await say('first', first());
  const rows = () => database().db.selectFrom('sent_messages').select('nonce').execute();
  const days = (count: number): Date => new Date(Date.now() + count * 24 * 3_600_000);
  await removeOldSentMessages(database().db, days(6.9));
  expect(await rows()).toHaveLength(1);
  await removeOldSentMessages(database().db, days(7.1));
  expect(await rows()).toEqual([]);
});
