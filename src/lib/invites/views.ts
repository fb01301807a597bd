import { time, TimestampStyles, type APIEmbed, type InteractionReplyOptions } from 'discord.js';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { button, row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import { pageButtons } from '#lib/ui/paging';
import type { Verdict } from './attribute.ts';
import type { Came, InviteCount, Ranked } from './counts.ts';
import { inviteIds } from './custom-ids.ts';

/** What a leaderboard may look back on. */
export const periods = ['7', '30', 'all'] as const;
export type Period = (typeof periods)[number];

export interface Board {
  /** Whose it is. */
  readonly by: string;
  readonly period: Period;
  readonly page: number;
  readonly pages: number;
  readonly ranked: readonly Ranked[];
  /** The place of the first one on this page. */
  readonly firstPlace: number;
  readonly isEnabled: boolean;
  readonly at: Date;
}

type BoardMessage = Required<Pick<InteractionReplyOptions, 'embeds' | 'components'>>;

/** A page of the leaderboard. */
export function boardView(t: Translate, board: Board): BoardMessage {
  const { by, period, page, pages, ranked, firstPlace, isEnabled, at } = board;
  const idOf = (action: 'page' | 'hide', to: number): string =>
    inviteIds.build(action, { by, period, page: String(to) });
  const lines = ranked.map(({ memberId, ...count }, index) =>
    t('invites:board.line', {
      place: firstPlace + index,
      member: `<@${memberId}>`,
      total: count.total,
      parts: partsText(t, count),
    }),
  );
  const isPaged = pages > 1;
  return {
    embeds: [
      embed('info', {
        title: t('invites:board.title'),
        description: [
          t(`invites:period.${period}`),
          ...(isEnabled ? [] : [t('invites:board.off')]),
          '',
          ...(lines.length > 0
            ? lines
            : [t(period === 'all' ? 'invites:board.none' : 'invites:board.noneThen')]),
        ].join('\n'),
        footer: [
          ...(isPaged ? [t('common:paging.page', { page, pages })] : []),
          t('invites:board.certain'),
        ].join(' · '),
        at,
      }),
    ],
    components: [
      row(
        ...(isPaged ? pageButtons(t, page - 1, pages, (to) => idOf('page', to + 1)) : []),
        button(t('invites:board.hide'), idOf('hide', page)),
      ),
    ],
  };
}

/** What a count is made of; nothing is said of what is none. */
function partsText(t: Translate, { joined, left, fake, bonus }: InviteCount): string {
  const signed = bonus > 0 ? `+${bonus}` : String(bonus).replace('-', '−');
  return [
    t('invites:part.joined', { number: joined }),
    ...(left > 0 ? [t('invites:part.left', { number: left })] : []),
    ...(fake > 0 ? [t('invites:part.fake', { number: fake })] : []),
    ...(bonus === 0 ? [] : [t('invites:part.bonus', { number: signed })]),
  ].join(', ');
}

/** Said to somebody who hid themselves, with the way back. */
export function hiddenView(t: Translate): Pick<InteractionReplyOptions, 'content' | 'components'> {
  return {
    content: t('invites:hidden'),
    components: [row(button(t('invites:show'), inviteIds.build('show', {})))],
  };
}

export interface Own {
  readonly memberName: string;
  readonly count: InviteCount;
  readonly isHidden: boolean;
  /** How they came; null: that is for others to know, undefined: it was not noted. */
  readonly came: Came | null | undefined;
  readonly at: Date;
}

/** The invites of one member. */
export function ownView(t: Translate, { memberName, count, isHidden, came, at }: Own): APIEmbed {
  return embed('info', {
    title: t('invites:own.title', { member: memberName }),
    description: [
      t('invites:own.total', { count: count.total }),
      partsText(t, count),
      ...(isHidden ? [t('invites:own.isHidden')] : []),
    ].join('\n'),
    fields: came === null ? [] : [{ name: t('invites:came.title'), value: cameText(t, came) }],
    footer: t('invites:board.certain'),
    at,
  });
}

type Uncertain = Exclude<Verdict, { certainty: 'certain' }>['reason'];

const reasons: Readonly<Record<Uncertain, SentenceKey>> = {
  own_link: 'invites:reason.own_link',
  several_used: 'invites:reason.several_used',
  other_number: 'invites:reason.other_number',
  one_deleted: 'invites:reason.one_deleted',
  no_trace: 'invites:reason.no_trace',
  no_permission: 'invites:reason.no_permission',
  no_answer: 'invites:reason.no_answer',
  not_watched: 'invites:reason.not_watched',
};

function cameText(t: Translate, came: Came | undefined): string {
  if (came === undefined) return t('invites:came.unheard');
  const when = time(came.joinedAt, TimestampStyles.ShortDateTime);
  const reason = reasons[came.reason as Uncertain] ?? 'invites:reason.no_trace';
  const how =
    came.certainty !== 'certain'
      ? t('invites:came.other', { why: t(reason), when })
      : came.inviterId === null
        ? t('invites:came.invitedByNobody', { when })
        : t('invites:came.invited', { inviter: `<@${came.inviterId}>`, when });
  const isCounted = came.certainty === 'certain' && came.inviterId !== null;
  return [
    how,
    ...(isCounted && came.isRejoin ? [t('invites:came.rejoin')] : []),
    ...(isCounted && !came.isRejoin && came.isFake ? [t('invites:came.fake')] : []),
  ].join('\n');
}

/** For the log channel: what an admin made somebody's count. */
export function adjustedLogEntry(change: {
  readonly memberId: string;
  readonly actorId: string;
  readonly before: number;
  /** Null: reset. */
  readonly count: number | null;
}): LogEntry {
  const { memberId, actorId, before, count } = change;
  return (t) => ({
    title: t(count === null ? 'invites:log.reset' : 'invites:log.set'),
    fields: [
      { name: t('invites:log.member'), value: `<@${memberId}>`, inline: true },
      {
        name: t('invites:log.change'),
        value: t('invites:log.changed', { before, after: count ?? 0 }),
        inline: true,
      },
      { name: t('invites:log.by'), value: `<@${actorId}>`, inline: true },
    ],
  });
}
