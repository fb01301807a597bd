import type { SettingValue } from '#lib/settings/definitions';
import { plainText } from '#lib/text/sanitize';
import {
  ANSWER_MAX,
  hasForm,
  isFollowed,
  type Answer,
  type Answers,
  type FollowedAnswer,
} from '../answers.ts';
import { asksTheSame, isChosen, type Content, type Option, type Question } from '../content.ts';

export type Mode = Exclude<SettingValue<'onboarding.mode'>, 'disabled'>;

/** How far a member is. Everything else follows from this and the content. */
export interface Progress {
  readonly mode: Mode;
  readonly areRulesAccepted: boolean;
  /** The page that the member went back to; null: the first that is open. */
  readonly place: string | null;
  readonly answers: Answers;
  /** By field: what was typed and refused. */
  readonly typed: Readonly<Record<string, string>>;
}

/** One input of a modal. */
export interface Field {
  /** The id of the question, with an `f` behind it for a follow-up. */
  readonly key: string;
  readonly question: Question;
  readonly label: string;
  readonly isFollowup: boolean;
  readonly maxLength: number;
}

/** What is asked at once: one list to choose from, or up to five fields of a modal. */
export type Page =
  | { readonly key: string; readonly kind: 'choice'; readonly question: Question }
  | { readonly key: string; readonly kind: 'fields'; readonly fields: readonly Field[] };

export type Screen =
  | { readonly kind: 'rules' }
  | { readonly kind: 'page'; readonly page: Page; readonly step: number; readonly steps: number }
  | { readonly kind: 'summary' };

/** Why a field was refused. */
export interface Problem {
  readonly why: 'email' | 'number' | 'required';
  readonly label: string;
  readonly typed: string;
}

/** Top-level components of a modal. */
const FIELDS_PER_MODAL = 5;
const FOLLOWUP_MAX = ANSWER_MAX.text;

/** The rules that this mode shows. */
export function rulesOf(content: Content, mode: SettingValue<'onboarding.mode'>): Content['rules'] {
  return mode === 'questions_only' ? [] : content.rules;
}

/** The questions that this mode asks. */
export function questionsOf(content: Content, mode: SettingValue<'onboarding.mode'>): readonly Question[] {
  return mode === 'rules_only' ? [] : content.questions;
}

/** Whether there is anything to go through. */
export function isReady(content: Content, mode: Mode): boolean {
  return rulesOf(content, mode).length > 0 || questionsOf(content, mode).length > 0;
}

/** All pages in order, as the answers so far make them: a follow-up comes right after its choice. */
export function pagesOf(content: Content, { mode, answers }: Pick<Progress, 'mode' | 'answers'>): Page[] {
  const pages: Page[] = [];
  let fields: Field[] = [];
  const close = (): void => {
    const first = fields[0];
    if (first !== undefined) pages.push({ key: first.key, kind: 'fields', fields });
    fields = [];
  };
  for (const question of questionsOf(content, mode)) {
    if (isChosen(question)) {
      close();
      pages.push({ key: String(question.id), kind: 'choice', question });
      const answer = answers[question.id];
      if (isFollowed(answer)) fields.push(followupField(question, answer));
      continue;
    }
    if (fields.length === FIELDS_PER_MODAL) close();
    fields.push(typedField(question));
  }
  close();
  return pages;
}

function typedField(question: Question): Field {
  const maxLength = ANSWER_MAX[question.type as keyof typeof ANSWER_MAX];
  return { key: String(question.id), question, label: question.text, isFollowup: false, maxLength };
}

function followupField(question: Question, { followup_label: label }: FollowedAnswer): Field {
  return { key: `${question.id}f`, question, label, isFollowup: true, maxLength: FOLLOWUP_MAX };
}

/** What a field was answered with; undefined while it is open. */
export function fieldAnswer({ question, isFollowup }: Field, answers: Answers): string | null | undefined {
  const answer = answers[question.id];
  if (isFollowup) return isFollowed(answer) ? (answer.followup ?? undefined) : undefined;
  return answer === undefined || answer === null || typeof answer === 'string' ? answer : undefined;
}

function isOpen(page: Page, answers: Answers): boolean {
  return page.kind === 'choice'
    ? answers[page.question.id] === undefined
    : page.fields.some((field) => fieldAnswer(field, answers) === undefined);
}

/** Whether a page may be left without an answer. */
export function isOptional(page: Page): boolean {
  return page.kind === 'choice'
    ? !page.question.required
    : page.fields.every(({ question }) => !question.required);
}

/** Whether a page that is shown has been answered before, so that one can go on without answering anew. */
export function isAnswered(page: Page, answers: Answers): boolean {
  return !isOpen(page, answers);
}

/** What a member sees now. */
export function screenOf(content: Content, progress: Progress): Screen {
  if (!progress.areRulesAccepted && rulesOf(content, progress.mode).length > 0) return { kind: 'rules' };
  const pages = pagesOf(content, progress);
  const placed = pages.findIndex(({ key }) => key === progress.place);
  const at = placed === -1 ? pages.findIndex((page) => isOpen(page, progress.answers)) : placed;
  const page = pages[at];
  if (page === undefined) return { kind: 'summary' };
  return { kind: 'page', page, step: at + 1, steps: pages.length };
}

/** Answers a choice and moves on. Null: the question is no list, or what was chosen is not in it. */
export function choose(
  content: Content,
  progress: Progress,
  questionId: string,
  values: readonly string[],
): Progress | null {
  const question = questionsOf(content, progress.mode).find(({ id }) => String(id) === questionId);
  if (question === undefined || !isChosen(question)) return null;
  const chosen = question.options.filter(({ value }) => values.includes(value));
  if (chosen.length !== values.length || (question.required && chosen.length === 0)) return null;
  const answer = choiceAnswer(question, chosen, progress.answers[questionId]);
  return { ...progress, place: null, answers: { ...progress.answers, [questionId]: answer } };
}

function choiceAnswer({ type }: Question, chosen: readonly Option[], before: Answer | undefined): Answer {
  const [option] = chosen;
  if (option === undefined) return null;
  if (type === 'multiselect') return chosen.map(({ value }) => value);
  if (option.followup === null) return option.value;
  const isSame = isFollowed(before) && before.choice === option.value;
  return { choice: option.value, followup: isSame ? before.followup : null, followup_label: option.followup };
}

/**
 * Takes what was typed in the modal of a page. What fits is kept; what does not is said, and kept for the next try.
 * Null: there is no such page any more.
 */
export function submit(
  content: Content,
  progress: Progress,
  pageKey: string,
  typed: ReadonlyMap<string, string>,
): { readonly progress: Progress; readonly problems: readonly Problem[] } | null {
  const page = pagesOf(content, progress).find(({ key }) => key === pageKey);
  if (page?.kind !== 'fields') return null;
  const answers: Record<string, Answer> = { ...progress.answers };
  const refused: Record<string, string> = { ...progress.typed };
  const problems: Problem[] = [];
  for (const field of page.fields) {
    const text = plainText(typed.get(field.key) ?? '')
      .trim()
      .slice(0, field.maxLength);
    delete refused[field.key];
    const why = problemOf(field, text);
    if (why !== null) {
      problems.push({ why, label: field.label, typed: text });
      // It must not seem answered by what was there before.
      if (!field.isFollowup) delete answers[field.question.id];
      refused[field.key] = text;
    } else if (field.isFollowup) {
      const answer = answers[field.question.id];
      if (isFollowed(answer)) answers[field.question.id] = { ...answer, followup: text };
    } else {
      answers[field.question.id] = text === '' ? null : text;
    }
  }
  const place = problems.length === 0 ? null : pageKey;
  return { progress: { ...progress, answers, typed: refused, place }, problems };
}

function problemOf({ question, isFollowup }: Field, text: string): Problem['why'] | null {
  if (text === '') return question.required ? 'required' : null;
  if (isFollowup || hasForm(question.type, text)) return null;
  return question.type === 'email' ? 'email' : 'number';
}

/** Leaves what is unanswered of a page so, where that is allowed. Null: it is not, or the page is gone. */
export function skip(content: Content, progress: Progress, pageKey: string): Progress | null {
  const page = pagesOf(content, progress).find(({ key }) => key === pageKey);
  if (page === undefined || !isOptional(page)) return null;
  const answers: Record<string, Answer> = { ...progress.answers };
  const typed: Record<string, string> = { ...progress.typed };
  if (page.kind === 'choice') answers[page.question.id] = null;
  else
    for (const field of page.fields) {
      const { question, isFollowup, key } = field;
      delete typed[key];
      if (fieldAnswer(field, answers) !== undefined) continue;
      const answer = answers[question.id];
      answers[question.id] = isFollowup && isFollowed(answer) ? { ...answer, followup: '' } : null;
    }
  return { ...progress, place: null, answers, typed };
}

/** To the page before one, or from the summary to the last one; pressed twice it is the same page. @param pageKey null for the summary. */
export function back(content: Content, progress: Progress, pageKey: string | null): Progress {
  const pages = pagesOf(content, progress);
  const at = pageKey === null ? pages.length : pages.findIndex(({ key }) => key === pageKey);
  return at === -1 ? progress : { ...progress, place: pages[Math.max(0, at - 1)]?.key ?? null };
}

/** To the page where a question is answered. */
export function goTo(content: Content, progress: Progress, questionId: string): Progress {
  const page = pagesOf(content, progress).find((one) =>
    one.kind === 'choice'
      ? String(one.question.id) === questionId
      : one.fields.some(({ question, isFollowup }) => !isFollowup && String(question.id) === questionId),
  );
  return { ...progress, place: page?.key ?? null };
}

/** On from a page that has an answer, to the first that is open. */
export function goOn(progress: Progress): Progress {
  return { ...progress, place: null };
}

/** Earlier answers to questions that ask the same now. */
export function stillValid(before: Content, now: Content, answers: Answers): Answers {
  const kept = now.questions.flatMap((question) => {
    const same = before.questions.find(({ id }) => id === question.id);
    const answer = answers[question.id];
    if (same === undefined || answer === undefined || !asksTheSame(same, question)) return [];
    if (!question.required) return [[String(question.id), answer] as const];
    // What was skipped while it could be is asked now.
    if (answer === null) return [];
    const isOpen = isFollowed(answer) && answer.followup === '';
    return [[String(question.id), isOpen ? { ...answer, followup: null } : answer] as const];
  });
  return Object.fromEntries(kept);
}

/** The answers to be stored: of every question that was asked, null for what was skipped. */
export function finalAnswers(content: Content, { mode, answers }: Progress): Answers {
  return Object.fromEntries(
    questionsOf(content, mode).map((question) => [question.id, answers[question.id] ?? null]),
  );
}
