import { container } from '@sapphire/framework';
import { Assistant } from '#lib/assistant/client';

declare module '@sapphire/pieces' {
  interface Container {
    /** Null where the host set no key. */
    assistant: Assistant | null;
  }
}

/** Gives every piece the one assistant. Needs the configuration and the log. */
export function setupAssistant(): Assistant | null {
  const { config, log } = container;
  container.assistant = config.openai === null ? null : new Assistant(config.openai, log);
  return container.assistant;
}
