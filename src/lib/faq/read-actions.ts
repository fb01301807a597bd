import {
  MessageFlags,
  type ApplicationCommandOptionChoiceData,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { stripMentions, truncate } from '#lib/text/sanitize';
import { oneLine } from '#lib/text/one-line';
import { answer, update, type ComponentInteraction } from '#lib/ui/answer';
import { CHOICE_NAME_MAX, CHOICES_MAX } from '#lib/ui/limits';
import type { FaqDeps } from './deps.ts';
import { findEntry } from './find.ts';
import { logSearch } from './logs.ts';
import { deletedEntries, listEntries } from './queries.ts';
import { searchFaq } from './search.ts';
import { entryEmbed, listMessage, PAGE_ENTRIES, searchMessage } from './views.ts';

/** Of what is searched for, in UTF-16 units. */
export const QUERY_MAX = 100;
const RESULTS_MAX = 5;
/** Each leaves a row. */
const SEARCH_LIMIT = { max: 10, perMs: 60_000 };

type Command = ChatInputCommandInteraction<'cached'>;

/** Searches the FAQ. @throws UserError for whoever searched too often, or for nothing. */
export async function searchAction(deps: FaqDeps, interaction: Command, typed: string): Promise<void> {
  const { db, clock, limiter } = deps;
  const { guildId, user } = interaction;
  const query = oneLine(typed);
  if (query === null) throw new UserError('faq:search.empty');
  const waitMs = limiter.take('faq-search', guildId, user.id, SEARCH_LIMIT);
  if (waitMs > 0)
    throw new UserError('common:limited', { max: SEARCH_LIMIT.max, count: Math.ceil(waitMs / 1000) });
  const locale = localeOf(interaction.locale);
  const now = clock.now();
  const found = await searchFaq(db, { guildId, words: query, locale, limit: RESULTS_MAX });
  // What names a member is not written down.
  const asked = truncate(
    stripMentions(query.replaceAll(/\s*(?:<[@#][^>]*>|\d{15,})/g, '')).trim(),
    QUERY_MAX,
  );
  await logSearch(deps, guildId, { query: asked, found: found.length, at: now });
  await answer(interaction, searchMessage(translator(locale), query, found, now));
}

/** Shows a page of all entries; a page that is not there any more is the last one. */
export async function listAction(
  { db, clock }: FaqDeps,
  interaction: Command | ComponentInteraction<'cached'>,
  wanted: number,
): Promise<void> {
  const { guildId } = interaction;
  const isComponent = interaction.isMessageComponent();
  // The list is shown to one person alone; its components anywhere else were copied.
  if (isComponent && !interaction.message.flags.has(MessageFlags.Ephemeral))
    throw new UserError('common:outdated', { command: '/faq list' });
  const read = (page: number) =>
    listEntries(db, guildId, { offset: page * PAGE_ENTRIES, limit: PAGE_ENTRIES });
  let page = Number.isSafeInteger(wanted) && wanted > 0 && wanted < 1_000_000 ? wanted : 0;
  let list = await read(page);
  if (list.entries.length === 0 && page > 0) {
    page = Math.max(0, Math.ceil(list.total / PAGE_ENTRIES) - 1);
    list = await read(page);
  }
  const message = listMessage(translator(localeOf(interaction.locale)), { ...list, page }, clock.now());
  await (isComponent ? update(interaction, message) : answer(interaction, message));
}

/** Shows a whole entry. @throws UserError when it is gone. */
export async function viewAction(
  { db, clock }: FaqDeps,
  interaction: Command | ComponentInteraction<'cached'>,
  id: number,
): Promise<void> {
  const entry = await findEntry(db, interaction.guildId, id);
  const t = translator(localeOf(interaction.locale));
  await answer(interaction, { embeds: [entryEmbed(t, entry, clock.now())] });
}

/** What fits where somebody is typing in `/faq`; for what admins alone may do, nothing for others. */
export async function completeFaq(
  { db }: FaqDeps,
  interaction: AutocompleteInteraction,
): Promise<ApplicationCommandOptionChoiceData[]> {
  const { guildId, options } = interaction;
  if (guildId === null) return [];
  const { name, value } = options.getFocused(true);
  const typed = value;
  const command = options.getSubcommand();
  const isForAdmins = command !== 'search' && command !== 'view';
  if (isForAdmins && !isAdmin(actorOf(interaction))) return [];
  const entries =
    command === 'restore'
      ? await deletedEntries(db, guildId, typed, CHOICES_MAX)
      : typed.trim() === ''
        ? (await listEntries(db, guildId, { offset: 0, limit: CHOICES_MAX })).entries
        : await searchFaq(db, {
            guildId,
            words: typed,
            locale: localeOf(interaction.locale),
            limit: CHOICES_MAX,
            isTyping: true,
          });
  return entries.map(({ id, title }) => ({
    name: truncate(title, CHOICE_NAME_MAX),
    value: name === 'query' ? truncate(title, QUERY_MAX) : id,
  }));
}
