import type { Problem } from './problem.ts';

/** A node of Discord's tree: its own errors under `_errors`, children under their keys (array indexes as strings). */
export interface ErrorTree {
  [key: string]: ErrorTree | { code: string; message: string }[];
}

/** What Discord answers to a refused request, without the HTTP status. */
export interface Refusal {
  code: number;
  message: string;
  errors?: ErrorTree;
}

const INVALID_FORM_BODY = 50035;

/** Turns problems into the body Discord would answer with. One problem with a code of its own (50006, 30032, …) wins. */
export function refusalOf(problems: readonly Problem[]): Refusal {
  const own = problems.find((problem) => problem.httpCode !== undefined);
  if (own?.httpCode !== undefined && problems.length === 1) {
    return { code: own.httpCode, message: own.message };
  }
  return { code: INVALID_FORM_BODY, message: 'Invalid Form Body', errors: treeOf(problems) };
}

/** One line a person can read: where, what, and Discord's name for it. */
export function describe(problem: Problem): string {
  const where = problem.path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
  return `${where === '' ? '(body)' : where}: ${problem.message} (${problem.code})`;
}

function treeOf(problems: readonly Problem[]): ErrorTree {
  const root = emptyNode();
  for (const problem of problems) {
    let node = root;
    for (const key of problem.path) {
      const child = node[String(key)];
      node = child === undefined || Array.isArray(child) ? (node[String(key)] = emptyNode()) : child;
    }
    const own = node['_errors'];
    const error = { code: problem.code, message: problem.message };
    if (Array.isArray(own)) own.push(error);
    else node['_errors'] = [error];
  }
  return root;
}

// Without a prototype, a key named "__proto__" in a hostile body is only a key.
function emptyNode(): ErrorTree {
  return Object.create(null) as ErrorTree;
}
