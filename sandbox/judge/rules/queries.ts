import { print } from '../problem.ts';
import type { Findings } from '../problem.ts';

type Query = URLSearchParams | Readonly<Record<string, unknown>> | undefined;

interface QueryField {
  readonly kind: 'number' | 'snowflake' | 'text';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: boolean;
}

const count = (minimum: number, maximum: number): QueryField => ({ kind: 'number', minimum, maximum });
const snowflake: QueryField = { kind: 'snowflake' };
const paged = { before: snowflake, after: snowflake };

// Page sizes from Discord's document and documentation.
const QUERIES: Readonly<Record<string, Readonly<Record<string, QueryField>>>> = {
  'GET /channels/{channel_id}/messages': { limit: count(1, 100), around: snowflake, ...paged },
  'GET /channels/{channel_id}/messages/pins': { limit: count(1, 50) },
  'GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}': {
    limit: count(1, 100),
    after: snowflake,
  },
  'GET /channels/{channel_id}/thread-members': { limit: count(1, 100), after: snowflake },
  'GET /channels/{channel_id}/threads/archived/public': { limit: count(2, 100) },
  'GET /channels/{channel_id}/threads/archived/private': { limit: count(2, 100) },
  'GET /channels/{channel_id}/users/@me/threads/archived/private': {
    limit: count(2, 100),
    before: snowflake,
  },
  'GET /guilds/{guild_id}/members': { limit: count(1, 1000), after: snowflake },
  'GET /guilds/{guild_id}/members/search': {
    limit: count(1, 1000),
    query: { kind: 'text', minimum: 1, maximum: 100, required: true },
  },
  'GET /guilds/{guild_id}/bans': { limit: count(1, 1000), ...paged },
  'GET /guilds/{guild_id}/audit-logs': { limit: count(1, 100), user_id: snowflake, ...paged },
  'GET /users/@me/guilds': { limit: count(1, 200), ...paged },
  'POST /webhooks/{webhook_id}/{webhook_token}': { thread_id: snowflake },
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': { thread_id: snowflake },
};

/** The query of a request: page sizes and ids. */
export function judgeQuery(operation: string, query: Query, findings: Findings): void {
  const fields = QUERIES[operation];
  if (fields === undefined) return;
  for (const [name, field] of Object.entries(fields)) {
    const raw = query instanceof URLSearchParams ? query.get(name) : query?.[name];
    const here = findings.at(name);
    if (raw === undefined || raw === null) {
      if (field.required === true) here.required();
    } else judgeField(typeof raw === 'string' ? raw : print(raw).slice(1, -1), field, here);
  }
}

function judgeField(text: string, field: QueryField, findings: Findings): void {
  const { kind, minimum = 0, maximum = Infinity } = field;
  if (kind === 'text') {
    if (text.length < minimum || text.length > maximum) findings.badLength(minimum, maximum);
  } else if (!/^\d{1,20}$/.test(text)) {
    findings.add('NUMBER_TYPE_COERCE', `Value ${print(text)} is not ${kind === 'number' ? 'int' : kind}.`);
  } else if (kind === 'number') {
    if (Number(text) > maximum) findings.tooHigh(maximum);
    if (Number(text) < minimum) findings.tooLow(minimum);
  }
}
