import { globSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultLocale, locales, translator, type SentenceKey } from '#lib/i18n/translate';
import { definitionOf, scopes, settingKeys } from '#lib/settings/definitions';
import {
  BUTTON_LABEL_MAX,
  CHOICE_NAME_MAX,
  LABEL_DESCRIPTION_MAX,
  LABEL_TEXT_MAX,
  MODAL_TITLE_MAX,
  SELECT_OPTION_TEXT_MAX,
  SELECT_PLACEHOLDER_MAX,
} from '#lib/ui/limits';
import { LANGUAGES, placeholdersOf, sentencesOf } from './lib/i18n/language-files.ts';
import { useSentences } from './lib/i18n/sentences.ts';

const SRC = path.resolve(import.meta.dirname, '../src');
const english = sentencesOf(defaultLocale);

/** What keys begin with that the source puts together from parts; every other key stands in it as a whole. */
const DYNAMIC_PREFIXES = [
  'assistant-commands:caption.style.',
  'assistant-commands:caption.templates.',
  'assistant-commands:growth.field.',
  'assistant-commands:growth.hint.',
  'assistant-commands:leader.challenge.',
  'assistant-commands:leader.checklist.',
  'assistant-commands:leader.hint.',
  'assistant:feature.',
  'health:aiIs.',
  'assistant:status.kind.',
  'dashboard:page.',
  'faq:command.',
  'faq:language.',
  'invites:period.',
  'ticket-overview:claimed.',
  'ticket-overview:stats.alt.',
  'ticket-overview:stats.button.',
  'ticket-overview:stats.legend.',
  'ticket-overview:stats.scope.',
  'tickets:status.',
  'tickets:event.',
  'setup:access.',
  'setup:button.',
  'setup:feature.',
  'setup:newName.',
  'setup:state.',
  'setup:step.',
  'settings:',
  'common:duration.',
  'common:permissions.',
  'config:panel.turn.',
  'messages:clean.left.',
  'messages:embed.field.',
  'messages:embed.hint.',
  'operations:migrate.',
  'onboarding:invalid.',
  'operations:category.',
  'operations:commands.menu.',
  'onboarding:panel.',
  'onboarding:duty.',
  'privacy:document.readIn.',
  'privacy:gdpr.languages.',
  'privacy:kept.',
  'privacy:purpose.',
  'privacy:table.',
  'reminders:adjusted.',
  'reminders:failure.',
  'reminders:list.filter.',
  'reminders:about.target.',
  'reminders:snooze.ask.',
  'reminders:snooze.for.',
  'reminders:snooze.preset.',
  'ticket-transcript:event.',
  'ticket-transcript:file.',
  'ticket-transcript:status.',
];
const withoutPlural = (key: string): string => key.replace(/_(one|other)$/, '');

useSentences();

test('there is a folder for each language, and no other', () => {
  expect(readdirSync(LANGUAGES).sort()).toEqual([...locales].sort());
});

describe.each(locales)('%s', (locale) => {
  const sentences = sentencesOf(locale);

  test('has every sentence and no more', () => {
    expect([...sentences.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('has the same places for values in each sentence', () => {
    const different = [...sentences].filter(
      ([key, text]) => placeholdersOf(text).join() !== placeholdersOf(english.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  test('says something in each sentence, without white space around it', () => {
    expect([...sentences].filter(([, text]) => text === '' || text.trim() !== text)).toEqual([]);
  });

  test('has both numbers of each sentence that counts', () => {
    const bases = [...sentences.keys()].filter((key) => withoutPlural(key) !== key).map(withoutPlural);
    const incomplete = bases.filter(
      (base) => !sentences.has(`${base}_one`) || !sentences.has(`${base}_other`),
    );
    expect(incomplete).toEqual([]);
  });

  test('names each setting, its choices and its scope', () => {
    const needed = [
      ...scopes.map((scope) => `settings:scopes.${scope}`),
      ...settingKeys.flatMap((key) => {
        const definition = definitionOf(key);
        const choices = definition.type === 'choice' ? definition.choices : [];
        return [
          ...['name', 'description', 'words'].map((part) => `settings:${key}.${part}`),
          ...choices.map((choice) => `settings:${key}.choices.${choice}`),
          ...(definition.type === 'text' ? [`settings:${key}.hint`] : []),
        ];
      }),
    ];
    expect([...sentences.keys()].filter((key) => key.startsWith('settings:')).sort()).toEqual(needed.sort());
  });

  test.each([
    [/^settings:(?!scopes).*\.name$/, Math.min(MODAL_TITLE_MAX, LABEL_TEXT_MAX)],
    [/^settings:scopes\./, SELECT_OPTION_TEXT_MAX],
    [
      /^onboarding:(start|skip|back|fields\.(answer|continue)|rules\.(next|previous|accept)|summary\.confirm)$/,
      BUTTON_LABEL_MAX,
    ],
    [/^onboarding:(choose|chooseSome|summary\.change)$/, SELECT_PLACEHOLDER_MAX],
    [/^onboarding:fields\.title$/, MODAL_TITLE_MAX],
    [/^settings:.*\.choices\./, SELECT_OPTION_TEXT_MAX],
    [/^assistant-commands:(growth|leader)\.title$/, MODAL_TITLE_MAX],
    [/^assistant-commands:(growth\.field\.|leader\.question$)/, LABEL_TEXT_MAX],
    [/^assistant-commands:(growth\.hint\.|leader\.questionHint$)/, LABEL_DESCRIPTION_MAX],
    [/^assistant-commands:leader\.(challenge|hint)\./, SELECT_OPTION_TEXT_MAX],
    [/^assistant-commands:leader\.own$/, BUTTON_LABEL_MAX],
    [/^assistant-commands:caption\.style\./, CHOICE_NAME_MAX],
    [/^config:panel\.(change|turn\.on|turn\.off|back|reset)$/, BUTTON_LABEL_MAX],
    [/^config:history\.older$/, BUTTON_LABEL_MAX],
    [/^config:panel\.(choose|chooseScope)$/, SELECT_PLACEHOLDER_MAX],
    [/^config:value\./, CHOICE_NAME_MAX],
    [/^commands:/, 100],
  ])('%s: at most %i characters', (pattern, most) => {
    const found = [...sentences].filter(([key]) => pattern.test(key));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(([, text]) => text.length > most)).toEqual([]);
  });
});

test('every sentence is used', () => {
  const source = globSync('**/*.ts', { cwd: SRC })
    .map((file) => readFileSync(path.join(SRC, file), 'utf8'))
    .join('\n');
  const unused = [...new Set([...english.keys()].map(withoutPlural))].filter(
    (key) => !DYNAMIC_PREFIXES.some((prefix) => key.startsWith(prefix)) && !source.includes(`'${key}'`),
  );
  expect(unused).toEqual([]);
  expect(DYNAMIC_PREFIXES.filter((prefix) => !source.includes(`\`${prefix}\${`))).toEqual([]);
});

describe('a value', () => {
  const hostile = [
    '{{value}}',
    '{{setting}}',
    '{{x}}',
    '$t(errors:unknown)',
    '&<b>"\'',
    '%s $1 $&',
    '$t(a, {"b": 1})',
  ];

  test.each(hostile)('%s stays as it is', (value) => {
    const said = locales.map((locale) => translator(locale)('config:changed', { setting: value, value: 30 }));
    expect(said).toEqual([`**${value}**: now 30.`, `**${value}**: nu 30.`]);
  });

  test('chooses between one and many', () => {
    const counted = (count: number) =>
      locales.map((locale) => translator(locale)('config:scopes.count', { count }));
    expect([counted(1), counted(2)]).toEqual([
      ['1 setting', '1 instelling'],
      ['2 settings', '2 instellingen'],
    ]);
  });
});

test('every key finds its sentence', () => {
  const missing = locales.flatMap((locale) =>
    [...english.keys()].filter(
      (key) => translator(locale)(withoutPlural(key) as SentenceKey, { count: 2 }) === key,
    ),
  );
  expect(missing).toEqual([]);
});
