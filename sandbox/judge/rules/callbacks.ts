import { LIMITS } from '../limits.ts';
import type { Findings } from '../problem.ts';
import { isRecord, listOf } from '../values.ts';
import { hasFlag, judgeCommon, judgeMessageEdit, judgeNotEmpty } from './messages.ts';
import { judgeModal } from './modals.ts';
import type { RequestContext, Rule } from './rule.ts';

const MESSAGE = 4;
const DEFER_UPDATE = 6;
const UPDATE = 7;
const CHOICES = 8;
const MODAL = 9;

const COMMAND = 2;
const COMPONENT = 3;
const AUTOCOMPLETE = 4;
const MODAL_SUBMIT = 5;

// docs (interactions/receiving-and-responding): which answers fit which interaction. A modal never answers a modal; a
// modal's submission may update the message only when it was opened from one, which the sandbox knows.
const FITTING: Readonly<Record<number, readonly number[]>> = {
  [COMMAND]: [4, 5, 9, 12],
  [COMPONENT]: [4, 5, 6, 7, 9, 12],
  [AUTOCOMPLETE]: [8],
  [MODAL_SUBMIT]: [4, 5, 6, 7, 12],
};

/** The first answer to an interaction. */
export const judgeCallback: Rule = (body, findings, about) => {
  if (!isRecord(body)) return;
  const type = body['type'];
  judgeFit(type, findings.at('type'), about);
  const data = body['data'];
  const inData = findings.at('data');
  if (type === MESSAGE) {
    if (isRecord(data)) judgeFirstMessage(data, inData, about);
    else inData.required();
  } else if (type === UPDATE || type === DEFER_UPDATE) judgeMessageEdit(data, inData, about);
  else if (type === CHOICES) judgeChoices(data, inData);
  else if (type === MODAL) judgeModal(data, inData);
};

function judgeFit(type: unknown, findings: Findings, about: RequestContext): void {
  const fitting = about.interactionType === undefined ? undefined : FITTING[about.interactionType];
  if (fitting !== undefined && typeof type === 'number' && !fitting.includes(type))
    findings.choices(type, fitting);
}

function judgeFirstMessage(data: Record<string, unknown>, findings: Findings, about: RequestContext): void {
  const onlyComponents = hasFlag(data['flags']);
  judgeCommon(data, findings, onlyComponents, { ...about, messageFlags: undefined });
  if (!onlyComponents) judgeNotEmpty(data, findings, about);
}

function judgeChoices(data: unknown, findings: Findings): void {
  if (!isRecord(data)) {
    findings.required();
    return;
  }
  const choices = listOf(data['choices']);
  for (const [index, choice] of choices.entries()) {
    const here = findings.at('choices', index);
    if (!isRecord(choice)) here.required();
    else if (typeof choice['value'] === 'string' && choice['value'].length > LIMITS.autocomplete.value) {
      here.at('value').tooLong(LIMITS.autocomplete.value);
    }
  }
}
