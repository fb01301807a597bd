import { container, type SapphireClient } from '@sapphire/framework';
import type { OnboardingDeps } from '#lib/onboarding/deps';

declare module '@sapphire/pieces' {
  interface Container {
    onboarding: OnboardingDeps;
  }
}

/** What the pieces of onboarding share. Needs the database, the settings, the log channel and the clock. */
export function setupOnboarding(client: SapphireClient): void {
  const { db, settings, logChannel, clock, log } = container;
  container.onboarding = { client, db, settings, logChannel, clock, log };
}
