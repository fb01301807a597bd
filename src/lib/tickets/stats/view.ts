import { ButtonStyle, ComponentType, SeparatorSpacingSize, type APIContainerComponent } from 'discord.js';
import { DateTime } from 'luxon';
import { durationText } from '#lib/i18n/durations';
import { memberMention } from '#lib/i18n/member-mention';
import type { Locale, Translate } from '#lib/i18n/translate';
import { drawBars } from '#lib/pictures/bars';
import { safeEmbedText, truncate } from '#lib/text/sanitize';
import { button, row, textDisplay } from '#lib/ui/components';
import { ticketStatuses } from '../status.ts';
import { divisionOf, type Stretch } from './course.ts';
import { statsIds } from './custom-ids.ts';
import { statsScopes, type Figures, type Rating, type StaffFigures, type StatsScope } from './figures.ts';

const PICTURE_NAME = 'tickets.png';
/** Discord's limit for the description of a picture. */
const ALT_MAX = 1_024;
/** Blue and orange, which are told apart whichever colours somebody sees. */
const [OPENED_COLOUR, CLOSED_COLOUR] = [0x5b8def, 0xf0a020];

export interface StatsShown {
  readonly scope: StatsScope;
  readonly figures: Figures;
  readonly staff: readonly StaffFigures[];
  readonly course: readonly Stretch[];
  readonly names: ReadonlyMap<number, string>;
  readonly zone: string;
}

/** The statistics of tickets, with a picture. Components V2. */
export function statsMessage(t: Translate, locale: Locale, shown: StatsShown) {
  const { scope, course, zone } = shown;
  const { unit } = divisionOf(scope);
  const dateOf = ({ begins }: Stretch): string =>
    DateTime.fromJSDate(begins, { zone })
      .setLocale(locale)
      .toLocaleString({ day: 'numeric', month: 'numeric' });
  const picture = drawBars(
    course.map((stretch) => ({ label: dateOf(stretch), values: [stretch.opened, stretch.closed] })),
    [OPENED_COLOUR, CLOSED_COLOUR],
  );
  const alt = [
    t(`ticket-overview:stats.alt.${unit}`),
    ...course.map((stretch) =>
      t('ticket-overview:stats.altPart', {
        date: dateOf(stretch),
        opened: stretch.opened,
        closed: stretch.closed,
      }),
    ),
  ].join(' ');
  const container: APIContainerComponent = {
    type: ComponentType.Container,
    components: [
      textDisplay(`## ${t('ticket-overview:stats.title')}\n${t(`ticket-overview:stats.scope.${scope}`)}`),
      textDisplay(numbers(t, shown.figures)),
      {
        type: ComponentType.MediaGallery,
        items: [{ media: { url: `attachment://${PICTURE_NAME}` }, description: truncate(alt, ALT_MAX) }],
      },
      textDisplay(`-# ${t(`ticket-overview:stats.legend.${unit}`)}`),
      ...section(t('ticket-overview:stats.categories'), categoryLines(t, shown)),
      ...section(t('ticket-overview:stats.staff'), staffLines(t, shown.staff)),
      { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small },
      row(
        ...statsScopes.map((one) =>
          button(
            t(`ticket-overview:stats.button.${one}`),
            statsIds.build('show', { scope: one }),
            one === scope ? ButtonStyle.Primary : ButtonStyle.Secondary,
          ),
        ),
        button(t('ticket-overview:refresh'), statsIds.build('refresh', { scope })),
      ),
    ],
  };
  return { components: [container], files: [{ name: PICTURE_NAME, attachment: picture }] };
}

function section(title: string, lines: readonly string[]): APIContainerComponent['components'] {
  return lines.length === 0 ? [] : [textDisplay([`### ${title}`, ...lines].join('\n'))];
}

function numbers(t: Translate, figures: Figures): string {
  const { counts, backlog, firstResponse, resolution, reopenRate, rating } = figures;
  const total = ticketStatuses.reduce((sum, status) => sum + counts[status], 0);
  const byStatus = ticketStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${t(`tickets:status.${status}`)} ${counts[status]}`);
  const spread = ({ median, p90 }: Figures['resolution']): string =>
    median === null || p90 === null
      ? t('ticket-overview:stats.notYet')
      : t('ticket-overview:stats.spread', { median: duration(t, median), p90: duration(t, p90) });
  return [
    `**${t('ticket-overview:stats.opened', { count: total })}**${total === 0 ? '' : ` · ${byStatus.join(' · ')}`}`,
    t('ticket-overview:stats.backlog', { open: backlog.open, unclaimed: backlog.unclaimed }),
    t('ticket-overview:stats.firstResponse', { spread: spread(firstResponse) }),
    t('ticket-overview:stats.resolution', { spread: spread(resolution) }),
    t('ticket-overview:stats.reopened', {
      share: reopenRate === null ? t('ticket-overview:stats.notYet') : `${Math.round(reopenRate * 100)} %`,
    }),
    t('ticket-overview:stats.rating', { rating: ratingText(t, rating) }),
  ].join('\n');
}

function ratingText(t: Translate, rating: Rating): string {
  return rating === null
    ? t('ticket-overview:stats.tooFewRatings')
    : t('ticket-overview:stats.average', { average: rating.average.toFixed(1), count: rating.count });
}

function categoryLines(t: Translate, { figures, names }: StatsShown): string[] {
  return figures.categories.map(
    ({ categoryId, count, open, medianFirstResponse, medianResolution, rating }) => {
      const name =
        categoryId === null ? t('tickets:general') : safeEmbedText(names.get(categoryId) ?? `#${categoryId}`);
      return [
        `**${name}** ${t('ticket-overview:stats.opened', { count })}`,
        t('ticket-overview:stats.stillOpen', { count: open }),
        ...times(t, medianFirstResponse, medianResolution),
        ...(rating === null ? [] : [ratingText(t, rating)]),
      ].join(' · ');
    },
  );
}

function staffLines(t: Translate, staff: readonly StaffFigures[]): string[] {
  return staff.map(({ userId, claimed, closed, medianFirstResponse, rating }) =>
    [
      `${memberMention(t, userId)} ${t('ticket-overview:stats.claimed', { count: claimed })}`,
      t('ticket-overview:stats.closed', { count: closed }),
      ...times(t, medianFirstResponse, null),
      ...(rating === null ? [] : [ratingText(t, rating)]),
    ].join(' · '),
  );
}

function times(t: Translate, firstResponse: number | null, resolution: number | null): string[] {
  return [
    ...(firstResponse === null
      ? []
      : [t('ticket-overview:stats.medianFirstResponse', { duration: duration(t, firstResponse) })]),
    ...(resolution === null
      ? []
      : [t('ticket-overview:stats.medianResolution', { duration: duration(t, resolution) })]),
  ];
}

const [HOUR, DAY] = [60, 1_440];

/** As exactly as it says something: minutes below a day, hours below ten days, days from there on. */
function duration(t: Translate, seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const unit = minutes < DAY ? 1 : minutes < 10 * DAY ? HOUR : DAY;
  return durationText(t, Math.round(minutes / unit) * unit);
}
