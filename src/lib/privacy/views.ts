import { ButtonStyle, ComponentType, time, type APIContainerComponent } from 'discord.js';
import { ERASED_AFTER_DAYS, personalData, type Purpose } from '#db/personal-data';
import { assistantIds } from '#lib/assistant/custom-ids';
import type { Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { truncate } from '#lib/text/truncate';
import { button, noteText, row, textDisplay, type Note } from '#lib/ui/components';
import { BUTTON_LABEL_MAX } from '#lib/ui/limits';
import type { Agreement } from './agreements.ts';
import { privacyIds } from './custom-ids.ts';
import type { PublishedDocument } from './documents.ts';
import type { PendingErasure } from './requests.ts';
import { staysWithoutThem, tablesOfPeople, type PeopleTable, type TableName } from './rules.ts';

/** Names longer than this would fill a view. */
const GUILD_NAME_MAX = 100;
/** Deletions that the overview has room for; a member of more guilds takes back the first ones, or all by the rest. */
const PENDING_SHOWN = 5;
/** Of the 4,000 characters of a message, what is left beside headings. */
const STORED_PAGE_MAX = 3_000;

/** What `/privacy` shows somebody of themselves. */
export interface Home {
  readonly pending: readonly PendingErasure[];
  /** The text of the guild where they are, and what they agreed to there. */
  readonly published: PublishedDocument | undefined;
  readonly agreement: Agreement | undefined;
  /** When they agreed that what they ask is sent to an AI, and to whom; undefined when they did not. */
  readonly ai: { readonly agreedAt: Date; readonly host: string } | undefined;
  /** The name of a guild; undefined where the bot is no more. */
  readonly nameOf: (guildId: string) => string | undefined;
}

const PURPOSES = Object.keys({
  settings: true,
  reminders: true,
  announcements: true,
  onboarding: true,
  tickets: true,
  faq: true,
  invites: true,
  assistant: true,
  api: true,
  analytics: true,
  consent: true,
  rights: true,
} satisfies Record<Purpose, true>) as readonly Purpose[];

/** A guild's name as a text may show it, or its id where the bot is no more. */
export function guildName(nameOf: Home['nameOf'], guildId: string): string {
  return safeEmbedText(nameOf(guildId) ?? guildId, GUILD_NAME_MAX);
}

/** The overview: why something is stored, what is pending, and what one can do. Components V2. */
export function homeView(t: Translate, home: Home, note: Note | null): APIContainerComponent[] {
  const { pending, nameOf } = home;
  const shown = pending.slice(0, PENDING_SHOWN);
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${t('privacy:home.title')}`),
        ...noteText(note),
        textDisplay(
          [
            t('privacy:home.intro'),
            ...PURPOSES.map((purpose) => `- ${t(`privacy:purpose.${purpose}`)}`),
          ].join('\n'),
        ),
        ...(home.published === undefined ? [] : [textDisplay(agreementText(t, home))]),
        ...(home.ai === undefined
          ? []
          : [
              textDisplay(
                t('assistant:consent.agreed', { when: time(home.ai.agreedAt), host: home.ai.host }),
              ),
              row(button(t('assistant:consent.withdraw'), assistantIds.build('withdraw', {}))),
            ]),
        ...shown.flatMap((erasure) => [
          textDisplay(`🗑️ ${pendingText(t, erasure, nameOf)}`),
          ...(erasure.hasBegun ? [] : [row(keepButton(t, erasure, nameOf))]),
        ]),
        { type: ComponentType.Separator, divider: true },
        row(
          button(t('privacy:home.stored'), privacyIds.build('stored', { page: '1' })),
          button(t('privacy:home.export'), privacyIds.build('export', {}), ButtonStyle.Primary),
          button(t('privacy:home.erase'), privacyIds.build('erase', {}), ButtonStyle.Danger),
          button(t('privacy:home.receipt'), privacyIds.build('receipt', {})),
          ...(home.published === undefined
            ? []
            : [button(t('privacy:home.read'), privacyIds.build('read', { locale: '' }))]),
        ),
        ...(home.agreement === undefined
          ? []
          : [row(button(t('privacy:document.withdraw'), privacyIds.build('withdraw', {})))]),
      ],
    },
  ];
}

function agreementText(t: Translate, { agreement, published }: Home): string {
  if (agreement === undefined) return t('privacy:home.notAgreed');
  const values = { version: agreement.version, when: time(agreement.agreedAt) };
  return agreement.version === published?.version
    ? t('privacy:home.agreed', values)
    : t('privacy:home.agreeAgain', values);
}

/** What will be deleted when, with the code of its receipt. */
function pendingText(t: Translate, erasure: PendingErasure, nameOf: Home['nameOf']): string {
  const values = { when: time(erasure.dueAt), code: erasure.code };
  const text =
    erasure.guildId === null
      ? t('privacy:erase.pendingAll', values)
      : t('privacy:erase.pendingGuild', { ...values, server: guildName(nameOf, erasure.guildId) });
  return erasure.hasBegun ? `${text}\n${t('privacy:erase.begun')}` : text;
}

function keepButton(t: Translate, { id, guildId }: PendingErasure, nameOf: Home['nameOf']) {
  const label =
    guildId === null
      ? t('privacy:erase.cancel')
      : t('privacy:erase.cancelGuild', { server: nameOf(guildId) ?? guildId });
  return button(
    truncate(label, BUTTON_LABEL_MAX),
    privacyIds.build('keep', { erasure: id }),
    ButtonStyle.Success,
  );
}

/** How long the rows of a table are kept. */
export function keptText(t: Translate, table: TableName): string {
  const { kept } = personalData[table];
  const count = 'days' in kept ? kept.days : 'hours' in kept ? kept.hours : 0;
  return t(`privacy:kept.${kept.until}`, { count });
}

/** What becomes of a person's rows of a table when they are erased. */
export function erasedText(t: Translate, table: TableName): string {
  return staysWithoutThem(table) ? t(`privacy:table.${table}.remains`) : t('privacy:stored.deleted');
}

/** What a table is called to people. */
export function tableName(t: Translate, table: PeopleTable): string {
  return t(`privacy:table.${table}.name`);
}

/** What a table holds of somebody. */
export function tableContent(t: Translate, table: PeopleTable): string {
  return t(`privacy:table.${table}.what`);
}

/** Every kind of row that holds something of somebody: what, how long, and what becomes of it; then what happens by itself. */
function storedPages(t: Translate): string[] {
  const entries = [
    ...tablesOfPeople.map(
      (table) =>
        `**${tableName(t, table)}**\n${tableContent(t, table)} ${keptText(t, table)} ${erasedText(t, table)}`,
    ),
    [
      t('privacy:stored.leaving', { count: ERASED_AFTER_DAYS.left }),
      t('privacy:stored.removed', { count: ERASED_AFTER_DAYS.removed }),
      t('privacy:stored.discord'),
      t('privacy:stored.log'),
    ].join('\n'),
  ];
  const pages: string[] = [];
  for (const entry of entries) {
    const last = pages.at(-1);
    if (last === undefined || last.length + entry.length > STORED_PAGE_MAX) pages.push(entry);
    else pages[pages.length - 1] = `${last}\n\n${entry}`;
  }
  return pages;
}

/** What is stored, why and how long, page by page. Components V2. @param wanted counts from 1; another one gives the nearest. */
export function storedView(t: Translate, wanted: number): APIContainerComponent[] {
  const pages = storedPages(t);
  const page = Math.min(Math.max(1, Number.isSafeInteger(wanted) ? wanted : 1), pages.length);
  const turn = (to: number) => privacyIds.build('stored', { page: String(to) });
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${t('privacy:stored.title')}`),
        textDisplay(pages[page - 1] ?? ''),
        textDisplay(`-# ${t('privacy:stored.page', { page, pages: pages.length })}`),
        row(
          ...(page > 1 ? [button(t('privacy:stored.previous'), turn(page - 1))] : []),
          ...(page < pages.length ? [button(t('privacy:stored.next'), turn(page + 1))] : []),
          button(t('privacy:home.back'), privacyIds.build('home', {})),
        ),
      ],
    },
  ];
}
