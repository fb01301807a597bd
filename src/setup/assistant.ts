import { container, type SapphireClient } from '@sapphire/framework';
import { Assistant } from '#lib/assistant/client';
import type { AssistantDeps } from '#lib/assistant/deps';

declare module '@sapphire/pieces' {
  interface Container {
    assistant: AssistantDeps;
  }
}

/** What the pieces of the assistant share. Needs the database, the settings, the clock, the configuration and the log. */
export function setupAssistant(client: SapphireClient): AssistantDeps {
  const { config, db, settings, clock, log } = container;
  const provider = config.openai === null ? null : new Assistant(config.openai, log);
  container.assistant = { client, db, settings, clock, log, provider };
  return container.assistant;
}
