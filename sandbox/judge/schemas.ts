import * as generated from 'discord-api-spec/zod';
import * as z from 'zod/mini';
import { safeParse } from 'zod/v4/core';
import type { $ZodType } from 'zod/v4/core';
import { inlineBodies } from './inline-bodies.ts';
import type { Problem } from './problem.ts';
import { problemsOfIssues } from './schema-issues.ts';
import type { Direction } from './schema-issues.ts';

/**
 * A schema by name: `MessageResponse`, a list of it as `[MessageResponse]`, alternatives as `A|B`.
 * Names are those of Discord's published document, or of `inline-bodies.ts` where the document has none.
 */
export type SchemaName = string;

const named: Readonly<Record<string, $ZodType | undefined>> = generated;
const compiled = new Map<SchemaName, $ZodType>();

/** The zod schema of a name. Throws when there is none: the operation table is wrong then. */
export function schemaOf(name: SchemaName): $ZodType {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const schema = build(name);
  compiled.set(name, schema);
  return schema;
}

/** Judges a value by a named schema. */
export function judgeBySchema(name: SchemaName, value: unknown, direction: Direction): Problem[] {
  const result = safeParse(schemaOf(name), value);
  return result.success ? [] : problemsOfIssues(result.error.issues, value, direction);
}

function build(name: SchemaName): $ZodType {
  if (name.startsWith('[') && name.endsWith(']')) return z.array(schemaOf(name.slice(1, -1)));
  if (name.includes('|')) return z.union(name.split('|').map(schemaOf));
  const schema = inlineBodies[name] ?? named[`${name}Schema`];
  if (schema === undefined) throw new Error(`No schema named ${name}`);
  return schema;
}
