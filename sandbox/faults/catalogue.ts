/*
 * Everything that can be broken here, as plain data. The page's panel, the tests and the chaos runs take their faults from these lists;
 * `order.ts` says how one is asked for, `faults.ts` switches it on.
 */

export interface FaultKind {
  /** What an order calls it. */
  readonly name: string;
  readonly label: string;
  /** In a sentence, for people. */
  readonly does: string;
  /** Set where an order may say how long the bot waits, in real milliseconds; this is how long when it does not. */
  readonly waitMs?: number;
}

/** What happens to a request that is struck. */
export type Blow =
  | { readonly kind: 'refused'; readonly status: number; readonly code: number; readonly message: string }
  | { readonly kind: 'rate limited'; readonly global: boolean }
  | { readonly kind: 'delayed' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'accept-then-hang' }
  | { readonly kind: 'reset' };

interface RequestFault extends FaultKind {
  readonly blow: Blow;
}

const WAIT_MS = 2000;

export const REQUEST_FAULTS = [
  {
    name: '500',
    label: '500 Internal Server Error',
    does: 'Discord fails and says no more. The request is not carried out.',
    blow: { kind: 'refused', status: 500, code: 0, message: '500: Internal Server Error' },
  },
  {
    name: '502',
    label: '502 Bad Gateway',
    does: 'What stands in front of Discord does not reach it.',
    blow: { kind: 'refused', status: 502, code: 0, message: '502: Bad Gateway' },
  },
  {
    name: '503',
    label: '503 Service Unavailable',
    does: 'Discord is overloaded.',
    blow: { kind: 'refused', status: 503, code: 0, message: '503: Service Unavailable' },
  },
  {
    name: '429',
    label: '429 Too Many Requests, on this route',
    does: 'The bot is to wait before it uses this route again.',
    blow: { kind: 'rate limited', global: false },
    waitMs: WAIT_MS,
  },
  {
    name: '429 for all routes',
    label: '429 Too Many Requests, on all routes',
    does: 'The bot is to wait before it asks for anything again.',
    blow: { kind: 'rate limited', global: true },
    waitMs: WAIT_MS,
  },
  {
    name: '400',
    label: '400 Invalid Form Body (50035)',
    does: 'Discord finds fault with what the bot sends.',
    blow: { kind: 'refused', status: 400, code: 50035, message: 'Invalid Form Body' },
  },
  {
    name: '400 blocked',
    label: '400 Blocked by AutoMod (200000)',
    does: 'A rule of the server does not let the text through.',
    blow: {
      kind: 'refused',
      status: 400,
      code: 200000,
      message: 'Message was blocked by automatic moderation',
    },
  },
  {
    name: '401',
    label: '401 Unauthorized',
    does: 'The token is refused, as after somebody has reset it. discord.js then forgets it: the bot must be started again.',
    blow: { kind: 'refused', status: 401, code: 0, message: '401: Unauthorized' },
  },
  {
    name: '403',
    label: '403 Missing Permissions (50013)',
    does: 'The bot lacks a permission for this, whatever it knows of its permissions.',
    blow: { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' },
  },
  {
    name: '403 missing access',
    label: '403 Missing Access (50001)',
    does: 'The bot may not see what it asks for.',
    blow: { kind: 'refused', status: 403, code: 50001, message: 'Missing Access' },
  },
  {
    name: '404',
    label: '404 Unknown Channel (10003)',
    does: 'The channel has just been deleted.',
    blow: { kind: 'refused', status: 404, code: 10003, message: 'Unknown Channel' },
  },
  {
    name: '404 unknown message',
    label: '404 Unknown Message (10008)',
    does: 'The message has just been deleted.',
    blow: { kind: 'refused', status: 404, code: 10008, message: 'Unknown Message' },
  },
  {
    name: 'timeout',
    label: 'Never answered',
    does: 'The request is neither carried out nor answered.',
    blow: { kind: 'hang' },
  },
  {
    name: 'timeout after accepting',
    label: 'Carried out and never answered',
    does: 'The request is carried out and its answer is lost, as when a connection dies at the worst moment.',
    blow: { kind: 'accept-then-hang' },
  },
  {
    name: 'slow',
    label: 'Slow answer',
    does: 'Discord begins late; then all is as usual.',
    blow: { kind: 'delayed' },
    waitMs: WAIT_MS,
  },
  {
    name: 'reset',
    label: 'Connection reset',
    does: 'The connection breaks before the request is carried out.',
    blow: { kind: 'reset' },
  },
] as const satisfies readonly RequestFault[];

export const EVENT_FAULTS = [
  {
    name: 'lost events',
    label: 'Events are lost',
    does: 'What happens is not told to the bot, and a resumed session does not catch up on it.',
  },
  {
    name: 'unanswered heartbeats',
    label: 'Heartbeats are not acknowledged',
    does: 'The connection looks dead to the bot. It beats every 41 seconds and gives up at the next beat.',
  },
] as const satisfies readonly FaultKind[];

/** These strike all gateway connections at once, and are over. */
export const CONNECTION_FAULTS = [
  {
    name: 'close',
    label: 'Cut the connection',
    does: 'The bot comes back and resumes its session.',
  },
  {
    name: 'reconnect',
    label: 'Ask it to reconnect',
    does: 'As before a server of Discord is restarted.',
  },
  {
    name: 'invalid session',
    label: 'End its session',
    does: 'The bot has to log in anew, and hears nothing of what happened meanwhile.',
  },
  {
    name: 'invalid session to resume',
    label: 'End its session, to be resumed',
    does: 'The bot may take its session up again.',
  },
] as const satisfies readonly FaultKind[];

/** States of a server. Each lasts until it is switched off, and then everything is as before. */
export const GUILD_FAULTS = [
  {
    name: 'server unavailable',
    label: 'The server is unavailable',
    does: 'An outage: the bot hears nothing of this server, and is told when it is back.',
  },
  {
    name: 'full category',
    label: 'A category is full',
    does: 'A category is filled up with channels. Discord takes 50.',
  },
  {
    name: 'permission revoked',
    label: 'The bot loses a permission',
    does: 'In a channel it is denied to the bot. In the whole server it is taken from its roles, and denied in each channel where @everyone would still give it.',
  },
] as const satisfies readonly FaultKind[];

/** All of them, as they are shown. */
export const CATALOGUE = [
  { title: 'Requests of the bot', faults: REQUEST_FAULTS },
  { title: 'Events for the bot', faults: EVENT_FAULTS },
  { title: 'Connection of the bot', faults: CONNECTION_FAULTS },
  { title: 'This server', faults: GUILD_FAULTS },
] as const satisfies readonly { readonly title: string; readonly faults: readonly FaultKind[] }[];

/** Names for requests. In a path a star stands for one segment, two at its end for any number; in place of the method for all. */
export const REQUESTS = [
  { name: 'all', label: 'all', patterns: ['* /**'] },
  { name: 'reading', label: 'reading anything', patterns: ['GET /**'] },
  { name: 'messages', label: 'sending messages', patterns: ['POST /channels/*/messages'] },
  {
    name: 'message changes',
    label: 'changing or deleting messages',
    patterns: [
      'PATCH /channels/*/messages/*',
      'DELETE /channels/*/messages/*',
      'POST /channels/*/messages/bulk-delete',
    ],
  },
  {
    name: 'reactions',
    label: 'reactions',
    patterns: ['* /channels/*/messages/*/reactions/**'],
  },
  {
    name: 'interaction answers',
    label: 'first answers to interactions',
    patterns: ['POST /interactions/*/*/callback'],
  },
  { name: 'follow-ups', label: 'later answers to interactions', patterns: ['* /webhooks/*/*/**'] },
  { name: 'channel creation', label: 'making channels', patterns: ['POST /guilds/*/channels'] },
  {
    name: 'channel changes',
    label: 'changing or deleting channels',
    patterns: [
      'PATCH /channels/*',
      'DELETE /channels/*',
      'PUT /channels/*/permissions/*',
      'DELETE /channels/*/permissions/*',
      'PATCH /guilds/*/channels',
    ],
  },
  {
    name: 'thread creation',
    label: 'making threads',
    patterns: ['POST /channels/*/threads', 'POST /channels/*/messages/*/threads'],
  },
  {
    name: 'role changes',
    label: 'giving, taking or changing roles',
    patterns: [
      'PUT /guilds/*/members/*/roles/*',
      'DELETE /guilds/*/members/*/roles/*',
      'PATCH /guilds/*/members/*',
      'POST /guilds/*/roles',
      'PATCH /guilds/*/roles/**',
      'DELETE /guilds/*/roles/*',
    ],
  },
  {
    name: 'moderation',
    label: 'time-outs, kicks and bans',
    patterns: [
      'PATCH /guilds/*/members/*',
      'DELETE /guilds/*/members/*',
      'PUT /guilds/*/bans/*',
      'DELETE /guilds/*/bans/*',
      'POST /guilds/*/bulk-ban',
    ],
  },
  { name: 'direct messages', label: 'opening direct messages', patterns: ['POST /users/@me/channels'] },
  {
    name: 'commands',
    label: 'registering commands',
    patterns: ['* /applications/*/commands/**', '* /applications/*/guilds/*/commands/**'],
  },
] as const satisfies readonly Named[];

/** Names for gateway events. A star at the end stands for anything. */
export const EVENTS = [
  { name: 'all', label: 'all', patterns: ['*'] },
  { name: 'interactions', label: 'interactions', patterns: ['INTERACTION_CREATE'] },
  {
    name: 'messages',
    label: 'messages',
    patterns: ['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE', 'MESSAGE_DELETE_BULK'],
  },
  { name: 'reactions', label: 'reactions', patterns: ['MESSAGE_REACTION_*'] },
  { name: 'members', label: 'members', patterns: ['GUILD_MEMBER_*'] },
  { name: 'roles', label: 'roles', patterns: ['GUILD_ROLE_*'] },
  { name: 'channels', label: 'channels', patterns: ['CHANNEL_*'] },
  { name: 'threads', label: 'threads', patterns: ['THREAD_*'] },
] as const satisfies readonly Named[];

interface Named {
  readonly name: string;
  readonly label: string;
  readonly patterns: readonly string[];
}
