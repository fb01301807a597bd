import { demoGuild } from './demo-guild.ts';
import { plantLargeGuild } from './large-guild.ts';
import type { GuildSeed } from './people/seeds.ts';
import type { Sandbox } from './sandbox.ts';

/** What a sandbox can begin with. */
export const GUILD_KINDS = ['small', 'large', '1000x'] as const;
export type GuildKind = (typeof GUILD_KINDS)[number];

const GUILDS_IN_1000X = 1000;

/** Makes the servers that a sandbox begins with; the same each time. */
export function plantFixture(sandbox: Sandbox, kind: GuildKind): void {
  const bots = [...sandbox.world.applications.values()].map(({ name }) => name);
  if (kind === 'large') {
    plantLargeGuild(sandbox);
    return;
  }
  sandbox.createGuild(demoGuild(bots));
  if (kind === 'small') return;
  for (let number = 1; number < GUILDS_IN_1000X; number += 1) sandbox.createGuild(plainGuild(number));
}

/** One of many servers, with nothing special about it. */
export function plainGuild(number: number): GuildSeed {
  return {
    name: `Guild ${number}`,
    owner: 'olivia',
    roles: Array.from({ length: 10 }, (_, index) => ({ name: `role-${index}` })),
    channels: Array.from({ length: 20 }, (_, index) => ({ name: `channel-${index}` })),
  };
}
