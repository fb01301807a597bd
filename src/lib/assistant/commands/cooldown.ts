import type { Interaction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import type { Limit, Limiter } from '#lib/limits/limiter';

const MINUTE_MS = 60_000;

/** How often a member may ask in a guild; menus, buttons and windows of a command count with it. */
const limits = {
  growthcheckin: { max: 2, perMs: 5 * MINUTE_MS },
  learn_topic: { max: 3, perMs: MINUTE_MS },
  create_caption: { max: 3, perMs: MINUTE_MS },
  leaderhelp: { max: 3, perMs: MINUTE_MS },
} as const satisfies Readonly<Record<string, Limit>>;

/**
 * Takes a turn at a command. For what is typed in a window that is when it opens, so that nobody writes a text only to have it
 * refused; sending it off takes no other.
 * @throws UserError when none is left; it says when there is one again.
 */
export function takeTurn(
  limiter: Limiter,
  { guildId, user }: Pick<Interaction<'cached'>, 'guildId' | 'user'>,
  command: keyof typeof limits,
): void {
  const limit = limits[command];
  const waitMs = limiter.take(command, guildId, user.id, limit);
  if (waitMs > 0) throw new UserError('common:limited', { max: limit.max, count: Math.ceil(waitMs / 1000) });
}
