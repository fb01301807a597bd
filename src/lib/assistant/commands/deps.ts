import type { Limiter } from '#lib/limits/limiter';
import type { AssistantDeps } from '../deps.ts';
import type { KnowledgeFiles } from '../knowledge/knowledge-files.ts';

/** What the commands for members stand on. */
export interface AssistantCommandDeps {
  readonly assistant: AssistantDeps;
  readonly limiter: Limiter;
  readonly knowledge: KnowledgeFiles;
}
