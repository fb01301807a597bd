import { print } from './problem.ts';
import type { Findings } from './problem.ts';

/** One operation of Discord's API with the values of the path's placeholders. */
export interface MatchedOperation {
  /** Method and path template, such as `GET /channels/{channel_id}`. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Template {
  readonly name: string;
  readonly segments: readonly string[];
}

// Imported by a name that the compiler does not follow: the package's types are TypeScript source for other settings.
const packageName: string = 'discord-api-spec';
const { pathsList } = (await import(packageName)) as {
  pathsList: Readonly<Record<'get' | 'put' | 'post' | 'patch' | 'delete', readonly string[]>>;
};

const templates = new Map<string, Template[]>();
for (const [method, paths] of Object.entries(pathsList)) {
  for (const path of paths) {
    const segments = path.split('/');
    const key = `${method.toUpperCase()} ${segments.length}`;
    const list = templates.get(key) ?? [];
    list.push({ name: `${method.toUpperCase()} ${path}`, segments });
    templates.set(key, list);
  }
}
for (const list of templates.values()) list.sort((a, b) => placeholders(a) - placeholders(b));

/** Finds the operation of a path without `/api/v10` and query; undefined when Discord has none. */
export function matchOperation(method: string, path: string): MatchedOperation | undefined {
  const segments = path.split('/').map(decode);
  for (const template of templates.get(`${method.toUpperCase()} ${segments.length}`) ?? []) {
    const parameters = fit(template.segments, segments);
    if (parameters !== undefined) return { name: template.name, parameters };
  }
  return undefined;
}

const SNOWFLAKE = /^\d{1,20}$/;

/** Ids in the path must be snowflakes: this finds `/channels/undefined`. */
export function judgePathIds(operation: MatchedOperation, findings: Findings): void {
  for (const [name, value] of Object.entries(operation.parameters)) {
    if (!name.endsWith('_id') || name === 'instance_id' || SNOWFLAKE.test(value)) continue;
    findings.at(name).add('NUMBER_TYPE_COERCE', `Value ${print(value)} is not snowflake.`);
  }
}

function fit(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const segment = segments[index] ?? '';
    if (expected.startsWith('{')) {
      if (segment === '') return undefined;
      parameters[expected.slice(1, -1)] = segment;
    } else if (expected !== segment) return undefined;
  }
  return parameters;
}

function placeholders(template: Template): number {
  return template.segments.filter((segment) => segment.startsWith('{')).length;
}

// discord.js sends "@original" as "%40original".
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
