import {
  ButtonStyle,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  type APIChannelSelectComponent,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIRoleSelectComponent,
  type Guild,
} from 'discord.js';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import type { SettingKey } from '#lib/settings/definitions';
import type { EffectiveSetting } from '#lib/settings/settings';
import { displayValue, settingName } from '#lib/settings/values';
import { truncateMarkdown } from '#lib/text/sanitize';
import { button, row, textDisplay, type Note } from '#lib/ui/components';
import { buttonUnless, listLine, opener, screen, separator } from '#lib/ui/editing';
import { CATEGORIES_MAX, type TicketCategory } from '../categories.ts';
import { setupIds } from './custom-ids.ts';
import type { Lack } from './lacks.ts';
import { categoryText } from './words.ts';

const SHOWN_SETTINGS = [
  'ticketbot.category_id',
  'ticketbot.staff_role_id',
  'ticketbot.escalation_role_id',
  'ticketbot.open_limit',
] as const satisfies readonly SettingKey[];

interface Home {
  readonly categories: readonly TicketCategory[];
  readonly settings: readonly EffectiveSetting[];
  readonly lacks: readonly Lack[];
}

/** Where tickets are set up: what members can open, and what is missing. Components V2. */
export function homeScreen(
  t: Translate,
  { categories, settings, lacks }: Home,
  note: Note | null,
): APIContainerComponent[] {
  const isFull = categories.length >= CATEGORIES_MAX;
  const lines = categories.map((category, index) =>
    listLine(index, category.name, categoryTraits(t, category)),
  );
  const shown = SHOWN_SETTINGS.map((key) => {
    const value = settings.find((one) => one.key === key)?.value ?? null;
    return `**${settingName(t, key)}**: ${displayValue(t, key, value)}`;
  });
  return screen(
    t('ticket-setup:home.title'),
    note,
    textDisplay(
      lines.length === 0
        ? t('ticket-setup:home.general')
        : [t('ticket-setup:home.intro'), ...lines].join('\n'),
    ),
    ...(isFull ? [textDisplay(t('ticket-setup:home.full', { maximum: CATEGORIES_MAX }))] : []),
    ...opener(
      setupIds.build('open', {}),
      t('ticket-setup:home.open'),
      categories.map(({ id, name }) => ({ value: String(id), text: name })),
    ),
    textDisplay([...shown, `-# ${t('ticket-setup:home.settingsHint')}`].join('\n')),
    ...(lacks.length === 0
      ? [textDisplay(t('ticket-setup:home.ready'))]
      : [
          textDisplay(
            [
              `**${t('ticket-setup:home.lacks')}**`,
              ...lacks.map(({ sentence, values }) => `- ${t(sentence, values)}`),
            ].join('\n'),
          ),
        ]),
    row(
      buttonUnless(
        isFull,
        t('ticket-setup:button.addCategory'),
        setupIds.build('add', {}),
        ButtonStyle.Primary,
      ),
      ...(lines.length === 0
        ? [button(t('ticket-setup:button.preview'), setupIds.build('preview', { id: '' }))]
        : []),
      button(t('ticket-setup:button.refresh'), setupIds.build('home', {})),
    ),
  );
}

function categoryTraits(t: Translate, { form, enabled }: TicketCategory): string[] {
  return [
    form.length === 0
      ? t('ticket-setup:trait.plainForm')
      : t('ticket-setup:trait.fields', { count: form.length }),
    ...(enabled ? [] : [t('ticket-setup:trait.off')]),
  ];
}

/** What asks once more before something is deleted, in place of its buttons. */
export function deletingParts(
  t: Translate,
  question: string,
  deleteId: string,
  keepId: string,
): APIComponentInContainer[] {
  return [
    textDisplay(question),
    row(
      button(t('ticket-setup:button.deleteNow'), deleteId, ButtonStyle.Danger),
      button(t('ticket-setup:button.keep'), keepId),
    ),
  ];
}

/** One category, and what can be done with it. Components V2. */
export function categoryScreen(
  t: Translate,
  guild: Guild,
  categories: readonly TicketCategory[],
  category: TicketCategory,
  note: Note | null,
  isDeleting = false,
): APIContainerComponent[] {
  const { version: seen, enabled } = category;
  const id = String(category.id);
  const index = categories.indexOf(category);
  return screen(
    t('ticket-setup:category.title', { number: index + 1, count: categories.length }),
    note,
    ...(enabled ? [] : [textDisplay(t('ticket-setup:category.isOff'))]),
    textDisplay(categoryText(t, category)),
    separator(),
    ...(isDeleting
      ? deletingParts(
          t,
          t('ticket-setup:category.askDelete'),
          setupIds.build('delete', { id, seen }),
          setupIds.build('show', { id }),
        )
      : [
          ...placeParts(t, guild, category),
          separator(),
          row(
            button(t('ticket-setup:button.edit'), setupIds.build('edit', { id }), ButtonStyle.Primary),
            button(t('ticket-setup:button.form'), setupIds.build('form', { id })),
            button(t('ticket-setup:button.preview'), setupIds.build('preview', { id })),
            button(t('ticket-setup:button.back'), setupIds.build('home', {})),
          ),
          row(
            buttonUnless(
              index === 0,
              t('ticket-setup:button.up'),
              setupIds.build('move', { id, seen, way: 'up' }),
            ),
            buttonUnless(
              index === categories.length - 1,
              t('ticket-setup:button.down'),
              setupIds.build('move', { id, seen, way: 'down' }),
            ),
            button(
              enabled ? t('ticket-setup:button.off') : t('ticket-setup:button.on'),
              setupIds.build('turn', { id, seen, to: enabled ? 'off' : 'on' }),
            ),
            button(t('ticket-setup:button.delete'), setupIds.build('askDelete', { id }), ButtonStyle.Danger),
          ),
        ]),
  );
}

/** Selects of where tickets go and who works on them, each below its name. */
function placeParts(
  t: Translate,
  guild: Guild,
  { id, version: seen, parentId, staffRoleId, escalationRoleId }: TicketCategory,
): APIComponentInContainer[] {
  const ids = { id: String(id), seen };
  const optional = { placeholder: t('ticket-setup:category.asServer'), min_values: 0, max_values: 1 };
  const parent: APIChannelSelectComponent = {
    type: ComponentType.ChannelSelect,
    custom_id: setupIds.build('parent', ids),
    channel_types: [ChannelType.GuildCategory],
    ...optional,
    // Discord refuses one that is gone.
    ...(parentId !== null &&
      guild.channels.cache.has(parentId) && {
        default_values: [{ id: parentId, type: SelectMenuDefaultValueType.Channel }],
      }),
  };
  const role = (custom_id: string, roleId: string | null): APIRoleSelectComponent => ({
    type: ComponentType.RoleSelect,
    custom_id,
    ...optional,
    ...(roleId !== null &&
      guild.roles.cache.has(roleId) && {
        default_values: [{ id: roleId, type: SelectMenuDefaultValueType.Role }],
      }),
  });
  const named = (name: SentenceKey, select: APIChannelSelectComponent | APIRoleSelectComponent) => [
    textDisplay(t(name)),
    row(select),
  ];
  return [
    ...named('ticket-setup:category.parent', parent),
    ...named('ticket-setup:category.staff', role(setupIds.build('staff', ids), staffRoleId)),
    ...named('ticket-setup:category.escalation', role(setupIds.build('escalation', ids), escalationRoleId)),
  ];
}

/** What was typed needs its room: all text of a message together has 4,000 characters. */
const NOW_MAX = 250;

interface Refused {
  readonly note: Note;
  /** What there is now, where somebody changed it meanwhile. */
  readonly now: string | null;
  readonly typed: APIComponentInContainer[];
  /** The ids of what opens the modal again, where that makes sense, and of what leaves it. */
  readonly again: string | null;
  readonly back: string;
}

/** Why what was typed in a modal was not saved, with what was typed. Components V2. */
export function refusedScreen(
  t: Translate,
  { note, now, typed, again, back }: Refused,
): APIContainerComponent[] {
  return screen(
    t('ticket-setup:refused.title'),
    note,
    ...(now === null
      ? []
      : [textDisplay(`**${t('ticket-setup:refused.now')}**\n${truncateMarkdown(now, NOW_MAX)}`)]),
    separator(),
    textDisplay(t('ticket-setup:refused.typed')),
    ...typed,
    separator(),
    row(
      ...(again === null ? [] : [button(t('ticket-setup:button.again'), again, ButtonStyle.Primary)]),
      button(t('ticket-setup:button.leave'), back),
    ),
  );
}
