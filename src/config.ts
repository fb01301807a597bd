import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { SupabaseProject } from '#lib/access/supabase-project';
import type { Prices } from '#lib/assistant/prices';
import { variables } from './config-variables.ts';

/** What the host decides, read once from the environment. Everything a guild decides is a setting instead. */
export interface Config {
  readonly botToken: string;
  /** A PostgreSQL connection string, or null for the embedded database in `dataDirectory`. */
  readonly databaseUrl: string | null;
  readonly dataDirectory: string;
  /** The host's yes to reminders that mention @everyone; guild and member must agree as well. */
  readonly enableEveryoneMentions: boolean;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /** Where Discord's REST API is; null means Discord itself. The sandbox sets it. */
  readonly discordApiUrl: string | null;
  /** The AI that may be asked; null: none, and every feature does without. */
  readonly openai: {
    readonly apiKey: string;
    readonly baseUrl: string;
    readonly model: string;
    /** What models cost that the bot does not know, or other prices than it knows. */
    readonly prices?: Prices;
    /** What all guilds together may cost a day, in cents; null: each guild's own budget is all there is. */
    readonly dailyBudgetCents?: number | null;
  } | null;
  /** The API and the dashboard; null: the bot listens nowhere. */
  readonly http: HttpConfig | null;
  /** The host's own Supabase, in which answers of the AI are kept as well; null: nowhere. */
  readonly supabase: { readonly url: string; readonly serviceRoleKey: string } | null;
  /** How often a snapshot goes to the host's Supabase, in seconds; null: never. */
  readonly telemetryEveryS: number | null;
}

export interface HttpConfig {
  /** 0: any that is free. */
  readonly port: number;
  readonly host: string;
  /** Where people reach it, without a slash at the end: `https://bot.example`; null: only from this machine. */
  readonly baseUrl: string | null;
  /** Origins whose pages may read what the API answers. */
  readonly allowedOrigins: readonly string[];
  /** How many proxies of the host stand before the bot. */
  readonly trustedProxies: number;
  /** The host's own key; null: there is none. */
  readonly serviceKey: string | null;
  /** The application's secret, by which people sign in with Discord; null: nobody can. */
  readonly discordClientSecret: string | null;
  /** The host's Supabase project, whose tokens say who people are; null: none do. */
  readonly supabase: SupabaseProject | null;
  /** What that project signs its messages with; none: no message of it is taken. */
  readonly supabaseWebhookKeys: readonly Buffer[];
  /** The name by which monitoring knows this process. */
  readonly serviceName: string;
  /** What lets another machine read the metrics; null: only this one may. */
  readonly metricsToken: string | null;
}

/** The environment is unusable: one plain sentence a problem, each naming its variable. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Empty values count as absent. */
function check<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, env: Environment) {
  const given = Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (!result.success) throw new ConfigError(result.error.issues.map((issue) => issue.message));
  return result.data;
}

/** The variables this program reads; `.env.example` must name the same ones. */
export const variableNames = Object.keys(variables);

/**
 * Checks an environment (as `process.env`) and returns it typed.
 * @throws ConfigError with a sentence for each variable that is missing or malformed.
 */
export function readConfig(env: Environment): Config {
  const values = check(z.object(variables), env);
  const { SUPABASE_URL: supabaseUrl, SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey } = values;
  const homeless = supabaseUrl === null ? NEEDS_SUPABASE_URL.filter((name) => values[name] !== null) : [];
  if (homeless.length > 0)
    throw new ConfigError(homeless.map((name) => `${name} needs SUPABASE_URL. Set both, or leave both out.`));
  if (values.TELEMETRY && serviceRoleKey === null)
    throw new ConfigError([
      'TELEMETRY writes to Supabase. Set SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY as well, or leave TELEMETRY out.',
    ]);
  return {
    botToken: values.BOT_TOKEN,
    databaseUrl: values.DATABASE_URL,
    dataDirectory: resolve(values.DATA_DIRECTORY),
    enableEveryoneMentions: values.ENABLE_EVERYONE_MENTIONS,
    logLevel: values.LOG_LEVEL,
    discordApiUrl: values.DISCORD_API_URL,
    openai:
      values.OPENAI_API_KEY === null
        ? null
        : {
            apiKey: values.OPENAI_API_KEY,
            baseUrl: values.OPENAI_BASE_URL,
            model: values.OPENAI_MODEL,
            ...(values.OPENAI_PRICES !== undefined && { prices: values.OPENAI_PRICES }),
            dailyBudgetCents: values.OPENAI_DAILY_BUDGET_CENTS,
          },
    http:
      values.PORT === null
        ? null
        : {
            port: values.PORT,
            host: values.HOST,
            baseUrl: values.ALPHAPY_BASE_URL,
            allowedOrigins: values.ALLOWED_ORIGINS,
            trustedProxies: values.TRUST_PROXY,
            serviceKey: values.API_KEY,
            discordClientSecret: values.DISCORD_CLIENT_SECRET,
            supabase: supabaseUrl === null ? null : supabaseProject(supabaseUrl, values),
            supabaseWebhookKeys: values.SUPABASE_WEBHOOK_SECRET,
            serviceName: values.SERVICE_NAME,
            metricsToken: values.METRICS_TOKEN,
          },
    supabase: supabaseUrl === null || serviceRoleKey === null ? null : { url: supabaseUrl, serviceRoleKey },
    telemetryEveryS: values.TELEMETRY ? values.TELEMETRY_INGEST_INTERVAL : null,
  };
}

const NEEDS_SUPABASE_URL = [
  'SUPABASE_SERVICE_ROLE_KEY',
  'SUPABASE_ANON_KEY',
  'SUPABASE_JWT_SECRET',
  'SUPABASE_JWKS_URL',
  'SUPABASE_ISSUER',
] as const;

/** What a project's tokens are checked against; where the host does not say it, as Supabase itself has it. */
function supabaseProject(
  url: string,
  values: Record<(typeof NEEDS_SUPABASE_URL)[number], string | null> & {
    readonly SUPABASE_JWT_AUDIENCE: string;
  },
): SupabaseProject {
  const authUrl = `${url.replace(/\/+$/, '')}/auth/v1`;
  return {
    authUrl,
    issuer: values.SUPABASE_ISSUER ?? authUrl,
    audience: values.SUPABASE_JWT_AUDIENCE,
    jwksUrl: values.SUPABASE_JWKS_URL ?? `${authUrl}/.well-known/jwks.json`,
    jwtSecret: values.SUPABASE_JWT_SECRET,
    anonKey: values.SUPABASE_ANON_KEY,
    serviceRoleKey: values.SUPABASE_SERVICE_ROLE_KEY,
  };
}

/**
 * Only where the database is, for tools that need no token.
 * @throws ConfigError as readConfig does.
 */
export function readDatabaseConfig(env: Environment): Pick<Config, 'databaseUrl' | 'dataDirectory'> {
  const { DATABASE_URL, DATA_DIRECTORY } = variables;
  const values = check(z.object({ DATABASE_URL, DATA_DIRECTORY }), env);
  return { databaseUrl: values.DATABASE_URL, dataDirectory: resolve(values.DATA_DIRECTORY) };
}

/** Channels and roles that the original took from the environment, and the setting that replaces each, where one does. */
const formerVariables: Readonly<Record<string, string | null>> = {
  LOG_CHANNEL_ID: 'system.log_channel_id',
  WATCHER_LOG_CHANNEL: 'system.log_channel_id',
  REMINDER_CHANNEL_ID: 'reminders.default_channel_id',
  RULES_CHANNEL_ID: 'system.rules_channel_id',
  ONBOARDING_CHANNEL_ID: 'system.onboarding_channel_id',
  ANNOUNCEMENTS_CHANNEL_ID: 'embedwatcher.announcements_channel_id',
  GDPR_CHANNEL_ID: 'gdpr.channel_id',
  INVITE_ANNOUNCEMENT_CHANNEL_ID: null,
  TICKET_CATEGORY_ID: 'ticketbot.category_id',
  TICKET_ACCESS_ROLE_ID: 'ticketbot.staff_role_id',
  TICKET_ESCALATION_ROLE_ID: 'ticketbot.escalation_role_id',
  ROLE_ID: null,
  ADMIN_ROLE_ID: null,
  MAIN_GUILD_ID: null,
};

/** One line for each channel or role variable of the original that is still set; they have no effect any more. */
export function formerVariableNotices(env: Environment): string[] {
  return Object.entries(formerVariables)
    .filter(([name]) => (env[name] ?? '').trim() !== '')
    .map(([name, setting]) =>
      setting === null
        ? `${name} is ignored: each server chooses its own channels and roles in Discord. Remove it from .env.`
        : `${name} is ignored: each server sets ${setting} with /config instead. Remove it from .env.`,
    );
}

/**
 * The process environment with the variables of `.env` (in the working directory) added; real variables win.
 * @throws ConfigError when there is a `.env` that cannot be read.
 */
export function processEnvironment(path = '.env'): NodeJS.ProcessEnv {
  return { ...readEnvFile(path), ...process.env };
}

function readEnvFile(path: string): NodeJS.Dict<string> {
  try {
    // Some editors begin a file with a byte order mark, which would become part of the first name.
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT') return {};
    throw new ConfigError([
      `.env cannot be read (${code}). Make it a file that the user who runs the bot may read.`,
    ]);
  }
}
