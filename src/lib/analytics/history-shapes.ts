import { z } from 'zod';
import { pageEnd, pageQuery, wholeNumber } from '#lib/http/shapes';
import { sampleBody } from './shapes.ts';

export const HOURS = { max: 720, default: 24 } as const;

export const historyQuery = z.object({ ...pageQuery, hours: wholeNumber(HOURS.max).optional() });
export const historyBody = z.object({
  history: z.array(sampleBody),
  period_hours: z.number().int(),
  ...pageEnd,
});
