import type { Guild } from 'discord.js';
import type { Locale } from '#lib/i18n/translate';
import { html, type Html } from '#lib/http/html';

/** Where a sentence is read, for the names and times in it. */
export interface Reading {
  readonly guild: Guild | null;
  readonly locale: Locale;
  /** IANA name. */
  readonly zone: string;
}

const MARK =
  /\\([^a-zA-Z0-9\s])|`([^`]*)`|\*\*(.+?)\*\*|<#(\d+)>|<@&(\d+)>|<@!?(\d+)>|<t:(-?\d{1,12})(?::\w)?>|\n/gs;

/** A sentence that was written for Discord, as a page shows it: names in place of mentions, and its few marks as HTML. */
export function discordText(text: string, reading: Reading): Html {
  const parts: (Html | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    parts.push(text.slice(end, match.index), markOf(match, reading));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return html`${parts}`;
}

function markOf(match: RegExpExecArray, reading: Reading): Html | string {
  const [whole, escaped, code, strong, channel, role, user, instant] = match;
  const { guild } = reading;
  if (escaped !== undefined) return escaped;
  if (code !== undefined) return html`<code>${code}</code>`;
  if (strong !== undefined) return html`<strong>${discordText(strong, reading)}</strong>`;
  if (channel !== undefined) return `#${guild?.channels.cache.get(channel)?.name ?? channel}`;
  if (role !== undefined) return `@${guild?.roles.cache.get(role)?.name ?? role}`;
  if (user !== undefined)
    return `@${guild?.members.cache.get(user)?.displayName ?? guild?.client.users.cache.get(user)?.displayName ?? user}`;
  if (instant !== undefined) return timeHtml(new Date(Number(instant) * 1_000), reading);
  return whole === '\n' ? html`<br />` : whole;
}

/** An instant on a page, as clocks of the guild's zone show it. */
export function timeHtml(at: Date, { locale, zone }: Pick<Reading, 'locale' | 'zone'>): Html {
  const text = new Intl.DateTimeFormat(datesLike(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).format(at);
  return html`<time datetime="${at.toISOString()}">${text}</time>`;
}

/** A day of the guild's zone beside others: `3 Dec`. */
export function dayFormat({ locale, zone }: Pick<Reading, 'locale' | 'zone'>): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(datesLike(locale), { day: 'numeric', month: 'short', timeZone: zone });
}

/** English readers are mostly not in America here: the day before the month. */
function datesLike(locale: Locale): string {
  return locale === 'en-US' ? 'en-GB' : locale;
}
