import { LIMITS } from '../limits.ts';
import type { Findings } from '../problem.ts';
import { isRecord, lengthOf, listOf } from '../values.ts';
import { judgeChatName, judgeLocales, judgeLocalizedNames } from './command-texts.ts';

const SUBCOMMAND = 1;
const GROUP = 2;
const STRING = 3;
const INTEGER = 4;
const NUMBER = 10;
const COMPLETABLE: ReadonlySet<unknown> = new Set([STRING, INTEGER, NUMBER]);

/** The options of a chat command or subcommand. */
export function judgeOptions(options: unknown, findings: Findings): void {
  const list = listOf(options);
  const names = new Set<unknown>();
  let optionalSeen = false;
  const nested = list.filter((option) => isRecord(option) && isNesting(option)).length;
  if (nested > 0 && nested < list.length) {
    findings.add(
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
  for (const [index, option] of list.entries()) {
    if (!isRecord(option)) continue;
    const here = findings.at(index);
    if (names.has(option['name'])) {
      here.at('name').add('APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED', 'Option names must be unique');
    }
    names.add(option['name']);
    if (option['required'] === true && optionalSeen) {
      here
        .at('required')
        .add(
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        );
    }
    if (!isNesting(option) && option['required'] !== true) optionalSeen = true;
    judgeOption(option, here);
  }
}

function judgeOption(option: Record<string, unknown>, findings: Findings): void {
  judgeChatName(option['name'], findings.at('name'));
  judgeLocales(option, findings);
  judgeLocalizedNames(option['name_localizations'], findings.at('name_localizations'));
  if (isNesting(option)) {
    judgeOptions(option['options'], findings.at('options'));
    return;
  }
  judgeRange(option, findings, 'min_value', 'max_value');
  judgeRange(option, findings, 'min_length', 'max_length');
  judgeChoices(option, findings);
}

function judgeChoices(option: Record<string, unknown>, findings: Findings): void {
  const choices = listOf(option['choices']);
  if (option['autocomplete'] === true) {
    if (choices.length > 0) {
      findings
        .at('autocomplete')
        .add(
          'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_WITH_CHOICES',
          'Autocomplete and choices exclude each other',
        );
    }
    if (!COMPLETABLE.has(option['type'])) {
      findings
        .at('autocomplete')
        .add('APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID', 'Only strings and numbers can be completed');
    }
  }
  const names = new Set<unknown>();
  for (const [index, choice] of choices.entries()) {
    if (!isRecord(choice)) continue;
    const here = findings.at('choices', index);
    judgeLocales(choice, here);
    if (lengthOf(choice['value']) > LIMITS.command.choiceValue)
      here.at('value').tooLong(LIMITS.command.choiceValue);
    if (names.has(choice['name'])) {
      here
        .at('name')
        .add('APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED', 'Choice names must be unique');
    }
    names.add(choice['name']);
  }
}

function judgeRange(option: Record<string, unknown>, findings: Findings, low: string, high: string): void {
  const minimum = option[low];
  const maximum = option[high];
  if (typeof minimum === 'number' && typeof maximum === 'number' && minimum > maximum) {
    findings.at(low).add('APPLICATION_COMMAND_OPTIONS_RANGE', `Must be at most ${high} (${maximum}).`);
  }
}

function isNesting(option: Record<string, unknown>): boolean {
  return option['type'] === SUBCOMMAND || option['type'] === GROUP;
}
