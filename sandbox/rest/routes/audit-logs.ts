import type { APIAuditLogEntry } from 'discord-api-types/v10';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { auditLogOf } from '../../state/audit-log.ts';
import { compareSnowflakes } from '../../state/snowflakes.ts';
import { serialiseUser } from '../../state/users.ts';
import { findWebhook, serialiseWebhook } from '../../state/webhooks.ts';
import { demandInGuild, reachGuild } from '../access.ts';
import type { Route } from '../router.ts';
import { ok, route } from '../router.ts';

const DEFAULT_PAGE = 50;

export const auditLogRoutes: readonly Route[] = [
  route('GET', '/guilds/{guild}/audit-logs', ({ world, parameters, query }) => {
    const access = reachGuild(world, parameters.guild);
    demandInGuild(world, access, P.ViewAuditLog);
    const entries = page(auditLogOf(world, access.guild), query);
    const mentioned = new Set(entries.flatMap(({ user_id: by, target_id: target }) => [by, target]));
    const users = [...mentioned].flatMap((id) => world.users.get(id ?? '') ?? []);
    const webhooks = [...mentioned].flatMap((id) => findWebhook(world, id ?? '') ?? []);
    return ok({
      audit_log_entries: entries,
      users: users.map(serialiseUser),
      // Whoever reads the log need not be able to post.
      webhooks: webhooks.map((webhook) => ({
        ...serialiseWebhook(world, webhook),
        token: undefined,
        url: undefined,
      })),
      application_commands: [],
      auto_moderation_rules: [],
      guild_scheduled_events: [],
      integrations: [],
      threads: [],
    });
  }),
];

/** Newest first, or oldest first from a given entry on. */
function page(entries: readonly APIAuditLogEntry[], query: URLSearchParams): APIAuditLogEntry[] {
  const wanted = (name: string, value: string | number | null): boolean =>
    !query.has(name) || query.get(name) === String(value);
  const fitting = entries.filter(
    (entry) =>
      wanted('user_id', entry.user_id) &&
      wanted('target_id', entry.target_id) &&
      wanted('action_type', entry.action_type),
  );
  const limit = Number(query.get('limit') ?? DEFAULT_PAGE);
  const [before, after] = [query.get('before'), query.get('after')];
  if (before === null && after !== null) {
    return fitting.filter(({ id }) => compareSnowflakes(id, after) > 0).slice(0, limit);
  }
  return fitting
    .filter(({ id }) => before === null || compareSnowflakes(id, before) < 0)
    .toReversed()
    .slice(0, limit);
}
