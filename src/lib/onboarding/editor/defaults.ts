import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import type { Option, QuestionType } from '../content.ts';
import { checkOption, checkQuestion, checkRule, type QuestionValues, type RuleValues } from './checks.ts';
import { insertQuestion, insertRule } from './changes.ts';
import { optionValue } from './option-value.ts';
import { changeDrafts, readList, type ListName } from './rows.ts';

type OptionKeys = { readonly label: SentenceKey; readonly followup?: SentenceKey };

/** Rules that suit most servers, in one language. */
export function defaultRules(t: Translate): RuleValues[] {
  const keys: [SentenceKey, SentenceKey][] = [
    ['onboarding-editor:default.respect.title', 'onboarding-editor:default.respect.text'],
    ['onboarding-editor:default.spam.title', 'onboarding-editor:default.spam.text'],
    ['onboarding-editor:default.educational.title', 'onboarding-editor:default.educational.text'],
    ['onboarding-editor:default.guidelines.title', 'onboarding-editor:default.guidelines.text'],
    ['onboarding-editor:default.advice.title', 'onboarding-editor:default.advice.text'],
  ];
  return keys.map(([title, text]) => checkRule({ title: t(title), description: t(text), imageUrl: '' }));
}

/** Questions that suit most servers, in one language. */
export function defaultQuestions(t: Translate): (QuestionValues & { options: Option[] })[] {
  const asked = (key: SentenceKey, type: QuestionType, more = { required: true, isPrivate: false }) =>
    checkQuestion({ type, text: t(key), help: '', ...more });
  return [
    {
      ...asked('onboarding-editor:default.found.question', 'select'),
      options: optionsOf(t, 'select', [
        {
          label: 'onboarding-editor:default.found.member',
          followup: 'onboarding-editor:default.found.whichMember',
        },
        {
          label: 'onboarding-editor:default.found.social',
          followup: 'onboarding-editor:default.found.whichSocial',
        },
        {
          label: 'onboarding-editor:default.found.search',
          followup: 'onboarding-editor:default.found.whichSearch',
        },
        {
          label: 'onboarding-editor:default.found.other',
          followup: 'onboarding-editor:default.found.whichOther',
        },
      ]),
    },
    {
      ...asked('onboarding-editor:default.why.question', 'multiselect'),
      options: optionsOf(t, 'multiselect', [
        { label: 'onboarding-editor:default.why.learn' },
        { label: 'onboarding-editor:default.why.network' },
        { label: 'onboarding-editor:default.why.share' },
        { label: 'onboarding-editor:default.why.opportunities' },
        { label: 'onboarding-editor:default.why.other' },
      ]),
    },
    {
      ...asked('onboarding-editor:default.how.question', 'multiselect'),
      options: optionsOf(t, 'multiselect', [
        { label: 'onboarding-editor:default.how.discussions' },
        { label: 'onboarding-editor:default.how.events' },
        { label: 'onboarding-editor:default.how.personal' },
        { label: 'onboarding-editor:default.how.observe' },
      ]),
    },
    {
      ...asked('onboarding-editor:default.email', 'email', { required: false, isPrivate: true }),
      options: [],
    },
  ];
}

function optionsOf(t: Translate, type: 'select' | 'multiselect', keys: readonly OptionKeys[]): Option[] {
  const options: Option[] = [];
  for (const { label, followup } of keys) {
    const input = {
      label: t(label),
      description: '',
      emoji: '',
      followup: followup === undefined ? '' : t(followup),
      roleIds: [],
    };
    const values = checkOption(input, type, options);
    const taken = options.map(({ value }) => value);
    options.push({ value: optionValue(values.label, taken), ...values });
  }
  return options;
}

/**
 * Fills an empty list with what it may begin with, in the language of who asks.
 * @throws UserError when it is not empty (any more).
 */
export async function loadDefaults(
  db: Database,
  guildId: string,
  list: ListName,
  t: Translate,
  now: Date,
): Promise<void> {
  await changeDrafts(db, guildId, async (trx) => {
    if ((await readList(trx, guildId, list)).length > 0)
      throw new UserError('onboarding-editor:defaultsNotEmpty');
    if (list === 'rules')
      for (const [index, rule] of defaultRules(t).entries())
        await insertRule(trx, guildId, rule, index + 1, now);
    else
      for (const [index, question] of defaultQuestions(t).entries())
        await insertQuestion(trx, guildId, question, index + 1, now);
  });
}
