import { beforeEach, describe, expect, test } from 'vitest';
import { locales, translator, type Translate } from '#lib/i18n/translate';
import { OPTIONS_MAX, QUESTIONS_MAX, RULES_MAX } from '#lib/onboarding/content';
import { readDraft, readQuestions, readRules } from '#lib/onboarding/drafts';
import {
  addOption,
  addQuestion,
  addRule,
  deleteOption,
  editOption,
  editQuestion,
  editRule,
  moveOption,
} from '#lib/onboarding/editor/changes';
import { loadDefaults } from '#lib/onboarding/editor/defaults';
import { copyRow, deleteRow, moveRow, turnRow, type ListName } from '#lib/onboarding/editor/rows';
import { publish } from '#lib/onboarding/versions';
import { useDatabase } from '../../../setup/database.ts';
import { refusalOf } from '../../errors/refusal.ts';
import { useSentences } from '../../i18n/sentences.ts';

useSentences();
const database = useDatabase();
const db = () => database().db;
beforeEach(() => database().empty());

const GUILD = '1328374655667100001';
const OTHER = '1328374655667100002';
const NOW = new Date('2026-12-01T09:00:00Z');

const rule = (title: string) => ({ title, description: '', imageUrl: '' });
const question = (text: string, type = 'select') => ({
  type,
  text,
  help: '',
  required: true,
  isPrivate: false,
});
const option = (label: string, more: { followup?: string; roleIds?: string[] } = {}) => ({
  label,
  description: '',
  emoji: '',
  followup: '',
  roleIds: [],
  ...more,
});

const add = (list: ListName, name: string, guildId = GUILD): Promise<number> =>
  list === 'rules'
    ? addRule(db(), guildId, rule(name), NOW)
    : addQuestion(db(), guildId, question(name), NOW);

const rows = async (list: ListName, guildId = GUILD) =>
  list === 'rules' ? await readRules(db(), guildId) : await readQuestions(db(), guildId);

const namesIn = async (list: ListName, guildId = GUILD): Promise<string[]> =>
  (await rows(list, guildId)).map((row) => ('title' in row ? row.title : row.text));

async function placesIn(list: ListName): Promise<number[]> {
  const found =
    list === 'rules'
      ? await db().selectFrom('guild_rules').select('rule_order as place').orderBy('rule_order').execute()
      : await db()
          .selectFrom('guild_onboarding_questions')
          .select('step_order as place')
          .orderBy('step_order')
          .execute();
  return found.map(({ place }) => place);
}

/** A row as it is now. */
async function seen(list: ListName, id: number) {
  const row = (await rows(list)).find((one) => one.id === id);
  if (row === undefined) throw new Error('gone');
  return { id, seen: row.version };
}

const sentenceOf = async (act: () => unknown): Promise<string> => (await refusalOf(act)).sentence;
const CHANGED = 'onboarding-editor:changedMeanwhile';
const DELETED = 'onboarding-editor:deletedMeanwhile';

describe.each(['rules', 'questions'] as const)('%s', (list) => {
  test('are numbered from 1 on without gaps, whatever is done', async () => {
    const ids = [];
    for (const name of ['A', 'B', 'C', 'D']) ids.push(await add(list, name));
    const [a = 0, b = 0, c = 0] = ids;
    await moveRow(db(), GUILD, list, await seen(list, c), 'up', NOW);
    expect(await namesIn(list)).toEqual(['A', 'C', 'B', 'D']);
    await moveRow(db(), GUILD, list, await seen(list, a), 'up', NOW);
    await moveRow(db(), GUILD, list, await seen(list, a), 'down', NOW);
    expect(await namesIn(list)).toEqual(['C', 'A', 'B', 'D']);
    const copy = await copyRow(db(), GUILD, list, await seen(list, c), NOW);
    expect(await namesIn(list)).toEqual(['C', 'C', 'A', 'B', 'D']);
    expect((await rows(list))[1]?.id).toBe(copy);
    await deleteRow(db(), GUILD, list, await seen(list, b));
    expect(await namesIn(list)).toEqual(['C', 'C', 'A', 'D']);
    expect(await placesIn(list)).toEqual([1, 2, 3, 4]);
    await add(list, 'E');
    expect(await placesIn(list)).toEqual([1, 2, 3, 4, 5]);
  });

  test('are changed once by two clicks, and not at all by who saw something else', async () => {
    const [a, b] = [await add(list, 'A'), await add(list, 'B')];
    const before = await seen(list, a);
    await moveRow(db(), GUILD, list, before, 'down', NOW);
    expect(await sentenceOf(() => moveRow(db(), GUILD, list, before, 'down', NOW))).toBe(CHANGED);
    const still = await seen(list, a);
    await copyRow(db(), GUILD, list, still, NOW);
    expect(await sentenceOf(() => copyRow(db(), GUILD, list, still, NOW))).toBe(CHANGED);
    expect(await namesIn(list)).toEqual(['B', 'A', 'A']);
    const on = await seen(list, a);
    await turnRow(db(), GUILD, list, on, false, NOW);
    expect(await sentenceOf(() => turnRow(db(), GUILD, list, on, false, NOW))).toBe(CHANGED);
    expect(await sentenceOf(() => deleteRow(db(), GUILD, list, on))).toBe(CHANGED);
    expect((await readDraft(db(), GUILD))[list].map(({ id }) => id)).not.toContain(a);
    const last = await seen(list, b);
    await deleteRow(db(), GUILD, list, last);
    for (const act of [
      () => deleteRow(db(), GUILD, list, last),
      () => moveRow(db(), GUILD, list, last, 'up', NOW),
      () => copyRow(db(), GUILD, list, last, NOW),
      () => turnRow(db(), GUILD, list, last, true, NOW),
    ])
      expect(await sentenceOf(act)).toBe(DELETED);
    expect(await namesIn(list)).toEqual(['A', 'A']);
  });

  test('two admins who do the same at once do it once', async () => {
    const id = await add(list, 'A');
    const both = await seen(list, id);
    const results = await Promise.allSettled([
      copyRow(db(), GUILD, list, both, NOW),
      copyRow(db(), GUILD, list, both, NOW),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const added = await Promise.all(['B', 'C', 'D'].map((name) => add(list, name)));
    expect(new Set(added).size).toBe(3);
    expect(await placesIn(list)).toEqual([1, 2, 3, 4, 5]);
  });

  test('of another server are not there', async () => {
    const id = await add(list, 'A', OTHER);
    const [row] = await rows(list, OTHER);
    const elsewhere = { id, seen: row?.version ?? '' };
    for (const act of [
      () => deleteRow(db(), GUILD, list, elsewhere),
      () => moveRow(db(), GUILD, list, elsewhere, 'up', NOW),
      () => copyRow(db(), GUILD, list, elsewhere, NOW),
      () => turnRow(db(), GUILD, list, elsewhere, false, NOW),
    ])
      expect(await sentenceOf(act)).toBe(DELETED);
    await add(list, 'B');
    expect(await namesIn(list, OTHER)).toEqual(['A']);
    expect(await rows(list, OTHER)).toEqual([row]);
  });

  test('are not more than can be shown', async () => {
    const most = list === 'rules' ? RULES_MAX : QUESTIONS_MAX;
    for (let index = 0; index < most; index += 1) await add(list, String(index));
    const full = list === 'rules' ? 'fullRules' : 'fullQuestions';
    expect(await sentenceOf(() => add(list, 'more'))).toBe(`onboarding-editor:invalid.${full}`);
    const [first] = await rows(list);
    const one = { id: first?.id ?? 0, seen: first?.version ?? '' };
    expect(await sentenceOf(() => copyRow(db(), GUILD, list, one, NOW))).toBe(
      `onboarding-editor:invalid.${full}`,
    );
    expect(await rows(list)).toHaveLength(most);
  });

  test.each(locales)('begin with what suits most servers, in %s, once', async (locale) => {
    const t: Translate = translator(locale);
    await Promise.allSettled([1, 2].map(() => loadDefaults(db(), GUILD, list, t, NOW)));
    expect(await placesIn(list)).toEqual(list === 'rules' ? [1, 2, 3, 4, 5] : [1, 2, 3, 4]);
    expect(await sentenceOf(() => loadDefaults(db(), GUILD, list, t, NOW))).toBe(
      'onboarding-editor:defaultsNotEmpty',
    );
    expect(await publish(db(), GUILD, '1328374655667000001', NOW)).toBe(1);
  });
});

describe('what a row says', () => {
  test('a rule is changed by who saw it as it is', async () => {
    const id = await add('rules', 'A');
    const before = await seen('rules', id);
    await editRule(db(), GUILD, before, { ...rule('B'), imageUrl: 'https://example.com/b.png' }, NOW);
    expect(await readRules(db(), GUILD)).toMatchObject([
      { id, title: 'B', description: '', imageUrl: 'https://example.com/b.png' },
    ]);
    expect(await sentenceOf(() => editRule(db(), GUILD, before, rule('C'), NOW))).toBe(CHANGED);
    expect(await sentenceOf(() => editRule(db(), OTHER, before, rule('C'), NOW))).toBe(DELETED);
    const now = await seen('rules', id);
    expect(await sentenceOf(() => editRule(db(), GUILD, now, rule(' '), NOW))).toBe(
      'onboarding-editor:invalid.empty',
    );
    expect(await namesIn('rules')).toEqual(['B']);
  });

  test('a question keeps its options, and refuses a kind that would lose them', async () => {
    const id = await add('questions', 'A');
    await addOption(db(), GUILD, id, option('Red', { followup: 'Which?' }), NOW);
    const before = await seen('questions', id);
    const refused = () => editQuestion(db(), GUILD, before, question('A', 'text'), NOW);
    expect(await sentenceOf(refused)).toBe('onboarding-editor:invalid.hasOptions');
    await editQuestion(db(), GUILD, before, { ...question('B'), help: 'H', isPrivate: true }, NOW);
    expect(await readQuestions(db(), GUILD)).toMatchObject([
      { text: 'B', help: 'H', isPrivate: true, options: [{ value: 'red', followup: 'Which?' }] },
    ]);
    expect(await sentenceOf(() => editQuestion(db(), GUILD, before, question('C'), NOW))).toBe(CHANGED);
  });

  test('options: the stored value stays, a copy has its own options', async () => {
    const id = await add('questions', 'Colour?');
    for (const label of ['Red', 'Red!', 'Blue']) await addOption(db(), GUILD, id, option(label), NOW);
    const valuesOf = async (of: number): Promise<string[]> =>
      ((await readQuestions(db(), GUILD)).find((one) => one.id === of)?.options ?? []).map(
        ({ value, label }) => `${value}=${label}`,
      );
    expect(await valuesOf(id)).toEqual(['red=Red', 'red-2=Red!', 'blue=Blue']);

    const before = { ...(await seen('questions', id)), option: 'blue' };
    await editOption(db(), GUILD, before, option('Green', { roleIds: ['1328374655667000009'] }), NOW);
    expect(await valuesOf(id)).toEqual(['red=Red', 'red-2=Red!', 'blue=Green']);
    expect(await sentenceOf(() => editOption(db(), GUILD, before, option('X'), NOW))).toBe(CHANGED);
    const now = async (value: string) => ({ ...(await seen('questions', id)), option: value });
    const same = await now('blue');
    expect(await sentenceOf(() => editOption(db(), GUILD, same, option('red'), NOW))).toBe(
      'onboarding-editor:invalid.sameLabel',
    );
    // Its own label is no other's.
    await editOption(db(), GUILD, same, option('GREEN'), NOW);

    const copy = await copyRow(db(), GUILD, 'questions', await seen('questions', id), NOW);
    await moveOption(db(), GUILD, await now('blue'), 'up', NOW);
    await moveOption(db(), GUILD, await now('red'), 'up', NOW);
    const last = await now('red-2');
    await deleteOption(db(), GUILD, last, NOW);
    expect(await valuesOf(id)).toEqual(['red=Red', 'blue=GREEN']);
    expect(await valuesOf(copy)).toEqual(['red=Red', 'red-2=Red!', 'blue=GREEN']);
    for (const act of [
      () => deleteOption(db(), GUILD, last, NOW),
      () => moveOption(db(), GUILD, last, 'up', NOW),
      () => editOption(db(), GUILD, last, option('X'), NOW),
    ])
      expect(await sentenceOf(act)).toBe('onboarding-editor:optionDeletedMeanwhile');
    expect(await sentenceOf(() => addOption(db(), OTHER, id, option('X'), NOW))).toBe(DELETED);
  });

  test('options: only where something is chosen, and not more than a list takes', async () => {
    const typed = await addQuestion(db(), GUILD, question('Name?', 'text'), NOW);
    expect(await sentenceOf(() => addOption(db(), GUILD, typed, option('X'), NOW))).toBe(
      'onboarding-editor:invalid.noOptions',
    );
    const id = await add('questions', 'Colour?');
    for (let index = 0; index < OPTIONS_MAX; index += 1)
      await addOption(db(), GUILD, id, option(`Option ${index}`), NOW);
    expect(await sentenceOf(() => addOption(db(), GUILD, id, option('more'), NOW))).toBe(
      'onboarding-editor:invalid.fullOptions',
    );
  });
});
