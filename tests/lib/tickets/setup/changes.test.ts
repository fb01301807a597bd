import { beforeEach, describe, expect, test } from 'vitest';
import { CATEGORIES_MAX, categoriesOf, readCategory } from '#lib/tickets/categories';
import {
  addCategory,
  deleteCategory,
  editCategory,
  moveCategory,
  placeCategory,
  turnCategory,
} from '#lib/tickets/editor/changes';
import { checkCategory, checkField, optionsText, OPTIONS_TEXT_MAX } from '#lib/tickets/editor/checks';
import { addField, deleteField, editField, moveField } from '#lib/tickets/editor/field-changes';
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

const category = (name: string, more = {}) => ({ name, description: '', emoji: '', limit: '', ...more });
const field = (label: string, more = {}) => ({
  kind: 'short',
  label,
  help: '',
  required: true,
  options: '',
  ...more,
});
const add = (name: string, guildId = GUILD) => addCategory(db(), guildId, category(name), NOW);
const names = async (guildId = GUILD) => (await categoriesOf(db(), guildId)).map(({ name }) => name);
const seen = async (id: number) => ({ id, seen: (await readCategory(db(), GUILD, id))?.version ?? '' });
const labels = async (id: number) => (await readCategory(db(), GUILD, id))?.form.map(({ label }) => label);

describe('categories', () => {
  test('are added, moved and deleted, each guild its own', async () => {
    const [billing, bugs] = [await add('Billing'), await add('Bugs')];
    await add('Other');
    await add('Elsewhere', OTHER);
    await moveCategory(db(), GUILD, await seen(bugs), 'up', NOW);
    await moveCategory(db(), GUILD, await seen(bugs), 'up', NOW);
    expect(await names()).toEqual(['Bugs', 'Billing', 'Other']);
    expect(await deleteCategory(db(), GUILD, await seen(bugs), NOW)).toBe('Bugs');
    await add('Bugs');
    expect(await names()).toEqual(['Billing', 'Other', 'Bugs']);
    expect(await names(OTHER)).toEqual(['Elsewhere']);
    // Its tickets still say what they were about.
    expect(await readCategory(db(), GUILD, bugs)).toMatchObject({ name: 'Bugs', isDeleted: true });
    const stolen = { id: billing, seen: (await seen(billing)).seen };
    expect(await refusalOf(() => deleteCategory(db(), OTHER, stolen, NOW))).toMatchObject({
      sentence: 'ticket-setup:gone.category',
    });
  });

  test('hold what was chosen for them', async () => {
    const id = await add('Billing');
    await editCategory(
      db(),
      GUILD,
      await seen(id),
      category(' Bills\nand  money ', { description: 'x', emoji: '🎮', limit: '3' }),
      NOW,
    );
    await placeCategory(db(), GUILD, await seen(id), { parentId: '11', staffRoleId: '12' }, NOW);
    await placeCategory(db(), GUILD, await seen(id), { escalationRoleId: '13', staffRoleId: null }, NOW);
    await turnCategory(db(), GUILD, await seen(id), false, NOW);
    expect(await readCategory(db(), GUILD, id)).toMatchObject({
      name: 'Bills and money',
      description: 'x',
      emoji: '🎮',
      openLimit: 3,
      parentId: '11',
      staffRoleId: null,
      escalationRoleId: '13',
      enabled: false,
    });
  });

  test('a second click, or an older screen, changes nothing', async () => {
    const id = await add('Billing');
    await add('Bugs');
    const shown = await seen(id);
    await moveCategory(db(), GUILD, shown, 'down', NOW);
    const changed = { sentence: 'ticket-setup:gone.changed' };
    for (const act of [
      () => moveCategory(db(), GUILD, shown, 'down', NOW),
      () => editCategory(db(), GUILD, shown, category('X'), NOW),
      () => placeCategory(db(), GUILD, shown, { parentId: null }, NOW),
      () => turnCategory(db(), GUILD, shown, false, NOW),
      () => deleteCategory(db(), GUILD, shown, NOW),
    ])
      expect(await refusalOf(act)).toMatchObject(changed);
    expect(await names()).toEqual(['Bugs', 'Billing']);
  });

  test('there are at most 25, also when many are added at once', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: CATEGORIES_MAX + 5 }, (_, index) => add(`Category ${index}`)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(CATEGORIES_MAX);
    expect(await names()).toHaveLength(CATEGORIES_MAX);
    expect(await refusalOf(() => add('One more'))).toMatchObject({
      sentence: 'ticket-setup:invalid.fullCategories',
    });
  });

  test('make the panels of their guild due', async () => {
    for (const [guildId, messageId] of [
      [GUILD, '21'],
      [OTHER, '22'],
    ] as const)
      await db()
        .insertInto('ticket_panels')
        .values({
          guild_id: guildId,
          channel_id: '1',
          message_id: messageId,
          style: 'buttons',
          title: 'x',
          text: '',
          posted_at: NOW,
        })
        .execute();
    await add('Billing');
    const due = await db().selectFrom('ticket_panels').select(['guild_id', 'refresh_due_at']).execute();
    expect(due.toSorted((one, other) => one.guild_id.localeCompare(other.guild_id))).toEqual([
      { guild_id: GUILD, refresh_due_at: NOW },
      { guild_id: OTHER, refresh_due_at: null },
    ]);
  });
});

describe('fields', () => {
  test('are added, changed, moved and deleted', async () => {
    const id = await add('Bugs');
    for (const label of ['What?', 'Where?', 'When?']) await addField(db(), GUILD, id, field(label), NOW);
    expect(await labels(id)).toEqual(['What?', 'Where?', 'When?']);
    await moveField(db(), GUILD, { ...(await seen(id)), field: 'f3' }, 'up', NOW);
    await deleteField(db(), GUILD, { ...(await seen(id)), field: 'f1' }, NOW);
    await editField(
      db(),
      GUILD,
      { ...(await seen(id)), field: 'f2' },
      field('Colour?', { kind: 'select', options: 'Red | like blood\r\n\n Green ', required: false }),
      NOW,
    );
    // A place that is free again gets another field, which is another question.
    await addField(db(), GUILD, id, field('Why?'), NOW);
    expect((await readCategory(db(), GUILD, id))?.form).toEqual([
      { id: 'f3', kind: 'short', label: 'When?', help: null, required: true, options: [] },
      {
        id: 'f2',
        kind: 'select',
        label: 'Colour?',
        help: null,
        required: false,
        options: [
          { value: 'Red', label: 'Red', description: 'like blood' },
          { value: 'Green', label: 'Green', description: null },
        ],
      },
      { id: 'f1', kind: 'short', label: 'Why?', help: null, required: true, options: [] },
    ]);
  });

  test('five fit; one that is gone, or was changed meanwhile, is not touched', async () => {
    const id = await add('Bugs');
    const shown = { ...(await seen(id)), field: 'f1' };
    for (let index = 0; index < 5; index += 1) await addField(db(), GUILD, id, field(`Q${index}`), NOW);
    expect(await refusalOf(() => addField(db(), GUILD, id, field('Q6'), NOW))).toMatchObject({
      sentence: 'ticket-setup:invalid.fullFields',
    });
    expect(await refusalOf(() => deleteField(db(), GUILD, shown, NOW))).toMatchObject({
      sentence: 'ticket-setup:gone.changed',
    });
    const gone = { ...(await seen(id)), field: 'f9' };
    expect(await refusalOf(() => deleteField(db(), GUILD, gone, NOW))).toMatchObject({
      sentence: 'ticket-setup:gone.field',
    });
    expect(await refusalOf(() => addField(db(), OTHER, id, field('Q'), NOW))).toMatchObject({
      sentence: 'ticket-setup:gone.category',
    });
  });
});

describe('what Discord cannot show is refused with the limit', () => {
  const many = Array.from({ length: 26 }, (_, index) => `Option ${index}`).join('\n');
  test.each<[string, () => unknown, string]>([
    ['no name', () => checkCategory(category(' <@123456789012345678> ')), 'write something here'],
    ['a long name', () => checkCategory(category('x'.repeat(46))), 'at most 45 characters; this has 46'],
    [
      'a long description',
      () => checkCategory(category('x', { description: 'x'.repeat(101) })),
      'at most 100',
    ],
    ['two emojis', () => checkCategory(category('x', { emoji: '🎮🎮' })), 'is not one emoji'],
    ['a limit of none', () => checkCategory(category('x', { limit: '0' })), 'from 1 to 10'],
    ['a limit of words', () => checkCategory(category('x', { limit: '-1' })), 'from 1 to 10'],
    ['a name twice', () => checkCategory(category('bugs'), [{ name: 'Bugs' }]), 'There is a category "bugs"'],
    ['a long question', () => checkField(field('x'.repeat(46))), 'at most 45 characters'],
    ['a long help', () => checkField(field('x', { help: 'x'.repeat(101) })), 'at most 100 characters'],
    ['no such kind', () => checkField(field('x', { kind: 'dance' })), 'no kind of question "dance"'],
    [
      'nothing to choose',
      () => checkField(field('x', { kind: 'select', options: ' \n ' })),
      'nothing to choose',
    ],
    ['no use for options', () => checkField(field('x', { options: 'a\nb' })), 'There are 2 options, but'],
    [
      '26 options',
      () => checkField(field('x', { kind: 'select', options: many })),
      'At most 25 options; these are 26',
    ],
    [
      'an option twice',
      () => checkField(field('x', { kind: 'select', options: 'a\nA | b' })),
      'two options "A"',
    ],
    [
      'a long option',
      () => checkField(field('x', { kind: 'select', options: 'x'.repeat(101) })),
      'at most 100',
    ],
    [
      'a bar alone',
      () => checkField(field('x', { kind: 'select', options: '| b' })),
      '**Option**: write something',
    ],
    [
      'too much in all',
      () => checkField(field('x', { kind: 'select', options: 'x'.repeat(OPTIONS_TEXT_MAX + 1) })),
      `at most ${OPTIONS_TEXT_MAX} characters`,
    ],
  ])('%s', async (_what, act, text) => {
    expect((await refusalOf(act)).text).toContain(text);
  });

  test('options are typed as they were saved', () => {
    const typed = 'Red | like blood\nGreen\nA | b | c';
    const { options } = checkField(field('x', { kind: 'multiselect', options: typed }));
    expect(optionsText(options)).toBe(typed);
  });
});
