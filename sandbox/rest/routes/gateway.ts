import type { Route } from '../router.ts';
import { ok, route } from '../router.ts';

export const gatewayRoutes: readonly Route[] = [
  route('GET', '/gateway', ({ gatewayUrl }) => ok({ url: gatewayUrl }), { needsToken: false }),
  route('GET', '/gateway/bot', ({ gatewayUrl }) =>
    ok({
      url: gatewayUrl,
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
    }),
  ),
];
