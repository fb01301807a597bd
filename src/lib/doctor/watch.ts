import { createHash } from 'node:crypto';
import type { Client, Guild } from 'discord.js';
import { translator, type Translate } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import { effectiveValue } from '#lib/settings/settings';
import { escapeMarkdown } from '#lib/text/sanitize';
import type { Finding } from './finding.ts';
import { findingsIn } from './guild-checks.ts';
import { readNeeds } from './needs.ts';
import type { DoctorDeps } from './report.ts';

export interface WatchDeps extends DoctorDeps {
  readonly client: Client;
  readonly logChannel: LogChannel;
  /** Guilds in which something changed since they were looked at. */
  readonly changed: Set<string>;
}

/** So many sentences fit into a message in every language; `/doctor` shows the rest. */
const TOLD_MAX = 6;

/**
 * Looks at the guilds in which something changed, and at those that have something to mend: what is new is told once, and
 * that it is mended. Never throws for one guild.
 */
export async function watchFindings(deps: WatchDeps): Promise<void> {
  const { db, client, changed, log } = deps;
  const open = await db.selectFrom('guild_findings').select('guild_id').distinct().execute();
  const ids = new Set([...changed, ...open.map((row) => row.guild_id)]);
  changed.clear();
  for (const id of ids) {
    const guild = client.guilds.cache.get(id);
    if (guild?.available !== true || guild.members.me === null) continue;
    try {
      await lookAt(deps, guild);
    } catch (error) {
      changed.add(id);
      log.warn({ err: error, guildId: id }, 'doctor: a server could not be looked at');
    }
  }
}

async function lookAt(deps: WatchDeps, guild: Guild): Promise<void> {
  const { db, clock } = deps;
  const findings = findingsIn(await readNeeds(deps, guild));
  const now = new Set(findings.map(({ id }) => id));
  const known = await db.selectFrom('guild_findings').selectAll().where('guild_id', '=', guild.id).execute();
  const mended = known.filter(({ finding }) => !now.has(finding)).map(({ finding }) => finding);
  if (mended.length > 0) await tellMended(deps, guild, mended, findings.length);
  const told = new Set(known.filter((row) => row.told_at !== null).map(({ finding }) => finding));
  const untold = findings.filter(({ id }) => !told.has(id));
  if (untold.length === 0) return;
  const foundAt = clock.now();
  // A process that dies before it has told them leaves them to the next one.
  await db
    .insertInto('guild_findings')
    .values(untold.map(({ id }) => ({ guild_id: guild.id, finding: id, found_at: foundAt })))
    .onConflict((conflict) => conflict.columns(['guild_id', 'finding']).doNothing())
    .execute();
  const rows = await db
    .selectFrom('guild_findings')
    .select(({ fn }) => fn.max('found_at').as('at'))
    .where('guild_id', '=', guild.id)
    .execute();
  const nonce = nonceOf(guild.id, rows[0]?.at ?? foundAt, untold);
  if (!(await tell(deps, guild, untold, nonce))) return;
  await db
    .updateTable('guild_findings')
    .set({ told_at: clock.now() })
    .where('guild_id', '=', guild.id)
    .where(
      'finding',
      'in',
      untold.map(({ id }) => id),
    )
    .execute();
}

/** @returns whether that is done: false to try again. */
async function tell(
  deps: WatchDeps,
  guild: Guild,
  findings: readonly Finding[],
  nonce: string,
): Promise<boolean> {
  const told = await deps.logChannel.deliver(
    guild.id,
    'warning',
    (t) => ({ title: t('doctor:alert.title'), description: textOf(t, findings) }),
    { whateverLevel: true, nonce },
  );
  if (told === 'nowhere') await tellOwner(deps, guild, findings, nonce);
  return told !== 'failed';
}

/** Where the log channel is what broke: the guild's owner, if they take direct messages. */
async function tellOwner(
  { client, settings, log }: WatchDeps,
  guild: Guild,
  findings: readonly Finding[],
  nonce: string,
): Promise<void> {
  const overrides = await settings.overrides(guild.id);
  if (effectiveValue(overrides, 'system.log_channel_id') === null) return;
  const t = translator(effectiveValue(overrides, 'system.language'));
  const intro = t('doctor:alert.owner', { server: escapeMarkdown(guild.name) });
  try {
    await client.users.send(guild.ownerId, {
      content: `${intro}\n${textOf(t, findings.slice(0, 2))}`,
      nonce,
      enforceNonce: true,
      allowedMentions: { parse: [] },
    });
  } catch (error) {
    log.info({ err: error, guildId: guild.id }, 'doctor: the owner of a server takes no direct message');
  }
}

async function tellMended(
  { db, logChannel }: WatchDeps,
  guild: Guild,
  mended: readonly string[],
  left: number,
): Promise<void> {
  // Of two processes one takes them out, and says so.
  const taken = await db
    .deleteFrom('guild_findings')
    .where('guild_id', '=', guild.id)
    .where('finding', 'in', mended)
    .returning('told_at')
    .execute();
  if (!taken.some((row) => row.told_at !== null)) return;
  await logChannel.post(
    guild.id,
    'success',
    (t) => ({
      title: t('doctor:alert.mended'),
      description: left === 0 ? t('doctor:alert.allWell') : t('doctor:alert.left', { count: left }),
    }),
    { whateverLevel: true },
  );
}

function textOf(t: Translate, findings: readonly Finding[]): string {
  return [
    ...findings.slice(0, TOLD_MAX).map(({ say }) => `- ${say(t)}`),
    t('doctor:alert.more', { command: '/doctor' }),
  ].join('\n');
}

/** The same in each process that tells the same, and another one when it breaks again. */
function nonceOf(guildId: string, at: Date, findings: readonly Finding[]): string {
  const text = [guildId, at.toISOString(), ...findings.map(({ id }) => id)].join();
  return `doc:${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
}
