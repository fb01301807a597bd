import {
  ComponentType,
  time,
  type APIButtonComponentWithCustomId,
  type APIContainerComponent,
} from 'discord.js';
import { sql } from 'kysely';
import type { Database } from '#lib/database/database';
import type { SettingValue } from '#lib/settings/definitions';
import { durationText } from '#lib/i18n/durations';
import type { Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { row, textDisplay } from '#lib/ui/components';
import type { Content } from '../content.ts';
import { questionsOf, rulesOf } from '../flow/flow.ts';
import { readNewestVersion, type Version } from '../versions.ts';

/** How far members came with the newest version. */
export interface Figures {
  readonly newest: Version;
  /** What of it members go through. */
  readonly content: Content;
  readonly started: number;
  readonly accepted: number;
  readonly finished: number;
  /** By question id. */
  readonly passed: ReadonlyMap<number, number>;
  /** From the first press to the end, in minutes, of half of those who finished; null when nobody did. */
  readonly medianMinutes: number | null;
}

/** The figures of a guild; null while nothing was published. */
export async function readFigures(
  db: Database,
  guildId: string,
  mode: SettingValue<'onboarding.mode'>,
): Promise<Figures | null> {
  const newest = await readNewestVersion(db, guildId);
  if (newest === null) return null;
  const { rows } = await sql<{
    started: string;
    accepted: string;
    finished: string;
    median_minutes: number | null;
  }>`
    select count(*) as started, count(rules_accepted_at) as accepted, count(finished_at) as finished,
      percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at) / 60)
        filter (where finished_at is not null) as median_minutes
    from onboarding_sessions where guild_id = ${guildId} and version = ${newest.version}`.execute(db);
  const { rows: passed } = await sql<{ question: number; members: string }>`
    select question, count(*) as members
    from onboarding_sessions, unnest(passed) question
    where guild_id = ${guildId} and version = ${newest.version}
    group by question`.execute(db);
  const [totals] = rows;
  return {
    newest,
    content: { rules: rulesOf(newest.content, mode), questions: questionsOf(newest.content, mode) },
    started: Number(totals?.started ?? 0),
    accepted: Number(totals?.accepted ?? 0),
    finished: Number(totals?.finished ?? 0),
    passed: new Map(passed.map(({ question, members }) => [question, Number(members)])),
    medianMinutes: totals?.median_minutes ?? null,
  };
}

const BAR_STEPS = 10;
const SHOWN_QUESTION_MAX = 50;

/** The figures as one line a step, each with its share of those who began. */
export function figuresView(
  t: Translate,
  figures: Figures,
  back: APIButtonComponentWithCustomId,
): APIContainerComponent {
  const { newest, content, started, accepted, finished, passed, medianMinutes } = figures;
  const line = (label: string, count: number): string => {
    const share = started === 0 ? 0 : count / started;
    const full = Math.round(share * BAR_STEPS);
    return `\`${'█'.repeat(full)}${'░'.repeat(BAR_STEPS - full)}\` ${Math.round(share * 100)} % (${count}) · ${label}`;
  };
  const lines = [
    line(t('onboarding:figures.started'), started),
    ...(content.rules.length > 0 ? [line(t('onboarding:figures.accepted'), accepted)] : []),
    ...content.questions.map(({ id, text }) =>
      line(safeEmbedText(text, SHOWN_QUESTION_MAX), passed.get(id) ?? 0),
    ),
    line(t('onboarding:figures.finished'), finished),
  ];
  const when = time(newest.publishedAt, 'f');
  return {
    type: ComponentType.Container,
    components: [
      textDisplay(
        [
          `## ${t('onboarding:figures.title')}`,
          t('onboarding:figures.version', { version: newest.version, when }),
          ...(started === 0 ? [t('onboarding:figures.none')] : lines),
          ...(medianMinutes === null
            ? []
            : [
                t('onboarding:figures.median', {
                  duration: durationText(t, Math.max(1, Math.round(medianMinutes))),
                }),
              ]),
        ].join('\n'),
      ),
      row(back),
    ],
  };
}
