import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { TicketDeps } from '../deps.ts';
import { readTicket } from '../ticket.ts';
import { claimFile, postponeFile, refuseFile, settleFile, type DueFile } from './claims.ts';
import { download, isAttachmentUrl, type Download } from './download.ts';

type FileDeps = Pick<TicketDeps, 'db' | 'client' | 'settings' | 'clock' | 'log' | 'filesDirectory'>;

/** After this the rest is left to the next sweep, or to another process. */
const SWEEP_MS = 20_000;
const AT_ONCE = 2;
const FIRST_RETRY_MS = 15_000;
const LAST_RETRY_MS = 60 * 60_000;
/** What could not be had for so long never will be. */
const GIVEN_UP_AFTER_MS = 3 * 24 * 60 * 60_000;
const MEGABYTE = 1024 * 1024;

/** Fetches the files of tickets that are due, before Discord's links to them run out. */
export async function storeDueFiles(deps: FileDeps): Promise<void> {
  const until = Date.now() + SWEEP_MS;
  const work = async (): Promise<void> => {
    while (Date.now() < until) {
      const file = await claimFile(deps.db, deps.clock.now());
      if (file === undefined) return;
      await storeFile(deps, file);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function storeFile(deps: FileDeps, file: DueFile): Promise<void> {
  const { db, settings, clock, log } = deps;
  const about = { guildId: file.guild_id, ticket: file.ticket_id, file: file.id };
  try {
    const result = await fetchFile(deps, file);
    if (result.kind !== 'fetched') {
      log.info({ ...about, why: result.kind }, 'tickets: a file is not kept');
      await refuseFile(db, file, result.kind);
      return;
    }
    try {
      const megabytes = await settings.get(file.guild_id, 'ticketbot.storage_megabytes');
      await settleFile(db, file, { ...result, quotaBytes: megabytes * MEGABYTE });
    } finally {
      await result.discard();
    }
  } catch (error) {
    log.warn({ err: error, ...about }, 'tickets: a file could not be fetched');
    const now = clock.now();
    if (now.getTime() - file.created_at.getTime() >= GIVEN_UP_AFTER_MS) {
      await refuseFile(db, file, 'gone');
      return;
    }
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(file.attempts - 1, 20), LAST_RETRY_MS);
    await postponeFile(db, file, new Date(now.getTime() + waitMs));
  }
}

async function fetchFile(deps: FileDeps, file: DueFile): Promise<Download> {
  const apiUrl = deps.client.options.rest?.api ?? '';
  const from = async (url: string): Promise<Download> =>
    isAttachmentUrl(url, apiUrl) ? download(url, deps.filesDirectory) : { kind: 'wrong_type' };
  const first = await from(file.url);
  if (first.kind !== 'gone') return first;
  const url = await newLink(deps, file);
  return url === null ? first : from(url);
}

/** A link that holds again, from the message that has the file. @returns null when there is none any more. */
async function newLink({ db, client }: FileDeps, file: DueFile): Promise<string | null> {
  const { guild_id: guildId, ticket_id: ticketId, message_id: messageId } = file;
  const channelId = (await readTicket(db, guildId, ticketId))?.channelId ?? null;
  if (messageId === null || channelId === null) return null;
  try {
    const channel = await client.channels.fetch(channelId);
    if (channel?.isTextBased() !== true || channel.isDMBased() || channel.guildId !== guildId) return null;
    const message = await channel.messages.fetch({ message: messageId, force: true, cache: false });
    const all = [message, ...message.messageSnapshots.values()];
    for (const { attachments } of all) {
      const found = attachments.get(file.attachment_id);
      if (found !== undefined) return found.url;
    }
    return null;
  } catch (error) {
    const isGone =
      error instanceof DiscordAPIError &&
      (error.code === RESTJSONErrorCodes.UnknownMessage || error.code === RESTJSONErrorCodes.UnknownChannel);
    if (isGone) return null;
    throw error;
  }
}
