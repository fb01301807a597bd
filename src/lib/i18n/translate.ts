import { getFixedT } from 'i18next';
import type access from '../../languages/en-US/access.json';
import type announcements from '../../languages/en-US/announcements.json';
import type assistant from '../../languages/en-US/assistant.json';
import type assistantCommands from '../../languages/en-US/assistant-commands.json';
import type common from '../../languages/en-US/common.json';
import type analytics from '../../languages/en-US/analytics.json';
import type commands from '../../languages/en-US/commands.json';
import type config from '../../languages/en-US/config.json';
import type dashboard from '../../languages/en-US/dashboard.json';
import type doctor from '../../languages/en-US/doctor.json';
import type errors from '../../languages/en-US/errors.json';
import type faq from '../../languages/en-US/faq.json';
import type guildLife from '../../languages/en-US/guild-life.json';
import type health from '../../languages/en-US/health.json';
import type invites from '../../languages/en-US/invites.json';
import type messages from '../../languages/en-US/messages.json';
import type onboarding from '../../languages/en-US/onboarding.json';
import type onboardingEditor from '../../languages/en-US/onboarding-editor.json';
import type operations from '../../languages/en-US/operations.json';
import type privacy from '../../languages/en-US/privacy.json';
import type reminders from '../../languages/en-US/reminders.json';
import type settings from '../../languages/en-US/settings.json';
import type setup from '../../languages/en-US/setup.json';
import type ticketOverview from '../../languages/en-US/ticket-overview.json';
import type ticketTopics from '../../languages/en-US/ticket-topics.json';
import type tickets from '../../languages/en-US/tickets.json';
import type ticketSetup from '../../languages/en-US/ticket-setup.json';
import type ticketTranscript from '../../languages/en-US/ticket-transcript.json';

interface Namespaces {
  access: typeof access;
  announcements: typeof announcements;
  assistant: typeof assistant;
  'assistant-commands': typeof assistantCommands;
  common: typeof common;
  commands: typeof commands;
  config: typeof config;
  dashboard: typeof dashboard;
  doctor: typeof doctor;
  errors: typeof errors;
  faq: typeof faq;
  'guild-life': typeof guildLife;
  health: typeof health;
  analytics: typeof analytics;
  invites: typeof invites;
  messages: typeof messages;
  onboarding: typeof onboarding;
  'onboarding-editor': typeof onboardingEditor;
  operations: typeof operations;
  privacy: typeof privacy;
  reminders: typeof reminders;
  settings: typeof settings;
  setup: typeof setup;
  'ticket-overview': typeof ticketOverview;
  'ticket-topics': typeof ticketTopics;
  tickets: typeof tickets;
  'ticket-setup': typeof ticketSetup;
  'ticket-transcript': typeof ticketTranscript;
}

/** i18next picks the plural form itself, so a key is written without its `_one` or `_other`. */
type WithoutPlural<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;

type Paths<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? WithoutPlural<Key> : `${Key}.${Paths<Node[Key]>}`;
}[keyof Node & string];

/** The key of a sentence: `file:path.in.file` of `src/languages/en-US`. A key that does not exist fails to compile. */
export type SentenceKey = {
  [Name in keyof Namespaces]: `${Name}:${Paths<Namespaces[Name]>}`;
}[keyof Namespaces];

/** What a sentence has places for. `count` chooses between singular and plural; keys of sentences become a list of them. */
export type SentenceValues = Readonly<Record<string, string | number | readonly SentenceKey[]>>;

/** Turns a key into a sentence of one language. */
export type Translate = (key: SentenceKey, values?: SentenceValues) => string;

export const locales = ['en-US', 'nl'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'en-US';

/** The language to answer a person in, from the locale of their Discord client; English when we lack theirs. */
export function localeOf(discordLocale: string | null | undefined): Locale {
  return locales.find((locale) => locale === discordLocale) ?? defaultLocale;
}

const PLACE = /\{\{(\w+)\}\}/g;

/** The sentences of one language. Needs i18next to be loaded, which happens before the bot logs in. */
export function translator(locale: Locale): Translate {
  // The keys are checked by SentenceKey, which also knows plurals; i18next's own types are not used.
  const t = getFixedT(locale) as unknown as (key: string, options: object) => string;
  return (key, values = {}) => {
    // Filled in here and in one pass: i18next would read `{{x}}` and `$t(…)` in what a person wrote as parts of the sentence.
    const sentence = t(key, { ...values, skipInterpolation: true });
    return sentence.replace(PLACE, (place, name: string) => {
      const value = values[name] ?? place;
      return typeof value === 'object' ? value.map((item) => t(item, {})).join(', ') : String(value);
    });
  };
}
