import { LIMITS } from '../limits.ts';
import type { Findings } from '../problem.ts';
import { integerOf, isEmpty, isRecord, lengthOf, listOf } from '../values.ts';
import { Tally } from './components.ts';
import { judgeSelect } from './selects.ts';

const ROW = 1;
const TEXT_INPUT = 4;
const LABEL = 18;
const FILE_UPLOAD = 19;
const CHOOSING: ReadonlySet<unknown> = new Set([3, 5, 6, 7, 8, FILE_UPLOAD, 21, 22]);

/** A form: at most five parts, each a label with one field (or, in the older way, a row with one text input). */
export function judgeModal(data: unknown, findings: Findings): void {
  if (!isRecord(data)) return;
  const components = listOf(data['components']);
  const inComponents = findings.at('components');
  if (components.length > LIMITS.modal.components) inComponents.badLength(1, LIMITS.modal.components);
  const tally = new Tally();
  for (const [index, component] of components.entries()) {
    if (!isRecord(component)) continue;
    const here = inComponents.at(index);
    tally.count(component, here);
    if (component['type'] === ROW) judgeRow(component, here, tally);
    else if (component['type'] === LABEL) judgeLabel(component, here, tally);
  }
}

function judgeRow(row: Record<string, unknown>, findings: Findings, tally: Tally): void {
  const inputs = listOf(row['components']);
  if (inputs.length > 1) findings.at('components').badLength(1, 1);
  for (const [index, input] of inputs.entries()) {
    if (!isRecord(input)) continue;
    const here = findings.at('components', index);
    tally.count(input, here);
    if (isEmpty(input['label'])) here.at('label').required();
    judgeTextInput(input, here);
  }
}

function judgeLabel(label: Record<string, unknown>, findings: Findings, tally: Tally): void {
  const field = label['component'];
  if (!isRecord(field)) return;
  const here = findings.at('component');
  tally.count(field, here);
  if (field['type'] === TEXT_INPUT) {
    if (!isEmpty(field['label'])) {
      here
        .at('label')
        .add('COMPONENT_LABEL_NOT_ALLOWED', 'Inside a label, a text input has no label of its own');
    }
    judgeTextInput(field, here);
  }
  if (CHOOSING.has(field['type'])) {
    judgeSelect(field, here, 'modal');
    judgeRequired(field, here);
  }
}

// docs (components/reference): a field that must be filled cannot ask for nothing. Fields are required by default.
function judgeRequired(field: Record<string, unknown>, findings: Findings): void {
  if (integerOf(field['min_values']) === 0 && field['required'] !== false) {
    findings
      .at('min_values')
      .add('COMPONENT_REQUIRED_MIN_VALUES', 'Must be at least 1 when the field is required');
  }
}

function judgeTextInput(input: Record<string, unknown>, findings: Findings): void {
  const minimum = integerOf(input['min_length']);
  const maximum = integerOf(input['max_length']);
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    findings.at('min_length').add('TEXT_INPUT_MIN_LENGTH', `Must be at most max_length (${maximum}).`);
  }
  if (maximum !== undefined && lengthOf(input['value']) > maximum) findings.at('value').tooLong(maximum);
}
