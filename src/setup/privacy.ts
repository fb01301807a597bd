import { container, type SapphireClient } from '@sapphire/framework';
import type { PrivacyDeps } from '#lib/privacy/actions';

declare module '@sapphire/pieces' {
  interface Container {
    privacy: PrivacyDeps;
  }
}

/** What the pieces of privacy share. Needs the database, the settings, the clock, the log, the assistant and the command tracker. */
export function setupPrivacy(client: SapphireClient): void {
  const { db, settings, clock, log, assistant, commandTracker: tracker } = container;
  container.privacy = { client, db, settings, clock, log, assistant, tracker };
}
