import { Precondition } from '@sapphire/framework';
import type { ChatInputCommandInteraction, ContextMenuCommandInteraction, Interaction } from 'discord.js';
import { isStaff } from '#lib/access/who';
import type { SentenceKey } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { colleagueOf } from '#lib/tickets/staff';

declare module '@sapphire/framework' {
  interface Preconditions {
    'staff-only': never;
  }
}

/** Lets only the guild's staff through: who has the role in `ticketbot.staff_role_id`, and admins. */
export class StaffOnly extends Precondition {
  public override chatInputRun(interaction: ChatInputCommandInteraction): Precondition.AsyncResult {
    return this.#check(interaction);
  }

  public override contextMenuRun(interaction: ContextMenuCommandInteraction): Precondition.AsyncResult {
    return this.#check(interaction as Interaction);
  }

  async #check(interaction: Interaction): Precondition.AsyncResult {
    if (interaction.inCachedGuild()) {
      const overrides = await this.container.settings.overrides(interaction.guildId);
      const roleId = effectiveValue(overrides, 'ticketbot.staff_role_id');
      if (isStaff(colleagueOf(interaction.member), roleId === null ? [] : [roleId])) return this.ok();
    }
    return this.error({ identifier: 'tickets:staffOnly' satisfies SentenceKey });
  }
}
