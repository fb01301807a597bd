import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { GuildSeed, OverwriteSeed } from '../../sandbox/people/seeds.ts';
import type { PermissionName } from '../../sandbox/permissions.ts';
import {
  channelPermissions,
  missingPermissions,
  standsAboveMember,
  standsAboveRole,
  toPermissions,
} from '../../sandbox/permissions.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

function plant(seed: Partial<GuildSeed> = {}): SandboxGuild {
  return sandbox.createGuild({ name: 'Home', owner: 'olivia', members: ['mia'], ...seed });
}

function held(guild: SandboxGuild, who: string): bigint {
  return channelPermissions(
    guild.record,
    guild.member(who).member,
    guild.channel('room'),
    sandbox.clock.now(),
  );
}

const roles = [
  { name: 'High', permissions: ['ManageMessages'], members: ['mia'] },
  { name: 'Low', permissions: [], members: ['mia'] },
] satisfies GuildSeed['roles'];

describe('permissions in a channel', () => {
  const cases: [string, OverwriteSeed[], PermissionName[], PermissionName[]][] = [
    [
      'come from @everyone and the roles',
      [],
      ['SendMessages', 'ManageMessages'],
      ['ManageChannels', 'MentionEveryone'],
    ],
    ['@everyone denied', [{ role: '@everyone', deny: ['AddReactions'] }], ['SendMessages'], ['AddReactions']],
    [
      'a role allows what @everyone is denied',
      [
        { role: '@everyone', deny: ['AddReactions'] },
        { role: 'Low', allow: ['AddReactions'] },
      ],
      ['AddReactions'],
      [],
    ],
    [
      'of two roles allowing wins over denying, whichever is higher',
      [
        { role: 'High', deny: ['AddReactions'] },
        { role: 'Low', allow: ['AddReactions'] },
      ],
      ['AddReactions'],
      [],
    ],
    [
      'the member comes last',
      [
        { role: 'High', allow: ['AddReactions'] },
        { member: 'mia', deny: ['AddReactions'] },
      ],
      ['SendMessages'],
      ['AddReactions'],
    ],
    [
      'nothing is left without ViewChannel',
      [{ role: '@everyone', deny: ['ViewChannel'] }],
      [],
      ['SendMessages', 'ManageMessages'],
    ],
    [
      'without SendMessages nothing that sending needs is left',
      [{ role: '@everyone', deny: ['SendMessages'], allow: ['MentionEveryone', 'EmbedLinks'] }],
      ['ViewChannel', 'ManageMessages'],
      ['SendMessages', 'MentionEveryone', 'EmbedLinks', 'AttachFiles'],
    ],
  ];
  test.each(cases)('%s', (_name, overwrites, has, lacks) => {
    const guild = plant({ roles, channels: [{ name: 'room', overwrites }] });
    expect(missingPermissions(held(guild, 'mia'), toPermissions([...has, ...lacks]))).toEqual(
      expect.arrayContaining(lacks),
    );
    expect(missingPermissions(held(guild, 'mia'), toPermissions(has))).toEqual([]);
  });

  test.each([
    ['the owner', 'olivia', []],
    ['an administrator', 'ada', []],
    ['somebody else', 'mia', ['SendMessages', 'ReadMessageHistory', 'ViewChannel']],
  ] as const)('%s against a closed channel', (_name, who, missing) => {
    const guild = plant({
      roles: [{ name: 'Admin', permissions: ['Administrator'], members: ['ada'] }],
      channels: [{ name: 'room', overwrites: [{ role: '@everyone', deny: ['ViewChannel'] }] }],
    });
    const wanted = toPermissions(['SendMessages', 'ReadMessageHistory', 'ViewChannel']);
    expect(missingPermissions(held(guild, who), wanted)).toEqual(expect.arrayContaining([...missing]));
    expect(missingPermissions(held(guild, who), wanted)).toHaveLength(missing.length);
  });

  test('a timed-out member only reads, until the time is over', () => {
    const guild = plant({ channels: [{ name: 'room' }] });
    const { member } = guild.member('mia');
    member.timedOutUntil = new Date(sandbox.clock.now().getTime() + 60_000);
    expect(held(guild, 'mia')).toBe(toPermissions(['ViewChannel', 'ReadMessageHistory']));
    member.timedOutUntil = new Date(sandbox.clock.now().getTime() - 1);
    expect(missingPermissions(held(guild, 'mia'), toPermissions(['SendMessages']))).toEqual([]);
  });

  test('a channel in a category takes over its overwrites, unless it has its own', () => {
    const guild = plant({
      channels: [
        { name: 'Private', type: 'category', overwrites: [{ role: '@everyone', deny: ['ViewChannel'] }] },
        { name: 'room', parent: 'Private' },
        { name: 'open', parent: 'Private', overwrites: [] },
      ],
    });
    expect(held(guild, 'mia')).toBe(0n);
    expect(guild.channel('open').overwrites.size).toBe(0);
  });
});

describe('hierarchy', () => {
  const guild = (): SandboxGuild =>
    plant({
      members: ['mia', 'sam', 'ada'],
      roles: [
        { name: 'Boss', members: ['ada'], aboveBot: true },
        { name: 'Staff', members: ['sam'] },
      ],
    });

  test.each([
    ['Staff', true],
    ['@everyone', true],
    ['Boss', false],
    ['Alphapy', false],
  ])('the bot stands above the role %s: %s', (role, above) => {
    const home = guild();
    expect(standsAboveRole(home.record, home.bot, home.role(role))).toBe(above);
  });

  test.each([
    ['mia', true],
    ['sam', true],
    ['ada', false],
    ['olivia', false],
  ])('the bot stands above %s: %s', (who, above) => {
    const home = guild();
    expect(standsAboveMember(home.record, home.bot, home.member(who).member)).toBe(above);
  });

  test('a moved role changes who stands above it', () => {
    const home = guild();
    home.moveRole('Staff', home.record.roles.size - 1);
    expect(standsAboveRole(home.record, home.bot, home.role('Staff'))).toBe(false);
    expect([...home.record.roles.values()].map(({ position }) => position).toSorted((a, b) => a - b)).toEqual(
      [0, 1, 2, 3],
    );
  });
});
