import { time, TimestampStyles, type APIEmbed } from 'discord.js';
import type { OpenDatabase } from '#lib/database/database';
import { listMigrations, type ListedMigration } from '#lib/database/migrate';
import type { Translate } from '#lib/i18n/translate';
import type { Clock } from '#lib/time/clock';
import { embed } from '#lib/ui/embeds';

export interface MigrationDeps {
  readonly database: OpenDatabase;
  readonly dataDirectory: string;
  readonly clock: Clock;
}

export const MIGRATION_VERBS = ['status', 'upgrade', 'downgrade', 'history'] as const;
export type MigrationVerb = (typeof MIGRATION_VERBS)[number];

/** Of a list of names, in a sentence or below one another. */
const SHOWN_MAX = 30;

/**
 * Does or says what the bot's owner asks of the schema.
 * @throws DatabaseStartError when an upgrade fails; nothing was changed then.
 */
export async function migrationsEmbed(
  deps: MigrationDeps,
  t: Translate,
  verb: MigrationVerb,
): Promise<APIEmbed> {
  const { database, clock } = deps;
  const before = await listMigrations(database.db);
  const isUpgraded = verb === 'upgrade' && hasPending(before);
  if (isUpgraded) await database.migrate();
  const listed = isUpgraded ? await listMigrations(database.db) : before;
  const description = {
    status: () => statusText(t, listed),
    upgrade: () => upgradeText(t, before),
    downgrade: () => downgradeText(t, listed, deps),
    history: () => historyText(t, listed),
  }[verb]();
  return embed(hasPending(listed) || hasUnknown(listed) ? 'warning' : 'status', {
    title: t(`operations:migrate.${verb}.title`),
    description,
    at: clock.now(),
  });
}

const hasPending = (listed: readonly ListedMigration[]): boolean => pendingOf(listed).length > 0;
const hasUnknown = (listed: readonly ListedMigration[]): boolean => listed.some(({ isKnown }) => !isKnown);
const pendingOf = (listed: readonly ListedMigration[]): ListedMigration[] =>
  listed.filter(({ appliedAt }) => appliedAt === null);

function names(listed: readonly ListedMigration[]): string {
  const shown = listed.slice(0, SHOWN_MAX).map(({ name }) => `\`${name}\``);
  return [...shown, ...(listed.length > SHOWN_MAX ? ['…'] : [])].join(', ');
}

function statusText(t: Translate, listed: readonly ListedMigration[]): string {
  const unknown = listed.filter(({ isKnown }) => !isKnown);
  if (unknown.length > 0) return t('operations:migrate.status.unknown', { names: names(unknown) });
  const pending = pendingOf(listed);
  if (pending.length > 0)
    return t('operations:migrate.status.pending', { count: pending.length, names: names(pending) });
  return t('operations:migrate.status.current', { count: listed.length, newest: listed.at(-1)?.name ?? '' });
}

function upgradeText(t: Translate, before: readonly ListedMigration[]): string {
  const pending = pendingOf(before);
  if (pending.length === 0) return t('operations:migrate.upgrade.nothing', { count: before.length });
  return t('operations:migrate.upgrade.done', { count: pending.length, names: names(pending) });
}

function downgradeText(
  t: Translate,
  listed: readonly ListedMigration[],
  { database, dataDirectory }: MigrationDeps,
): string {
  const newest = listed.findLast(({ appliedAt }) => appliedAt !== null)?.name ?? '';
  return database.kind === 'postgres'
    ? t('operations:migrate.downgrade.postgres', { newest })
    : t('operations:migrate.downgrade.embedded', { newest, directory: dataDirectory });
}

function historyText(t: Translate, listed: readonly ListedMigration[]): string {
  const newestFirst = listed.toReversed();
  return [
    ...newestFirst.slice(0, SHOWN_MAX).map(({ name, appliedAt }) =>
      appliedAt === null
        ? t('operations:migrate.history.missing', { name })
        : t('operations:migrate.history.line', {
            name,
            when: time(appliedAt, TimestampStyles.ShortDateTime),
          }),
    ),
    ...(newestFirst.length > SHOWN_MAX
      ? [t('operations:migrate.history.older', { count: newestFirst.length - SHOWN_MAX })]
      : []),
  ].join('\n');
}
