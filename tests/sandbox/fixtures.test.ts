import { ChannelType } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plantFixture } from '../../sandbox/fixtures.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { compareSnowflakes, timeOf } from '../../sandbox/state/snowflakes.ts';
import { channelsOf } from '../../sandbox/state/world.ts';
import { expectNoViolations, send, startBot } from './bot.ts';

const DAY_MS = 24 * 60 * 60_000;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

/** Everything about a sandbox's servers but ids and instants. */
function portrait({ world, guilds }: Sandbox): unknown {
  return guilds.map(({ record, name }) => ({
    name,
    roles: [...record.roles.values()].map((role) => [role.name, role.position, role.color]),
    members: [...record.members.values()].map(({ id, roles }) => [world.users.get(id)?.username, roles.size]),
    channels: channelsOf(world, record.id).map((channel) => ({
      name: channel.name,
      messages: [...channel.messages.values()].map(
        ({ authorId, embeds, components, reactions, attachments }) => [
          world.users.get(authorId)?.username,
          embeds.length,
          components.length,
          reactions.map(({ users }) => users.size),
          attachments.map(({ filename, size }) => [filename, size]),
        ],
      ),
    })),
  }));
}

test('large is a server with much of everything, the same each time', async () => {
  plantFixture(sandbox, 'large');
  const [guild] = sandbox.guilds;
  if (guild === undefined) throw new Error('There is no server.');
  const people = [...guild.record.members.keys()].filter((id) => !sandbox.world.applications.has(id));
  expect(people).toHaveLength(2000);
  const roles = [...guild.record.roles.values()].filter(({ id, managedBy }) => id !== guild.id && !managedBy);
  expect(roles).toHaveLength(40);
  const categories = guild.channels.filter(({ type }) => type === ChannelType.GuildCategory);
  const others = guild.channels.filter((channel) => !categories.includes(channel));
  expect(others.length).toBeGreaterThanOrEqual(60);
  expect(others.every(({ parentId }) => categories.some(({ id }) => id === parentId))).toBe(true);

  const other = await startSandbox();
  plantFixture(other, 'large');
  expect(portrait(other)).toEqual(portrait(sandbox));
  await other.close();
});

test('its messages are of many kinds, and were written over weeks', () => {
  plantFixture(sandbox, 'large');
  const messages = [...(sandbox.guilds[0]?.channel('general').messages.values() ?? [])];
  expect(messages.length).toBeGreaterThanOrEqual(2000);
  const count = (isOne: (message: (typeof messages)[number]) => boolean): number =>
    messages.filter(isOne).length;
  expect(count(({ embeds }) => embeds.length > 0)).toBeGreaterThan(20);
  expect(count(({ components }) => components.length > 0)).toBeGreaterThan(50);
  expect(
    count(({ attachments }) => attachments.some(({ dimensions }) => dimensions?.width === 320)),
  ).toBeGreaterThan(20);
  expect(count(({ reactions }) => reactions.length > 0)).toBeGreaterThan(100);
  expect(count(({ editedAt }) => editedAt !== null)).toBeGreaterThan(20);
  expect(count(({ pinnedAt }) => pinnedAt !== null)).toBe(8);
  expect(count(({ repliesTo }) => repliesTo !== null)).toBeGreaterThan(20);
  const now = sandbox.clock.now().getTime();
  expect(timeOf(messages[0]?.id ?? '0').getTime()).toBeLessThan(now - 14 * DAY_MS);
  const newest = messages.at(-1);
  expect(newest?.createdAt.getTime()).toBeLessThanOrEqual(now);
  expect(newest?.createdAt.getTime()).toBeGreaterThan(now - DAY_MS);
  expect(messages.map(({ id }) => id)).toEqual(messages.map(({ id }) => id).sort(compareSnowflakes));
  expect(compareSnowflakes(sandbox.world.snowflakes.next(), newest?.id ?? '0')).toBeGreaterThan(0);
});

test('a bot can read all of it', async () => {
  plantFixture(sandbox, 'large');
  const [guild] = sandbox.guilds;
  const bot = await startBot(sandbox);
  const members = await bot.guilds.cache.get(guild?.id ?? '')?.members.fetch();
  expect(members?.size).toBe(2001);
  let before = sandbox.world.snowflakes.next();
  let read = 0;
  for (;;) {
    const path = `/channels/${guild?.channel('general').id}/messages?limit=100&before=${before}`;
    const page = (await send(sandbox, 'GET', path)).body as unknown as { id: string }[];
    if (page.length === 0) break;
    read += page.length;
    before = page.at(-1)?.id ?? '';
  }
  expect(read).toBe(guild?.channel('general').messages.size);
  await bot.destroy();
  expectNoViolations(sandbox);
});

test('1000x is the small one with 999 others', async () => {
  plantFixture(sandbox, '1000x');
  const small = await startSandbox();
  plantFixture(small, 'small');
  expect(sandbox.guilds).toHaveLength(1000);
  expect((portrait(sandbox) as unknown[])[0]).toEqual((portrait(small) as unknown[])[0]);
  await small.close();
}, 60_000);
