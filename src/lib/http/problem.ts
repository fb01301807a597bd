import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';

/** What is wrong with one part of a request. */
export interface InvalidPart {
  /** Where: `body`, `query` or `path`, and the names below it, with dots between. */
  readonly at: string;
  readonly problem: string;
}

interface ProblemExtras {
  readonly invalid?: readonly InvalidPart[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An answer that is not what was asked for, in the words of RFC 9457. Its sentence is for whoever sent the request. */
export class HttpProblem extends Error {
  override name = 'HttpProblem';
  readonly invalid: readonly InvalidPart[];
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail one sentence on what is wrong and what to do about it; never text of the database or of a library. */
  constructor(
    readonly status: number,
    readonly detail: string,
    { invalid = [], headers = {}, cause }: ProblemExtras = {},
  ) {
    super(detail, { cause });
    this.invalid = invalid;
    this.headers = headers;
  }
}

export interface ProblemDocument {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly request_id: string;
  readonly invalid?: readonly InvalidPart[];
}

/** A problem as `application/problem+json` (RFC 9457), with the id under which the log has the rest. */
export function problemDocument(
  { status, detail, invalid }: HttpProblem,
  requestId: string,
): ProblemDocument {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    request_id: requestId,
    ...(invalid.length > 0 && { invalid }),
  };
}

const INVALID_MAX = 20;

/** Which parts of a request are not as they must be. @param where `body`, `query` or `path`. */
export function invalidParts(where: string, { issues }: z.ZodError): InvalidPart[] {
  return issues
    .slice(0, INVALID_MAX)
    .map((issue) => ({ at: [where, ...issue.path.map(String)].join('.'), problem: inWords(issue) }));
}

/** What is wrong, as a sentence of ours where the library would speak of its own types. */
function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be of the type ${issue.expected}`;
  if (issue.code === 'unrecognized_keys') return 'has parts that are not known here';
  return issue.message;
}
