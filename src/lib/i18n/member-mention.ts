import { FORMER_MEMBER } from '#lib/access/who';
import type { Translate } from './translate.ts';

/** A member in a sentence, or what stands for one whose data was erased. */
export function memberMention(t: Translate, userId: string): string {
  return userId === FORMER_MEMBER ? t('common:formerMember') : `<@${userId}>`;
}
