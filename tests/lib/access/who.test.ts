import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { isAdmin, isBotOwner, isStaff, mayManage, type Actor } from '#lib/access/who';

const { ManageGuild, ManageMessages, Administrator } = PermissionFlagsBits;

const actor = (change: Partial<Actor> = {}): Actor => ({
  userId: 'mia',
  guildOwnerId: 'owner',
  permissions: new PermissionsBitField(ManageMessages),
  ...change,
});
const withPermission = (bits: bigint): Actor => actor({ permissions: new PermissionsBitField(bits) });
const owner = actor({ userId: 'owner' });
const outside = actor({ userId: 'owner', guildOwnerId: null, permissions: null });

describe('an admin', () => {
  test.each([
    ['the owner', owner, true],
    ['a member with Manage Server', withPermission(ManageGuild), true],
    ['a member with Administrator', withPermission(Administrator), true],
    ['any other member', actor(), false],
    ['a member whose permissions are unknown', actor({ permissions: null }), false],
    ['nobody in direct messages', outside, false],
    ['Manage Server outside a guild', { ...withPermission(ManageGuild), guildOwnerId: null }, false],
  ])('%s', (_name, person, expected) => {
    expect(isAdmin(person)).toBe(expected);
  });
});

describe('a row is managed by', () => {
  test.each([
    ['its creator', actor(), 'mia', true],
    ['its creator in direct messages', outside, 'owner', true],
    ['an admin', withPermission(ManageGuild), 'sam', true],
    ['the owner', owner, 'sam', true],
    ['nobody else', actor(), 'sam', false],
  ])('%s', (_name, person, createdBy, expected) => {
    expect(mayManage(person, createdBy)).toBe(expected);
  });
});

describe('staff', () => {
  test.each([
    ['has the role', actor(), ['staff'], ['staff'], true],
    ['lacks the role', actor(), ['other'], ['staff'], false],
    ['with no role chosen, only admins', actor(), ['staff'], [], false],
    ['an admin without the role', owner, [], ['staff'], true],
    ['an admin with no role chosen', owner, [], [], true],
  ])('%s', (_name, person, roleIds, staffRoles, expected) => {
    expect(isStaff({ ...person, roleIds }, staffRoles)).toBe(expected);
  });
});

test.each([
  ['the owner', { ownerId: 'mia', teamMemberIds: [] }, true],
  ['a member of the team', { ownerId: null, teamMemberIds: ['sam', 'mia'] }, true],
  ['anybody else', { ownerId: 'sam', teamMemberIds: ['tom'] }, false],
])('the bot is run by %s: %#', (_name, application, expected) => {
  expect(isBotOwner('mia', application)).toBe(expected);
});
