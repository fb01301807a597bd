import {
  DiscordAPIError,
  MessageFlags,
  RESTJSONErrorCodes,
  type Client,
  type NewsChannel,
  type TextChannel,
} from 'discord.js';
import type { Selectable, Transaction } from 'kysely';
import type { DB, TicketPanels } from '#db/types';
import type { Database } from '#lib/database/database';
import { missingPermissions, permissionNames } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import { translator } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { categoriesOf } from '../categories.ts';
import type { TicketDeps } from '../deps.ts';
import { panelMessage, type PanelStyle, type PanelWords } from './view.ts';

const NEEDED = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'] as const;
/** Longer than a request takes with its repetitions: after a process that died over it. */
const LEASE_MS = 60_000;
/** After Discord refused. */
const RETRY_MS = 10 * 60_000;
const PANELS_PER_SWEEP = 10;

/** Where panels can be. */
export type PanelChannel = TextChannel | NewsChannel;

interface Panel extends PanelWords {
  readonly id: number;
  readonly guildId: string;
  readonly channelId: string;
  /** Null until it is posted. */
  readonly messageId: string | null;
  /** When another process may take it over; it names the claim. */
  readonly leasedUntil: Date;
}

const toPanel = (row: Selectable<TicketPanels>, leasedUntil: Date): Panel => ({
  id: row.id,
  guildId: row.guild_id,
  channelId: row.channel_id,
  messageId: row.message_id,
  style: row.style as PanelStyle,
  title: row.title,
  text: row.text,
  leasedUntil,
});

/**
 * Posts a panel because an admin asked for it.
 * @returns the address of the message.
 * @throws UserError when the bot may not post there.
 */
export async function postPanel(deps: TicketDeps, channel: PanelChannel, words: PanelWords): Promise<string> {
  const { db, clock } = deps;
  const missing = missingPermissions(channel, NEEDED);
  if (missing.length > 0)
    throw new UserError('ticket-setup:panel.refused', {
      channel: `<#${channel.id}>`,
      permissions: permissionNames(missing),
    });
  const now = clock.now();
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const row = await db
    .insertInto('ticket_panels')
    .values({
      guild_id: channel.guildId,
      channel_id: channel.id,
      ...words,
      posted_at: now,
      refresh_due_at: leasedUntil,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  try {
    const messageId = await showPanel(deps, channel, toPanel(row, leasedUntil));
    return `https://discord.com/channels/${channel.guildId}/${channel.id}/${messageId}`;
  } catch (error) {
    // Who asked is told so; nothing of it is to turn up later.
    if (error instanceof DiscordAPIError)
      await db.deleteFrom('ticket_panels').where('id', '=', row.id).where('message_id', 'is', null).execute();
    throw error;
  }
}

/** Posts a panel, or makes it look like the categories. @returns the id of its message. */
async function showPanel(deps: TicketDeps, channel: PanelChannel, panel: Panel): Promise<string> {
  const { db, client, settings } = deps;
  const overrides = await settings.overrides(panel.guildId);
  const t = translator(effectiveValue(overrides, 'system.language'));
  const components = panelMessage(t, client, panel, await categoriesOf(db, panel.guildId));
  const content = {
    components,
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
  } as const;
  const { id: messageId } =
    panel.messageId === null
      ? // A repetition after a crash gets the first message.
        await channel.send({ ...content, nonce: `tpn:${panel.id}`, enforceNonce: true })
      : await channel.messages.edit(panel.messageId, content);
  await db
    .updateTable('ticket_panels')
    .set((eb) => ({
      message_id: messageId,
      // It stays due when categories were changed meanwhile.
      refresh_due_at: eb
        .case()
        .when('refresh_due_at', '=', panel.leasedUntil)
        .then(null)
        .else(eb.ref('refresh_due_at'))
        .end(),
    }))
    .where('id', '=', panel.id)
    .execute();
  return messageId;
}

/** The panel that was posted last in a guild; null when there is none. */
export async function newestPanel(
  db: Database,
  guildId: string,
): Promise<{ readonly id: number; readonly channelId: string } | null> {
  const row = await db
    .selectFrom('ticket_panels')
    .select(['id', 'channel_id'])
    .where('guild_id', '=', guildId)
    .where('message_id', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, channelId: row.channel_id };
}

/** Has the panels of a guild say what there is to choose now. In the transaction that changes it. */
export async function panelsChanged(trx: Transaction<DB>, guildId: string, now: Date): Promise<void> {
  await trx
    .updateTable('ticket_panels')
    .set({ refresh_due_at: now })
    .where('guild_id', '=', guildId)
    .execute();
}

/** Takes on panels that are due, so that no other process does it meanwhile. */
async function claimPanels(db: Database, now: Date): Promise<Panel[]> {
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const rows = await db
    .with('due', (cte) =>
      cte
        .selectFrom('ticket_panels')
        .select('id')
        .where('refresh_due_at', '<=', now)
        .orderBy('refresh_due_at')
        .limit(PANELS_PER_SWEEP)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('ticket_panels')
    .from('due')
    .whereRef('ticket_panels.id', '=', 'due.id')
    .set({ refresh_due_at: leasedUntil })
    .returningAll('ticket_panels')
    .execute();
  return rows.map((row) => toPanel(row, leasedUntil));
}

/** Makes panels look like the categories of their guild, where these were changed. Never throws for what Discord refuses. */
export async function refreshPanels(deps: TicketDeps): Promise<void> {
  const { db, client, clock, log } = deps;
  for (const panel of await claimPanels(db, clock.now())) {
    try {
      const channel = panelChannel(client, panel);
      if (channel === 'gone') await forget(db, panel);
      else if (channel !== 'unknown') await showPanel(deps, channel, panel);
    } catch (error) {
      if (isGone(error)) {
        await forget(db, panel);
        continue;
      }
      log.warn(
        { err: error, guildId: panel.guildId, panel: panel.id },
        'tickets: a panel could not be shown',
      );
      await db
        .updateTable('ticket_panels')
        .set({ refresh_due_at: new Date(clock.now().getTime() + RETRY_MS) })
        .where('id', '=', panel.id)
        .where('refresh_due_at', '=', panel.leasedUntil)
        .execute();
    }
  }
}

/** `unknown` while Discord has not told of the guild. */
function panelChannel(client: Client, { guildId, channelId }: Panel): PanelChannel | 'gone' | 'unknown' {
  const guild = client.guilds.cache.get(guildId);
  if (guild === undefined || !guild.available) return 'unknown';
  const channel = guild.channels.cache.get(channelId);
  return channel !== undefined && isPanelChannel(channel) ? channel : 'gone';
}

/** Whether a panel can be posted in a channel. */
export function isPanelChannel<
  Channel extends { isTextBased(): boolean; isThread(): boolean; isVoiceBased(): boolean },
>(channel: Channel): channel is Channel & PanelChannel {
  return channel.isTextBased() && !channel.isThread() && !channel.isVoiceBased();
}

function isGone(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.UnknownMessage || error.code === RESTJSONErrorCodes.UnknownChannel)
  );
}

async function forget(db: Database, { id }: Pick<Panel, 'id'>): Promise<void> {
  await db.deleteFrom('ticket_panels').where('id', '=', id).execute();
}

/** Forgets panels whose messages were deleted. */
export async function forgetPanels(
  db: Database,
  guildId: string | null,
  messageIds: readonly string[],
): Promise<void> {
  if (guildId === null || messageIds.length === 0) return;
  await db
    .deleteFrom('ticket_panels')
    .where('guild_id', '=', guildId)
    .where('message_id', 'in', messageIds)
    .execute();
}
