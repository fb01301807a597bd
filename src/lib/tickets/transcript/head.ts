import type { Guild } from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { translator, type Locale, type Translate } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import type { TicketDeps } from '../deps.ts';
import { eventsOf, type TicketEvent } from '../events.ts';
import type { Ticket } from '../ticket.ts';
import { markdownWriter, type MarkdownWriter, type Mentioned } from './markdown.ts';
import {
  authorNames,
  countMessages,
  formFilesOf,
  type TranscriptCounts,
  type TranscriptFile,
} from './source.ts';

export type TranscriptDeps = Pick<
  TicketDeps,
  'db' | 'client' | 'settings' | 'clock' | 'log' | 'filesDirectory'
>;

/** All of a transcript but its messages. */
export interface TranscriptHead extends TranscriptCounts {
  readonly ticket: Ticket;
  readonly guildName: string;
  readonly category: string | null;
  readonly events: readonly TicketEvent[];
  readonly formFiles: readonly TranscriptFile[];
  /** Deleted ones too. */
  readonly categoryNames: ReadonlyMap<number, string>;
  readonly locale: Locale;
  readonly zone: string;
  readonly t: Translate;
  readonly madeAt: Date;
  readonly names: Names;
  readonly markdown: MarkdownWriter;
}

/** What things and people are called, and when something was. */
export interface Names extends Mentioned {
  /** Null: the bot by itself. */
  person(id: string | null): string;
  day(at: Date): string;
  clock(at: Date): string;
  moment(at: Date): string;
}

/** Of 10,000 usual messages it takes a few seconds of a slow machine. */
const MARKDOWN_BUDGET_MS = 20_000;
/** People asked for by name, beside those who wrote. */
const NAMES_ASKED_MAX = 25;

export async function readHead(deps: TranscriptDeps, ticket: Ticket): Promise<TranscriptHead> {
  const { db, client, settings, clock } = deps;
  const { guildId, categoryId } = ticket;
  const overrides = await settings.overrides(guildId);
  const locale = effectiveValue(overrides, 'system.language');
  const zone = effectiveValue(overrides, 'system.timezone');
  const t = translator(locale);
  const guild = client.guilds.cache.get(guildId);
  const [events, formFiles, counts, authors, categoryNames] = await Promise.all([
    eventsOf(db, guildId, ticket.id),
    formFilesOf(db, ticket),
    countMessages(db, ticket),
    authorNames(db, ticket),
    readCategoryNames(db, guildId),
  ]);
  const named = [
    ticket.claimedBy,
    ticket.closedBy,
    ...events.flatMap(({ actorId, memberId }) => [actorId, memberId]),
  ];
  await addNames(deps, authors, named);
  const names = namesOf(authors, { guild, client }, { locale, zone, t });
  return {
    ticket,
    guildName: guild?.name ?? guildId,
    category: categoryId === null ? null : (categoryNames.get(categoryId) ?? null),
    categoryNames,
    events,
    formFiles,
    ...counts,
    locale,
    zone,
    t,
    madeAt: clock.now(),
    names,
    markdown: markdownWriter(names, MARKDOWN_BUDGET_MS),
  };
}

async function readCategoryNames(db: Database, guildId: string): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('ticket_categories')
    .select(['id', 'name'])
    .where('guild_id', '=', guildId)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Those who did something and wrote nothing. */
async function addNames(
  { client, log }: TranscriptDeps,
  known: Map<string, string>,
  ids: readonly (string | null)[],
): Promise<void> {
  const unknown = [...new Set(ids)].filter(
    (id): id is string => id !== null && id !== FORMER_MEMBER && !known.has(id),
  );
  await Promise.all(
    unknown.slice(0, NAMES_ASKED_MAX).map(async (id) => {
      try {
        known.set(id, (await client.users.fetch(id)).displayName);
      } catch (error) {
        log.debug({ err: error }, 'tickets: the name of somebody in a transcript could not be had');
      }
    }),
  );
}

function namesOf(
  people: ReadonlyMap<string, string>,
  { guild, client }: { readonly guild: Guild | undefined; readonly client: TicketDeps['client'] },
  { locale, zone, t }: { readonly locale: Locale; readonly zone: string; readonly t: Translate },
): Names {
  const formatted = (options: Intl.DateTimeFormatOptions): ((at: Date) => string) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    return (at) => format.format(at);
  };
  const day = formatted({ dateStyle: 'full' });
  const clock = formatted({ timeStyle: 'short' });
  const moment = formatted({ dateStyle: 'long', timeStyle: 'short' });
  const written: Readonly<Record<string, (at: Date) => string>> = {
    t: clock,
    T: formatted({ timeStyle: 'medium' }),
    d: formatted({ dateStyle: 'short' }),
    D: formatted({ dateStyle: 'long' }),
    F: formatted({ dateStyle: 'full', timeStyle: 'short' }),
  };
  const user = (id: string): string =>
    id === FORMER_MEMBER
      ? t('common:formerMember')
      : (people.get(id) ?? client.users.cache.get(id)?.displayName ?? id);
  const bot = guild?.members.me?.displayName ?? client.user?.displayName ?? '';
  return {
    user,
    person: (id) => (id === null ? bot : user(id)),
    role: (id) => guild?.roles.cache.get(id)?.name ?? t('ticket-transcript:unknownRole'),
    channel: (id) => guild?.channels.cache.get(id)?.name ?? t('ticket-transcript:unknownChannel'),
    time(seconds, format) {
      const at = new Date(seconds * 1000);
      return Number.isNaN(at.getTime()) ? String(seconds) : (written[format] ?? moment)(at);
    },
    day,
    clock,
    moment,
  };
}
