import type { z } from 'zod';
import { HttpProblem } from './problem.ts';
import { longRowId, PAGE_DEFAULT, rowNumber } from './shapes.ts';
import type { Reply } from './route.ts';

interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

type Query = Readonly<Record<string, string | number | undefined>>;

/** How many a page may have. */
export function pageLimit({ limit }: PageQuery): number {
  return limit ?? PAGE_DEFAULT;
}

/** Where a list goes on that is in the order of its rows' numbers. @throws HttpProblem 422 */
export const cursorNumber = (query: PageQuery): number | null => readCursor(query, rowNumber);
/** The same for numbers that are strings. @throws HttpProblem 422 */
export const cursorId = (query: PageQuery): string | null => readCursor(query, longRowId);

function readCursor<Value>({ cursor }: PageQuery, schema: z.ZodType<Value>): Value | null {
  if (cursor === undefined) return null;
  const read = schema.safeParse(cursor);
  if (!read.success) throw badCursor();
  return read.data;
}

/** What a cursor of another list, or none at all, is refused with. */
export function badCursor(): HttpProblem {
  return new HttpProblem(422, 'This cursor is not of this list. Begin without one.', {
    invalid: [{ at: 'query.cursor', problem: 'is no cursor of this list' }],
  });
}

/**
 * A page of a list, with the way to the next one in its body and its headers.
 * @param found one more than the page has, if there are more.
 * @param cursorOf where the list goes on behind one of them.
 */
export function pageReply<Row>(
  query: PageQuery & Query,
  name: string,
  found: readonly Row[],
  cursorOf: (row: Row) => string | number,
  shown: (row: Row) => unknown,
): Reply {
  const limit = pageLimit(query);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const next = found.length > limit && last !== undefined ? String(cursorOf(last)) : null;
  return {
    status: 200,
    body: { [name]: rows.map(shown), next_cursor: next },
    headers: next === null ? {} : { Link: linkTo(query, next) },
  };
}

/** Relative to the address that was asked for (RFC 8288). */
function linkTo(query: Query, cursor: string): string {
  const all: Query = { ...query, cursor };
  const asked = Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `<?${new URLSearchParams(asked).toString()}>; rel="next"`;
}
