import { accessData } from './personal-data/access.ts';
import { analyticsData } from './personal-data/analytics.ts';
import { announcementsData } from './personal-data/announcements.ts';
import { assistantData } from './personal-data/assistant.ts';
import { discordData } from './personal-data/discord.ts';
import { doctorData } from './personal-data/doctor.ts';
import { faqData } from './personal-data/faq.ts';
import { httpData } from './personal-data/http.ts';
import { invitesData } from './personal-data/invites.ts';
import { importData } from './personal-data/import.ts';
import { onboardingData } from './personal-data/onboarding.ts';
import { privacyData } from './personal-data/privacy.ts';
import { remindersData } from './personal-data/reminders.ts';
import type { RulesOf } from './personal-data/rule.ts';
import { settingsData } from './personal-data/settings.ts';
import { ticketsData } from './personal-data/tickets.ts';
import { webhooksData } from './personal-data/webhooks.ts';
import type { DB } from './types.ts';

// Whose data each column of each table holds, why, how long, and what the export and the erasure do with it. Export, erasure, retention
// and `/privacy` all read this; a table or a column that is not here does not compile. docs/privacy.md says how to classify one.

export type { Kept, Purpose } from './personal-data/rule.ts';

export type PersonalData = RulesOf<keyof DB>;

/** Days from what sets an erasure off until it happens. */
export const ERASED_AFTER_DAYS = {
  /** A member asks: time to change one's mind. */
  asked: 7,
  /** A member leaves a guild. */
  left: 30,
  /** The bot is removed from a guild. */
  removed: 30,
} as const;

/** In the order in which a guild's tables are emptied: what refers to another table stands before it. */
export const personalData = {
  ...announcementsData,
  ...remindersData,
  ...settingsData,
  ...doctorData,
  ...onboardingData,
  ...faqData,
  ...ticketsData,
  ...assistantData,
  ...invitesData,
  ...httpData,
  ...discordData,
  ...accessData,
  ...analyticsData,
  ...webhooksData,
  ...importData,
  ...privacyData,
} as const satisfies PersonalData;
