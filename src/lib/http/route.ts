import { Route, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { DB } from '#db/types';
import { authorize } from '#lib/access/authorize';
import type { Caller, Rule } from '#lib/access/caller';
import { readJson } from './body.ts';
import { requestContext } from './context.ts';
import { onceForKey } from './idempotency.ts';
import type { LimitClass } from './limits.ts';
import { HttpProblem, invalidParts } from './problem.ts';

type Shape = z.ZodType<Record<string, unknown>>;

export interface Answer {
  readonly description: string;
  /** What the answer's body holds; null: it has none, or is a file. */
  readonly body: z.ZodType | null;
  /** Types that it may have instead of JSON, such as `text/html`. */
  readonly files?: readonly string[];
}

/** All that is known of a route before somebody calls it; the OpenAPI document is made from it. */
export interface RouteDefinition<
  Path extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends z.ZodType = z.ZodType,
> {
  /** Its name in the OpenAPI document and among the pieces. */
  readonly operation: string;
  readonly summary: string;
  /** The group it stands in. */
  readonly tag: string;
  readonly rule: Rule;
  readonly path?: Path;
  readonly query?: Query;
  readonly body?: Body;
  /** By status, without the problems that every route can answer with. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Statuses of problems of its own, and when they come. */
  readonly problems?: Readonly<Record<number, string>>;
  /** It makes something, and takes an `Idempotency-Key` so that a repetition makes nothing. */
  readonly isCreate?: boolean;
  /** Takes part in a class of limits of its own, see `limits.ts`. */
  readonly limit?: 'generous' | 'page';
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** What is sent as it is, in place of a body. */
  readonly file?: { readonly type: string; readonly content: string | Buffer };
  readonly headers?: Readonly<Record<string, string>>;
  /** What comes of it once it is answered and kept, such as a line in the log channel. It must not throw. */
  readonly afterwards?: () => Promise<unknown>;
}

type Read<Part, Else> = Part extends z.ZodType ? z.output<Part> : Else;

/** What a route is called with, checked. */
export interface Call<Definition extends RouteDefinition> {
  readonly path: Read<Definition['path'], Record<string, never>>;
  readonly query: Read<Definition['query'], Record<string, never>>;
  readonly body: Read<Definition['body'], undefined>;
  /** What is written goes here: of a route that makes something, a transaction in which its reply is kept as well. */
  readonly db: Kysely<DB>;
  readonly caller: Caller;
  readonly requestId: string;
  readonly headers: ApiRequest['headers'];
}

/** Gives a definition its type, letter for letter. */
export function defineRoute<const Definition extends RouteDefinition<never, never, never> | RouteDefinition>(
  definition: Definition,
): Definition {
  return definition;
}

/**
 * A route of the API: says who may call it and what it takes and answers, and is called only when all of that holds. It refuses by
 * itself when the middlewares before it did not run.
 */
export abstract class ApiRoute<Definition extends RouteDefinition, Prepared = undefined> extends Route {
  readonly definition: Definition;

  constructor(context: Route.LoaderContext, definition: Definition) {
    super(context, { name: definition.operation });
    this.definition = definition;
  }

  /**
   * Finds out what `handle` needs of Discord. Of a route that makes something, `handle` runs in a transaction: nothing may wait for Discord
   * there, nor ask the database past `call.db`.
   */
  protected prepare(_call: Call<Definition>): Promise<Prepared> {
    return Promise.resolve(undefined as Prepared);
  }

  /**
   * Where the rule is `signed`: makes sure of the body as it came, before anything of it is read.
   * @throws HttpProblem 401 when the signature does not hold.
   */
  protected prove(_headers: ApiRequest['headers'], _raw: Buffer): void {
    throw new Error(`${this.name} does not prove what it is sent`);
  }

  abstract handle(call: Call<Definition>, prepared: Prepared): Promise<Reply>;

  override async run(request: ApiRequest, response: ApiResponse): Promise<void> {
    const { definition } = this;
    const { id, caller, body: raw } = requestContext(request);
    if (caller === undefined) throw new Error('the guard did not run');
    const path = readPart('path', definition.path, request.params);
    await authorize(this.container.rights, definition.rule, caller, path, request.query);
    if (definition.rule.who === 'signed') this.prove(request.headers, raw ?? Buffer.alloc(0));
    const query = readPart('query', definition.query, request.query);
    const body =
      definition.body === undefined ? undefined : readPart('body', definition.body, readJson(request, raw));
    const call = { path, query, body, caller, requestId: id, headers: request.headers };
    const { db, clock, log } = this.container;
    const prepared = await this.prepare({ ...call, db } as Call<Definition>);
    const make = (on: Kysely<DB>): Promise<Reply> =>
      this.#checked({ ...call, db: on } as Call<Definition>, prepared);
    const reply =
      definition.isCreate === true
        ? await onceForKey(
            { db, clock },
            {
              operation: definition.operation,
              guildId: guildOf(path) ?? guildOf(body),
              caller,
              path: request.url ?? '',
              key: request.headers['idempotency-key']?.toString(),
              body: raw,
            },
            make,
          )
        : await make(db);
    send(response, reply);
    await reply.afterwards?.().catch((error: unknown) => {
      log.error({ err: error, requestId: id, route: this.name }, 'what comes of a request failed');
    });
  }

  /** The reply, of the shape that the definition promises; what is not promised does not leave. */
  async #checked(call: Call<Definition>, prepared: Prepared): Promise<Reply> {
    const reply = await this.handle(call, prepared);
    const answer = this.definition.answers[reply.status];
    if (answer === undefined) throw new Error(`${this.name} answered an undeclared ${reply.status}`);
    if (reply.file !== undefined) {
      if (answer.files?.includes(reply.file.type) !== true)
        throw new Error(`${this.name} answered an undeclared ${reply.file.type}`);
      return reply;
    }
    return answer.body === null ? reply : { ...reply, body: answer.body.parse(reply.body) };
  }
}

function guildOf(part: unknown): string | null {
  const id = typeof part === 'object' && part !== null && 'guild_id' in part ? part.guild_id : null;
  return typeof id === 'string' ? id : null;
}

function readPart(where: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return {};
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const invalid = invalidParts(where, read.error);
  const first = invalid[0];
  throw new HttpProblem(
    where === 'path' ? 404 : 422,
    where === 'path'
      ? 'There is nothing at this address.'
      : `The ${where} is not as it must be${first === undefined ? '' : `: ${first.at}: ${first.problem}`}.`,
    { invalid },
  );
}

function send(response: ApiResponse, { status, body, file, headers = {} }: Reply): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (file !== undefined) {
    response.setHeader('Content-Type', `${file.type}; charset=utf-8`);
    response.end(file.content);
  } else if (body === undefined) response.end();
  else response.json(body);
}

/** A route that is no part of the API and says itself which count its requests are taken from. */
export interface LimitedRoute {
  readonly limitClass: LimitClass;
}

/** Which count a request is taken from. */
export function limitOf(route: Route | null | undefined, method = 'GET'): LimitClass {
  if (isLimited(route)) return route.limitClass;
  if (route instanceof ApiRoute && route.definition.limit !== undefined) return route.definition.limit;
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'read' : 'write';
}

function isLimited(route: object | null | undefined): route is LimitedRoute {
  return route !== null && route !== undefined && 'limitClass' in route;
}
