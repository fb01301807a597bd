import type { OnboardingDeps } from '../deps.ts';
import type { ModalSubmitInteraction } from 'discord.js';
import type { Note } from '#lib/ui/components';
import { settle } from '#lib/ui/editing';
import type { OptionInput, QuestionInput, RuleInput } from './checks.ts';
import { addOption, addQuestion, addRule, editOption, editQuestion, editRule } from './changes.ts';
import { editorIds, type EditorId } from './custom-ids.ts';
import { outdated, requireId, requireList, requireVersion } from './ids.ts';
import { readQuestions } from '../drafts.ts';
import { readOption, readQuestion, readRule } from './modals.ts';
import { refusedScreen } from './refused-view.ts';
import { optionText } from './option-views.ts';
import { questionText, ruleText } from './row-views.ts';
import { readList, type ListName, type Seen } from './rows.ts';
import { showOption, showRow, type Screen, type Viewer } from './screens.ts';
import { usableOption } from './usable-option.ts';
import { flagsOf, typedOption, typedQuestion, typedRule } from './typed.ts';

type Submission = ModalSubmitInteraction<'cached'>;

/** Does what was written in a modal of the editor, and shows the result; a refusal gives back what was typed. */
export async function submitEditor(
  deps: OnboardingDeps,
  t: Viewer['t'],
  interaction: Submission,
  id: EditorId,
): Promise<void> {
  const viewer: Viewer = { deps, guild: interaction.guild, t };
  switch (id.action) {
    case 'create':
      return submitRow(viewer, interaction, requireList(id.list), null);
    case 'save': {
      const seen = { id: requireId(id.id), seen: requireVersion(id.seen) };
      return submitRow(viewer, interaction, requireList(id.list), seen);
    }
    case 'createOption':
      return submitOption(viewer, interaction, requireId(id.question), null);
    case 'saveOption': {
      const seen = { option: id.option, seen: requireVersion(id.seen) };
      return submitOption(viewer, interaction, requireId(id.question), seen);
    }
    default:
      throw outdated();
  }
}

async function submitRow(
  viewer: Viewer,
  interaction: Submission,
  list: ListName,
  seen: Seen | null,
): Promise<void> {
  const { t } = viewer;
  const text = seen === null ? t('onboarding-editor:done.added') : t('onboarding-editor:done.saved');
  if (list === 'rules') {
    const input = readRule(interaction);
    const save = async () =>
      showRow(viewer, list, await saveRule(viewer, seen, input), { kind: 'done', text });
    return settle(viewer.t, interaction, save, (note) => ruleRefused(viewer, seen, input, note));
  }
  const input = readQuestion(interaction);
  const save = async () =>
    showRow(viewer, list, await saveQuestion(viewer, seen, input), { kind: 'done', text });
  return settle(viewer.t, interaction, save, (note) => questionRefused(viewer, seen, input, note));
}

async function saveRule({ deps, guild }: Viewer, seen: Seen | null, input: RuleInput): Promise<number> {
  const now = deps.clock.now();
  if (seen === null) return addRule(deps.db, guild.id, input, now);
  await editRule(deps.db, guild.id, seen, input, now);
  return seen.id;
}

async function saveQuestion(
  { deps, guild }: Viewer,
  seen: Seen | null,
  input: QuestionInput,
): Promise<number> {
  const now = deps.clock.now();
  if (seen === null) return addQuestion(deps.db, guild.id, input, now);
  await editQuestion(deps.db, guild.id, seen, input, now);
  return seen.id;
}

async function ruleRefused(
  { deps, guild, t }: Viewer,
  seen: Seen | null,
  input: RuleInput,
  note: Note,
): Promise<Screen> {
  const rule = (await readList(deps.db, guild.id, 'rules')).find(({ id }) => id === seen?.id);
  // One that is gone is written anew.
  const row = rule === undefined ? { id: '', seen: '' } : { id: String(rule.id), seen: rule.version };
  return refusedScreen(t, {
    note,
    now: rule === undefined || rule.version === seen?.seen ? null : ruleText(rule),
    typed: typedRule(input),
    again: editorIds.build('again', { list: 'rules', ...row, kind: '', flags: '' }),
    back:
      rule === undefined
        ? editorIds.build('list', { list: 'rules' })
        : editorIds.build('show', { list: 'rules', id: row.id }),
  });
}

async function questionRefused(
  { deps, guild, t }: Viewer,
  seen: Seen | null,
  input: QuestionInput,
  note: Note,
): Promise<Screen> {
  const question = (await readQuestions(deps.db, guild.id)).find(({ id }) => id === seen?.id);
  const row =
    question === undefined ? { id: '', seen: '' } : { id: String(question.id), seen: question.version };
  return refusedScreen(t, {
    note,
    now: question === undefined || question.version === seen?.seen ? null : questionText(t, question),
    typed: typedQuestion(input),
    again: editorIds.build('again', { list: 'questions', ...row, kind: input.type, flags: flagsOf(input) }),
    back:
      question === undefined
        ? editorIds.build('list', { list: 'questions' })
        : editorIds.build('show', { list: 'questions', id: row.id }),
  });
}

async function submitOption(
  viewer: Viewer,
  interaction: Submission,
  questionId: number,
  seen: { readonly option: string; readonly seen: string } | null,
): Promise<void> {
  const { deps, guild, t } = viewer;
  const input = readOption(interaction);
  const save = async (): Promise<Screen> => {
    const now = deps.clock.now();
    const rolesBefore = seen === null ? [] : await rolesOf(viewer, questionId, seen.option);
    const usable = await usableOption(interaction.member, input, rolesBefore);
    if (seen === null) {
      const value = await addOption(deps.db, guild.id, questionId, usable, now);
      const text = t('onboarding-editor:done.added');
      return showOption(viewer, questionId, value, { kind: 'done', text });
    }
    await editOption(deps.db, guild.id, { id: questionId, ...seen }, usable, now);
    const text = t('onboarding-editor:done.saved');
    return showOption(viewer, questionId, seen.option, { kind: 'done', text });
  };
  await settle(viewer.t, interaction, save, (note) => optionRefused(viewer, questionId, seen, input, note));
}

async function optionRefused(
  viewer: Viewer,
  questionId: number,
  seen: { readonly option: string; readonly seen: string } | null,
  input: OptionInput,
  note: Note,
): Promise<Screen> {
  const { deps, guild, t } = viewer;
  const question = (await readQuestions(deps.db, guild.id)).find(({ id }) => id === questionId);
  const option = question?.options.find(({ value }) => value === seen?.option);
  const ids = { question: String(questionId), option: option?.value ?? '' };
  return refusedScreen(t, {
    note,
    now: option === undefined || question?.version === seen?.seen ? null : optionText(t, option),
    typed: typedOption(input),
    // Where its question is gone, there is nothing to add it to.
    again:
      question === undefined
        ? null
        : editorIds.build('againOption', { ...ids, seen: option === undefined ? '' : question.version }),
    back:
      question === undefined
        ? editorIds.build('list', { list: 'questions' })
        : option === undefined
          ? editorIds.build('options', { question: ids.question })
          : editorIds.build('showOption', ids),
  });
}

async function rolesOf(
  { deps, guild }: Viewer,
  questionId: number,
  value: string,
): Promise<readonly string[]> {
  const questions = await readQuestions(deps.db, guild.id);
  const option = questions.find(({ id }) => id === questionId)?.options.find((one) => one.value === value);
  return option?.roleIds ?? [];
}
