import { z } from 'zod';
import type { PageHost } from './host.ts';
import type { PageWindow } from './page-window.ts';
import type { ActResult } from './protocol.ts';

/** What an act may use: the window it was done in and all that stands behind it. */
export interface ActContext {
  readonly host: PageHost;
  readonly window: PageWindow;
}

/** One thing that a person does in the page. The page is hostile until its message was parsed. */
export interface Act<Shape extends z.ZodType = z.ZodType> {
  readonly shape: Shape;
  readonly run: (context: ActContext, input: z.output<Shape>) => ActResult | Promise<ActResult>;
}

export function act<Shape extends z.ZodType>(shape: Shape, run: Act<Shape>['run']): Act<Shape> {
  return { shape, run };
}

export const DONE: ActResult = { kind: 'done' };

/** A snowflake as the page names it. */
export const id = z.string().regex(/^\d{1,20}$/);

/** The person is told why not. */
export function refused(sentence: string): ActResult {
  return { kind: 'refused', sentence };
}
