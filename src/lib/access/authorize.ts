import { HttpProblem } from '#lib/http/problem';
import type { Caller, Rule, Scope } from './caller.ts';

/** What may be asked about people, of Discord's state as it is now. */
export interface Rights {
  /** Whether a person may manage a guild of the bot. @throws HttpProblem 503 when Discord does not say. */
  mayManageGuild(guildId: string, userId: string): Promise<boolean>;
  /** Whether a person is the bot's owner or of the team. */
  isBotOwner(userId: string): Promise<boolean>;
}

const NOBODY = 'Sign in, or send a token or a key. The documentation at /docs says how.';

/**
 * Lets a caller pass or refuses them. Whoever is asked about is asked anew with each request. What proves itself passes here.
 * @param path the route's path; a rule for a guild needs its `guild_id`.
 * @param query as it came; a rule that looks for a guild in it takes its `guild_id`.
 * @throws HttpProblem 401 for nobody, 403 for somebody who may not, 503 when Discord does not say who may.
 */
export async function authorize(
  rights: Rights,
  rule: Rule,
  caller: Caller,
  path: unknown,
  query: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  if (rule.who === 'anyone' || rule.who === 'signed') return;
  if (caller.kind === 'nobody') {
    const { reason, status = 401 } = caller;
    throw new HttpProblem(status, reason ?? NOBODY, {
      headers: status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {},
    });
  }
  switch (rule.who) {
    case 'somebody':
      return;
    case 'person':
      needScope(caller, rule.scope);
      if (caller.kind === 'service' && caller.userId === null)
        throw new HttpProblem(403, 'Name the person in X-User-Id.');
      if (caller.kind === 'key') await needManager(rights, caller.guildId, caller.userId);
      return;
    case 'guild-admin': {
      const { guild_id: guildId } = path as { readonly guild_id?: unknown };
      if (typeof guildId !== 'string') throw new Error('a rule for a guild needs guild_id in the path');
      await needAdmin(rights, rule.scope, caller, guildId);
      return;
    }
    case 'guild-admin-or-operator': {
      const { guild_id: guildId } = query;
      if (typeof guildId === 'string') await needAdmin(rights, rule.scope, caller, guildId);
      else await needOperator(rights, caller);
      return;
    }
    case 'operator':
      await needOperator(rights, caller);
  }
}

type Somebody = Exclude<Caller, { readonly kind: 'nobody' }>;

async function needAdmin(rights: Rights, scope: Scope, caller: Somebody, guildId: string): Promise<void> {
  needScope(caller, scope);
  if (caller.kind === 'key' && caller.guildId !== guildId) throw notYours();
  if (caller.kind === 'service' && caller.userId === null) return;
  await needManager(rights, guildId, caller.userId ?? '');
}

async function needOperator(rights: Rights, caller: Somebody): Promise<void> {
  if (caller.kind === 'service' && caller.userId === null) return;
  // Whom the service key names may what they may: what stands before the bot hands its visitors' requests on in their names.
  if (caller.kind !== 'key' && caller.userId !== null && (await rights.isBotOwner(caller.userId))) return;
  throw new HttpProblem(403, 'This is for whoever runs the bot.');
}

/** Also for guilds that the bot is not in: whoever may not manage one does not learn whether it is there. */
function notYours(): HttpProblem {
  return new HttpProblem(403, 'You need Manage Server in this server, and the bot must be in it.');
}

async function needManager(rights: Rights, guildId: string, userId: string): Promise<void> {
  if (!(await rights.mayManageGuild(guildId, userId))) throw notYours();
}

function needScope(caller: Caller, scope: Scope | null): void {
  if (scope !== null && caller.kind === 'key' && !caller.scopes.includes(scope))
    throw new HttpProblem(403, `This key does not have the scope ${scope}.`);
}
