import type { Findings } from '../problem.ts';
import { integerOf, isRecord, listOf } from '../values.ts';

const STRING_SELECT = 3;
const RADIO_GROUP = 21;
const CHECKBOX_GROUP = 22;

/** Selects of messages and modals, and the groups of modals: how many may be chosen, of what, and what is chosen already. */
export function judgeSelect(
  select: Record<string, unknown>,
  findings: Findings,
  place: 'message' | 'modal',
): void {
  const options = listOf(select['options']);
  const { minimum, maximum } = judgeCounts(select, findings, options.length);
  const values = new Set<unknown>();
  for (const [index, option] of options.entries()) {
    const value = isRecord(option) ? option['value'] : undefined;
    if (value === undefined) continue;
    if (values.has(value)) {
      findings
        .at('options', index, 'value')
        .add('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
    }
    values.add(value);
  }
  const chosen = options.filter((option) => isRecord(option) && option['default'] === true).length;
  if (chosen > maximum) {
    findings
      .at('options')
      .add('SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', `At most ${maximum} options can be chosen by default`);
  }
  judgeDefaults(select, findings.at('default_values'), minimum, maximum);
  if (place === 'modal' && select['disabled'] === true) {
    findings.at('disabled').add('COMPONENT_CANNOT_BE_DISABLED', 'A component of a modal cannot be disabled');
  }
}

function judgeCounts(
  select: Record<string, unknown>,
  findings: Findings,
  options: number,
): { minimum: number; maximum: number } {
  const isGroup = select['type'] === CHECKBOX_GROUP;
  const hasOptions = isGroup || select['type'] === STRING_SELECT;
  if (select['type'] === RADIO_GROUP) return { minimum: 0, maximum: 1 };
  const minimum = integerOf(select['min_values']) ?? 1;
  // A checkbox group without a maximum allows all of its options.
  const maximum = integerOf(select['max_values']) ?? (isGroup ? options : 1);
  if (minimum > maximum) {
    findings
      .at('min_values')
      .add('SELECT_COMPONENT_MIN_VALUES_EXCEED_MAX_VALUES', `Must be at most max_values (${maximum}).`);
  }
  if (hasOptions && options > 0 && maximum > options) {
    findings
      .at('max_values')
      .add('BASE_TYPE_MAX_VALUES', `Must be at most the number of options (${options}).`);
  }
  return { minimum, maximum };
}

function judgeDefaults(
  select: Record<string, unknown>,
  findings: Findings,
  minimum: number,
  maximum: number,
): void {
  const defaults = listOf(select['default_values']);
  if (defaults.length === 0) return;
  if (defaults.length < minimum || defaults.length > maximum) findings.badLength(minimum, maximum);
  const ids = defaults.map((each) => (isRecord(each) ? each['id'] : undefined));
  if (new Set(ids).size < ids.length) {
    findings.add('SELECT_COMPONENT_DEFAULT_VALUE_DUPLICATED', 'Default values must be unique');
  }
}
