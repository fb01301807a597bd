import type {
  ApplicationCommandOptionChoiceData,
  AutocompleteInteraction,
  SlashCommandIntegerOption,
} from 'discord.js';
import { describe } from '#lib/i18n/localize-command';
import { localeOf, translator, type SentenceKey } from '#lib/i18n/translate';
import { truncate } from '#lib/text/sanitize';
import { CHOICE_NAME_MAX, CHOICES_MAX } from '#lib/ui/limits';
import type { TicketDeps } from './deps.ts';
import { scopeOf, withinScope } from './scope.ts';
import { openStatuses, ticketStatuses, type TicketStatus } from './status.ts';
import { toTicket } from './ticket.ts';

/** The largest number that the table can give a ticket. */
const ID_MAX = 2_147_483_647;
/** Only the newest are looked through, so that a long history does not make typing slow. */
const SEARCHED = 1_000;

const STATUSES: Readonly<Record<'open' | 'closed' | 'all', readonly TicketStatus[]>> = {
  open: openStatuses,
  closed: ['closed'],
  all: ticketStatuses,
};

/** The option by which a person names a ticket; without it, it is the one of the channel where they are. */
export function ticketOption(
  option: SlashCommandIntegerOption,
  description: SentenceKey,
): SlashCommandIntegerOption {
  return describe(option.setName('ticket'), description)
    .setAutocomplete(true)
    .setMinValue(1)
    .setMaxValue(ID_MAX);
}

/** Tickets that somebody may see and that fit what they type: a number, a name, or words of what it is about. */
export async function completeTicket(
  deps: TicketDeps,
  interaction: AutocompleteInteraction,
  which: 'open' | 'closed' | 'all',
): Promise<ApplicationCommandOptionChoiceData<number>[]> {
  if (!interaction.inCachedGuild()) return [];
  const { guild, member } = interaction;
  const scope = await scopeOf(deps, guild, member);
  const rows = await deps.db
    .selectFrom('support_tickets')
    .selectAll()
    .where('guild_id', '=', guild.id)
    .where('status', 'in', STATUSES[which])
    .where((eb) => withinScope(eb, scope))
    .orderBy('id', 'desc')
    .limit(SEARCHED)
    .execute();
  const t = translator(localeOf(interaction.locale));
  const typed = interaction.options.getFocused().toLowerCase().replace(/^#/, '');
  return rows
    .map(toTicket)
    .map((ticket) => ({
      value: ticket.id,
      name: truncate(
        t('tickets:option.ticket', {
          number: ticket.id,
          status: [`tickets:status.${ticket.status}`],
          who: ticket.username ?? t('common:formerMember'),
          about: ticket.description.replace(/\s+/g, ' '),
        }),
        CHOICE_NAME_MAX,
      ),
    }))
    .filter(({ name }) => name.toLowerCase().includes(typed))
    .slice(0, CHOICES_MAX);
}
