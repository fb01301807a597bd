import {
  ButtonStyle,
  ComponentType,
  SelectMenuDefaultValueType,
  SeparatorSpacingSize,
  time,
  TimestampStyles,
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
} from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';
import { memberMention } from '#lib/i18n/member-mention';
import type { Translate } from '#lib/i18n/translate';
import { plainText, safeEmbedText, truncate } from '#lib/text/sanitize';
import { button, row, textDisplay } from '#lib/ui/components';
import { SELECT_OPTION_TEXT_MAX } from '#lib/ui/limits';
import { listIds } from './custom-ids.ts';
import { LIST_STATUSES, writeCursor, writeFilter, type ListFilter } from './filter.ts';
import { LIST_COUNTED_MAX, type ListedTicket, type ListPage } from './page.ts';
import { listStatusKey } from './status-key.ts';

/** Ten lines and all that stands around them stay below Discord's 4,000 characters of text in a message of components. */
const ABOUT_MAX = 60;
const CATEGORY_MAX = 45;
/** Discord's limit for the options of a select. */
const OPTIONS_MAX = 25;

export interface ListShown {
  readonly page: ListPage;
  readonly filter: ListFilter;
  readonly viewerId: string;
  /** Whether they handle tickets; a member without that sees their own and has less to choose. */
  readonly isStaff: boolean;
  /** Those that can be chosen, in their order. */
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  /** Of deleted categories too. */
  readonly names: ReadonlyMap<number, string>;
  /** The place of this page. */
  readonly cursor: string;
}

/** A page of tickets with all that narrows it and leads on. Components V2. */
export function listPanel(t: Translate, shown: ListShown): APIMessageTopLevelComponent[] {
  const { page, filter, isStaff } = shown;
  const { tickets, count } = page;
  const counted =
    count > LIST_COUNTED_MAX
      ? t('ticket-overview:list.moreThan', { most: LIST_COUNTED_MAX })
      : t('ticket-overview:list.count', { count });
  const lines = tickets.map((ticket) => ticketLine(t, shown, ticket));
  const parts = writeFilter(filter);
  const empty = isStaff ? t('ticket-overview:list.none') : t('ticket-overview:list.noneOwn');
  const container: APIContainerComponent = {
    type: ComponentType.Container,
    components: [
      textDisplay(
        `## ${t(isStaff ? 'ticket-overview:list.title' : 'ticket-overview:list.titleOwn')}\n-# ${counted}`,
      ),
      textDisplay(lines.length > 0 ? lines.join('\n') : empty),
      { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small },
      row({
        type: ComponentType.StringSelect,
        custom_id: listIds.build('status', parts),
        placeholder: t('ticket-overview:list.chooseStatus'),
        options: LIST_STATUSES.map((status) => ({
          label: t(listStatusKey(status)),
          value: status,
          default: status === filter.status,
        })),
      }),
      ...(isStaff ? staffRows(t, shown) : []),
      pageButtons(t, shown),
    ],
  };
  return [container];
}

function ticketLine(t: Translate, { isStaff, names }: ListShown, ticket: ListedTicket): string {
  const category = ticket.categoryId === null ? undefined : names.get(ticket.categoryId);
  const head = [
    `**#${ticket.id}**${ticket.channelId === null ? '' : ` <#${ticket.channelId}>`}`,
    t(`tickets:status.${ticket.status}`),
    ...(isStaff ? [memberMention(t, ticket.userId)] : []),
    category === undefined ? t('tickets:general') : safeEmbedText(category, CATEGORY_MAX),
  ];
  const detail = [
    ticket.claimedBy === null
      ? t('ticket-overview:list.unclaimed')
      : t('ticket-overview:list.claimedBy', { member: memberMention(t, ticket.claimedBy) }),
    t('ticket-overview:list.opened', { when: time(ticket.createdAt, TimestampStyles.RelativeTime) }),
    t('ticket-overview:list.lastActivity', {
      when: time(ticket.lastActivityAt, TimestampStyles.RelativeTime),
    }),
  ];
  const about = safeEmbedText(ticket.description.replace(/\s+/g, ' ').trim(), ABOUT_MAX);
  return [
    head.join(' · '),
    `-# ${detail.join(' · ')}`,
    ...(about === '' ? [] : [`-# ${t('ticket-overview:list.about', { about })}`]),
  ].join('\n');
}

function staffRows(t: Translate, shown: ListShown): APIContainerComponent['components'] {
  const { filter } = shown;
  const parts = writeFilter(filter);
  const picked = (id: string | null) =>
    id === null || id === FORMER_MEMBER
      ? {}
      : { default_values: [{ id, type: SelectMenuDefaultValueType.User as const }] };
  const claimer = filter.claimedBy === 'anybody' || filter.claimedBy === 'nobody' ? null : filter.claimedBy;
  const options = categoryOptions(t, shown);
  return [
    ...(options.length <= 2
      ? []
      : [
          row({
            type: ComponentType.StringSelect,
            custom_id: listIds.build('category', parts),
            placeholder: t('ticket-overview:list.chooseCategory'),
            options,
          }),
        ]),
    row({
      type: ComponentType.UserSelect,
      custom_id: listIds.build('claimed', parts),
      placeholder: t(
        filter.claimedBy === 'nobody'
          ? 'ticket-overview:list.claimedByNobody'
          : 'ticket-overview:list.claimedByAnybody',
      ),
      min_values: 0,
      ...picked(claimer),
    }),
    row({
      type: ComponentType.UserSelect,
      custom_id: listIds.build('opener', parts),
      placeholder: t('ticket-overview:list.openedByAnybody'),
      min_values: 0,
      ...picked(filter.openerId),
    }),
  ];
}

function categoryOptions(t: Translate, { filter, categories, names }: ListShown): APISelectMenuOption[] {
  const chosen = filter.category;
  const option = (label: string, category: ListFilter['category']): APISelectMenuOption => ({
    label: truncate(label, SELECT_OPTION_TEXT_MAX),
    value: category === 'all' ? 'all' : writeFilter({ ...filter, category }).category,
    default: category === chosen,
  });
  const fixed = [
    option(t('ticket-overview:list.allCategories'), 'all'),
    option(t('tickets:general'), 'general'),
  ];
  const isListed = typeof chosen !== 'number' || categories.some(({ id }) => id === chosen);
  const gone = isListed ? [] : [option(plainText(names.get(chosen) ?? `#${chosen}`), chosen)];
  const others = categories.map(({ id, name }) => option(plainText(name), id));
  // What was chosen stays in sight; the command's own option reaches the others.
  const room = OPTIONS_MAX - fixed.length - gone.length;
  const inOrder = [...others.filter((one) => one.default), ...others.filter((one) => !one.default)];
  const kept = new Set(inOrder.slice(0, room).map(({ value }) => value));
  return [...fixed, ...gone, ...others.filter(({ value }) => kept.has(value))];
}

function pageButtons(t: Translate, { page, filter, viewerId, isStaff, cursor }: ListShown) {
  const parts = writeFilter(filter);
  const to = (place: ListPage['next'], side: 'after' | 'before'): string =>
    listIds.build('page', { ...parts, cursor: place === null ? side : writeCursor(place) });
  const toggled = (isOn: boolean) => (isOn ? ButtonStyle.Primary : ButtonStyle.Secondary);
  return row(
    {
      ...button(t('ticket-overview:list.previous'), to(page.previous, 'before')),
      disabled: page.previous === null,
    },
    { ...button(t('ticket-overview:list.next'), to(page.next, 'after')), disabled: page.next === null },
    button(t('ticket-overview:refresh'), listIds.build('refresh', { ...parts, cursor })),
    ...(isStaff
      ? [
          button(
            t('ticket-overview:list.mine'),
            listIds.build('mine', parts),
            toggled(filter.claimedBy === viewerId),
          ),
          button(
            t('ticket-overview:list.nobody'),
            listIds.build('nobody', parts),
            toggled(filter.claimedBy === 'nobody'),
          ),
        ]
      : []),
  );
}
