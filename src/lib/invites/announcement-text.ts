import type { Translate } from '#lib/i18n/translate';
import { safeEmbedText, truncateMarkdown } from '#lib/text/sanitize';
import { MESSAGE_CONTENT_MAX } from '#lib/ui/limits';

/** Who came, and by whose invite; null where that is not certain. */
export interface Announced {
  readonly memberId: string;
  readonly memberName: string;
  readonly inviter: { readonly id: string; readonly name: string; readonly count: number } | null;
}

const NAME_MAX = 100;
const PLACE = /\{(\w+)\}/g;

/**
 * What is said of a join: the guild's own words with their places filled in, or ours. Only `{member}`, `{member_name}` and, where somebody
 * certainly invited them, `{inviter}`, `{inviter_name}` and `{count}` are places; everything else stays as it was typed.
 */
export function announcementText(t: Translate, own: string | null, announced: Announced): string {
  const { memberId, memberName, inviter } = announced;
  const values = new Map([
    ['member', `<@${memberId}>`],
    ['member_name', safeEmbedText(memberName, NAME_MAX)],
    ...(inviter === null
      ? []
      : ([
          ['inviter', `<@${inviter.id}>`],
          ['inviter_name', safeEmbedText(inviter.name, NAME_MAX)],
          ['count', String(inviter.count)],
        ] as const)),
  ]);
  const text =
    own !== null
      ? own.replace(PLACE, (place, name: string) => values.get(name) ?? place)
      : inviter === null
        ? t('invites:announced.alone', { member: `<@${memberId}>` })
        : t('invites:announced.invited', {
            member: `<@${memberId}>`,
            inviter: `<@${inviter.id}>`,
            count: inviter.count,
          });
  return truncateMarkdown(text, MESSAGE_CONTENT_MAX);
}
