import type { SentenceKey } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import type { InviteDeps } from './deps.ts';

/** What staff must mend: without the permission nobody knows who invited whom, without the channel nothing is announced. */
export type Trouble =
  | { readonly kind: 'permission' }
  | { readonly kind: 'channel'; readonly channelId: string; readonly missing: readonly SentenceKey[] };

/** Tells staff once what is in the way, until it was mended and comes again. */
export async function tellTrouble(
  { db, logChannel, clock }: InviteDeps,
  guildId: string,
  trouble: Trouble,
): Promise<void> {
  const { kind } = trouble;
  const news = await db
    .insertInto('invite_troubles')
    .values({ guild_id: guildId, kind, told_at: clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('kind')
    .executeTakeFirst();
  if (news === undefined) return;
  const isTold = await logChannel.post(guildId, 'warning', troubleLogEntry(trouble));
  // Whoever sets a log channel later is still to hear of it.
  if (!isTold) await endTrouble({ db }, guildId, kind);
}

/** It was mended. */
export async function endTrouble(
  { db }: Pick<InviteDeps, 'db'>,
  guildId: string,
  kind: Trouble['kind'],
): Promise<void> {
  await db.deleteFrom('invite_troubles').where('guild_id', '=', guildId).where('kind', '=', kind).execute();
}

function troubleLogEntry(trouble: Trouble): LogEntry {
  return (t) => {
    if (trouble.kind === 'permission')
      return { title: t('invites:trouble.countTitle'), description: t('invites:trouble.permission') };
    const { channelId, missing } = trouble;
    return {
      title: t('invites:trouble.announceTitle'),
      description:
        missing.length === 0
          ? t('invites:trouble.channelGone')
          : t('invites:trouble.channelPermissions', { channel: `<#${channelId}>`, permissions: missing }),
    };
  };
}
