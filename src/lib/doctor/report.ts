import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIEmbed,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Guild,
} from 'discord.js';
import type { Database } from '#lib/database/database';
import { listMigrations } from '#lib/database/migrate';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import { answer, claim, update } from '#lib/ui/answer';
import { row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import { pageButtons } from '#lib/ui/paging';
import { doctorIds } from './custom-ids.ts';
import type { Finding } from './finding.ts';
import { findingsIn } from './guild-checks.ts';
import { askApplication, freeBytesOf, hostFindings, type HostState } from './host-checks.ts';
import { readNeeds } from './needs.ts';

export interface DoctorDeps {
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly host: {
    readonly botToken: string;
    readonly apiUrl: string | null;
    readonly dataDirectory: string;
    readonly intentsOff: HostState['intentsOff'];
    readonly commands: () => HostState['commands'];
  };
}

/** What the doctor found; each list is empty where all is well. */
export interface Report {
  /** Null: the database does not answer, so what the guild set up is not known. */
  readonly guild: readonly Finding[] | null;
  readonly host: readonly Finding[];
}

/** Long sentences with mentions: so many fit into an embed in every language. */
const PER_PAGE = 6;

/** Examines the bot's place and one guild. Never throws for what is wrong: that is what it is for. */
export async function examine(deps: DoctorDeps, guild: Guild): Promise<Report> {
  const [host, found] = await Promise.all([examineHost(deps), examineGuild(deps, guild)]);
  return { guild: found, host };
}

async function examineGuild(deps: DoctorDeps, guild: Guild): Promise<Finding[] | null> {
  try {
    return findingsIn(await readNeeds(deps, guild));
  } catch (error) {
    deps.log.warn({ err: error, guildId: guild.id }, 'doctor: what the guild set up cannot be read');
    return null;
  }
}

async function examineHost({ db, clock, log, host }: DoctorDeps): Promise<Finding[]> {
  const [application, migrations, freeBytes] = await Promise.all([
    askApplication(host.botToken, host.apiUrl, () => clock.now()),
    listMigrations(db).catch((error: unknown) => {
      log.warn({ err: error }, 'doctor: the database does not answer');
      return null;
    }),
    freeBytesOf(host.dataDirectory),
  ]);
  return hostFindings({
    application,
    intentsOff: host.intentsOff,
    database: migrations === null ? { trouble: null } : { migrations },
    freeBytes,
    commands: host.commands(),
  });
}

/** Shows an admin the first page of what is wrong. */
export async function showReport(
  deps: DoctorDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  await claim(interaction);
  const t = translator(localeOf(interaction.locale));
  await answer(interaction, reportPage(t, await examine(deps, interaction.guild), 0, deps.clock.now()));
}

/** Shows another page, of what is wrong by then. */
export async function turnPage(
  deps: DoctorDeps,
  interaction: ButtonInteraction<'cached'>,
  page: number,
): Promise<void> {
  await claim(interaction);
  const t = translator(localeOf(interaction.locale));
  await update(interaction, reportPage(t, await examine(deps, interaction.guild), page, deps.clock.now()));
}

/** What is wrong, one line of markdown each. */
export function reportLines(t: Translate, { guild, host }: Report): string[] {
  return [
    ...(guild ?? []).map(({ say }) => `- ${say(t)}`),
    ...host.map(({ say }) => `- ${t('doctor:forHost', { finding: say(t) })}`),
    ...(guild === null ? [`- ${t('doctor:guildUnknown')}`] : []),
  ];
}

/** One page of a report. @param page from 0; one that there is not shows the nearest. */
export function reportPage(
  t: Translate,
  report: Report,
  page: number,
  at: Date,
): {
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
} {
  const lines = reportLines(t, report);
  const pages = Math.max(1, Math.ceil(lines.length / PER_PAGE));
  const shown = Math.min(Math.max(page, 0), pages - 1);
  const isWell = lines.length === 0;
  return {
    embeds: [
      embed(isWell ? 'success' : 'warning', {
        title: isWell ? t('doctor:well.title') : t('doctor:unwell', { count: lines.length }),
        description: isWell
          ? t('doctor:well.text')
          : lines.slice(shown * PER_PAGE, (shown + 1) * PER_PAGE).join('\n'),
        footer: pages > 1 ? t('common:paging.page', { page: shown + 1, pages }) : undefined,
        at,
      }),
    ],
    components:
      pages > 1
        ? [row(...pageButtons(t, shown, pages, (to) => doctorIds.build('page', { page: String(to) })))]
        : [],
  };
}
