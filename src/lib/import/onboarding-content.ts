import { isDrawn } from '#lib/text/one-line';
import {
  HELP_MAX,
  isChosen,
  OPTION_LABEL_MAX,
  OPTIONS_MAX,
  questionMax,
  questionTypes,
  RULE_DESCRIPTION_MAX,
  RULE_TITLE_MAX,
  TYPED_QUESTION_MAX,
  type Option,
  type QuestionType,
} from '#lib/onboarding/content';
import {
  checkOption,
  checkQuestion,
  checkRule,
  type QuestionValues,
  type RuleValues,
} from '#lib/onboarding/editor/checks';
import { optionValue } from '#lib/onboarding/editor/option-value';
import { UserError } from '#lib/errors/user-error';
import type { OldRow } from './old-database.ts';
import { booleanOrNull, fitted, jsonOf } from './values.ts';

/** What an old rule is here, with what had to be changed about it; null when it has no words. */
export function oldRule(
  row: OldRow,
): { readonly rule: RuleValues; readonly repairs: readonly string[] } | null {
  const title = fitted((row['title'] ?? '').replaceAll(/\s+/g, ' '), RULE_TITLE_MAX);
  const description = fitted(row['description'] ?? '', RULE_DESCRIPTION_MAX);
  const image = [row['image_url'], row['thumbnail_url']].find((url) => (url ?? '') !== '') ?? '';
  const cut = title.isCut || description.isCut ? ['was too long and is cut'] : [];
  const texts = { title: title.text, description: description.text };
  const withImage = attempt(() => checkRule({ ...texts, imageUrl: image }));
  if (withImage !== null) return { rule: withImage, repairs: cut };
  const rule = attempt(() => checkRule({ ...texts, imageUrl: '' }));
  return rule === null
    ? null
    : { rule, repairs: [...cut, 'comes without its picture, whose address cannot be used'] };
}

/** An old question as it is here. */
export interface OldQuestion {
  readonly question: QuestionValues & { readonly options: readonly Option[] };
  /** By what the old bot stored of an option, what is stored here. */
  readonly optionValues: ReadonlyMap<string, string>;
  readonly enabled: boolean;
  readonly repairs: readonly string[];
}

/** @returns null when it has no words or is of no kind that there is. */
export function oldQuestion(row: OldRow): OldQuestion | null {
  const type = questionTypes.find((one) => one === row['question_type']);
  if (type === undefined) return null;
  const repairs = new Set<string>();
  const words = (row['question'] ?? '').replaceAll(/\s+/g, ' ');
  const text = fitted(words, questionMax(type));
  if (text.isCut)
    repairs.add('was longer than a question may be; it is cut, and whole in its help where it fits');
  const { options, optionValues } = oldOptions(row, type, repairs);
  const isEmpty = isChosen({ type }) && options.length === 0;
  if (isEmpty) repairs.add('had no options; it is switched off until /onboarding gives it some');
  const values = attempt(() =>
    checkQuestion(
      {
        type,
        text: text.text,
        help: text.isCut ? fitted(words, HELP_MAX).text : '',
        required: booleanOrNull(row['required']) ?? true,
        // Staff were told addresses too; that is for an admin to choose again.
        isPrivate: type === 'email',
      },
      options,
    ),
  );
  if (values === null) return null;
  const enabled = (booleanOrNull(row['enabled']) ?? true) && !isEmpty;
  return { question: { ...values, options }, optionValues, enabled, repairs: [...repairs] };
}

function oldOptions(
  row: OldRow,
  type: QuestionType,
  repairs: Set<string>,
): { readonly options: Option[]; readonly optionValues: ReadonlyMap<string, string> } {
  const options: Option[] = [];
  const optionValues = new Map<string, string>();
  const stored = jsonOf(row['options']);
  if (!isChosen({ type }) || !Array.isArray(stored)) return { options, optionValues };
  const followups = jsonOf(row['followup']);
  for (const one of stored) {
    const label = fitted(
      (textIn(one, 'label') ?? textIn(one, 'value') ?? '').replaceAll(/\s+/g, ' '),
      OPTION_LABEL_MAX,
    );
    const oldStored = textIn(one, 'value') ?? label.text;
    const followup = type === 'select' ? followupOf(followups, oldStored) : null;
    const values = attempt(() =>
      checkOption(
        { label: label.text, description: '', emoji: '', followup: followup?.text ?? '', roleIds: [] },
        type,
        options,
      ),
    );
    if (values === null || options.length >= OPTIONS_MAX) {
      repairs.add('lost options: empty ones, ones of the same name, or more than fit');
      continue;
    }
    if (label.isCut || followup?.isCut === true)
      repairs.add('had options or follow-ups that were too long; they are cut');
    const value = optionValue(
      oldStored,
      options.map((other) => other.value),
    );
    optionValues.set(oldStored, value);
    options.push({ value, ...values });
  }
  return { options, optionValues };
}

/** What follows from choosing an option; it was stored as a question of its own, or as its words. */
function followupOf(
  followups: unknown,
  value: string,
): { readonly text: string; readonly isCut: boolean } | null {
  if (typeof followups !== 'object' || followups === null || !Object.hasOwn(followups, value)) return null;
  const followup = (followups as Record<string, unknown>)[value];
  const text =
    typeof followup === 'string'
      ? followup
      : (textIn(followup, 'question') ?? textIn(followup, 'label') ?? textIn(followup, 'text') ?? '');
  return isDrawn(text) ? fitted(text.replaceAll(/\s+/g, ' '), TYPED_QUESTION_MAX) : null;
}

/** A text of an object, or the text that stands in its place. */
function textIn(value: unknown, name: string): string | null {
  if (typeof value === 'string') return name === 'label' || name === 'value' ? value : null;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
  const text = (value as Record<string, unknown>)[name];
  return typeof text === 'string' && isDrawn(text) ? text : null;
}

/** What a check of the editor gives; null where it refuses. */
function attempt<Result>(check: () => Result): Result | null {
  try {
    return check();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
