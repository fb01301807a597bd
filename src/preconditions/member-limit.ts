import { Precondition, type PreconditionContext } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import type { Limit } from '#lib/limits/limiter';
import type { SentenceKey } from '#lib/i18n/translate';

declare module '@sapphire/framework' {
  interface Preconditions {
    'member-limit': Limit;
  }
}

/** Lets a member run a command only so often within a guild. */
export class MemberLimit extends Precondition {
  public override chatInputRun(
    interaction: ChatInputCommandInteraction,
    _command: unknown,
    context: PreconditionContext & Partial<Limit>,
  ): Precondition.Result {
    const { max, perMs } = context;
    if (max === undefined || perMs === undefined) throw new TypeError('member-limit needs max and perMs');
    const waitMs = this.container.limiter.take(
      interaction.commandName,
      interaction.guildId ?? '',
      interaction.user.id,
      {
        max,
        perMs,
      },
    );
    if (waitMs === 0) return this.ok();
    return this.error({
      identifier: 'common:limited' satisfies SentenceKey,
      context: { max, count: Math.ceil(waitMs / 1000) },
    });
  }
}
