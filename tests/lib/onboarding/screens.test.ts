import type { APIEmbed } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { answersView } from '#lib/onboarding/staff/answers';
import { isChosen, QUESTIONS_MAX, RULES_MAX, type Content } from '#lib/onboarding/content';
import { ANSWER_MAX } from '#lib/onboarding/answers';
import {
  choose,
  pagesOf,
  rulesOf,
  screenOf,
  skip,
  submit,
  type Page,
  type Progress,
} from '#lib/onboarding/flow/flow';
import { fieldsModal, pageScreen } from '#lib/onboarding/flow/page-view';
import { rulePages, rulesScreen } from '#lib/onboarding/flow/rules-view';
import type { Session } from '#lib/onboarding/flow/sessions';
import { summaryScreen } from '#lib/onboarding/flow/summary-view';
import { reportLogEntry } from '#lib/onboarding/report-view';
import { locales, translator, type Translate } from '#lib/i18n/translate';
import { embed } from '#lib/ui/embeds';
import { useSentences } from '../i18n/sentences.ts';
import { problemsOfMessage, problemsOfModal, problemsOfPanel } from '../ui/accepted.ts';
import { SeededRandom } from '../text/seeded-random.ts';
import { acceptedQuestion, acceptedRule, largest } from './editor/accepted-content.ts';
import { question } from './fixtures.ts';

useSentences();

const LONGEST_ID = '9223372036854775807';
const NOW = new Date('2026-12-01T09:00:00Z');
/** Anything that an editor lets be published: a list has options. */
function acceptedContent(random: SeededRandom): Content {
  const some = <Item>(most: number, draw: () => Item): Item[] =>
    Array.from({ length: random.below(most + 1) }, draw);
  return {
    rules: some(RULES_MAX, () => acceptedRule(random)).map((one, index) => ({ id: index + 1, ...one })),
    questions: some(QUESTIONS_MAX, () => acceptedQuestion(random))
      .map((one, index) => ({ id: index + 1, ...one }))
      .filter((one) => !isChosen(one) || one.options.length > 0),
  };
}

const PIECES = ['a', '*', '`', '🙂', 'ש', ' ', '\n', '# ', '<@1>', '@everyone'];

/** What somebody types into a field that takes so much. */
const typedText = (random: SeededRandom, most: number): string =>
  `x${random.textOf(PIECES, most)}`.slice(0, most);

const sessionOf = (content: Content, progress: Progress): Session => ({
  ...progress,
  content,
  id: LONGEST_ID,
  guildId: LONGEST_ID,
  userId: LONGEST_ID,
  version: 1,
  isFinished: false,
});

/** Answers a page in one of the ways that people do. */
function answered(random: SeededRandom, content: Content, progress: Progress, page: Page): Progress {
  if (page.kind === 'choice') {
    const { type, options, required } = page.question;
    const least = required ? 1 : 0;
    const most = type === 'multiselect' ? options.length : 1;
    const values = options.slice(0, least + random.below(most - least + 1)).map(({ value }) => value);
    return choose(content, progress, String(page.question.id), values) ?? progress;
  }
  const skipped = random.below(3) === 0 ? skip(content, progress, page.key) : null;
  const typed = page.fields.map(({ key, question: { type }, maxLength, isFollowup }): [string, string] => {
    if (isFollowup || type === 'text' || type === 'paragraph') return [key, typedText(random, maxLength)];
    return [key, type === 'email' ? 'mia@example.com' : '12345678901234,123456'];
  });
  return skipped ?? submit(content, progress, page.key, new Map(typed))?.progress ?? progress;
}

/** What Discord would have against any screen on the way through. */
function problemsOnTheWay(t: Translate, random: SeededRandom, content: Content): string[] {
  const note = { kind: 'done' as const, text: t('onboarding:againNew') };
  let progress: Progress = {
    mode: 'rules_with_questions',
    areRulesAccepted: true,
    place: null,
    answers: {},
    typed: {},
  };
  const problems = rulePages(rulesOf(content, progress.mode)).flatMap((_, page) =>
    problemsOfPanel([rulesScreen(t, sessionOf(content, progress), typedText(random, 100), page, note)]),
  );
  for (let steps = 0; steps <= content.questions.length * 2; steps += 1) {
    const session = sessionOf(content, progress);
    const screen = screenOf(content, progress);
    if (screen.kind !== 'page') break;
    const refused = pagesOf(content, progress).flatMap((page) =>
      page.kind === 'fields'
        ? page.fields.map(({ label, maxLength }) => ({
            why: 'email' as const,
            label,
            typed: typedText(random, maxLength),
          }))
        : [],
    );
    problems.push(...problemsOfPanel([pageScreen(t, session, screen, note, refused.slice(0, 5))]));
    if (screen.page.kind === 'fields')
      problems.push(...problemsOfModal(fieldsModal(t, session, screen.page)));
    progress = answered(random, content, progress, screen.page);
  }
  expect(screenOf(content, progress).kind).toBe('summary');
  problems.push(...problemsOfPanel([summaryScreen(t, sessionOf(content, progress), note)]));
  const report = reportLogEntry(LONGEST_ID, content, progress.answers, true)(t);
  problems.push(...problemsOfMessage({ embeds: [embed('log', { ...report, at: NOW })] }));
  return problems;
}

describe.each(locales)('in %s', (locale) => {
  test('whatever an editor leaves can be shown and gone through', () => {
    const t = translator(locale);
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = new SeededRandom(seed);
      const problems = problemsOnTheWay(t, random, acceptedContent(random));
      expect(problems, `seed ${seed}`).toEqual([]);
    }
  });
});

test('the longest of everything fits', () => {
  const { rule, questions } = largest();
  const content: Content = {
    rules: Array.from({ length: RULES_MAX }, (_, index) => ({ id: index + 1, ...rule })),
    questions: Array.from({ length: QUESTIONS_MAX }, (_, index) => ({
      id: index + 1,
      ...(questions[index % questions.length] ?? acceptedQuestion(new SeededRandom(1))),
    })),
  };
  expect(problemsOnTheWay(translator('nl'), new SeededRandom(7), content)).toEqual([]);
  expect(ANSWER_MAX.paragraph).toBeLessThanOrEqual(4000);
});

test('of answers that do not fit the whole is in a file', () => {
  const questions = Array.from({ length: 6 }, (_, index) =>
    question(`Question ${index}?`, { type: 'paragraph' }),
  );
  const answers = (length: number) =>
    Object.fromEntries(questions.map(({ id }) => [id, `${id}${'x'.repeat(length)}`]));
  const finished = {
    userId: LONGEST_ID,
    content: { rules: [], questions },
    version: 1,
    at: NOW,
    rulesAcceptedAt: null,
    times: 1,
  };
  const t = translator('en-US');
  expect(answersView(t, { ...finished, answers: answers(10) }, NOW).files).toEqual([]);
  const { files = [], embeds = [] } = answersView(t, { ...finished, answers: answers(990) }, NOW);
  expect(problemsOfMessage({ embeds: embeds as APIEmbed[] })).toEqual([]);
  const [file] = files as { attachment: Buffer }[];
  for (const { id } of questions) expect(file?.attachment.toString()).toContain(`${id}${'x'.repeat(990)}\n`);
});
