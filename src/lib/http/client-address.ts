import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Whose address a request comes from.
 * @param proxies how many proxies of the host stand before the bot (TRUST_PROXY); each adds one address to X-Forwarded-For, and what is
 * before those may be written by anybody.
 */
export function clientAddress(request: IncomingMessage, proxies: number): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  if (proxies === 0) return peer;
  const header = request.headers['x-forwarded-for'] ?? '';
  const forwarded = (Array.isArray(header) ? header.join(',') : header)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const said = forwarded.at(-proxies) ?? forwarded[0];
  return said !== undefined && isIP(said) !== 0 ? said : peer;
}
