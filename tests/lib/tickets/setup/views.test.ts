import type { Client, Guild } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { locales, translator, type Translate } from '#lib/i18n/translate';
import { definitionOf, settingKeys } from '#lib/settings/definitions';
import { CATEGORIES_MAX, type TicketCategory } from '#lib/tickets/categories';
import { optionsText, OPTIONS_TEXT_MAX } from '#lib/tickets/editor/checks';
import { setupIds } from '#lib/tickets/editor/custom-ids';
import { fieldScreen, formScreen } from '#lib/tickets/editor/field-views';
import { lacksOf } from '#lib/tickets/editor/lacks';
import { categoryModal, fieldModal } from '#lib/tickets/editor/modals';
import { categoryScreen, homeScreen, refusedScreen } from '#lib/tickets/editor/views';
import { categoryText, fieldText, typed } from '#lib/tickets/editor/words';
import { formModal } from '#lib/tickets/form-modal';
import { fieldKinds } from '#lib/tickets/form';
import { PANEL_TEXT_MAX, PANEL_TITLE_MAX, panelMessage, panelStyles } from '#lib/tickets/panels/view';
import { useSentences } from '../../i18n/sentences.ts';
import { SeededRandom } from '../../text/seeded-random.ts';
import { problemsOfModal, problemsOfPanel } from '../../ui/accepted.ts';
import { acceptedCategory, largestCategory } from './accepted-categories.ts';

useSentences();

const NOTES = [null, { kind: 'refused', text: '*'.repeat(1000) }] as const;
const LONGEST_SNOWFLAKE = '9223372036854775807';
const VERSION = '1764579600123';
/** It has every channel and role, so that all selects show what is chosen. */
const guild = {
  id: '1',
  channels: { cache: { has: () => true } },
  roles: { cache: { has: () => true } },
} as unknown as Guild;
/** All that is chosen is gone. */
const emptyGuild = {
  id: '1',
  channels: { cache: new Map() },
  roles: { cache: new Map() },
} as unknown as Guild;

const SETTINGS = settingKeys.map((key) => ({
  key,
  value: definitionOf(key).type === 'channel' ? LONGEST_SNOWFLAKE : definitionOf(key).default,
  overridden: true,
  version: LONGEST_SNOWFLAKE,
}));

/** It sees every emoji. */
const client = { emojis: { cache: { has: () => true } } } as unknown as Client;
const PANELS = panelStyles.flatMap((style) => [
  { style, title: '*'.repeat(PANEL_TITLE_MAX), text: '*'.repeat(PANEL_TEXT_MAX) },
  { style, title: 'x', text: '' },
]);

/** Every custom id of components, however deep. */
function idsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'custom_id' && typeof value === 'string' ? [value] : idsIn(value),
  );
}

/** What is wrong with a screen; empty when Discord takes it and its buttons say something. */
function problemsOf(panel: Parameters<typeof problemsOfPanel>[0]): string[] {
  return [...problemsOfPanel(panel), ...idsIn(panel).filter((id) => setupIds.parse(id) === 'outdated')];
}

const SAVE = setupIds.build('saveField', { id: '2147483647', field: 'f5', seen: VERSION });
const AGAIN = setupIds.build('againField', {
  id: '2147483647',
  field: 'f5',
  seen: VERSION,
  kind: 'multiselect',
  flags: 'r',
});
const [, NOTE] = NOTES;

/** What is wrong with any screen, modal or form of these categories. */
function problemsWith(t: Translate, categories: readonly TicketCategory[]): string[] {
  const lacks = lacksOf(emptyGuild, categories, new Map() as never);
  const screens = NOTES.flatMap((note) => [
    homeScreen(t, { categories, settings: SETTINGS, lacks }, note),
    homeScreen(t, { categories, settings: SETTINGS, lacks: [] }, note),
    ...categories.flatMap((category) => [
      categoryScreen(t, guild, categories, category, note),
      categoryScreen(t, emptyGuild, categories, category, note, true),
      formScreen(t, category, note),
      ...category.form.flatMap((field) =>
        [false, true].map((isDeleting) => fieldScreen(t, category, field, note, isDeleting)),
      ),
    ]),
  ]);
  return [
    ...screens.flatMap(problemsOf),
    ...problemsOfModal(formModal(t, null, { customId: SAVE, isAboutMessage: true })),
    ...PANELS.flatMap((panel) => problemsOfPanel(panelMessage(t, client, panel, categories))),
    ...categories.flatMap((category) => problemsOfEditing(t, category)),
  ];
}

function problemsOfEditing(t: Translate, category: TicketCategory): string[] {
  const input = {
    name: category.name,
    description: category.description ?? '',
    emoji: category.emoji ?? '',
    limit: String(category.openLimit ?? ''),
  };
  const refused = { note: NOTE, again: AGAIN, back: SAVE };
  return [
    ...problemsOfModal(formModal(t, category, { customId: SAVE, text: '*'.repeat(4000) })),
    ...problemsOfModal(categoryModal(t, SAVE, false, input)),
    ...problemsOf(
      refusedScreen(t, { ...refused, now: categoryText(t, category), typed: typed.parts(t, input) }),
    ),
    ...category.form.flatMap((field) => {
      const written = { label: field.label, help: field.help ?? '', options: optionsText(field.options) };
      return [
        ...problemsOfModal(fieldModal(t, SAVE, false, { ...field, ...written })),
        ...problemsOf(
          refusedScreen(t, { ...refused, now: fieldText(t, field), typed: typed.parts(t, written) }),
        ),
      ];
    }),
  ];
}

describe.each(locales)('%s: whatever the checks accept is shown', (locale) => {
  const t: Translate = (key, values) => translator(locale)(key, values);

  test('nothing at all', () => {
    expect(problemsWith(t, [])).toEqual([]);
  });

  test('as much as there can be, of the longest', () => {
    const many = Array.from({ length: CATEGORIES_MAX }, (_, index) => largestCategory([], index));
    for (const enabled of [true, false]) {
      const categories = many.map((category) => ({ ...category, enabled }));
      const lacks = lacksOf(emptyGuild, categories, new Map() as never);
      const home = NOTES.map((note) => homeScreen(t, { categories, settings: SETTINGS, lacks }, note));
      expect(home.flatMap(problemsOf)).toEqual([]);
      const panels = PANELS.map((panel) => panelMessage(t, client, panel, categories));
      expect(panels.flatMap(problemsOfPanel)).toEqual([]);
    }
    expect(problemsWith(t, [largestCategory(fieldKinds)])).toEqual([]);
    expect(problemsWith(t, [largestCategory(Array(5).fill('multiselect'))])).toEqual([]);
  });

  test.each([1, 2, 3, 4])('anything, drawn from %i', (seed) => {
    const random = new SeededRandom(seed);
    const categories = Array.from({ length: 1 + random.below(8) }, (_, index) =>
      acceptedCategory(random, index),
    );
    expect(problemsWith(t, categories)).toEqual([]);
  });

  test('empty modals, and the worst that can be refused', () => {
    const empty = { name: '', description: '', emoji: '', limit: '' };
    expect(problemsOfModal(categoryModal(t, SAVE, true, empty))).toEqual([]);
    const field = { kind: 'short', label: '', help: '', options: '', required: true };
    expect(problemsOfModal(fieldModal(t, SAVE, true, field))).toEqual([]);
    const worst = { label: '`'.repeat(45), help: '`'.repeat(100), options: '`'.repeat(OPTIONS_TEXT_MAX) };
    const screen = refusedScreen(t, {
      note: NOTE,
      now: '*'.repeat(1000),
      typed: typed.parts(t, worst),
      again: AGAIN,
      back: SAVE,
    });
    expect(problemsOf(screen)).toEqual([]);
  });
});
