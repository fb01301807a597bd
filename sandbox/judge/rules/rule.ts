import type { Findings } from '../problem.ts';

/** What the sandbox knows about a request and the body does not say. All optional: without it the judge assumes the usual. */
export interface RequestContext {
  /** The body came with files. */
  readonly hasFiles?: boolean;
  /** Flags of the message that is being edited. */
  readonly messageFlags?: number;
  /** Type of the channel that is being changed, or that a thread is started in. */
  readonly channelType?: number;
  /** Type of the interaction that is being answered: 2 command, 3 component, 4 autocomplete, 5 modal. */
  readonly interactionType?: number;
  /** Type of the command that is being changed: 1 chat, 2 user, 3 message. */
  readonly commandType?: number;
  /** The instant that counts as now. */
  readonly now: Date;
}

/** A rule looks at one body and adds what Discord would refuse. Bodies may have any shape. */
export type Rule = (body: unknown, findings: Findings, about: RequestContext) => void;
