import {
  ButtonStyle,
  ComponentType,
  TextInputStyle,
  messageLink,
  time,
  type APIContainerComponent,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import { locales, type Locale, type Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { truncate } from '#lib/text/truncate';
import { button, noteText, row, textDisplay, type Note } from '#lib/ui/components';
import { LABEL_DESCRIPTION_MAX, LABEL_TEXT_MAX, MODAL_TITLE_MAX } from '#lib/ui/limits';
import { gdprIds, privacyIds } from './custom-ids.ts';
import {
  DOCUMENT_MAX,
  draftState,
  isPublished,
  type DocumentText,
  type Draft,
  type PublishedDocument,
} from './documents.ts';
import type { PrivacyPost } from './posts.ts';

const SERVER_NAME_MAX = 100;
const EXCERPT_MAX = 200;

/** Enough of a hash to tell two texts apart. */
const HASH_SHOWN = 12;

/** What the button to agree to a text says of it. */
export function agreeParts({ version, locale, hash }: DocumentText): {
  readonly version: string;
  readonly locale: string;
  readonly hash: string;
} {
  return { version: String(version), locale, hash: hash.slice(0, HASH_SHOWN) };
}

/**
 * A privacy text with the buttons to agree and to withdraw, and one for each other language that it was written in. Components V2.
 * The text shows as its admins formatted it.
 */
export function documentView(
  t: Translate,
  published: PublishedDocument,
  text: DocumentText,
  serverName: string,
  note: Note | null = null,
): APIContainerComponent[] {
  const { locale, content, version } = text;
  const others = locales.filter((other) => other !== locale && published.texts.has(other));
  return [
    {
      type: ComponentType.Container,
      components: [
        ...noteText(note),
        textDisplay(
          `## ${t('privacy:document.title', { server: safeEmbedText(serverName, SERVER_NAME_MAX) })}`,
        ),
        textDisplay(content),
        textDisplay(
          `-# ${t('privacy:document.version', { version, when: time(published.publishedAt, 'D') })}`,
        ),
        row(
          button(
            t('privacy:document.agree'),
            privacyIds.build('agree', agreeParts(text)),
            ButtonStyle.Success,
          ),
          button(t('privacy:document.withdraw'), privacyIds.build('withdraw', {})),
          ...others.map((other) =>
            button(t(`privacy:document.readIn.${other}`), privacyIds.build('read', { locale: other })),
          ),
        ),
      ],
    },
  ];
}

/** What `/gdpr` shows: both drafts, what is published and where it is posted. */
export interface GdprState {
  readonly drafts: ReadonlyMap<Locale, Draft>;
  readonly published: PublishedDocument | undefined;
  /** Members who agree to what is published. */
  readonly agreements: number;
  readonly post: PrivacyPost | undefined;
}

/** Tells two states of all drafts apart. */
export function draftsState(drafts: ReadonlyMap<Locale, Draft>): string {
  return locales.map((locale) => draftState(drafts.get(locale))).join('-');
}

/** The panel of `/gdpr`. Components V2. */
export function gdprPanel(
  t: Translate,
  guildId: string,
  state: GdprState,
  note: Note | null,
): APIContainerComponent[] {
  const { drafts, published, post } = state;
  const status = [
    published === undefined
      ? t('privacy:gdpr.unpublished')
      : `${t('privacy:gdpr.published', { version: published.version, when: time(published.publishedAt) })} ${t('privacy:gdpr.agree', { count: state.agreements })}`,
    post === undefined
      ? t('privacy:gdpr.notPosted')
      : t('privacy:gdpr.posted', { link: messageLink(post.channelId, post.messageId, guildId) }),
  ];
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${t('privacy:gdpr.title')}`),
        ...noteText(note),
        textDisplay(t('privacy:gdpr.intro')),
        ...locales.map((locale) => ({
          type: ComponentType.Section as const,
          components: [textDisplay(draftText(t, locale, drafts.get(locale), published))],
          accessory: button(t('privacy:gdpr.edit'), gdprIds.build('edit', { locale })),
        })),
        { type: ComponentType.Separator, divider: true },
        textDisplay(status.join('\n')),
        row(
          button(
            t('privacy:gdpr.publish'),
            gdprIds.build('publish', { seen: draftsState(drafts) }),
            isPublished(drafts, published) ? ButtonStyle.Secondary : ButtonStyle.Primary,
          ),
          button(t('privacy:gdpr.post'), gdprIds.build('post', {})),
        ),
      ],
    },
  ];
}

function draftText(
  t: Translate,
  locale: Locale,
  draft: Draft | undefined,
  published: PublishedDocument | undefined,
): string {
  const language = t(`privacy:gdpr.languages.${locale}`);
  if (draft === undefined) return `**${language}**: ${t('privacy:gdpr.draftNone')}`;
  const values = { characters: draft.content.length };
  const about =
    draft.content === published?.texts.get(locale)?.content
      ? t('privacy:gdpr.draftPublished', values)
      : t('privacy:gdpr.draft', values);
  const excerpt = safeEmbedText(draft.content.replaceAll(/\s+/g, ' '), EXCERPT_MAX);
  return `**${language}**: ${about}\n> ${excerpt}`;
}

/** The id of the input in the modal. */
export const DOCUMENT_INPUT = 'text';

/** The modal in which a text is written. */
export function documentModal(
  t: Translate,
  locale: Locale,
  draft: Draft | undefined,
): APIModalInteractionResponseCallbackData {
  const title = t('privacy:gdpr.modal', { language: t(`privacy:gdpr.languages.${locale}`) });
  return {
    custom_id: gdprIds.build('write', { locale, seen: draftState(draft) }),
    title: truncate(title, MODAL_TITLE_MAX),
    components: [
      {
        type: ComponentType.Label,
        label: truncate(title, LABEL_TEXT_MAX),
        description: truncate(t('privacy:gdpr.modalHint'), LABEL_DESCRIPTION_MAX),
        component: {
          type: ComponentType.TextInput,
          custom_id: DOCUMENT_INPUT,
          style: TextInputStyle.Paragraph,
          required: false,
          max_length: DOCUMENT_MAX,
          ...(draft !== undefined && { value: draft.content }),
        },
      },
    ],
  };
}
