import {
  ButtonStyle,
  ComponentType,
  DiscordAPIError,
  MessageFlags,
  RESTJSONErrorCodes,
  type APIContainerComponent,
  type Client,
  type GuildTextBasedChannel,
  type Message,
  type TopLevelComponent,
} from 'discord.js';
import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { missingPermissions, permissionNames } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import { translator, type Translate } from '#lib/i18n/translate';
import type { SettingValue } from '#lib/settings/definitions';
import { effectiveValue } from '#lib/settings/settings';
import { button, row, textDisplay } from '#lib/ui/components';
import type { OnboardingDeps } from './deps.ts';
import { OLD_START_ID, onboardingIds } from './custom-ids.ts';
import { VERSION_OF_OLD_BOT } from './versions.ts';

const NEEDED = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'] as const;
/** How far back a start button is looked for: what one request can read, and as far as the old bot looked. */
const SEARCHED_MESSAGES = 100;
/** After a failure, and after a process that died over it. */
const RETRY_MS = 10 * 60_000;

/** The public message with the start button. */
function panelMessage(t: Translate, mode: SettingValue<'onboarding.mode'>): APIContainerComponent {
  const text = mode === 'disabled' ? 'rules_with_questions' : mode;
  return {
    type: ComponentType.Container,
    components: [
      textDisplay(
        `## ${t('onboarding:panel.title')}\n${t(`onboarding:panel.${text}`)} ${t('onboarding:panel.goOn')}`,
      ),
      row(button(t('onboarding:start'), onboardingIds.build('start', {}), ButtonStyle.Success)),
    ],
  };
}

/** Rules channels that have had no start button yet, of guilds where it leads somewhere. */
async function channelsWithoutPanel(
  db: Database,
  now: Date,
): Promise<{ guildId: string; channelId: string }[]> {
  const { rows } = await sql<{ guild_id: string; channel_id: string }>`
    select setting.guild_id, (setting.value #>> '{}')::bigint as channel_id
    from bot_settings setting
    where setting.scope = 'system' and setting.key = 'rules_channel_id'
      and exists (select from onboarding_versions version where version.guild_id = setting.guild_id and version.version > ${VERSION_OF_OLD_BOT})
      and not exists (
        select from bot_settings mode
        where mode.guild_id = setting.guild_id and mode.scope = 'onboarding' and mode.key = 'mode'
          and mode.value #>> '{}' = 'disabled')
      and not exists (
        select from onboarding_panels panel
        where panel.guild_id = setting.guild_id and panel.channel_id = (setting.value #>> '{}')::bigint
          and (panel.message_id is not null or panel.posted_at > ${new Date(now.getTime() - RETRY_MS)}))`.execute(
    db,
  );
  return rows.map(({ guild_id: guildId, channel_id: channelId }) => ({ guildId, channelId }));
}

/** Posts the start button by itself in each rules channel that never had one. Never throws for what Discord refuses. */
export async function postMissingPanels(deps: OnboardingDeps): Promise<void> {
  for (const { guildId, channelId } of await channelsWithoutPanel(deps.db, deps.clock.now())) {
    const channel = panelChannel(deps.client, guildId, channelId);
    if (channel === null || missingPermissions(channel, NEEDED).length > 0) continue;
    try {
      await postOnce(deps, channel);
    } catch (error) {
      deps.log.warn({ err: error, guildId, channelId }, 'onboarding: the start button could not be posted');
    }
  }
}

function panelChannel(client: Client, guildId: string, channelId: string): GuildTextBasedChannel | null {
  const channel = client.guilds.cache.get(guildId)?.channels.cache.get(channelId);
  return channel !== undefined && channel.isTextBased() && channel.isSendable() ? channel : null;
}

/** Posts the start button where the channel has none, an old bot's included. Of two processes one posts. */
async function postOnce(deps: OnboardingDeps, channel: GuildTextBasedChannel): Promise<Message> {
  const { db, settings, clock } = deps;
  const { guildId, id: channelId } = channel;
  const overrides = await settings.overrides(guildId);
  const t = translator(effectiveValue(overrides, 'system.language'));
  const tried = { guild_id: guildId, channel_id: channelId, posted_at: clock.now() };
  await db
    .insertInto('onboarding_panels')
    .values(tried)
    .onConflict((conflict) =>
      conflict.columns(['guild_id', 'channel_id']).doUpdateSet({ posted_at: tried.posted_at }),
    )
    .execute();
  const recent = await channel.messages.fetch({ limit: SEARCHED_MESSAGES });
  // What a process posted that died before it could write so is found here.
  const message =
    recent.find((one) => one.author.id === one.client.user.id && hasStartButton(one)) ??
    (await channel.send({
      components: [panelMessage(t, effectiveValue(overrides, 'onboarding.mode'))],
      flags: MessageFlags.IsComponentsV2,
      allowedMentions: { parse: [] },
      nonce: `pan:${channelId}`,
      enforceNonce: true,
    }));
  await db
    .updateTable('onboarding_panels')
    .set({ message_id: message.id })
    .where('guild_id', '=', guildId)
    .where('channel_id', '=', channelId)
    .execute();
  return message;
}

/** Whether a channel has the start button. */
export async function hasPanel(db: Database, guildId: string, channelId: string): Promise<boolean> {
  const row = await db
    .selectFrom('onboarding_panels')
    .select('message_id')
    .where('guild_id', '=', guildId)
    .where('channel_id', '=', channelId)
    .where('message_id', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Has the start buttons of a guild say what there is to do now. In the transaction that changes it. */
export async function panelsChanged(trx: Transaction<DB>, guildId: string, now: Date): Promise<void> {
  await trx
    .updateTable('onboarding_panels')
    .set({ refresh_due_at: now })
    .where('guild_id', '=', guildId)
    .where('message_id', 'is not', null)
    .execute();
}

/** Brings messages with a start button up to date. Never throws for what Discord refuses. */
export async function refreshPanels({ db, client, settings, clock, log }: OnboardingDeps): Promise<void> {
  const due = await db
    .selectFrom('onboarding_panels')
    .selectAll()
    .where('refresh_due_at', '<=', clock.now())
    .execute();
  for (const {
    guild_id: guildId,
    channel_id: channelId,
    message_id: messageId,
    refresh_due_at: dueAt,
  } of due) {
    const later = new Date(clock.now().getTime() + RETRY_MS);
    // What it shows stays to be changed while the guild cannot be seen.
    let retryAt: Date | null = client.guilds.cache.get(guildId)?.available === true ? null : later;
    try {
      const channel = panelChannel(client, guildId, channelId);
      const message = await channel?.messages.fetch({ message: messageId ?? '', cache: false });
      const overrides = await settings.overrides(guildId);
      const t = translator(effectiveValue(overrides, 'system.language'));
      // One of the old bot stays as it is.
      if (message?.flags.has(MessageFlags.IsComponentsV2) === true)
        await message.edit({ components: [panelMessage(t, effectiveValue(overrides, 'onboarding.mode'))] });
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.UnknownMessage) {
        log.warn(
          { err: error, guildId, channelId },
          'onboarding: a start button could not be brought up to date',
        );
        retryAt = later;
      }
    }
    await db
      .updateTable('onboarding_panels')
      .set({ refresh_due_at: retryAt })
      .where('guild_id', '=', guildId)
      .where('channel_id', '=', channelId)
      // Changed once more meanwhile it stays due.
      .where('refresh_due_at', '=', dueAt)
      .execute();
  }
}

function hasStartButton({ components }: Message): boolean {
  const ids = new Set([OLD_START_ID, onboardingIds.build('start', {})]);
  const isStart = (component: TopLevelComponent | { readonly customId?: string | null }): boolean => {
    if ('components' in component) return component.components.some((inner) => isStart(inner));
    return 'customId' in component && typeof component.customId === 'string' && ids.has(component.customId);
  };
  return components.some(isStart);
}

/**
 * Posts the start button because an admin asked for it, or finds the one that is there.
 * @returns where it is, and whether it was there already.
 * @throws UserError when there is no rules channel or the bot may not post in it.
 */
export async function postPanel(
  deps: OnboardingDeps,
  guildId: string,
): Promise<{ readonly channelId: string; readonly link: string; readonly wasThere: boolean }> {
  const overrides = await deps.settings.overrides(guildId);
  const channelId = effectiveValue(overrides, 'system.rules_channel_id');
  const channel = channelId === null ? null : panelChannel(deps.client, guildId, channelId);
  if (channel === null) throw new UserError('onboarding:noRulesChannel');
  const missing = missingPermissions(channel, NEEDED);
  if (missing.length > 0)
    throw new UserError('onboarding:panelRefused', {
      channel: `<#${channel.id}>`,
      permissions: permissionNames(missing),
    });
  const before = deps.clock.now();
  const message = await postOnce(deps, channel);
  return { channelId: channel.id, link: message.url, wasThere: message.createdAt < before };
}
