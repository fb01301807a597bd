import { MessageFlags, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { answer, claim, update, type ComponentInteraction } from '#lib/ui/answer';
import { categoryNames } from '../category-names.ts';
import type { TicketDeps } from '../deps.ts';
import { scopeOf } from '../scope.ts';
import { readCourse } from './course.ts';
import type { StatsId } from './custom-ids.ts';
import { readStaffFigures, readTicketFigures, statsScopes, type StatsScope } from './figures.ts';
import { saveMetrics } from './metrics.ts';
import { statsMessage } from './view.ts';

type Viewer = ChatInputCommandInteraction<'cached'> | ComponentInteraction<'cached'>;

/** Counting reads every ticket of the server. */
const LIMIT = { max: 10, perMs: 30_000 } as const;

async function message(deps: TicketDeps, { guildId, user, locale }: Viewer, scope: StatsScope) {
  const { db, settings, clock } = deps;
  const now = clock.now();
  const zone = effectiveValue(await settings.overrides(guildId), 'system.timezone');
  const [figures, staff, course, names] = await Promise.all([
    readTicketFigures(db, guildId, scope, now),
    readStaffFigures(db, guildId, scope, now),
    readCourse(db, guildId, scope, { now, zone }),
    categoryNames(db, guildId),
  ]);
  await saveMetrics(db, guildId, { scope, figures, triggeredBy: user.id, now });
  const said = localeOf(locale);
  return statsMessage(translator(said), said, { scope, figures, staff, course, names, zone });
}

/** @throws UserError for all but who is staff for every ticket, and for who asks too often. */
async function requireTurn(deps: TicketDeps, { guild, guildId, member, user }: Viewer): Promise<void> {
  if (!(await scopeOf(deps, guild, member)).all) throw new UserError('ticket-overview:stats.staffOnly');
  const waitMs = deps.limiter.take('ticket-stats', guildId, user.id, LIMIT);
  if (waitMs > 0) throw new UserError('common:limited', { max: LIMIT.max, count: Math.ceil(waitMs / 1000) });
}

/** What `/ticket_stats` answers. */
export async function showTicketStats(
  deps: TicketDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  await requireTurn(deps, interaction);
  await claim(interaction);
  await answer(interaction, {
    flags: MessageFlags.IsComponentsV2,
    ...(await message(deps, interaction, '30d')),
  });
}

/** Counts anew, or other days. */
export async function useTicketStats(
  deps: TicketDeps,
  interaction: ComponentInteraction<'cached'>,
  id: StatsId,
): Promise<void> {
  const scope = statsScopes.find((one) => one === id.scope);
  // The figures are shown to one person alone; their buttons anywhere else were copied.
  if (scope === undefined || !interaction.message.flags.has(MessageFlags.Ephemeral))
    throw new UserError('common:outdated', { command: '/ticket_stats' });
  await requireTurn(deps, interaction);
  await claim(interaction);
  // Without the picture before.
  await update(interaction, { attachments: [], ...(await message(deps, interaction, scope)) });
}
