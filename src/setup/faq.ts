import { container } from '@sapphire/framework';
import type { FaqDeps } from '#lib/faq/deps';

declare module '@sapphire/pieces' {
  interface Container {
    faq: FaqDeps;
  }
}

/** What the pieces of the FAQ share. Needs the database, the settings, the log channel, the limiter, the clock and the log. */
export function setupFaq(): void {
  const { db, settings, logChannel, limiter, clock, log } = container;
  container.faq = { db, settings, logChannel, limiter, clock, log };
}
