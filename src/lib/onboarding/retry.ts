import { wakeDuties } from './duties.ts';
import type { OnboardingDeps } from './deps.ts';
import { performDuties } from './perform.ts';

/** Tries again to give the roles that wait in a guild: something that was in the way may have changed. @param userId only this member's. */
export async function retryRoles(deps: OnboardingDeps, guildId: string, userId?: string): Promise<void> {
  const of = {
    guildId,
    kinds: ['add_role', 'remove_role'] as const,
    ...(userId !== undefined && { userId }),
  };
  const woken = await wakeDuties(deps.db, of, deps.clock.now());
  if (woken > 0) await performDuties(deps, userId === undefined ? undefined : { guildId, userId });
}
