import type { Guild } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { locales, translator, type Translate } from '#lib/i18n/translate';
import { OPTIONS_MAX, QUESTIONS_MAX, RULES_MAX, isChosen, type Option } from '#lib/onboarding/content';
import type { QuestionDraft, RuleDraft } from '#lib/onboarding/drafts';
import { editorIds } from '#lib/onboarding/editor/custom-ids';
import { defaultQuestions, defaultRules } from '#lib/onboarding/editor/defaults';
import { homeScreen, publishedLogEntry } from '#lib/onboarding/editor/home-view';
import { listScreen } from '#lib/onboarding/editor/list-view';
import { optionModal, questionModal, ruleModal } from '#lib/onboarding/editor/modals';
import { optionScreen, optionsScreen, optionText } from '#lib/onboarding/editor/option-views';
import { lacksOf } from '#lib/onboarding/editor/readiness';
import { refusedScreen } from '#lib/onboarding/editor/refused-view';
import { questionScreen, questionText, ruleScreen, ruleText } from '#lib/onboarding/editor/row-views';
import { typedOption, typedQuestion, typedRule } from '#lib/onboarding/editor/typed';
import { definitionOf, settingKeys } from '#lib/settings/definitions';
import { embed } from '#lib/ui/embeds';
import { useSentences } from '../../i18n/sentences.ts';
import { SeededRandom } from '../../text/seeded-random.ts';
import { problemsOfMessage, problemsOfModal, problemsOfPanel } from '../../ui/accepted.ts';
import { acceptedQuestion, acceptedRule, largest } from './accepted-content.ts';

useSentences();

const NOW = new Date('2026-12-01T09:00:00Z');
const LONGEST_SNOWFLAKE = '9223372036854775807';
const NOTES = [null, { kind: 'refused', text: '*'.repeat(1000) }] as const;
const VERSION = '1764579600123';

const draftRules = (random: SeededRandom, count: number): RuleDraft[] =>
  Array.from({ length: count }, (_, index) => ({
    id: 2_147_483_000 + index,
    ...acceptedRule(random),
    enabled: random.below(2) === 0,
    version: VERSION,
  }));

const draftQuestions = (random: SeededRandom, count: number): QuestionDraft[] =>
  Array.from({ length: count }, (_, index) => ({
    id: 2_147_483_000 + index,
    ...acceptedQuestion(random),
    enabled: random.below(2) === 0,
    version: VERSION,
  }));

/** Every custom id of components, however deep. */
function idsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'custom_id' && typeof value === 'string' ? [value] : idsIn(value),
  );
}

/** What is wrong with a screen; empty when Discord takes it and its buttons say something. */
function problemsOf(panel: Parameters<typeof problemsOfPanel>[0]): string[] {
  return [...problemsOfPanel(panel), ...idsIn(panel).filter((id) => editorIds.parse(id) === 'outdated')];
}

/** What is wrong with any screen or modal that shows these rules and questions. */
function problemsWith(
  t: Translate,
  rules: readonly RuleDraft[],
  questions: readonly QuestionDraft[],
): string[] {
  const screens = NOTES.flatMap((note) => [
    listScreen(t, 'rules', rules, note),
    listScreen(t, 'questions', questions, note),
    ...questions.filter(isChosen).map((question) => optionsScreen(t, question, note)),
    ...[false, true].flatMap((isDeleting) => [
      ...rules.map((rule, index) =>
        ruleScreen(t, rule, { index, count: rules.length, number: 25 }, note, isDeleting),
      ),
      ...questions.flatMap((question, index) => [
        questionScreen(t, question, { index, count: questions.length, number: 25 }, note, isDeleting),
        ...question.options.map((option) => optionScreen(t, question, option, note, isDeleting)),
      ]),
    ]),
  ]);
  return [
    ...screens.flatMap(problemsOf),
    ...rules.flatMap((rule) => problemsOfEditing(t, rule)),
    ...questions.flatMap((question) => [
      ...problemsOfEditingQuestion(t, question),
      ...question.options.flatMap((option) => problemsOfEditingOption(t, question, option)),
    ]),
  ];
}

const SAVE = editorIds.build('save', { list: 'questions', id: '2147483647', seen: VERSION });
const REFUSED = {
  note: { kind: 'refused', text: '*'.repeat(1000) },
  again: editorIds.build('again', {
    list: 'questions',
    id: '2147483647',
    seen: VERSION,
    kind: 'multiselect',
    flags: 'rp',
  }),
  back: SAVE,
} as const;

function problemsOfEditing(t: Translate, rule: RuleDraft): string[] {
  const input = { ...rule, imageUrl: rule.imageUrl ?? '' };
  return [
    ...problemsOfModal(ruleModal(t, SAVE, false, input)),
    ...problemsOf(refusedScreen(t, { ...REFUSED, now: ruleText(rule), typed: typedRule(input) })),
  ];
}

function problemsOfEditingQuestion(t: Translate, question: QuestionDraft): string[] {
  const input = { ...question, help: question.help ?? '' };
  const now = questionText(t, question);
  return [
    ...problemsOfModal(questionModal(t, SAVE, false, input)),
    ...problemsOf(refusedScreen(t, { ...REFUSED, now, typed: typedQuestion(input) })),
  ];
}

function problemsOfEditingOption(t: Translate, { type }: QuestionDraft, option: Option): string[] {
  const input = {
    ...option,
    description: option.description ?? '',
    emoji: option.emoji ?? '',
    followup: option.followup ?? '',
  };
  const now = optionText(t, option);
  return [
    ...problemsOfModal(optionModal(t, SAVE, false, type, input)),
    ...problemsOf(refusedScreen(t, { ...REFUSED, now, typed: typedOption(input) })),
  ];
}

describe.each(locales)('%s: whatever the checks accept is shown', (locale) => {
  const t: Translate = (key, values) => translator(locale)(key, values);

  test('nothing at all', () => {
    expect(problemsWith(t, [], [])).toEqual([]);
  });

  test('as much as there can be, of the longest', () => {
    const { rule, questions } = largest();
    const rules = Array.from({ length: RULES_MAX }, (_, index) => ({
      ...rule,
      id: 2_147_483_000 + index,
      enabled: false,
      version: VERSION,
    }));
    for (const question of questions) {
      const drafts = Array.from({ length: QUESTIONS_MAX }, (_, index) => ({
        ...question,
        id: 2_147_483_000 + index,
        enabled: false,
        version: VERSION,
      }));
      expect(question.options.length).toBe(isChosen(question) ? OPTIONS_MAX : 0);
      // Each is the same: one of them stands for all on the screens of one.
      const lists = NOTES.flatMap((note) => [
        listScreen(t, 'rules', rules, note),
        listScreen(t, 'questions', drafts, note),
      ]);
      expect(lists.flatMap(problemsOf)).toEqual([]);
      expect(problemsWith(t, rules.slice(0, 1), drafts.slice(0, 1))).toEqual([]);
    }
  });

  test.each([1, 2, 3, 4, 5, 6])('anything, drawn from %i', (seed) => {
    const random = new SeededRandom(seed);
    const rules = draftRules(random, random.below(RULES_MAX + 1));
    expect(problemsWith(t, rules, draftQuestions(random, 1 + random.below(3)))).toEqual([]);
    const many = draftQuestions(random, QUESTIONS_MAX);
    expect(NOTES.flatMap((note) => problemsOf(listScreen(t, 'questions', many, note)))).toEqual([]);
  });

  test('empty modals of each kind', () => {
    const typed = { type: 'text', text: '', help: '', required: false, isPrivate: false };
    const option = { label: '', description: '', emoji: '', followup: '', roleIds: [] };
    for (const modal of [
      ruleModal(t, SAVE, true, { title: '', description: '', imageUrl: '' }),
      questionModal(t, SAVE, true, typed),
      optionModal(t, SAVE, true, 'select', option),
      optionModal(t, SAVE, true, 'multiselect', option),
    ])
      expect(problemsOfModal(modal)).toEqual([]);
  });

  test('the first screen, with everything missing and with nothing', () => {
    const guild = {
      id: '1',
      channels: { cache: new Map() },
      roles: { cache: new Map() },
    } as unknown as Guild;
    const settings = settingKeys.map((key) => ({
      key,
      value: definitionOf(key).type === 'channel' ? LONGEST_SNOWFLAKE : definitionOf(key).default,
      overridden: true,
      version: LONGEST_SNOWFLAKE,
    }));
    const chosen = {
      mode: 'rules_with_questions',
      rulesChannelId: LONGEST_SNOWFLAKE,
      welcomeChannelId: LONGEST_SNOWFLAKE,
      summaryChannelId: LONGEST_SNOWFLAKE,
      completionRoleId: LONGEST_SNOWFLAKE,
    } as const;
    const nothing = { rules: [], questions: [] };
    const draft = {
      rules: defaultRules(t).map((rule, index) => ({ id: index, ...rule })),
      questions: defaultQuestions(t).map((question, index) => ({ id: index, ...question })),
    };
    const newest = { version: 2_147_483_647, content: draft, publishedAt: NOW };
    const lacks = lacksOf(guild, chosen, nothing, null);
    expect(lacks).toHaveLength(7);
    const counts = { rules: RULES_MAX, questions: QUESTIONS_MAX };
    const screens = NOTES.flatMap((note) => [
      homeScreen(t, { settings, counts, draft: nothing, newest: null, lacks }, note),
      homeScreen(t, { settings, counts, draft, newest, lacks: [] }, note),
      homeScreen(t, { settings, counts, draft: nothing, newest, lacks: [] }, note),
    ]);
    expect(screens.flatMap(problemsOf)).toEqual([]);
    const entry = embed('log', { ...publishedLogEntry(2_147_483_647, LONGEST_SNOWFLAKE)(t), at: NOW });
    expect(problemsOfMessage({ embeds: [entry] })).toEqual([]);
  });

  test('what a server may begin with passes the checks', () => {
    expect(defaultRules(t)).toHaveLength(5);
    expect(
      defaultQuestions(t).map(({ type, required, isPrivate, options }) => [
        type,
        required,
        isPrivate,
        options.length,
        options.filter(({ followup }) => followup !== null).length,
      ]),
    ).toEqual([
      ['select', true, false, 4, 4],
      ['multiselect', true, false, 5, 0],
      ['multiselect', true, false, 4, 0],
      ['email', false, true, 0, 0],
    ]);
  });
});
