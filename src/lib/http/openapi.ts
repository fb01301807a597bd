import { STATUS_CODES } from 'node:http';
import type { Route } from '@sapphire/plugin-api';
import { z } from 'zod';
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import type { Rule } from '#lib/access/caller';
import { ApiRoute, type RouteDefinition } from './route.ts';

/** Raised when a program that uses the API would have to change. */
export const API_VERSION = '1.0.0';

export type OpenApiDocument = oas31.OpenAPIObject;

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().meta({ description: 'What is wrong and what to do about it.' }),
    request_id: z.string().meta({ description: 'Under which the log has the rest.' }),
    invalid: z
      .array(z.object({ at: z.string(), problem: z.string() }))
      .optional()
      .meta({ description: 'Which parts of the request are not as they must be.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' });

const GENERAL: Readonly<Record<number, string>> = {
  429: 'Too many requests; `Retry-After` says when to try again.',
  500: 'Something went wrong here.',
  502: 'Discord did not do what was asked.',
  503: 'The database or Discord is not there right now.',
};

/** Statuses of problems that a route can answer with, and when. */
export function problemsOf({
  rule,
  path,
  query,
  body,
  isCreate,
  problems,
}: RouteDefinition): Readonly<Record<number, string | undefined>> {
  return {
    ...GENERAL,
    ...(rule.who === 'signed' && { 401: 'No signature holds, or it is of another time.' }),
    ...(rule.who !== 'anyone' &&
      rule.who !== 'signed' && {
        401: 'Nobody is signed in, or what was sent proves nothing.',
        403: 'You may not do that.',
      }),
    ...(path !== undefined && { 404: 'There is no such thing.' }),
    ...(query !== undefined && { 422: 'The query is not as it must be.' }),
    ...(body !== undefined && {
      400: 'The body is no JSON, or `Idempotency-Key` is none.',
      413: 'The body is too large.',
      415: 'The body has another type than JSON.',
      422: 'The request is not as it must be.',
    }),
    ...(isCreate === true && { 409: 'As things are, it cannot be.' }),
    ...problems,
  };
}

/** The OpenAPI document (3.1) of all routes that say what they take and answer. */
export function openApiDocument(routes: Iterable<Route>, baseUrl: string): OpenApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  const byName = [...routes].filter((route) => route instanceof ApiRoute);
  for (const { path, methods, definition } of byName.toSorted(inOrder))
    for (const method of methods)
      (paths[templateOf(path)] ??= {})[method.toLowerCase()] = operationOf(definition);
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Alphapy',
      version: API_VERSION,
      description: 'Ids of Discord are strings, times are ISO 8601 in UTC, and refusals are problem+json.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: baseUrl }],
    tags: [...new Set(byName.map(({ definition }) => definition.tag))]
      .toSorted((one, other) => one.localeCompare(other, 'en'))
      .map((name) => ({ name })),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: "A token of the host's Supabase project, or an API key.",
        },
        key: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: "An API key, or the host's service key.",
        },
        person: {
          type: 'apiKey',
          in: 'header',
          name: 'X-User-Id',
          description: 'With the service key: in whose name.',
        },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'webhook-signature',
          description:
            'A signature of Standard Webhooks over `webhook-id`, `webhook-timestamp` (within five minutes) and the body.',
        },
      },
    },
    paths,
  });
}

const inOrder = (one: Route, other: Route): number =>
  templateOf(one.path).localeCompare(templateOf(other.path), 'en');

/** A path as OpenAPI writes it: `/api/reminders/{id}`. */
export function templateOf(path: readonly string[]): string {
  return `/${path.map((part) => part.replace(/^\[(.*)\]$/, '{$1}')).join('/')}`;
}

function operationOf(definition: RouteDefinition): ZodOpenApiOperationObject {
  const { operation, summary, tag, rule, path, query, body, answers, isCreate } = definition;
  const header =
    isCreate === true
      ? z.object({
          'Idempotency-Key': z
            .string()
            .regex(/^[!-~]{1,200}$/)
            .optional()
            .meta({ description: 'The same request with the same key is done once, within a day.' }),
        })
      : undefined;
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, { description, body: shape, files = [] }] of Object.entries(answers))
    responses[status as '200'] = {
      description,
      ...((shape !== null || files.length > 0) && {
        content: {
          ...(shape !== null && { 'application/json': { schema: shape } }),
          ...Object.fromEntries(files.map((type) => [type, {}])),
        },
      }),
    };
  for (const [status, when] of Object.entries(problemsOf(definition)))
    responses[status as '200'] = {
      description: `${STATUS_CODES[status] ?? 'Error'}. ${when ?? ''}`,
      content: { 'application/problem+json': { schema: problem } },
    };
  return {
    operationId: operation,
    summary,
    description: whoMay(rule),
    tags: [tag],
    security: securityOf(rule),
    requestParams: {
      ...(path !== undefined && { path: path as z.ZodObject }),
      ...(query !== undefined && { query: query as z.ZodObject }),
      ...(header !== undefined && { header }),
    },
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses,
  };
}

function securityOf({ who }: Rule): Record<string, string[]>[] {
  if (who === 'anyone') return [];
  return who === 'signed' ? [{ signature: [] }] : [{ token: [] }, { key: [] }, { key: [], person: [] }];
}

function whoMay(rule: Rule): string {
  switch (rule.who) {
    case 'anyone':
      return 'For everybody.';
    case 'signed':
      return 'For whoever holds the secret that it is signed with.';
    case 'somebody':
      return 'For whoever proves who they are.';
    case 'person':
      return `For a person, about what is theirs. ${rule.scope === null ? 'Any key will do.' : `Keys need the scope ${rule.scope}.`}`;
    case 'guild-admin':
      return `For whoever may manage the server. Keys need the scope ${rule.scope}, and are bound to one server.`;
    case 'guild-admin-or-operator':
      return `With \`guild_id\` for whoever may manage that server (keys: scope ${rule.scope}), without it for whoever runs the bot.`;
    case 'operator':
      return 'For whoever runs the bot.';
  }
}
