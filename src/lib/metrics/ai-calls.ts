import type { Call } from '#lib/assistant/calls';
import type { Metrics } from './metrics.ts';

/** Billionths of a dollar in a cent. */
const CENT = 10_000_000;
/** What came of asking although the AI did its part, or was not asked at all. */
const NO_FAILURES = new Set(['answer', 'over_budget', 'cancelled']);

/** Counts a time that an AI was asked. */
export function noteAiCall(
  metrics: Metrics,
  { outcome, usage, cost, latencyMs }: Pick<Call, 'outcome' | 'usage' | 'cost' | 'latencyMs'>,
): void {
  metrics.aiCalls.inc({ outcome });
  if (outcome === 'over_budget') return;
  metrics.aiTokens.inc({ direction: 'in' }, usage.inputTokens);
  metrics.aiTokens.inc({ direction: 'out' }, usage.outputTokens);
  metrics.aiCost.inc(cost / CENT);
  metrics.aiTimes.observe(latencyMs / 1_000);
  metrics.windows.ai.note(latencyMs);
  if (NO_FAILURES.has(outcome)) return;
  metrics.windows.ai.noteFailure();
  metrics.aiFailures.note();
}
