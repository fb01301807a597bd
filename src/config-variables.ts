import { z } from 'zod';
import { DEFAULT_MODEL, parsePrices } from '#lib/assistant/prices';
import { parseWebhookSecrets } from '#lib/webhooks/signature';

const booleanWords: Record<string, boolean> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

const urlWith =
  (...protocols: string[]) =>
  (value: string): boolean =>
    URL.canParse(value) && protocols.includes(new URL(value).protocol) && new URL(value).hostname !== '';

/** Three parts with dots between, of the letters that Discord uses. */
const TOKEN_SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** What may stand in the environment, each with the sentence that says what is wrong with it. */
export const variables = {
  BOT_TOKEN: z
    .string('BOT_TOKEN is missing. Put the token from the "Bot" page of your application in .env.')
    .regex(
      TOKEN_SHAPE,
      'BOT_TOKEN does not look like a bot token (three parts with dots between). Copy it again from the "Bot" page, without quotes or "Bot " in front.',
    ),
  DATABASE_URL: z
    .string()
    .refine(
      urlWith('postgres:', 'postgresql:'),
      'DATABASE_URL must look like postgres://user:password@host:5432/name. Leave it out to use the embedded database.',
    )
    .nullable()
    .default(null),
  DATA_DIRECTORY: z.string().default('./data'),
  ENABLE_EVERYONE_MENTIONS: z
    .string()
    .toLowerCase()
    .refine((word) => Object.hasOwn(booleanWords, word), 'ENABLE_EVERYONE_MENTIONS must be true or false.')
    .transform((word) => booleanWords[word] === true)
    .default(false),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal.',
    )
    .default('info'),
  DISCORD_API_URL: z
    .string()
    .refine(
      urlWith('http:', 'https:'),
      'DISCORD_API_URL must be an http or https address. Leave it out to use Discord itself.',
    )
    .nullable()
    .default(null),
  OPENAI_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'OPENAI_API_KEY must be a key without spaces. Leave it out to do without an AI.')
    .nullable()
    .default(null),
  OPENAI_BASE_URL: z
    .string()
    .refine(
      urlWith('http:', 'https:'),
      'OPENAI_BASE_URL must be an http or https address. Leave it out to use OpenAI itself.',
    )
    .default('https://api.openai.com/v1'),
  OPENAI_MODEL: z.string().default(DEFAULT_MODEL),
  OPENAI_PRICES: z
    .string()
    .transform((text, context) => {
      const prices = parsePrices(text);
      if (prices !== null) return prices;
      context.addIssue(
        'OPENAI_PRICES must look like my-model=0.15/0.6, *=0/0: dollars per million tokens, for input and for output.',
      );
      return z.NEVER;
    })
    .optional(),
  OPENAI_DAILY_BUDGET_CENTS: z
    .string()
    .regex(/^\d{1,9}$/, 'OPENAI_DAILY_BUDGET_CENTS must be a number of cents, such as 500.')
    .transform(Number)
    .nullable()
    .default(null),
  SUPABASE_URL: z
    .string()
    .refine(
      urlWith('http:', 'https:'),
      'SUPABASE_URL must look like https://project.supabase.co. Leave it out to do without Supabase.',
    )
    .nullable()
    .default(null),
  SUPABASE_SERVICE_ROLE_KEY: z
    .string()
    .regex(
      /^[\x21-\x7e]+$/,
      'SUPABASE_SERVICE_ROLE_KEY must be a key without spaces. Leave it out to keep no answers of the AI there.',
    )
    .nullable()
    .default(null),
  SUPABASE_ANON_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'SUPABASE_ANON_KEY must be a key without spaces.')
    .nullable()
    .default(null),
  SUPABASE_JWT_SECRET: z
    .string()
    .regex(
      /^[\x21-\x7e]{32,}$/,
      'SUPABASE_JWT_SECRET must have at least 32 characters, without spaces. Leave it out where the project signs with keys of its own.',
    )
    .nullable()
    .default(null),
  SUPABASE_JWKS_URL: z
    .string()
    .refine(urlWith('http:', 'https:'), 'SUPABASE_JWKS_URL must be an http or https address.')
    .nullable()
    .default(null),
  SUPABASE_ISSUER: z
    .string()
    .refine(
      urlWith('http:', 'https:'),
      'SUPABASE_ISSUER must be the address that tokens of the project name as theirs.',
    )
    .nullable()
    .default(null),
  SUPABASE_JWT_AUDIENCE: z.string().default('authenticated'),
  SUPABASE_WEBHOOK_SECRET: z
    .string()
    .transform((text, context) => {
      const keys = parseWebhookSecrets(text);
      if (keys !== null) return keys;
      context.addIssue(
        'SUPABASE_WEBHOOK_SECRET must be v1,whsec_ and 24 to 64 bytes in base64, several with | between. docs/api.md says how to make one. Leave it out to hear nothing from Supabase.',
      );
      return z.NEVER;
    })
    .default([]),
  DISCORD_CLIENT_SECRET: z
    .string()
    .regex(
      /^[\x21-\x7e]+$/,
      'DISCORD_CLIENT_SECRET must be the secret from the "OAuth2" page of your application, without spaces.',
    )
    .nullable()
    .default(null),
  PORT: z
    .string()
    .toLowerCase()
    .refine(
      (word) => word === 'off' || (/^\d{1,5}$/.test(word) && Number(word) <= 65_535),
      'PORT must be a number up to 65535, or off to do without the dashboard and the API.',
    )
    .transform((word) => (word === 'off' ? null : Number(word)))
    .default(8000),
  HOST: z.string().default('127.0.0.1'),
  ALPHAPY_BASE_URL: z
    .string()
    .refine(
      urlWith('http:', 'https:'),
      'ALPHAPY_BASE_URL must be the address at which people reach the dashboard, such as https://bot.example.',
    )
    .transform((url) => url.replace(/\/+$/, ''))
    .nullable()
    .default(null),
  ALLOWED_ORIGINS: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ''),
    )
    .refine(
      (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
      'ALLOWED_ORIGINS must be origins with commas between, such as https://app.example, without a path or a star.',
    )
    .default([]),
  TRUST_PROXY: z
    .string()
    .regex(/^\d$/, 'TRUST_PROXY must be the number of proxies before the bot, 0 to 9.')
    .transform(Number)
    .default(0),
  SERVICE_NAME: z.string().default('alphapy-service'),
  METRICS_TOKEN: z
    .string()
    .regex(
      /^[\x21-\x7e]{24,}$/,
      'METRICS_TOKEN must have at least 24 characters, without spaces. Leave it out to let only this machine read the metrics.',
    )
    .nullable()
    .default(null),
  TELEMETRY: z
    .string()
    .toLowerCase()
    .refine((word) => Object.hasOwn(booleanWords, word), 'TELEMETRY must be on or off.')
    .transform((word) => booleanWords[word] === true)
    .default(false),
  TELEMETRY_INGEST_INTERVAL: z
    .string()
    .refine(
      (word) => /^\d{1,3}$/.test(word) && Number(word) >= 30 && Number(word) <= 60,
      'TELEMETRY_INGEST_INTERVAL must be a number of seconds from 30 to 60.',
    )
    .transform(Number)
    .default(45),
  API_KEY: z
    .string()
    .regex(
      /^[\x21-\x7e]{24,}$/,
      'API_KEY must have at least 24 characters, without spaces. Leave it out to have no service key.',
    )
    .nullable()
    .default(null),
};
