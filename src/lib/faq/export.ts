import type { ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { handOver } from '#lib/log-channel/hand-over';
import { csvThatFits } from '#lib/text/csv';
import { claim } from '#lib/ui/answer';
import type { FaqDeps } from './deps.ts';

/** Entries read at once; far more than a server has. */
const EXPORTED_MAX = 5_000;

const COLUMNS = ['id', 'title', 'summary', 'keywords', 'language', 'created_at', 'updated_at'] as const;

/**
 * Gives an admin the FAQ of their guild as a table, without what was deleted, and tells the log channel who has it.
 * @throws UserError when there is none.
 */
export async function exportFaq(
  { db, logChannel, log }: FaqDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  const { guildId, user } = interaction;
  const t = translator(localeOf(interaction.locale));
  await claim(interaction);
  const rows = await db
    .selectFrom('faq_entries')
    .select(COLUMNS)
    .where('guild_id', '=', guildId)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .limit(EXPORTED_MAX)
    .execute();
  if (rows.length === 0) throw new UserError('faq:export.none');
  const { file, count } = csvThatFits(rows, (some) => [
    COLUMNS,
    ...some.map((row) => [
      row.id,
      row.title,
      row.summary,
      row.keywords.join(';'),
      row.language,
      row.created_at.toISOString(),
      row.updated_at.toISOString(),
    ]),
  ]);
  log.info({ guildId, by: user.id, count }, 'faq: exported');
  const isPartial = count < rows.length || rows.length === EXPORTED_MAX;
  const said = [t('faq:export.done', { count }), ...(isPartial ? [t('faq:export.partial', { count })] : [])];
  await handOver(
    logChannel,
    interaction,
    { name: `faq-${guildId}.csv`, attachment: file },
    said.join('\n'),
    (say) => ({
      title: say('faq:export.log'),
      description: say('faq:export.logText', { by: `<@${user.id}>`, count }),
    }),
  );
}
