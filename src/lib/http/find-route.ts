import type { Route } from '@sapphire/plugin-api';

export interface FoundRoute {
  /** Null: something is at this path, but not for this method. */
  readonly route: Route | null;
  readonly params: Readonly<Record<string, string>>;
  /** The methods that the path takes. */
  readonly methods: readonly string[];
}

const isParameter = (part: string): boolean => part.startsWith('[') && part.endsWith(']');

/**
 * Finds what is at a path among the routes of the store. The plugin's own router is not asked: it puts a fixed part that comes after a
 * parameter in its place below that parameter, and names parameters after the route that was loaded first.
 * @returns null when nothing is there, or the path is not one.
 */
export function findRoute(routes: Iterable<Route>, method: string, pathname: string): FoundRoute | null {
  const parts = decode(pathname);
  if (parts === null) return null;
  const here = [...routes].filter((route) => route.enabled && isAt(route.path, parts));
  // A route with a fixed part where another has a parameter is the one that is meant.
  const most = Math.max(...here.map(fixedParts));
  const meant = here.filter((route) => fixedParts(route) === most);
  if (meant.length === 0) return null;
  const methods = [...new Set(meant.flatMap((route) => [...route.methods]))];
  const asked = method === 'HEAD' && !methods.includes('HEAD') ? 'GET' : method;
  const route = meant.find((one) => one.methods.has(asked as never)) ?? null;
  const path = route?.path ?? [];
  const params = Object.fromEntries(
    path.flatMap((name, index) => (isParameter(name) ? [[name.slice(1, -1), parts[index] ?? '']] : [])),
  );
  return { route, params, methods };
}

function isAt(path: readonly string[], parts: readonly string[]): boolean {
  return (
    path.length === parts.length && path.every((name, index) => isParameter(name) || name === parts[index])
  );
}

function fixedParts(route: Route): number {
  return route.path.filter((name) => !isParameter(name)).length;
}

/** The parts of a path; null when one of them cannot be a name: badly encoded, empty, a step up, or with a control character. */
function decode(pathname: string): string[] | null {
  if (!pathname.startsWith('/')) return null;
  const inner = pathname.slice(1).replace(/\/$/, '');
  if (inner === '') return [];
  const parts: string[] = [];
  for (const part of inner.split('/')) {
    let decoded: string;
    try {
      decoded = decodeURIComponent(part);
    } catch {
      return null;
    }
    // oxlint-disable-next-line no-control-regex -- what such a character could hide is refused here
    if (decoded === '' || decoded === '.' || decoded === '..' || /[/\\\u0000-\u001f\u007f]/.test(decoded))
      return null;
    parts.push(decoded);
  }
  return parts;
}
