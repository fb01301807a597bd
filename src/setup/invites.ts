import { container, type SapphireClient } from '@sapphire/framework';
import { watchInvites, type WatchedInvites } from '#lib/invites/joins';

declare module '@sapphire/pieces' {
  interface Container {
    invites: WatchedInvites;
  }
}

/** What the pieces of invites share. Needs the database, the settings, the log channel, the clock, the log and the caches. */
export function setupInvites(client: SapphireClient): void {
  const { db, settings, logChannel, clock, log, caches } = container;
  const deps = { client, db, settings, logChannel, clock, log };
  const watch = watchInvites(deps, caches);
  container.invites = { ...deps, watch };
}
