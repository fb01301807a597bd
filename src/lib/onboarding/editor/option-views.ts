import { ButtonStyle, type APIContainerComponent } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { escapeMarkdown } from '#lib/text/sanitize';
import { button, row, textDisplay, type Note } from '#lib/ui/components';
import { buttonUnless, lineText, listLine, opener, screen, separator } from '#lib/ui/editing';
import { OPTIONS_MAX, type Option } from '../content.ts';
import type { QuestionDraft } from '../drafts.ts';
import { editorIds } from './custom-ids.ts';
import { deletingParts, optionTraits } from './parts.ts';

/** The options of one question, and what leads to each. Components V2. */
export function optionsScreen(
  t: Translate,
  question: QuestionDraft,
  note: Note | null,
): APIContainerComponent[] {
  const { options } = question;
  const id = String(question.id);
  const isFull = options.length >= OPTIONS_MAX;
  const lines = options.map((option, index) => listLine(index, option.label, optionTraits(t, option)));
  return screen(
    t('onboarding-editor:options.title', { question: lineText(question.text) }),
    note,
    textDisplay(lines.length === 0 ? t('onboarding-editor:question.noOptions') : lines.join('\n')),
    ...(isFull ? [textDisplay(t('onboarding-editor:list.full', { maximum: OPTIONS_MAX }))] : []),
    ...opener(
      editorIds.build('openOption', { question: id }),
      t('onboarding-editor:options.open'),
      options.map(({ value, label }) => ({ value, text: label })),
    ),
    row(
      buttonUnless(
        isFull,
        t('onboarding-editor:button.addOption'),
        editorIds.build('addOption', { question: id }),
        ButtonStyle.Primary,
      ),
      button(t('onboarding-editor:button.back'), editorIds.build('show', { list: 'questions', id })),
    ),
  );
}

/** What an option says and leads to. */
export function optionText(t: Translate, option: Omit<Option, 'value'>): string {
  const { label, description, emoji, followup, roleIds } = option;
  const none = t('onboarding-editor:none');
  const line = (name: string, value: string | null): string => `**${name}**: ${value ?? none}`;
  return [
    line(t('onboarding-editor:field.label'), escapeMarkdown(label)),
    line(t('onboarding-editor:field.description'), description === null ? null : escapeMarkdown(description)),
    // Checked when it was stored: one emoji and nothing else.
    line(t('onboarding-editor:field.emoji'), emoji),
    line(t('onboarding-editor:field.followup'), followup === null ? null : escapeMarkdown(followup)),
    line(
      t('onboarding-editor:field.roles'),
      roleIds.length === 0 ? null : roleIds.map((id) => `<@&${id}>`).join(' '),
    ),
  ].join('\n');
}

/** One option of a question, and what can be done with it. Components V2. */
export function optionScreen(
  t: Translate,
  question: QuestionDraft,
  option: Option,
  note: Note | null,
  isDeleting = false,
): APIContainerComponent[] {
  const { options, version: seen } = question;
  const index = options.indexOf(option);
  const ids = { question: String(question.id), option: option.value };
  return screen(
    t('onboarding-editor:option.title', { number: index + 1, count: options.length }),
    note,
    textDisplay(`-# ${lineText(question.text)}`),
    separator(),
    textDisplay(optionText(t, option)),
    separator(),
    ...(isDeleting
      ? deletingParts(
          t,
          t('onboarding-editor:option.askDelete'),
          editorIds.build('deleteOption', { ...ids, seen }),
          editorIds.build('showOption', ids),
        )
      : [
          row(
            button(
              t('onboarding-editor:button.edit'),
              editorIds.build('editOption', ids),
              ButtonStyle.Primary,
            ),
            buttonUnless(
              index === 0,
              t('onboarding-editor:button.up'),
              editorIds.build('moveOption', { ...ids, seen, way: 'up' }),
            ),
            buttonUnless(
              index === options.length - 1,
              t('onboarding-editor:button.down'),
              editorIds.build('moveOption', { ...ids, seen, way: 'down' }),
            ),
            button(
              t('onboarding-editor:button.delete'),
              editorIds.build('askDeleteOption', ids),
              ButtonStyle.Danger,
            ),
            button(
              t('onboarding-editor:button.back'),
              editorIds.build('options', { question: ids.question }),
            ),
          ),
        ]),
  );
}
