import type { APIEmbed, Guild } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { defaultLocale, locales, translator, type Translate } from '#lib/i18n/translate';
import { configIds } from '#lib/settings/custom-ids';
import { definitionOf, scopeOf, scopes, settingKeys, type SettingValue } from '#lib/settings/definitions';
import { isPicked, pickPanel, scopePanel, valueModal } from '#lib/settings/panel';
import type { HistoryEntry } from '#lib/settings/queries';
import { searchSettings, settingChoices, valueChoices } from '#lib/settings/search';
import type { EffectiveSetting } from '#lib/settings/settings';
import {
  changedLogEntry,
  changeText,
  HISTORY_PAGE,
  historyChoice,
  historyView,
  scopesView,
  settingsView,
} from '#lib/settings/views';
import { embed } from '#lib/ui/embeds';
import { useSentences } from '../i18n/sentences.ts';
import { problemsOfMessage, problemsOfModal, problemsOfPanel } from '../ui/accepted.ts';

useSentences();

const NOW = new Date('2026-12-01T09:00:00Z');
const LONGEST_ID = '9223372036854775807';
const GUILD = { channels: { cache: new Map() }, roles: { cache: new Map() } } as unknown as Guild;

/** A value of the setting's own type that takes much room. */
function longValue(key: (typeof settingKeys)[number]): SettingValue {
  const definition = definitionOf(key);
  switch (definition.type) {
    case 'channel':
    case 'role':
      return LONGEST_ID;
    case 'boolean':
      return !definition.default;
    case 'integer':
    case 'decimal':
      return definition.maximum;
    case 'choice':
      return definition.choices.at(-1) ?? definition.default;
    case 'durations':
      return Array.from({ length: definition.maximumCount }, (_, index) => 10_079 - index);
    case 'text':
      return '*'.repeat(definition.maximumLength);
    case 'timezone':
      return 'America/Argentina/ComodRivadavia';
  }
}

const byDefault: EffectiveSetting[] = settingKeys.map((key) => ({
  key,
  value: definitionOf(key).default,
  overridden: false,
  version: '0',
}));
const chosen: EffectiveSetting[] = settingKeys.map((key) => ({
  key,
  value: longValue(key),
  overridden: true,
  version: LONGEST_ID,
}));
const both = [
  ['defaults', byDefault],
  ['values of its own', chosen],
] as const;
const notes = [null, { kind: 'refused', text: 'x'.repeat(500) }] as const;

const entry = (change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: LONGEST_ID,
  key: 'system.timezone',
  oldValue: null,
  newValue: 'America/Argentina/ComodRivadavia',
  changedBy: LONGEST_ID,
  changedAt: NOW,
  changeType: 'created',
  ...change,
});

/** Every text and id of components, however deep. */
function partsOf(node: unknown, name: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === name && typeof value === 'string' ? [value] : partsOf(value, name),
  );
}

describe.each(locales)('%s', (locale) => {
  const t: Translate = (key, values) => translator(locale)(key, values);

  describe.each(both)('a guild with %s', (_name, settings) => {
    test.each(scopes)('the panel of %s shows each of its settings, and Discord takes it', (scope) => {
      for (const note of notes) {
        const panel = scopePanel(t, settings, scope, note);
        expect(problemsOfPanel(panel)).toEqual([]);
        const text = partsOf(panel, 'content').join('\n');
        const shown = settings.filter(({ key }) => text.includes(`\`${key}\``)).map(({ key }) => key);
        expect(shown).toEqual(settingKeys.filter((key) => scopeOf(key) === scope));
        expect(partsOf(panel, 'custom_id').filter((id) => configIds.parse(id) === 'outdated')).toEqual([]);
      }
    });

    test.each(settings.filter(({ key }) => isPicked(definitionOf(key))))('$key can be picked', (setting) => {
      for (const note of notes) {
        const panel = pickPanel(t, setting, note);
        expect(problemsOfPanel(panel)).toEqual([]);
        const actions = partsOf(panel, 'custom_id').map((id) => configIds.parse(id));
        expect(actions.map((id) => (id === 'outdated' ? id : id.action))).toEqual(
          setting.overridden ? ['pick', 'show', 'reset'] : ['pick', 'show'],
        );
      }
    });

    test.each(settings.filter(({ key }) => ['integer', 'timezone'].includes(definitionOf(key).type)))(
      '$key can be typed',
      (setting) => {
        const modal = valueModal(t, setting, 'an id');
        expect(problemsOfModal(modal)).toEqual([]);
        expect(modal.custom_id).toBe('an id');
      },
    );

    test('/config show and scopes', () => {
      const embeds = [settingsView(t, settings, NOW), scopesView(t, NOW)];
      expect(problemsOfMessage({ embeds })).toEqual([]);
      const text = JSON.stringify(embeds[0]);
      expect(settingKeys.filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
    });
  });

  test('a page of the history, and the button to the next', () => {
    const entries = Array.from({ length: HISTORY_PAGE + 1 }, (_, index) =>
      entry({ id: String(100 - index) }),
    );
    const page = historyView(t, entries, null, NOW);
    expect(problemsOfMessage(page)).toEqual([]);
    expect(page.embeds[0]?.description?.split('\n')).toHaveLength(HISTORY_PAGE);
    expect(partsOf(page.components, 'custom_id').map((id) => configIds.parse(id))).toEqual([
      { action: 'older', key: '', before: '91' },
    ]);
    expect(historyView(t, entries.slice(1), null, NOW).components).toEqual([]);
    expect(problemsOfMessage(historyView(t, [], null, NOW))).toEqual([]);
    const ofSetting = historyView(t, entries, 'system.timezone', NOW);
    expect(partsOf(ofSetting.components, 'custom_id').map((id) => configIds.parse(id))).toMatchObject([
      { key: 'system.timezone' },
    ]);
  });

  test.each(['created', 'updated', 'deleted', 'undone'] as const)('a change in the log: %s', (changeType) => {
    const views: APIEmbed[] = chosen.map(({ key, value }) =>
      embed('log', { ...changedLogEntry(entry({ key, changeType, newValue: value }))(t), at: NOW }),
    );
    for (const view of views) expect(problemsOfMessage({ embeds: [view] })).toEqual([]);
    expect(partsOf(views, 'value').filter((value) => value.includes('undefined'))).toEqual([]);
  });

  test('suggestions say something and end in time', () => {
    const names = [
      ...settingChoices(t, settingKeys).map(({ name }) => name),
      ...chosen.map(({ key, value }) => historyChoice(t, GUILD, entry({ key, newValue: value }))),
    ];
    expect(
      names.filter((name) => name.length > 100 || /undefined|null|config:|settings:/.test(name)),
    ).toEqual([]);
  });
});

test('a change is told with what else it did', () => {
  const t: Translate = (key, values) => translator(defaultLocale)(key, values);
  const change = { key: 'reminders.offset_minutes', value: 30, entry: entry({ newValue: 30 }) } as const;
  const moved = { sentence: 'reminders:moved', values: { count: 2 } } as const;
  expect(changeText(t, { ...change, notes: [moved] })).toBe(
    '**Minutes ahead**: now `30`.\n2 reminders follow the change.',
  );
  expect(changeText(t, { ...change, entry: null, notes: [] })).toBe(
    '**Minutes ahead**: it was `30` already; nothing changed.',
  );
});

describe('while somebody types a setting', () => {
  const spoken = (): Translate[] => locales.map(translator);

  test.each([
    ['system.language', 'system.language'],
    ['TIMEZONE', 'system.timezone'],
    ['tijdzone', 'system.timezone'],
    ['zomertijd', 'system.timezone'],
    ['daylight saving', 'system.timezone'],
    ['audit report', 'system.log_channel_id'],
    ['ping', 'reminders.allow_everyone_mentions'],
  ])('%s finds %s', (typed, key) => {
    expect(searchSettings(typed, spoken())).toEqual([key]);
  });

  test('nothing finds all of them, nonsense none', () => {
    expect([searchSettings(' ', spoken()), searchSettings('timezone nonsense', spoken())]).toEqual([
      settingKeys,
      [],
    ]);
  });
});

describe('while somebody types a value', () => {
  const suggested = (key: (typeof settingKeys)[number], typed: string): string[] =>
    valueChoices(translator(defaultLocale), GUILD, key, typed).map(({ value }) => value);

  test.each([
    ['reminders.enabled', '', ['on', 'off']],
    ['reminders.enabled', 'of', ['off']],
    ['system.log_level', 'only', ['critical']],
    ['system.log_level', 'crit', ['critical']],
    ['reminders.offset_minutes', '', ['60', '0', '4320']],
    ['reminders.offset_minutes', '45', ['45', '60', '0', '4320']],
    ['reminders.offset_minutes', '9999', ['60', '0', '4320']],
    ['reminders.offset_minutes', '-5', ['60', '0', '4320']],
    ['system.timezone', 'brus', ['Europe/Brussels']],
  ] as const)('of %s: %j', (key, typed, values) => {
    expect(suggested(key, typed)).toEqual(values);
  });

  test('never more than Discord shows', () => {
    expect(suggested('system.timezone', '')).toHaveLength(25);
  });
});
