import { ButtonStyle, type APIComponentInContainer, type APIContainerComponent } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { escapeMarkdown } from '#lib/text/sanitize';
import { button, row, textDisplay, type Note } from '#lib/ui/components';
import { buttonUnless, listLine, screen, separator } from '#lib/ui/editing';
import { isChosen, type Question, type Rule } from '../content.ts';
import type { QuestionDraft, RuleDraft } from '../drafts.ts';
import { ruleComponents } from '../flow/rules-view.ts';
import { editorIds } from './custom-ids.ts';
import { deletingParts, optionTraits, questionTraits } from './parts.ts';
import { LIST_MAX, type ListName } from './rows.ts';

/** Where something stands in its list. */
export interface Place {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** The number that members read: what is off before it does not count. */
  readonly number: number;
}

/** What a rule says, its picture apart; its description may have markdown. */
export function ruleText({ title, description }: Pick<Rule, 'title' | 'description'>): string {
  return [`**${escapeMarkdown(title)}**`, ...(description === '' ? [] : [description])].join('\n');
}

/** What a question asks, and how it is answered. */
export function questionText(t: Translate, question: Omit<Question, 'id' | 'options'>): string {
  const { text, help } = question;
  return [
    `**${escapeMarkdown(text)}**`,
    ...(help === null ? [] : [escapeMarkdown(help)]),
    `-# ${questionTraits(t, question).join(' · ')}`,
  ].join('\n');
}

/** One rule as members see it, and what can be done with it. Components V2. */
export function ruleScreen(
  t: Translate,
  rule: RuleDraft,
  place: Place,
  note: Note | null,
  isDeleting = false,
): APIContainerComponent[] {
  return screen(
    t('onboarding-editor:rule.title', { number: place.index + 1, count: place.count }),
    note,
    ...offText(t, rule.enabled),
    separator(),
    ...ruleComponents(rule, place.number),
    separator(),
    ...rowButtons(t, 'rules', rule, place, isDeleting),
  );
}

/** One question, and what can be done with it. Components V2. */
export function questionScreen(
  t: Translate,
  question: QuestionDraft,
  place: Place,
  note: Note | null,
  isDeleting = false,
): APIContainerComponent[] {
  const { options } = question;
  const lines = options.map((option, index) => listLine(index, option.label, optionTraits(t, option)));
  return screen(
    t('onboarding-editor:question.title', { number: place.index + 1, count: place.count }),
    note,
    ...offText(t, question.enabled),
    separator(),
    textDisplay(questionText(t, question)),
    ...(isChosen(question)
      ? [textDisplay(lines.length === 0 ? t('onboarding-editor:question.noOptions') : lines.join('\n'))]
      : []),
    separator(),
    ...rowButtons(t, 'questions', question, place, isDeleting),
  );
}

function offText(t: Translate, enabled: boolean): APIComponentInContainer[] {
  return enabled ? [] : [textDisplay(t('onboarding-editor:isOff'))];
}

function rowButtons(
  t: Translate,
  list: ListName,
  draft: RuleDraft | QuestionDraft,
  { index, count }: Place,
  isDeleting: boolean,
): APIComponentInContainer[] {
  const id = String(draft.id);
  const seen = draft.version;
  if (isDeleting)
    return deletingParts(
      t,
      list === 'rules' ? t('onboarding-editor:rule.askDelete') : t('onboarding-editor:question.askDelete'),
      editorIds.build('delete', { list, id, seen }),
      editorIds.build('show', { list, id }),
    );
  const to = draft.enabled ? 'off' : 'on';
  const hasOptions = 'type' in draft && isChosen(draft);
  return [
    row(
      button(t('onboarding-editor:button.edit'), editorIds.build('edit', { list, id }), ButtonStyle.Primary),
      ...(hasOptions
        ? [
            button(
              t('onboarding-editor:button.options'),
              editorIds.build('options', { question: id }),
              ButtonStyle.Primary,
            ),
          ]
        : []),
      buttonUnless(
        index === 0,
        t('onboarding-editor:button.up'),
        editorIds.build('move', { list, id, seen, way: 'up' }),
      ),
      buttonUnless(
        index === count - 1,
        t('onboarding-editor:button.down'),
        editorIds.build('move', { list, id, seen, way: 'down' }),
      ),
    ),
    row(
      buttonUnless(
        count >= LIST_MAX[list],
        t('onboarding-editor:button.copy'),
        editorIds.build('copy', { list, id, seen }),
      ),
      button(
        draft.enabled ? t('onboarding-editor:button.off') : t('onboarding-editor:button.on'),
        editorIds.build('turn', { list, id, seen, to }),
      ),
      button(
        t('onboarding-editor:button.delete'),
        editorIds.build('askDelete', { list, id }),
        ButtonStyle.Danger,
      ),
      button(t('onboarding-editor:button.back'), editorIds.build('list', { list })),
    ),
  ];
}
