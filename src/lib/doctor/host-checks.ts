import { statfs } from 'node:fs/promises';
import type { ListedMigration } from '#lib/database/migrate';
import { COMMAND_CHARACTERS_MAX, COMMANDS_MAX, commandCharacters, type Described } from './command-budget.ts';
import { findingsOf, type Check, type Finding } from './finding.ts';

/** What Discord says of the token: `refused`, `unreachable`, or the application's flags and Discord's time. */
export type ApplicationState =
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable'; readonly why: string }
  | {
      readonly kind: 'known';
      readonly flags: number;
      readonly discordNow: Date | null;
      readonly ourNow: Date;
    };

/** What was found out of where the bot runs. */
export interface HostState {
  readonly application: ApplicationState;
  /** Names of privileged intents that are not granted, with what is off without each. */
  readonly intentsOff: (flags: number) => readonly { readonly name: string; readonly offWithout: string }[];
  readonly database:
    | { readonly migrations: readonly ListedMigration[] }
    | { readonly trouble: string | null };
  /** Free on the disk of DATA_DIRECTORY; null where that cannot be read. */
  readonly freeBytes: number | null;
  readonly commands: readonly (Described & { readonly type?: number | undefined })[];
}

const CLOCK_SKEW_MAX_MS = 5_000;
const FREE_BYTES_MIN = 500 * 1024 * 1024;
const ASK_TIMEOUT_MS = 5_000;
/** The type of a slash command. */
const CHAT_INPUT = 1;

/** Everything that is checked of where the bot runs. */
export const hostChecks: readonly Check<HostState>[] = [
  { name: 'token', run: token },
  { name: 'intents', run: intents },
  { name: 'clock', run: clock },
  { name: 'database', run: database },
  { name: 'disk', run: disk },
  { name: 'command-size', run: commandSizes },
  { name: 'command-count', run: commandCount },
];

/** All that is wrong with where the bot runs; empty where everything is right. */
export function hostFindings(state: HostState): Finding[] {
  return findingsOf(hostChecks, state);
}

function token({ application }: HostState): Finding[] {
  if (application.kind === 'refused') return [{ id: 'refused', say: (t) => t('doctor:host.token') }];
  if (application.kind === 'known') return [];
  const { why } = application;
  return [{ id: 'unreachable', say: (t) => t('doctor:host.unreachable', { why }) }];
}

function intents({ application, intentsOff }: HostState): Finding[] {
  if (application.kind !== 'known') return [];
  return intentsOff(application.flags).map(({ name, offWithout }) => ({
    id: name,
    say: (t) => t('doctor:host.intent', { name, offWithout }),
  }));
}

function clock({ application }: HostState): Finding[] {
  if (application.kind !== 'known' || application.discordNow === null) return [];
  const { ourNow, discordNow } = application;
  const seconds = Math.round((ourNow.getTime() - discordNow.getTime()) / 1_000);
  if (Math.abs(seconds) * 1_000 <= CLOCK_SKEW_MAX_MS) return [];
  return [
    {
      id: seconds > 0 ? 'ahead' : 'behind',
      say: (t) =>
        t(seconds > 0 ? 'doctor:host.clockAhead' : 'doctor:host.clockBehind', { count: Math.abs(seconds) }),
    },
  ];
}

function database({ database: state }: HostState): Finding[] {
  if ('trouble' in state) {
    const { trouble } = state;
    return [
      {
        id: 'unreachable',
        say: (t) =>
          trouble === null ? t('doctor:host.database') : t('doctor:host.databaseWhy', { why: trouble }),
      },
    ];
  }
  const pending = state.migrations.filter(({ appliedAt }) => appliedAt === null).map(({ name }) => name);
  const unknown = state.migrations.filter(({ isKnown }) => !isKnown).map(({ name }) => name);
  return [
    ...(pending.length > 0
      ? [
          {
            id: 'pending',
            say: (t) => t('doctor:host.pending', { count: pending.length, newest: pending.at(-1) ?? '' }),
          } satisfies Finding,
        ]
      : []),
    ...(unknown.length > 0
      ? [
          {
            id: 'newer',
            say: (t) => t('doctor:host.newer', { newest: unknown.at(-1) ?? '' }),
          } satisfies Finding,
        ]
      : []),
  ];
}

function disk({ freeBytes }: HostState): Finding[] {
  if (freeBytes === null) return [{ id: 'unreadable', say: (t) => t('doctor:host.noDirectory') }];
  if (freeBytes >= FREE_BYTES_MIN) return [];
  const megabytes = Math.floor(freeBytes / 1024 / 1024);
  return [{ id: 'full', say: (t) => t('doctor:host.disk', { megabytes }) }];
}

function commandSizes({ commands }: HostState): Finding[] {
  return commands.flatMap((command) => {
    const characters = commandCharacters(command);
    if (characters <= COMMAND_CHARACTERS_MAX) return [];
    const { name } = command;
    return [
      {
        id: name,
        say: (t) => t('doctor:host.commandSize', { name, characters, most: COMMAND_CHARACTERS_MAX }),
      } satisfies Finding,
    ];
  });
}

function commandCount({ commands }: HostState): Finding[] {
  const { length } = commands.filter(({ type }) => type === CHAT_INPUT);
  if (length <= COMMANDS_MAX) return [];
  return [{ id: 'many', say: (t) => t('doctor:host.commandCount', { count: length, most: COMMANDS_MAX }) }];
}

/** Asks Discord who a token belongs to, and what time it is there. Never throws. @param apiUrl null: Discord itself. */
export async function askApplication(
  botToken: string,
  apiUrl: string | null,
  now: () => Date,
): Promise<ApplicationState> {
  try {
    const response = await fetch(`${apiUrl ?? 'https://discord.com/api'}/v10/applications/@me`, {
      headers: { Authorization: `Bot ${botToken}` },
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    const ourNow = now();
    if (response.status === 401) return { kind: 'refused' };
    if (!response.ok) return { kind: 'unreachable', why: `HTTP ${response.status}` };
    const { flags } = (await response.json()) as { flags?: unknown };
    const date = Date.parse(response.headers.get('date') ?? '');
    return {
      kind: 'known',
      flags: typeof flags === 'number' ? flags : 0,
      discordNow: Number.isNaN(date) ? null : new Date(date),
      ourNow,
    };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { kind: 'unreachable', why: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Bytes that this process may still write to a directory's disk; null where there is no such directory. */
export async function freeBytesOf(directory: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return null;
  }
}
