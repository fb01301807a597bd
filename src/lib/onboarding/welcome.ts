import { safeEmbedText } from '#lib/text/sanitize';
import type { Translate } from '#lib/i18n/translate';

export interface Welcomed {
  readonly userId: string;
  readonly memberName: string;
  readonly serverName: string;
  readonly memberCount: number;
}

const PLACE = /\{(member|member_name|server|count)\}/g;

/** The guild's own words of welcome with its places filled in, or ours; only these four places are known. */
export function welcomeText(t: Translate, own: string | null, welcomed: Welcomed): string {
  const values: Readonly<Record<string, string>> = {
    member: `<@${welcomed.userId}>`,
    member_name: safeEmbedText(welcomed.memberName, 100),
    server: safeEmbedText(welcomed.serverName, 100),
    count: String(welcomed.memberCount),
  };
  if (own === null)
    return t('onboarding:welcome', { server: values['server'] ?? '', member: values['member'] ?? '' });
  return own.replace(PLACE, (place, name: string) => values[name] ?? place);
}
