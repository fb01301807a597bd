import type { GuildSeed, OverwriteSeed } from './people/seeds.ts';

const hiddenBut = (...roles: string[]): OverwriteSeed[] => [
  { role: '@everyone', deny: ['ViewChannel'] },
  ...roles.map((role): OverwriteSeed => ({ role, allow: ['ViewChannel'] })),
];

const readOnlyBut = (...roles: string[]): OverwriteSeed[] => [
  { role: '@everyone', deny: ['SendMessages'] },
  ...roles.map((role): OverwriteSeed => ({ role, allow: ['SendMessages'] })),
];

/**
 * A small server with one person of each kind: an owner, an admin, somebody of the staff, members (one of them with Discord
 * in Dutch) and somebody who has just joined. `bots` are the names of the bots' roles.
 */
export const demoGuild = (bots: readonly string[]): GuildSeed => ({
  name: 'The Demo Server',
  owner: 'olivia',
  roles: [
    { name: 'Admin', permissions: ['ManageGuild'], color: 0xff_8d_80, hoist: true, members: ['sam'] },
    { name: 'Staff', permissions: ['ManageMessages'], color: 0x2e_cc_71, hoist: true, members: ['stella'] },
    { name: 'Member', members: ['mia', 'niels'] },
  ],
  channels: [
    { name: 'Community', type: 'category' },
    { name: 'general', parent: 'Community' },
    { name: 'events', parent: 'Community' },
    { name: 'Lounge', type: 'voice', parent: 'Community' },
    { name: 'Information', type: 'category' },
    { name: 'rules', parent: 'Information', overwrites: readOnlyBut('Admin', ...bots) },
    {
      name: 'announcements',
      type: 'announcement',
      parent: 'Information',
      overwrites: readOnlyBut('Admin', 'Staff', ...bots),
    },
    { name: 'Team', type: 'category', overwrites: hiddenBut('Admin', 'Staff') },
    { name: 'staff-room', parent: 'Team', overwrites: hiddenBut('Admin', 'Staff') },
    { name: 'bot-log', parent: 'Team', overwrites: hiddenBut('Admin', ...bots) },
  ],
  members: ['mia', { name: 'niels', locale: 'nl' }, 'stella', 'nora'],
});
