import type { RequestContext } from '../judge/rules/rule.ts';
import type { World } from '../state/world.ts';
import type { UploadedFile } from './request-body.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The placeholders of '/guilds/{guild}/roles/{role}' as an object of their values. */
export type ParametersOf<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & ParametersOf<Rest>
  : unknown;

export interface RestRequest<Parameters = Record<string, string>> {
  /** As the bot sees it that asks; its application is `world.application`. */
  readonly world: World;
  readonly parameters: Parameters;
  readonly query: URLSearchParams;
  /** Judged already: it has the shape that Discord's schema gives this route. */
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  readonly gatewayUrl: string;
}

export interface RestAnswer {
  status: number;
  body?: unknown;
}

export interface Route {
  readonly method: Method;
  readonly template: string;
  readonly segments: readonly string[];
  /** False where the token stands in the path. */
  readonly needsToken: boolean;
  readonly handle: (request: RestRequest) => RestAnswer;
  /** What the judge needs to know beside the body. */
  readonly about: (request: RestRequest) => Omit<RequestContext, 'now' | 'hasFiles'>;
}

export interface RouteOptions<Parameters> {
  needsToken?: boolean;
  about?: (request: RestRequest<Parameters>) => Omit<RequestContext, 'now' | 'hasFiles'>;
}

/** Declares a route. Placeholders are written in braces; one that starts with "@" in the URL has its own route. */
export function route<Template extends string>(
  method: Method,
  template: Template,
  handle: (request: RestRequest<ParametersOf<Template>>) => RestAnswer,
  options: RouteOptions<ParametersOf<Template>> = {},
): Route {
  return {
    method,
    template,
    segments: template.split('/').slice(1),
    needsToken: options.needsToken ?? true,
    // The router fills in exactly the placeholders of this template.
    handle: handle as Route['handle'],
    about: (options.about ?? (() => ({}))) as Route['about'],
  };
}

export interface MatchedRoute {
  route: Route;
  parameters: Record<string, string>;
}

/** Finds the route of a path; `wrongMethod` when only other methods have it. Literal segments win over placeholders. */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): MatchedRoute | 'wrongMethod' | null {
  const segments = path.split('/').slice(1);
  const fitting = routes
    .flatMap((route) => {
      const parameters = fit(route.segments, segments);
      return parameters ? [{ route, parameters }] : [];
    })
    .sort((a, b) => Object.keys(a.parameters).length - Object.keys(b.parameters).length);
  const found = fitting.find(({ route }) => route.method === method);
  return found ?? (fitting.length > 0 ? 'wrongMethod' : null);
}

function fit(template: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (template.length !== segments.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const segment = segments[index] ?? '';
    if (!expected.startsWith('{')) {
      if (expected !== segment) return null;
    } else {
      if (segment === '' || segment.startsWith('@')) return null;
      parameters[expected.slice(1, -1)] = segment;
    }
  }
  return parameters;
}

export const ok = (body: unknown): RestAnswer => ({ status: 200, body });
export const created = (body: unknown): RestAnswer => ({ status: 201, body });
export const noContent: RestAnswer = { status: 204 };
