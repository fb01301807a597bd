import type { $ZodIssue } from 'zod/v4/core';
import { Findings, print } from './problem.ts';
import type { Problem, ProblemPath } from './problem.ts';

const NUMERIC_STRING = /^-?\d+$/;
// Discord reads any ISO 8601 instant; zod's own check takes only a "Z".
const ISO_INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

const WRONG_KIND: Readonly<Record<string, { code: string; message: string }>> = {
  object: { code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' },
  record: { code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' },
  array: { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' },
  boolean: { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' },
};

/** Requests may have integers as strings of digits; answers may not. */
export type Direction = 'request' | 'response';

/** Turns zod's issues into problems, leaving out what is right and the generated schemas refuse. */
export function problemsOfIssues(
  issues: readonly $ZodIssue[],
  root: unknown,
  direction: Direction,
  base: ProblemPath = [],
): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, root, direction, base));
}

function problemsOfIssue(
  issue: $ZodIssue,
  root: unknown,
  direction: Direction,
  base: ProblemPath,
): Problem[] {
  const inner = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const path = [...base, ...inner];
  const value = valueAt(root, inner);
  const found: Problem[] = [];
  const here = new Findings(found, path);
  switch (issue.code) {
    case 'invalid_type':
      wrongType(here, issue.expected, value, direction);
      break;
    case 'too_big':
      if (issue.origin === 'string' || issue.origin === 'array') here.tooLong(Number(issue.maximum));
      else here.tooHigh(issue.maximum);
      break;
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') here.tooShort(Number(issue.minimum));
      else here.tooLow(issue.minimum);
      break;
    case 'invalid_value':
      if (value === undefined) here.required();
      else here.choices(value, issue.values.map(String));
      break;
    case 'invalid_format':
      wrongFormat(here, issue.format, value);
      break;
    case 'invalid_union':
      return bestBranch(issue.errors, value, direction, path);
    case 'invalid_key':
    case 'invalid_element':
      return problemsOfIssues(issue.issues, value, direction, path);
    default:
      here.add('BASE_TYPE_INVALID', issue.message);
  }
  return found;
}

function wrongType(here: Findings, expected: string, value: unknown, direction: Direction): void {
  if (value === undefined || value === null) here.required();
  else if (expected === 'number' || expected === 'int') {
    if (direction === 'request' && typeof value === 'string' && NUMERIC_STRING.test(value)) return;
    here.add('NUMBER_TYPE_COERCE', `Value ${print(value)} is not int.`);
  } else {
    const kind = WRONG_KIND[expected] ?? {
      code: 'STRING_TYPE_CONVERT',
      message: `Could not interpret ${print(value)} as string.`,
    };
    here.add(kind.code, kind.message);
  }
}

function wrongFormat(here: Findings, format: string, value: unknown): void {
  if (format === 'datetime' && typeof value === 'string' && canReadInstant(value)) return;
  if (format === 'url') here.add('URL_TYPE_INVALID_URL', 'Not a well formed URL.');
  else if (format === 'datetime') here.add('DATE_TIME_TYPE_PARSE', `Could not parse ${print(value)}.`);
  else here.add('NUMBER_TYPE_COERCE', `Value ${print(value)} is not snowflake.`);
}

/** Whether Discord can read a text as an instant: ISO 8601, with or without an offset. */
export function canReadInstant(text: string): boolean {
  return ISO_INSTANT.test(text) && !Number.isNaN(Date.parse(text));
}

/** Of a union's branches, the one that was meant: the one whose `type` fits, else the nearest. */
function bestBranch(
  branches: readonly (readonly $ZodIssue[])[],
  value: unknown,
  direction: Direction,
  path: ProblemPath,
): Problem[] {
  const results = branches.map((issues) => problemsOfIssues(issues, value, direction, path));
  if (results.some((problems) => problems.length === 0)) return [];
  const meant = results.filter((problems) => !problems.some((problem) => missesDiscriminator(problem, path)));
  const candidates = meant.length > 0 ? meant : results;
  // A branch that fails as a whole is farther away than one that fails in its parts.
  const distance = (problems: readonly Problem[]) =>
    problems.length + (problems.some((problem) => problem.path.length === path.length) ? 1000 : 0);
  const nearest = candidates.toSorted((a, b) => distance(a) - distance(b))[0];
  if (meant.length > 0 && nearest !== undefined) return nearest;
  const found: Problem[] = [];
  const here = new Findings(found, path);
  const type = valueAt(value, ['type']);
  if (type === undefined) return nearest ?? [];
  here.at('type').add('UNION_TYPE_CHOICES', `Value ${print(type)} of field "type" is not allowed here.`);
  return found;
}

function missesDiscriminator(problem: Problem, path: ProblemPath): boolean {
  return problem.path.length === path.length + 1 && problem.path.at(-1) === 'type';
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
