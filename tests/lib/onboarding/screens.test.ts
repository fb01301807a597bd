import { describe, expect, test } from 'vitest';
import {
  CHOSEN_QUESTION_MAX,
  HELP_MAX,
  isChosen,
  OPTIONS_MAX,
  QUESTIONS_MAX,
  questionTypes,
  RULE_DESCRIPTION_MAX,
  RULE_TITLE_MAX,
  RULES_MAX,
  TYPED_QUESTION_MAX,
  type Content,
  type Question,
} from '#lib/onboarding/content';
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
import { Random } from '../../chaos/random.ts';
import { useSentences } from '../i18n/sentences.ts';
import { problemsOfMessage, problemsOfModal, problemsOfPanel } from '../ui/accepted.ts';
import { option, question, rule } from './fixtures.ts';

useSentences();

const LONGEST_ID = '9223372036854775807';
const NOW = new Date('2026-12-01T09:00:00Z');
const PIECES = [
  'a',
  'é',
  '*',
  '_',
  '`',
  '[x](y)',
  '🙂',
  '👩‍👩‍👧',
  'ש',
  'ا',
  ' ',
  '\n',
  '# ',
  '> ',
  '<@1>',
  '@everyone',
  ':',
];

/** A text of exactly so many UTF-16 units at most, of whatever people put into one. */
function text(random: Random, most: number, isOneLine = true): string {
  let made = 'x';
  while (made.length < most) {
    const piece = random.pick(PIECES);
    if (isOneLine && piece === '\n') continue;
    if (made.length + piece.length > most) break;
    made += piece;
  }
  return made;
}

function randomQuestion(random: Random): Question {
  const type = random.pick(questionTypes);
  const listed = isChosen({ type });
  const count = listed ? random.between(1, OPTIONS_MAX) : 0;
  return question(text(random, listed ? CHOSEN_QUESTION_MAX : TYPED_QUESTION_MAX), {
    type,
    help: random.chance(0.5) ? text(random, HELP_MAX) : null,
    required: random.chance(0.5),
    isPrivate: random.chance(0.3),
    options: Array.from({ length: count }, (_, index) =>
      option(`${index} ${text(random, 90)}`, {
        value: `o${index}`,
        description: random.chance(0.5) ? text(random, 100) : null,
        emoji: random.chance(0.5) ? random.pick(['🙂', '<:kind:123456789012345678>']) : null,
        followup: type === 'select' && random.chance(0.5) ? text(random, TYPED_QUESTION_MAX) : null,
      }),
    ),
  });
}

/** Anything that an editor may leave. */
function randomContent(random: Random): Content {
  return {
    rules: Array.from({ length: random.between(0, RULES_MAX) }, () =>
      rule(text(random, random.chance(0.3) ? RULE_TITLE_MAX : 20), {
        description: text(random, random.between(1, RULE_DESCRIPTION_MAX), false),
        imageUrl: random.chance(0.4) ? 'https://example.com/a.png' : null,
      }),
    ),
    questions: Array.from({ length: random.between(0, QUESTIONS_MAX) }, () => randomQuestion(random)),
  };
}

const sessionOf = (content: Content, progress: Progress): Session => ({
  ...progress,
  content,
  id: LONGEST_ID,
  guildId: LONGEST_ID,
  userId: LONGEST_ID,
  version: 1,
  startedAt: NOW,
  isFinished: false,
});

/** Answers a page in one of the ways that people do. */
function answered(random: Random, content: Content, progress: Progress, page: Page): Progress {
  if (page.kind === 'choice') {
    const { type, options, required } = page.question;
    const most = type === 'multiselect' ? options.length : 1;
    const values = options.slice(0, random.between(required ? 1 : 0, most)).map(({ value }) => value);
    return choose(content, progress, String(page.question.id), values) ?? progress;
  }
  const skipped = random.chance(0.3) ? skip(content, progress, page.key) : null;
  const typed = page.fields.map(({ key, question: { type }, maxLength, isFollowup }): [string, string] => {
    if (isFollowup || type === 'text' || type === 'paragraph') return [key, text(random, maxLength)];
    return [key, type === 'email' ? 'mia@example.com' : '12345678901234,123456'];
  });
  return skipped ?? submit(content, progress, page.key, new Map(typed))?.progress ?? progress;
}

/** What Discord would have against any screen on the way through. */
function problemsOnTheWay(t: Translate, random: Random, content: Content): string[] {
  const note = { kind: 'done' as const, text: t('onboarding:againNew') };
  let progress: Progress = {
    mode: 'rules_with_questions',
    areRulesAccepted: true,
    place: null,
    answers: {},
    typed: {},
  };
  const problems = rulePages(rulesOf(content, progress.mode)).flatMap((_, page) =>
    problemsOfPanel([rulesScreen(t, sessionOf(content, progress), text(random, 100), page, note)]),
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
            typed: text(random, maxLength),
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
      const random = new Random(seed);
      const problems = problemsOnTheWay(t, random, randomContent(random));
      expect(problems, `seed ${seed}`).toEqual([]);
    }
  });
});

test('the longest of everything fits', () => {
  const t = translator('nl');
  const random = new Random(7);
  const long = (type: Question['type']) =>
    question(text(random, isChosen({ type }) ? CHOSEN_QUESTION_MAX : TYPED_QUESTION_MAX), {
      type,
      help: text(random, HELP_MAX),
      options: isChosen({ type })
        ? Array.from({ length: OPTIONS_MAX }, (_, index) =>
            option(`${index} ${'*'.repeat(97)}`, { value: `o${index}`, description: '*'.repeat(100) }),
          )
        : [],
    });
  const content: Content = {
    rules: Array.from({ length: RULES_MAX }, () =>
      rule('*'.repeat(RULE_TITLE_MAX), {
        description: '*'.repeat(RULE_DESCRIPTION_MAX),
        imageUrl: 'https://example.com/a.png',
      }),
    ),
    questions: Array.from({ length: QUESTIONS_MAX }, (_, index) =>
      long(questionTypes[index % questionTypes.length] ?? 'text'),
    ),
  };
  expect(problemsOnTheWay(t, random, content)).toEqual([]);
  expect(ANSWER_MAX.paragraph).toBeLessThanOrEqual(4000);
});
