import { UserError } from '#lib/errors/user-error';
import {
  CATEGORY_DESCRIPTION_MAX,
  CATEGORY_NAME_MAX,
  OPEN_LIMIT_MAX,
  type TicketCategory,
} from '#lib/tickets/categories';
import { checkCategory, checkField, OPTIONS_TEXT_MAX } from '#lib/tickets/editor/checks';
import {
  fieldKinds,
  FIELDS_MAX,
  hasOptions,
  HELP_MAX,
  LABEL_MAX,
  OPTIONS_MAX,
  type FieldKind,
  type FormField,
} from '#lib/tickets/form';
import type { SeededRandom } from '../../text/seeded-random.ts';

/** What people write, and what they should not. */
const PARTS = [
  'a',
  'Wat is dit?',
  ' ',
  '\n',
  '\r\n',
  '|',
  ' | ',
  '👩‍👩‍👧‍👦',
  '🇳🇱',
  'é',
  'مرحبا بك',
  '\u202Eשלום',
  '**fett**',
  '```\n',
  '# ',
  '- ',
  '\\',
  '<@123456789012345678>',
  '@everyone',
  'https://example.com/a_b*c ',
  '<:fun:123456789012345678>',
  '\u200B',
  '\u0000',
  '\uD800',
  '{{name}}',
  '$t(kind)',
  ':',
];
const LONGEST_EMOJI = '<a:abcdefghijklmnopqrstuvwxyz012345:9223372036854775807>';
const EMOJIS = ['', '🎮', '❤', '🏳️‍🌈', '1️⃣', LONGEST_EMOJI];
const LONGEST_SNOWFLAKE = '9223372036854775807';

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

export function acceptedField(random: SeededRandom, index: number): FormField {
  const field = until(() => {
    const kind = pick(random, fieldKinds);
    return checkField({
      kind,
      label: text(random, LABEL_MAX),
      help: text(random, HELP_MAX),
      required: random.below(2) === 0,
      options: hasOptions(kind) ? text(random, OPTIONS_TEXT_MAX) : '',
    });
  });
  return { id: `f${index + 1}`, ...field };
}

const whole = (values: Pick<TicketCategory, 'name' | 'description' | 'emoji' | 'openLimit'>, id: number) => ({
  id: 2_147_483_000 + id,
  ...values,
  parentId: LONGEST_SNOWFLAKE,
  staffRoleId: LONGEST_SNOWFLAKE,
  escalationRoleId: LONGEST_SNOWFLAKE,
  isDeleted: false,
  version: '1764579600123',
});

/** What an editor may have saved. */
export function acceptedCategory(random: SeededRandom, index: number): TicketCategory {
  const values = until(() =>
    checkCategory({
      name: text(random, CATEGORY_NAME_MAX),
      description: text(random, CATEGORY_DESCRIPTION_MAX),
      emoji: pick(random, EMOJIS),
      limit: pick(random, ['', '1', '10']),
    }),
  );
  const form = Array.from({ length: random.below(FIELDS_MAX + 1) }, (_, place) =>
    acceptedField(random, place),
  );
  return { ...whole(values, index), form, enabled: random.below(4) > 0 };
}

/** A character that is shown with a backslash before it. */
const WIDE = '*';

function largestField(kind: FieldKind, index: number): FormField {
  const each = Math.floor(OPTIONS_TEXT_MAX / OPTIONS_MAX) - 1;
  const option = (place: number): string =>
    `${WIDE.repeat(each - 20)}${String(place).padStart(2, '0')} | ${WIDE.repeat(15)}`;
  const options = Array.from({ length: OPTIONS_MAX }, (_, place) => option(place)).join('\n');
  const field = checkField({
    kind,
    label: WIDE.repeat(LABEL_MAX),
    help: WIDE.repeat(HELP_MAX),
    required: false,
    options: hasOptions(kind) ? options : '',
  });
  return { id: `f${index + 1}`, ...field };
}

/** The longest category there can be, with a form of these kinds. */
export function largestCategory(kinds: readonly FieldKind[], index = 0): TicketCategory {
  const values = checkCategory({
    name: WIDE.repeat(CATEGORY_NAME_MAX),
    description: WIDE.repeat(CATEGORY_DESCRIPTION_MAX),
    emoji: LONGEST_EMOJI,
    limit: String(OPEN_LIMIT_MAX),
  });
  return { ...whole(values, index), form: kinds.map(largestField), enabled: false };
}
