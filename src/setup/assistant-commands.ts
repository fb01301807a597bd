import { join } from 'node:path';
import { container } from '@sapphire/framework';
import type { AssistantCommandDeps } from '#lib/assistant/commands/deps';
import { KnowledgeFiles } from '#lib/assistant/knowledge/knowledge-files';

declare module '@sapphire/pieces' {
  interface Container {
    assistantCommands: AssistantCommandDeps;
  }
}

/** What the commands share in which members ask the AI. Needs the configuration, the log, the limiter and the assistant. */
export function setupAssistantCommands(): void {
  const { assistant, config, limiter, log } = container;
  const knowledge = new KnowledgeFiles(join(config.dataDirectory, 'knowledge'), log);
  container.assistantCommands = { assistant, limiter, knowledge };
}
