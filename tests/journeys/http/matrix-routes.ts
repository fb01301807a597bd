import type { Scope } from '#lib/access/caller';
import type { Planted } from './matrix-planted.ts';

/**
 * What a request is for, as the columns of the table in `matrix.test.ts`: nothing of anybody's; oneself; the servers that one may manage;
 * one's own reminders; to make a reminder here; a member's reminder; all reminders of that member; to read or write what is a server's;
 * the whole bot; a page of the dashboard; the process for its monitoring.
 */
export type Column =
  | 'open'
  | 'me'
  | 'servers'
  | 'mine'
  | 'make'
  | 'reminder'
  | 'member'
  | 'read'
  | 'write'
  | 'bot'
  | 'page'
  | 'process';

export interface Asked {
  readonly column: Column;
  /** How whoever may is answered. */
  readonly ok: number;
  /** What a key needs. */
  readonly scope?: Scope;
  readonly query?: (planted: Planted) => string;
  /** Of the path, by name, where it is not what was planted under that name. */
  readonly path?: (planted: Planted) => Readonly<Record<string, string>>;
  readonly body?: (planted: Planted) => object;
  /** The fields of a form, without its token. */
  readonly form?: (planted: Planted) => Readonly<Record<string, string>>;
}

const open = (ok = 200): readonly Asked[] => [{ column: 'open', ok }];
const page: readonly Asked[] = [{ column: 'page', ok: 200 }];
const form = (fields: Asked['form'] = () => ({})): readonly Asked[] => [
  { column: 'page', ok: 303, form: fields },
];
const read = (scope: Scope): readonly Asked[] => [{ column: 'read', ok: 200, scope }];
const write = (scope: Scope, body?: Asked['body'], ok = 200): readonly Asked[] => [
  { column: 'write', ok, scope, ...(body !== undefined && { body }) },
];
/** Figures of a server, and without one of the whole bot. */
const figures: readonly Asked[] = [
  { column: 'read', ok: 200, scope: 'metrics:read', query: ({ guildId }) => `?guild_id=${guildId}` },
  { column: 'bot', ok: 200, scope: 'metrics:read' },
];
const mine = (column: Column, more: Partial<Asked> = {}): Asked => ({
  column,
  ok: 200,
  scope: 'reminders:read',
  ...more,
});
const changesIt = (column: Column, more: Partial<Asked> = {}): Asked =>
  mine(column, { scope: 'reminders:write', ...more });

const ENTRY = { title: 'How do I join?', answer: 'Click the button.', language: 'en-US' };
const newReminder = ({ guildId, channelId }: Planted): object => ({
  guild_id: guildId,
  channel_id: channelId,
  name: 'Film night',
  time: '21:00',
});

/** What every route is for. A route that is not here fails the test: say what it is for, and who may follows from that. */
export const ROUTES: Readonly<Record<string, readonly Asked[]>> = {
  'GET /': open(),
  'GET /dashboard.css': open(),
  'GET /docs': open(),
  'GET /openapi.json': open(),
  'GET /login': open(303),
  'GET /oauth/callback': open(303),
  'POST /logout': [{ column: 'open', ok: 303, form: () => ({}) }],
  'POST /language': [{ column: 'open', ok: 303, form: () => ({ language: 'nl' }) }],
  // Nobody's proof counts there; the signature that does is tried in tests/journeys/webhooks.
  'POST /webhooks/supabase/auth': open(401),
  'GET /livez': open(),
  'GET /readyz': open(),
  'GET /status': open(),
  'GET /api/health': open(),
  'GET /metrics': [{ column: 'process', ok: 200 }],
  'GET /api/health/history': [{ column: 'bot', ok: 200 }],
  'GET /top-commands': figures,
  'GET /api/metrics': figures,
  'GET /api/dashboard/metrics': figures,

  'GET /api/me': [{ column: 'me', ok: 200 }],
  'GET /api/guilds': [{ column: 'servers', ok: 200 }],

  'GET /api/reminders': [mine('mine')],
  'POST /api/reminders': [changesIt('make', { ok: 201, body: newReminder })],
  'PUT /api/reminders': [changesIt('reminder', { body: ({ id }) => ({ id: Number(id), name: 'Late' }) })],
  'GET /api/reminders/[id]': [mine('member', { path: ({ memberId }) => ({ id: memberId }) })],
  'PUT /api/reminders/[id]': [changesIt('reminder', { body: () => ({ name: 'Late' }) })],
  'DELETE /api/reminders/[id]': [changesIt('reminder')],
  'GET /api/reminders/item/[id]': [mine('reminder')],
  'DELETE /api/reminders/[reminder_id]/[created_by]': [changesIt('reminder')],

  'GET /api/dashboard/settings/[guild_id]': read('settings:read'),
  'POST /api/dashboard/settings/[guild_id]': write('settings:write', () => ({
    category: 'reminders',
    settings: { offset_minutes: 30 },
  })),
  'GET /api/dashboard/[guild_id]/settings/history': read('settings:read'),
  'POST /api/dashboard/[guild_id]/settings/rollback/[history_id]': write('settings:write'),
  'GET /api/dashboard/[guild_id]/onboarding/questions': read('onboarding:read'),
  'POST /api/dashboard/[guild_id]/onboarding/questions': write(
    'onboarding:write',
    () => ({ question: 'Who sent you?', question_type: 'text' }),
    201,
  ),
  'DELETE /api/dashboard/[guild_id]/onboarding/questions/[question_id]': write('onboarding:write'),
  'GET /api/dashboard/[guild_id]/onboarding/rules': read('onboarding:read'),
  'POST /api/dashboard/[guild_id]/onboarding/rules': write(
    'onboarding:write',
    () => ({ title: 'No spam' }),
    201,
  ),
  'DELETE /api/dashboard/[guild_id]/onboarding/rules/[rule_id]': write('onboarding:write'),
  'POST /api/dashboard/[guild_id]/onboarding/reorder': write('onboarding:write', ({ questions }) => ({
    questions: questions.toReversed(),
  })),
  'POST /api/dashboard/[guild_id]/onboarding/publish': write('onboarding:write'),
  'GET /api/dashboard/[guild_id]/tickets': read('tickets:read'),
  'GET /api/dashboard/[guild_id]/tickets/[ticket_id]': read('tickets:read'),
  'GET /api/dashboard/[guild_id]/tickets/[ticket_id]/transcript': read('tickets:read'),
  'GET /api/dashboard/[guild_id]/faq': read('faq:read'),
  'POST /api/dashboard/[guild_id]/faq': write('faq:write', () => ENTRY, 201),
  'GET /api/dashboard/[guild_id]/faq/[entry_id]': read('faq:read'),
  'PUT /api/dashboard/[guild_id]/faq/[entry_id]': write('faq:write', () => ENTRY),
  'DELETE /api/dashboard/[guild_id]/faq/[entry_id]': write('faq:write'),

  'GET /guilds/[guild_id]': page,
  'GET /guilds/[guild_id]/commands': page,
  'GET /guilds/[guild_id]/faq': page,
  'GET /guilds/[guild_id]/onboarding': page,
  'GET /guilds/[guild_id]/reminders': page,
  'GET /guilds/[guild_id]/reminders/[reminder_id]': page,
  'POST /guilds/[guild_id]/reminders/[reminder_id]': form(() => ({ action: 'pause' })),
  'GET /guilds/[guild_id]/reminders/[reminder_id]/delete': page,
  'POST /guilds/[guild_id]/reminders/[reminder_id]/delete': form(),
  'GET /guilds/[guild_id]/settings': page,
  'POST /guilds/[guild_id]/settings': form(({ history_id: seen }) => ({
    key: 'reminders.offset_minutes',
    value: '45',
    seen,
  })),
  'GET /guilds/[guild_id]/settings/history': page,
  'POST /guilds/[guild_id]/settings/history': form(({ history_id: entry }) => ({ entry })),
  'GET /guilds/[guild_id]/tickets': page,
  'GET /guilds/[guild_id]/tickets/[ticket_id]': page,
  'GET /guilds/[guild_id]/tickets/[ticket_id]/transcript': page,
};
