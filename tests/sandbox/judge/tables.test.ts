import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ANSWERS } from '../../../sandbox/judge/answers.ts';
import { BODIES } from '../../../sandbox/judge/bodies.ts';
import { objectAt } from '../../../sandbox/judge/openapi-schema.ts';
import { matchOperation } from '../../../sandbox/judge/paths.ts';
import { schemaOf } from '../../../sandbox/judge/schemas.ts';
import { NOW, times } from './bodies.ts';

const openapi = process.env['DISCORD_OPENAPI'];
const samples = [
  {},
  { message: {} },
  { archived: true },
  ...times(13, (type) => ({ type, trigger_type: type, entity_type: type })),
];

const schemasOf = (operation: string): string[] => {
  const schema = BODIES[operation]?.schema;
  if (schema === undefined) return [];
  return typeof schema === 'string' ? [schema] : samples.map((sample) => schema(sample, { now: NOW }));
};

test.each(Object.keys(BODIES))('%s: its bodies have schemas', (operation) => {
  for (const schema of schemasOf(operation)) expect(schemaOf(schema)).toBeDefined();
  expect(Object.keys(ANSWERS)).toContain(operation);
});

test.each(Object.entries(ANSWERS))(
  '%s: its answers have schemas and Discord has the route',
  (operation, answers) => {
    for (const schema of Object.values(answers)) expect(schemaOf(schema)).toBeDefined();
    const [method = '', template = ''] = operation.split(' ');
    const path = template.replaceAll(/\{[^}]+\}/g, '1');
    expect(matchOperation(method, path)?.name).toBe(operation);
  },
);

describe.runIf(openapi !== undefined)("compared with Discord's document (DISCORD_OPENAPI)", () => {
  // The body of a skipped block is run all the same.
  const paths = openapi === undefined ? {} : objectAt(JSON.parse(readFileSync(openapi, 'utf8')), 'paths');

  test.each(Object.entries(ANSWERS))(
    '%s: the same statuses, and a body where there is one',
    (operation, answers) => {
      const [method = '', path = ''] = operation.split(' ');
      const described = objectAt(objectAt(paths, path), method.toLowerCase());
      const statuses = Object.keys(objectAt(described, 'responses')).filter((status) =>
        status.startsWith('2'),
      );
      expect(Object.keys(answers)).toEqual(statuses);
      expect(operation in BODIES).toBe('requestBody' in described);
    },
  );
});
