import type { ServerResponse } from 'node:http';

/** Sends a browser on, by GET. @param path one of ours, or an address. */
export function redirect(response: ServerResponse, path: string, cookies: readonly string[] = []): void {
  response.statusCode = 303;
  response.setHeader('Location', path);
  if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
  response.end();
}
