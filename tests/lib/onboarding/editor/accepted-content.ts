import { UserError } from '#lib/errors/user-error';
import {
  CHOSEN_QUESTION_MAX,
  HELP_MAX,
  IMAGE_URL_MAX,
  OPTION_DESCRIPTION_MAX,
  OPTION_LABEL_MAX,
  OPTION_ROLES_MAX,
  OPTIONS_MAX,
  isChosen,
  questionTypes,
  RULE_DESCRIPTION_MAX,
  RULE_TITLE_MAX,
  TYPED_QUESTION_MAX,
  type Option,
  type Question,
  type QuestionType,
  type Rule,
} from '#lib/onboarding/content';
import { checkOption, checkQuestion, checkRule, type OptionInput } from '#lib/onboarding/editor/checks';
import { optionValue } from '#lib/onboarding/editor/option-value';
import type { SeededRandom } from '../../text/seeded-random.ts';

/** What people write, and what they should not. */
const PARTS = [
  'a',
  'Wat is dit?',
  ' ',
  '\n',
  '\r\n\r\n',
  '👩‍👩‍👧‍👦',
  '🇳🇱',
  'é',
  'مرحبا بك',
  '\u202Eשלום',
  '中文字',
  '**fett**',
  '`',
  '```\n',
  '||spoiler||',
  '# ',
  '- ',
  '> ',
  '\\',
  '<@123456789012345678>',
  '<@&123456789012345678>',
  '<#123456789012345678>',
  '@everyone',
  'x@here',
  'https://example.com/a_b*c ',
  '[link](https://example.com)',
  '<:fun:123456789012345678>',
  '</onboarding:123456789012345678>',
  '\u200B',
  '\u0000',
  '\uD800',
  '{{title}}',
  '$t(rules)',
  ':',
];
const EMOJIS = ['', '🎮', '❤', '🏳️‍🌈', '👍🏽', '1️⃣', '<a:abcdefghijklmnopqrstuvwxyz012345:9223372036854775807>'];
const IMAGES = ['', 'https://cdn.example.com/a.png', `https://example.com/${'é'.repeat(50)}.png?x=1#y`];

const pick = <Item>(random: SeededRandom, items: readonly Item[]): Item =>
  items[random.below(items.length)] as Item;

/** Draws until the checks accept. */
function until<Result>(draw: () => Result): Result {
  for (let tries = 0; tries < 1000; tries += 1) {
    try {
      return draw();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  throw new Error('the checks accept nothing');
}

/** A text of about this length. */
const text = (random: SeededRandom, most: number): string =>
  random.textOf(PARTS, random.below(3) === 0 ? 3 : most / 4).slice(0, random.below(most) + 2);

export function acceptedRule(random: SeededRandom): Omit<Rule, 'id'> {
  return until(() =>
    checkRule({
      title: text(random, RULE_TITLE_MAX),
      description: text(random, RULE_DESCRIPTION_MAX),
      imageUrl: pick(random, IMAGES),
    }),
  );
}

export function acceptedQuestion(random: SeededRandom): Omit<Question, 'id'> {
  const question = until(() =>
    checkQuestion({
      type: pick(random, questionTypes),
      text: text(random, CHOSEN_QUESTION_MAX),
      help: text(random, HELP_MAX),
      required: random.below(2) === 0,
      isPrivate: random.below(2) === 0,
    }),
  );
  const options: Option[] = [];
  const count = isChosen(question) ? random.below(OPTIONS_MAX + 1) : 0;
  while (options.length < count) add(options, question.type, () => anyOption(random, question.type));
  return { ...question, options };
}

function anyOption(random: SeededRandom, type: QuestionType): OptionInput {
  return {
    label: text(random, OPTION_LABEL_MAX),
    description: text(random, OPTION_DESCRIPTION_MAX),
    emoji: pick(random, EMOJIS),
    followup: type === 'select' ? text(random, TYPED_QUESTION_MAX) : '',
    roleIds: roleIds(random.below(OPTION_ROLES_MAX + 1)),
  };
}

const roleIds = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(9_223_372_036_854_775_800n + BigInt(index)));

function add(options: Option[], type: QuestionType, draw: () => OptionInput): void {
  const values = until(() => checkOption(draw(), type, options));
  const taken = options.map(({ value }) => value);
  options.push({ value: optionValue(values.label, taken), ...values });
}

/** A character that is shown with a backslash before it. */
const WIDE = '*';

/** The longest rule, and the longest question of each kind. */
export function largest(): { rule: Omit<Rule, 'id'>; questions: Omit<Question, 'id'>[] } {
  const rule = checkRule({
    title: WIDE.repeat(RULE_TITLE_MAX),
    description: WIDE.repeat(RULE_DESCRIPTION_MAX),
    imageUrl: `https://example.com/${'a'.repeat(IMAGE_URL_MAX)}`.slice(0, IMAGE_URL_MAX),
  });
  const questions = questionTypes.map((type) => {
    const max = isChosen({ type }) ? CHOSEN_QUESTION_MAX : TYPED_QUESTION_MAX;
    const question = checkQuestion({
      type,
      text: WIDE.repeat(max),
      help: WIDE.repeat(HELP_MAX),
      required: false,
      isPrivate: true,
    });
    const options: Option[] = [];
    while (isChosen({ type }) && options.length < OPTIONS_MAX)
      add(options, type, () => ({
        label: `${WIDE.repeat(OPTION_LABEL_MAX - 2)}${String(options.length).padStart(2, '0')}`,
        description: WIDE.repeat(OPTION_DESCRIPTION_MAX),
        emoji: EMOJIS.at(-1) ?? '',
        followup: type === 'select' ? WIDE.repeat(TYPED_QUESTION_MAX) : '',
        roleIds: roleIds(OPTION_ROLES_MAX),
      }));
    return { ...question, options };
  });
  return { rule, questions };
}
