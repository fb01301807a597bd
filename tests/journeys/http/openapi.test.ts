import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { SCOPES } from '#lib/access/caller';
import { createKey } from '#lib/access/keys';
import { useBot } from '../../setup/bot.ts';
import { ask } from '../../setup/http.ts';
import type { Town } from '../town.ts';
import { API, askWith, plant, SERVICE_KEY } from './api.ts';

const world = useBot({ config: { http: { ...API, supabaseWebhookKeys: [Buffer.alloc(32, 'k')] } } });

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: object;
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description?: string;
        readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
      }
    >
  >;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly tags: readonly { readonly name: string }[];
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

let document: Document;
let town: Town;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

beforeAll(async () => {
  document = (await (await ask(world, '/openapi.json')).json()) as Document;
  ajv.addSchema({ $id: 'document', ...document });
  town = await plant(world);
});

const operations = (): { path: string; method: string; operation: Operation }[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

test('the document names every route once, and all that it refers to is in it', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['createReminder', 'getSettings', 'listGuilds', 'getOpenApi']));
  for (const { path, operation } of operations()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
    expect({ path, names: new Set(declared) }).toEqual({ path, names: new Set(inPath) });
  }
  // Two templates that differ in the names of their parameters alone are one to OpenAPI.
  const templates = Object.keys(document.paths).map((path) => path.replaceAll(/\{\w+\}/g, '{}'));
  expect(new Set(templates).size).toBe(templates.length);
  for (const name of Object.keys(document.components.schemas))
    expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` })).not.toThrow();
});

test('every operation says what it answers and what it wants to know of who asks', () => {
  const schemes = Object.keys(document.components.securitySchemes);
  const tags = document.tags.map(({ name }) => name);
  for (const { operation } of operations()) {
    const { operationId: id, responses, security } = operation;
    const statuses = Object.keys(responses);
    expect([id, statuses.filter((status) => /^2\d\d$/.test(status)).length]).not.toEqual([id, 0]);
    // Who signs what it sends is known by that alone, and there is nobody to forbid it to.
    const refusals =
      security.length === 0 ? [] : security.some((way) => 'signature' in way) ? ['401'] : ['401', '403'];
    const always = ['429', '500', '503', ...refusals];
    expect([id, always.filter((status) => !statuses.includes(status))]).toEqual([id, []]);
    for (const { description } of Object.values(responses)) expect([id, description]).not.toEqual([id, '']);
    for (const name of security.flatMap((way) => Object.keys(way))) expect(schemes).toContain(name);
    for (const tag of operation.tags) expect(tags).toContain(tag);
  }
});

test('every schema in it is one, and every reference leads somewhere', () => {
  const schemas: object[] = [];
  const references: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === '$ref') references.push(String(inner));
      if (name === 'schema') schemas.push(inner as object);
      look(inner);
    }
  };
  look(document);
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(references.length).toBeGreaterThan(100);
  expect(references.filter((reference) => !known.includes(reference))).toEqual([]);
  expect(schemas.length).toBeGreaterThan(100);
  expect(schemas.filter((schema) => ajv.validateSchema(schema) !== true)).toEqual([]);
});

test('the page for people loads nothing and names every operation', async () => {
  const response = await ask(world, '/docs');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  const html = await response.text();
  expect(html).not.toMatch(/<script|src=|<link/);
  for (const { operation } of operations()) expect(html).toContain(`id="${operation.operationId}"`);
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1',
    '2147483648',
    '9223372036854775808',
    '1e9',
    'null',
    '\u0000',
    "'; --",
    '../..',
  ),
  fc.integer().map(String),
);
const jsonValue = fc.jsonValue({ maxDepth: 3 });

/** What a database, a library or a stack trace says. */
const RAW =
  /violates|syntax error|invalid input|relation "|column "|\bat \S+ \(|node_modules|kysely|ZodError|undefined/i;

/** The document is asked for what it holds as a schema. */
const pointer = (path: string, method: string, status: number): string =>
  ['document#/paths', path, method.toLowerCase(), 'responses', String(status), 'content']
    .map((part, index) => (index === 0 ? part : part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join('/');

/** Who sends it, how often to each operation, and what they send of themselves. */
const CALLERS: readonly (readonly [string, number, () => Proof | Promise<Proof>])[] = [
  ['the owner of the server', 12, () => as(town.olivia)],
  ['a member', 4, () => as(town.mia)],
  ['an admin’s key', 6, withNewKey],
  ['nobody', 4, () => ({})],
];
type Proof = Record<string, string>;

const as = ({ id }: { readonly id: string }) => ({ 'X-API-Key': SERVICE_KEY, 'X-User-Id': id });
async function withNewKey(): Promise<Proof> {
  const { database, clock } = world();
  const about = { guildId: town.guild.id, userId: town.ann.id, name: 'fuzz', scopes: SCOPES, days: 1 };
  return { Authorization: `Bearer ${(await createKey(database.db, clock, about)).key}` };
}

describe('whatever is sent', () => {
  test.each(CALLERS)(
    'by %s: no operation fails, answers what it does not declare, or lets out raw text',
    { timeout: 120_000 },
    async (who, usualRounds, prove) => {
      const proof = await prove();
      const failures: string[] = [];
      for (const { path, method, operation } of operations()) {
        const bodyShape = fc.oneof(jsonValue, likely(town), fc.constant(undefined));
        const samples = fc.sample(fc.tuple(hostile, hostile, hostile, bodyShape, fc.boolean()), {
          seed: 20_261_126,
          numRuns: Number(process.env['FUZZ_ROUNDS'] ?? usualRounds),
        });
        for (const [a, b, c, body, isHere] of samples) {
          const names = { guild_id: isHere ? town.guild.id : a, id: isHere ? '1' : b };
          const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
            encodeURIComponent((names as Record<string, string>)[name] ?? (isHere ? '1' : b)),
          );
          const query = (operation.parameters ?? [])
            .filter((one) => one.in === 'query')
            .map(({ name }, index) => `${name}=${encodeURIComponent(index % 2 === 0 ? c : a)}`);
          const asked = `${address}${isHere || query.length === 0 ? '' : `?${query.join('&')}`}`;
          const sends = operation.requestBody === undefined ? undefined : body;
          const { status, headers, body: got } = await askWith(world, proof, method, asked, sends);
          const what = `${method} ${asked} ${JSON.stringify(sends)} → ${status}`;
          const text = typeof got === 'string' ? got : JSON.stringify(got);
          if (status >= 500) failures.push(`${what} ${text}`);
          // An address that no path can be is not the operation's.
          if (operation.responses[status] === undefined && status !== 404)
            failures.push(`${what}: undeclared`);
          if (status >= 400 && RAW.test(String(got.detail))) failures.push(`${what}: ${text}`);
          if (who === 'nobody' && status < 400 && operation.security.length > 0)
            failures.push(`${what}: for nobody`);
          const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
          const schema = operation.responses[status]?.content?.[type]?.schema;
          if (schema === undefined) continue;
          const validate = ajv.compile({
            $ref: `${pointer(path, method, status)}/${encodeURIComponent(type.replaceAll('/', '~1'))}/schema`,
          });
          if (!validate(got)) failures.push(`${what}: ${ajv.errorsText(validate.errors)}`);
        }
      }
      expect(failures).toEqual([]);
    },
  );
});

/** Bodies that are nearly right for one operation or another. */
function likely({ guild }: Town) {
  const text = fc.string({ unit: 'binary', maxLength: 120 });
  return fc.record(
    {
      guild_id: fc.constantFrom(guild.id, '1'),
      channel_id: fc.constantFrom(guild.channel('events').id, guild.id, '99999999999999999'),
      name: text,
      title: text,
      answer: text,
      message: text,
      question: text,
      question_type: fc.constantFrom('text', 'select', 'number'),
      description: text,
      language: fc.constantFrom('nl', 'en-US', 'fr'),
      time: fc.constantFrom('20:00', '24:00', '7.5'),
      days: fc.subarray(['0', '6']),
      category: fc.constantFrom('system', 'reminders', '__proto__'),
      settings: fc.dictionary(fc.constantFrom('enabled', 'timezone', '__proto__', 'pre_alerts'), jsonValue),
      questions: fc.array(fc.integer({ min: -1, max: 5 })),
    },
    { requiredKeys: [] },
  );
}
