import { Precondition } from '@sapphire/framework';
import type { ChatInputCommandInteraction, Interaction, ContextMenuCommandInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import type { SentenceKey } from '#lib/i18n/translate';

declare module '@sapphire/framework' {
  interface Preconditions {
    'admin-only': never;
  }
}

/** Lets only admins of the guild through. Discord hides the command from others, but a guild can override that. */
export class AdminOnly extends Precondition {
  public override chatInputRun(interaction: ChatInputCommandInteraction): Precondition.Result {
    return this.#check(interaction);
  }

  public override contextMenuRun(interaction: ContextMenuCommandInteraction): Precondition.Result {
    return this.#check(interaction as Interaction);
  }

  #check(interaction: Interaction): Precondition.Result {
    return isAdmin(actorOf(interaction))
      ? this.ok()
      : this.error({ identifier: 'common:adminOnly' satisfies SentenceKey });
  }
}
