import { ANSWERS } from './answers.ts';
import { BODIES } from './bodies.ts';
import { describe, refusalOf } from './errors.ts';
import type { ErrorTree } from './errors.ts';
import { openDocument } from './openapi.ts';
import type { ApiDocument } from './openapi.ts';
import { judgePathIds, matchOperation } from './paths.ts';
import { Findings } from './problem.ts';
import type { Problem } from './problem.ts';
import { judgeQuery } from './rules/queries.ts';
import type { RequestContext } from './rules/rule.ts';
import { judgeFields } from './rules/fields.ts';
import { judgeBySchema } from './schemas.ts';

export interface JudgeOptions {
  /** Path of Discord's openapi.json. When given, every request and answer must also fit that document. */
  readonly openapi?: string;
  /** The instant that counts as now, for limits such as "at most 28 days ahead". Default: the system's. */
  readonly now?: () => Date;
}

export interface JudgedRequest {
  readonly method: string;
  /** `/channels/1/messages`: without `/api/v10` and without the query. */
  readonly path: string;
  readonly query?: URLSearchParams | Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** The body came as `payload_json` beside files. */
  readonly multipart?: boolean;
  /** What the sandbox knows and the body does not say; see RequestContext. */
  readonly about?: Omit<RequestContext, 'now' | 'hasFiles'>;
}

export interface Verdict {
  readonly ok: boolean;
  /** Discord's numeric error code, 50035 mostly; 0 for a route that Discord does not have. */
  readonly code?: number;
  readonly message?: string;
  /** Discord's tree of `_errors`. */
  readonly errors?: ErrorTree;
  /** One readable line per problem: where, what, Discord's name for it. */
  readonly problems: string[];
}

export interface JudgedResponse {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
}

export interface Judge {
  /** Would Discord accept this request of a bot? Never throws, whatever the body is. */
  request(request: JudgedRequest): Verdict;
  /** Is this an answer that Discord could give? Never throws. */
  response(response: JudgedResponse): Pick<Verdict, 'ok' | 'problems'>;
}

/** Deeper bodies are refused unread: Discord's deepest body (a container's row in a callback) has about ten levels. */
const DEEPEST = 32;

/**
 * Makes a judge from three layers: Discord's published schemas, rules for what those miss, and with `openapi` the whole
 * published document. Throws only when that file cannot be read.
 */
export function createJudge(options: JudgeOptions = {}): Judge {
  const document = options.openapi === undefined ? undefined : openDocument(options.openapi);
  const now = options.now ?? (() => new Date());
  return {
    request(request) {
      const operation = matchOperation(request.method, request.path);
      if (operation === undefined) return unknownRoute(request.method, request.path);
      const found: Problem[] = [];
      const findings = new Findings(found);
      judgePathIds(operation, findings);
      judgeQuery(operation.name, request.query, findings);
      if (depthExceeds(request.body, DEEPEST)) {
        findings.add('BASE_TYPE_INVALID', `More than ${DEEPEST} levels.`);
      } else {
        const about = { ...request.about, hasFiles: request.multipart === true, now: now() };
        found.push(...judgeBody(operation.name, request.body, about, document));
      }
      return verdictOf(found);
    },
    response({ method, path, status, body }) {
      const operation = matchOperation(method, path);
      if (operation === undefined) return unknownRoute(method, path);
      const found =
        status >= 200 && status < 300
          ? [
              ...judgeAnswer(operation.name, status, body),
              ...(document?.response(operation.name, status, body) ?? []),
            ]
          : judgeError(status, body);
      return { ok: found.length === 0, problems: withoutRepeats(found).map(describe) };
    },
  };
}

function judgeBody(
  operation: string,
  given: unknown,
  about: RequestContext,
  document: ApiDocument | undefined,
): Problem[] {
  const judgement = BODIES[operation];
  if (judgement === undefined) {
    return given === undefined ? [] : (document?.request(operation, undefined, given) ?? []);
  }
  const isOpen = typeof judgement.schema !== 'string';
  const schema = typeof judgement.schema === 'string' ? judgement.schema : judgement.schema(given, about);
  // No body counts as an empty one where an object is expected.
  const body = given ?? (schema.startsWith('[') ? undefined : {});
  const found = judgeBySchema(schema, body, 'request');
  const findings = new Findings(found);
  judgeFields(body, findings);
  for (const rule of judgement.rules ?? []) rule(body, findings, about);
  return [...found, ...(document?.request(operation, isOpen ? schema : undefined, body) ?? [])];
}

function judgeAnswer(operation: string, status: number, body: unknown): Problem[] {
  const answers = ANSWERS[operation];
  if (answers === undefined) return [];
  const schema = answers[status];
  if (schema === undefined) {
    const expected = Object.keys(answers).join(' or ');
    return [{ path: [], code: 'STATUS', message: `Discord answers ${expected}, not ${status}` }];
  }
  return judgeBySchema(schema, body, 'response');
}

function judgeError(status: number, body: unknown): Problem[] {
  return judgeBySchema(status === 429 ? 'RateLimited' : 'Refused', body, 'response');
}

function verdictOf(found: readonly Problem[]): Verdict {
  if (found.length === 0) return { ok: true, problems: [] };
  const distinct = withoutRepeats(found);
  return { ok: false, ...refusalOf(distinct), problems: distinct.map(describe) };
}

function unknownRoute(method: string, path: string): Verdict {
  return { ok: false, code: 0, message: '404: Not Found', problems: [`Discord has no ${method} ${path}`] };
}

/** Layers may find the same thing: once is enough. */
function withoutRepeats(found: readonly Problem[]): Problem[] {
  return [...new Map(found.map((problem) => [describe(problem), problem])).values()];
}

function depthExceeds(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}
