import type { Database } from '#lib/database/database';
import type { Option, Question, Rule } from '#lib/onboarding/content';
import { storedOptions } from '#lib/onboarding/drafts';

let ids = 0;

/** A rule as an editor may leave it. */
export function rule(title: string, more: Partial<Rule> = {}): Rule {
  ids += 1;
  return { id: ids, title, description: '', imageUrl: null, ...more };
}

/** An option; what is stored of it is its label in small letters. */
export function option(label: string, more: Partial<Option> = {}): Option {
  return {
    value: label.toLowerCase().replaceAll(' ', '-'),
    label,
    description: null,
    emoji: null,
    roleIds: [],
    followup: null,
    ...more,
  };
}

/** A question; typed unless it has options. */
export function question(text: string, more: Partial<Question> = {}): Question {
  ids += 1;
  const type = (more.options ?? []).length > 0 ? 'select' : 'text';
  return { id: ids, type, text, help: null, options: [], required: true, isPrivate: false, ...more };
}

/** Puts rules and questions into a guild's editor, in place of what is there. */
export async function putDrafts(
  db: Database,
  guildId: string,
  { rules = [], questions = [] }: { rules?: readonly Rule[]; questions?: readonly Question[] },
): Promise<void> {
  await db.deleteFrom('guild_rules').where('guild_id', '=', guildId).execute();
  await db.deleteFrom('guild_onboarding_questions').where('guild_id', '=', guildId).execute();
  for (const [index, { title, description, imageUrl }] of rules.entries())
    await db
      .insertInto('guild_rules')
      .values({ guild_id: guildId, rule_order: index + 1, title, description, image_url: imageUrl })
      .execute();
  for (const [index, { type, text, help, options, required, isPrivate }] of questions.entries())
    await db
      .insertInto('guild_onboarding_questions')
      .values({
        guild_id: guildId,
        step_order: index + 1,
        question: text,
        question_type: type,
        help,
        required,
        is_private: isPrivate,
        ...storedOptions(options),
      })
      .execute();
}
