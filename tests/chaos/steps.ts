/**
 * The steps of a delivery at which a process can die or be suspended, in the order in which they come. They are reached from
 * outside, through what the database driver and the HTTP client do (step-points.ts): the bot itself carries nothing for it.
 */
export const STEPS = [
  'claim: written, not committed',
  'claim: committed',
  'look-up: asked',
  'look-up: answered',
  'send: about to be sent',
  'send: on its way',
  'send: answered',
  'settle: about to begin',
  'settle: written, not committed',
  'settle: next one written, not committed',
  'settle: committed',
  'put off: about to be written',
  'put off: written',
] as const;

export type Step = (typeof STEPS)[number];

/** A sign of the process to itself: what happens at a step. */
export interface Trap {
  readonly step: Step;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  /** Strikes when the step is reached for the n-th time, 1 the first. */
  readonly nth: number;
}
