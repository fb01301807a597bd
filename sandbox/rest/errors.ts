import type { ErrorTree } from '../judge/errors.ts';

/** An answer that Discord gives instead of doing what was asked. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: ErrorTree | undefined;

  constructor(status: number, code: number, message: string, errors?: ErrorTree) {
    super(message);
    this.name = 'DiscordError';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  get body(): { message: string; code: number; errors?: ErrorTree } {
    return { message: this.message, code: this.code, ...(this.errors ? { errors: this.errors } : {}) };
  }
}

const notFound = (code: number, what: string) => (): DiscordError =>
  new DiscordError(404, code, `Unknown ${what}`);

export const unknownChannel = notFound(10003, 'Channel');
export const unknownGuild = notFound(10004, 'Guild');
export const unknownInvite = notFound(10006, 'Invite');
export const unknownMember = notFound(10007, 'Member');
export const unknownMessage = notFound(10008, 'Message');
export const unknownOverwrite = notFound(10009, 'Permission Overwrite');
export const unknownRole = notFound(10011, 'Role');
export const unknownUser = notFound(10013, 'User');
export const unknownEmoji = (): DiscordError => new DiscordError(400, 10014, 'Unknown Emoji');
export const unknownWebhook = notFound(10015, 'Webhook');
export const unknownBan = notFound(10026, 'Ban');
export const unknownInteraction = notFound(10062, 'interaction');
export const unknownCommand = notFound(10063, 'application command');
export const unknownTag = notFound(10087, 'Tag');

export const unauthorized = (): DiscordError => new DiscordError(401, 0, '401: Unauthorized');
export const unknownRoute = (): DiscordError => new DiscordError(404, 0, '404: Not Found');
export const wrongMethod = (): DiscordError => new DiscordError(405, 0, '405: Method Not Allowed');
export const invalidJson = (): DiscordError =>
  new DiscordError(400, 50109, 'The request body contains invalid JSON.');
export const entityTooLarge = (): DiscordError => new DiscordError(413, 40005, 'Request entity too large');
export const missingAccess = (): DiscordError => new DiscordError(403, 50001, 'Missing Access');
export const missingPermissions = (): DiscordError => new DiscordError(403, 50013, 'Missing Permissions');
export const alreadyAcknowledged = (): DiscordError =>
  new DiscordError(400, 40060, 'Interaction has already been acknowledged.');
export const emptyMessage = (): DiscordError => new DiscordError(400, 50006, 'Cannot send an empty message');
export const cannotMessageUser = (): DiscordError =>
  new DiscordError(403, 50007, 'Cannot send messages to this user');
export const editOfAnother = (): DiscordError =>
  new DiscordError(403, 50005, 'Cannot edit a message authored by another user');
export const notInDirect = (): DiscordError =>
  new DiscordError(403, 50003, 'Cannot execute action on a DM channel');
export const notForThisChannelType = (): DiscordError =>
  new DiscordError(400, 50024, 'Cannot execute action on this channel type');
export const notInText = (): DiscordError =>
  new DiscordError(400, 50008, 'Cannot send messages in a non-text channel');
export const archivedThread = (): DiscordError => new DiscordError(400, 50083, 'Thread is archived');
export const lockedThread = (): DiscordError => new DiscordError(400, 160005, 'Thread is locked');
export const systemMessage = (): DiscordError =>
  new DiscordError(403, 50021, 'Cannot execute action on a system message');
export const invalidWebhookToken = (): DiscordError => new DiscordError(401, 50027, 'Invalid Webhook Token');

/** "Invalid Form Body" with one error at `path`. */
export function invalidBody(path: string, code: string, message: string): DiscordError {
  let errors: ErrorTree = { _errors: [{ code, message }] };
  for (const key of path === '' ? [] : path.split('.').reverse()) errors = { [key]: errors };
  return new DiscordError(400, 50035, 'Invalid Form Body', errors);
}

/** Keys that Discord knows and this sandbox does nothing with are refused, not passed over. */
export function refuseUnknown(body: object, keys: readonly string[]): void {
  const sent = new Map(Object.entries(body));
  const unknown = keys.find((key) => sent.has(key) && sent.get(key) !== null);
  if (unknown) throw invalidBody(unknown, 'BASE_TYPE_INVALID', `This sandbox does not know ${unknown}.`);
}
