import { Precondition } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import type { SentenceKey } from '#lib/i18n/translate';

declare module '@sapphire/framework' {
  interface Preconditions {
    'owner-only': never;
  }
}

/** Lets only through who runs the bot: the owner of its application, or that owner's team. */
export class OwnerOnly extends Precondition {
  public override async chatInputRun(interaction: ChatInputCommandInteraction): Precondition.AsyncResult {
    const { rights, log } = this.container;
    try {
      if (await rights.isBotOwner(interaction.user.id)) return this.ok();
    } catch (error) {
      log.warn({ err: error }, 'Discord does not say who runs the bot');
      return this.error({ identifier: 'operations:ownerUnknown' satisfies SentenceKey });
    }
    return this.error({ identifier: 'operations:ownerOnly' satisfies SentenceKey });
  }
}
