import { ButtonStyle, time, type APIEmbed, type InteractionUpdateOptions } from 'discord.js';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { safeEmbedText, stripMentions } from '#lib/text/sanitize';
import { button, row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import { EMBED_FIELD_VALUE_MAX, EMBED_TOTAL_MAX } from '#lib/ui/limits';
import { privacyIds } from '#lib/privacy/custom-ids';
import { assistantIds } from './custom-ids.ts';
import { pagesOf } from './pages.ts';
import type { Ending, Pending } from './pending.ts';

/** A message as it is sent, or put in place of another: nothing of what stood there stays. */
export interface AnswerView {
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly components: NonNullable<InteractionUpdateOptions['components']>;
  readonly files: { readonly attachment: Buffer; readonly name: string }[];
  readonly allowedMentions: { readonly parse: [] };
}

/** How asking ended, or why it has not yet; said in one sentence. */
export type Standing = Ending | 'no_key' | 'declined' | 'waiting';

type Shown = Pick<Pending, 'plain' | 'answer' | 'resumesAt'> & { readonly sources: readonly string[] };

const SENTENCES: Readonly<Record<Exclude<Standing, 'answer'>, SentenceKey>> = {
  no_key: 'assistant:standing.noKey',
  off: 'assistant:standing.off',
  declined: 'assistant:standing.declined',
  waiting: 'assistant:standing.waiting',
  busy: 'assistant:standing.busy',
  given_up: 'assistant:standing.givenUp',
  offline: 'assistant:standing.offline',
  refused: 'assistant:standing.refused',
  over_member_budget: 'assistant:standing.overMember',
  over_guild_budget: 'assistant:standing.overGuild',
  over_host_budget: 'assistant:standing.overHost',
};

/** For the title and the footer, generously. */
const AROUND = 400;

/** What came of a question: the AI's answer, said to be one; else what there is without it, and why. */
export function standingView(t: Translate, question: Shown, standing: Standing, at: Date): AnswerView {
  const isAnswer = standing === 'answer' && question.answer !== null;
  const text = isAnswer ? stripMentions(question.answer ?? '') : question.plain;
  const sources = question.sources.map((source) => safeEmbedText(source, 100)).join(' · ');
  const { parts, isWhole } = pagesOf(
    text,
    EMBED_TOTAL_MAX - AROUND - (sources === '' ? 0 : EMBED_FIELD_VALUE_MAX),
  );
  const why =
    standing === 'answer'
      ? []
      : [t(SENTENCES[standing], { when: question.resumesAt === null ? '' : time(question.resumesAt, 'R') })];
  return {
    content: [...why, ...(isWhole ? [] : [t('assistant:answer.inFile')])].join('\n'),
    embeds: parts.map((part, index) =>
      embed('info', {
        title: index > 0 ? '' : t(isAnswer ? 'assistant:answer.title' : 'assistant:plain.title'),
        description: part,
        ...(index === parts.length - 1 && {
          fields: [{ name: t('assistant:answer.sources'), value: sources }],
          footer: isAnswer ? t('assistant:answer.madeByAi') : undefined,
        }),
        at,
      }),
    ),
    components: [],
    files: isWhole ? [] : [{ attachment: Buffer.from(text), name: 'answer.md' }],
    allowedMentions: { parse: [] },
  };
}

/** Asks a member whether what they asked may be sent. @param text.hasPrivacyText whether the server has one of its own to read. */
export function consentView(
  t: Translate,
  questionId: string,
  { text, hasPrivacyText }: { readonly text: string; readonly hasPrivacyText: boolean },
  at: Date,
): AnswerView {
  const parts = { question: questionId };
  return {
    content: '',
    embeds: [embed('info', { title: t('assistant:consent.title'), description: text, at })],
    components: [
      row(
        button(t('assistant:consent.agree'), assistantIds.build('agree', parts), ButtonStyle.Success),
        button(t('assistant:consent.notNow'), assistantIds.build('notNow', parts)),
        ...(hasPrivacyText ? [button(t('privacy:home.read'), privacyIds.build('read', { locale: '' }))] : []),
      ),
    ],
    files: [],
    allowedMentions: { parse: [] },
  };
}

/** Says in a channel that a member's answer waits for them there. */
export function readyView(t: Translate, question: Pick<Pending, 'id' | 'userId'>) {
  return {
    content: t('assistant:ready.here', { member: `<@${question.userId}>` }),
    components: [
      row(
        button(
          t('assistant:ready.show'),
          assistantIds.build('show', { question: question.id }),
          ButtonStyle.Primary,
        ),
      ),
    ],
    allowedMentions: { users: [question.userId] },
  };
}
