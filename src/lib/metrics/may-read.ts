import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** What a proxy adds: then whoever asks is somewhere else, though the proxy is here. */
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/**
 * Whether somebody may read the metrics: whoever shows the host's token, and who asks from this very machine.
 * @param token METRICS_TOKEN; null: there is none, and no header stands for it.
 */
export function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
  const shown = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (shown !== undefined) return token !== null && isSame(shown, token);
  const peer = request.socket.remoteAddress ?? '';
  if (FORWARDED.some((name) => request.headers[name] !== undefined)) return false;
  return LOOPBACK.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4');
}

/** Takes as long for a token that is nearly right as for any other. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
