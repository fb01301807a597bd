import { ButtonStyle, type APIContainerComponent } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { button, row, textDisplay, type Note } from '#lib/ui/components';
import { buttonUnless, listLine, opener, screen } from '#lib/ui/editing';
import type { QuestionDraft, RuleDraft } from '../drafts.ts';
import { editorIds } from './custom-ids.ts';
import { questionTraits } from './parts.ts';
import { LIST_MAX, type DraftOf, type ListName } from './rows.ts';

const offTrait = (t: Translate, enabled: boolean): string[] =>
  enabled ? [] : [t('onboarding-editor:trait.off')];

function rowLine(t: Translate, list: ListName, draft: RuleDraft | QuestionDraft, index: number): string {
  const off = offTrait(t, draft.enabled);
  if (list === 'rules') return listLine(index, (draft as RuleDraft).title, off);
  const question = draft as QuestionDraft;
  return listLine(index, question.text, [...questionTraits(t, question), ...off]);
}

/** All rules, or all questions, and what leads to each. Components V2. */
export function listScreen<L extends ListName>(
  t: Translate,
  list: L,
  rows: readonly DraftOf<L>[],
  note: Note | null,
): APIContainerComponent[] {
  const isRules = list === 'rules';
  const isFull = rows.length >= LIST_MAX[list];
  const lines = rows.map((draft, index) => rowLine(t, list, draft, index));
  const empty = isRules ? t('onboarding-editor:list.noRules') : t('onboarding-editor:list.noQuestions');
  return screen(
    isRules ? t('onboarding-editor:rules') : t('onboarding-editor:questions'),
    note,
    textDisplay(lines.length === 0 ? empty : lines.join('\n')),
    ...(isFull ? [textDisplay(t('onboarding-editor:list.full', { maximum: LIST_MAX[list] }))] : []),
    ...opener(
      editorIds.build('open', { list }),
      isRules ? t('onboarding-editor:list.openRule') : t('onboarding-editor:list.openQuestion'),
      rows.map((draft) => ({
        value: String(draft.id),
        text: 'title' in draft ? draft.title : draft.text,
      })),
    ),
    row(
      buttonUnless(
        isFull,
        isRules ? t('onboarding-editor:button.addRule') : t('onboarding-editor:button.addQuestion'),
        editorIds.build('add', { list }),
        ButtonStyle.Primary,
      ),
      ...(rows.length > 0
        ? []
        : [
            button(
              isRules
                ? t('onboarding-editor:button.defaultRules')
                : t('onboarding-editor:button.defaultQuestions'),
              editorIds.build('defaults', { list }),
            ),
          ]),
      button(t('onboarding-editor:button.back'), editorIds.build('home', {})),
    ),
  );
}
