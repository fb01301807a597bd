import { z } from 'zod';
import { pageEnd, rowId, rowNumber, snowflake } from '#lib/http/shapes';
import {
  HELP_MAX,
  IMAGE_URL_MAX,
  OPTION_DESCRIPTION_MAX,
  OPTION_LABEL_MAX,
  OPTION_ROLES_MAX,
  OPTIONS_MAX,
  CHOSEN_QUESTION_MAX,
  QUESTIONS_MAX,
  questionTypes,
  RULE_DESCRIPTION_MAX,
  RULE_TITLE_MAX,
  RULES_MAX,
  TYPED_QUESTION_MAX,
} from '../content.ts';

const version = z.string().meta({ description: 'Another one after each change.' });
const seenVersion = z
  .string()
  .regex(/^\d{1,15}$/)
  .optional()
  .meta({
    description:
      'With `id`: the `version` that you read. The change is refused when it is another one by now.',
  });
const id = rowId.optional().meta({ description: 'Of the one that is changed; left out: a new one.' });
const enabled = z.boolean().default(true).meta({ description: 'What is off is not published.' });
const place = (most: number) =>
  z.number().int().min(1).max(most).optional().meta({
    description: 'Its place in the list; left out: where it is, or at the end. The others make room.',
  });

export const optionShape = z
  .object({
    value: z.string().meta({ description: 'What is stored of it; stays when the label changes.' }),
    label: z.string(),
    description: z.string().nullable(),
    emoji: z.string().nullable(),
    role_ids: z.array(z.string()),
    followup: z.string().nullable().meta({ description: 'What is asked of whoever chooses it.' }),
  })
  .meta({ id: 'OnboardingOption' });

export const questionShape = z
  .object({
    id: rowId,
    question: z.string(),
    question_type: z.enum(questionTypes),
    help: z.string().nullable(),
    options: z.array(optionShape),
    required: z.boolean(),
    is_private: z.boolean().meta({ description: 'The answer is left out of what staff are told of itself.' }),
    enabled: z.boolean(),
    step_order: z.number().int(),
    version,
  })
  .meta({ id: 'OnboardingQuestion' });

export const ruleShape = z
  .object({
    id: rowId,
    title: z.string(),
    description: z.string(),
    image_url: z.string().nullable(),
    enabled: z.boolean(),
    rule_order: z.number().int(),
    version,
  })
  .meta({ id: 'OnboardingRule' });

export const questionList = z
  .object({ questions: z.array(questionShape), ...pageEnd })
  .meta({ id: 'OnboardingQuestions' });
export const ruleList = z.object({ rules: z.array(ruleShape), ...pageEnd }).meta({ id: 'OnboardingRules' });

export const questionBody = z
  .strictObject({
    id,
    version: seenVersion,
    question: z.string().min(1).max(CHOSEN_QUESTION_MAX),
    question_type: z.enum(questionTypes),
    help: z.string().max(HELP_MAX).nullish(),
    options: z
      .array(
        z.strictObject({
          value: z
            .string()
            .regex(/^[\p{L}\p{N}-]{1,24}$/u)
            .optional(),
          label: z.string().min(1).max(OPTION_LABEL_MAX),
          description: z.string().max(OPTION_DESCRIPTION_MAX).nullish(),
          emoji: z.string().max(100).nullish(),
          role_ids: z.array(snowflake).max(OPTION_ROLES_MAX).optional(),
          followup: z.string().max(TYPED_QUESTION_MAX).nullish().meta({ description: 'Of a select only.' }),
        }),
      )
      .max(OPTIONS_MAX)
      .nullish()
      .meta({ description: 'All of them, of a select or multiselect.' }),
    required: z.boolean().default(true),
    is_private: z.boolean().default(false),
    enabled,
    step_order: place(QUESTIONS_MAX),
  })
  .meta({ id: 'OnboardingQuestionChange' });

export const ruleBody = z
  .strictObject({
    id,
    version: seenVersion,
    title: z.string().min(1).max(RULE_TITLE_MAX),
    description: z.string().max(RULE_DESCRIPTION_MAX).default(''),
    image_url: z.url().max(IMAGE_URL_MAX).nullish(),
    enabled,
    rule_order: place(RULES_MAX),
  })
  .meta({ id: 'OnboardingRuleChange' });

const order = (most: number) => z.array(rowId).min(1).max(most).optional();
export const reorderBody = z
  .strictObject({ questions: order(QUESTIONS_MAX), rules: order(RULES_MAX) })
  .refine(({ questions, rules }) => questions !== undefined || rules !== undefined, 'name questions or rules')
  .meta({ id: 'OnboardingOrder', description: 'All ids of a list, in the order that is wanted.' });

export const published = z.object({ success: z.literal(true), version: z.number().int() });

export const guildPath = z.object({ guild_id: snowflake });
export const questionPath = z.object({ guild_id: snowflake, question_id: rowNumber });
export const rulePath = z.object({ guild_id: snowflake, rule_id: rowNumber });
