import type { APIGuild, GatewayGuildCreateDispatchData } from 'discord-api-types/v10';
import {
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildFeature,
  GuildPremiumTier,
  GuildVerificationLevel,
} from 'discord-api-types/v10';
import { NO_FLAGS } from './flags.ts';
import { serialiseEmoji } from './emojis.ts';
import { serialiseGuildChannel } from './channels.ts';
import { botCanView } from './interactions.ts';
import { serialiseMember } from './members.ts';
import type { GuildRecord } from './records.ts';
import { serialiseRole } from './roles.ts';
import { serialiseThread } from './threads.ts';
import type { World } from './world.ts';
import { botMember, channelsOf, dispatch, threadsOf } from './world.ts';

export interface NewGuild {
  name: string;
  ownerId: string;
  locale: GuildRecord['locale'];
  everyonePermissions: bigint;
}

/** A guild with @everyone and nobody in it yet. */
export function newGuild(
  world: World,
  { name, ownerId, locale, everyonePermissions }: NewGuild,
): GuildRecord {
  const id = world.snowflakes.next();
  const guild: GuildRecord = {
    id,
    name,
    ownerId,
    locale,
    settings: {},
    roles: new Map(),
    members: new Map(),
    emojis: new Map(),
    bans: new Map(),
    vanity: null,
    auditLog: [],
    available: true,
  };
  guild.roles.set(id, {
    // The role of everyone has the id of its guild.
    id,
    guildId: id,
    name: '@everyone',
    permissions: everyonePermissions,
    position: 0,
    color: 0,
    hoist: false,
    mentionable: false,
    managedBy: null,
  });
  world.guilds.set(id, guild);
  return guild;
}

export type GuildChanges = Partial<Pick<GuildRecord, 'name' | 'locale' | 'settings' | 'vanity'>>;

/** Changes what is named; settings are given as a whole. */
export function updateGuild(world: World, guild: GuildRecord, changes: GuildChanges): void {
  Object.assign(guild, changes);
  dispatch(world, 'GUILD_UPDATE', serialiseGuild(guild), { guildId: guild.id });
}

export function serialiseGuild(guild: GuildRecord): APIGuild {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: NO_FLAGS,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: GuildVerificationLevel.None,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    mfa_level: GuildMFALevel.None,
    roles: [...guild.roles.values()].map(serialiseRole),
    emojis: [...guild.emojis.values()].map(serialiseEmoji),
    stickers: [],
    features: guild.vanity === null ? [] : [GuildFeature.VanityURL],
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: guild.vanity?.code ?? null,
    premium_tier: GuildPremiumTier.None,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    nsfw: false,
    nsfw_level: GuildNSFWLevel.Default,
    hub_type: null,
    incidents_data: null,
    ...guild.settings,
  } as APIGuild;
}

/**
 * The guild as the gateway tells it. Discord sends the whole list of members only to a session with the presence intent;
 * others get the bot alone.
 */
export function serialiseGuildCreate(
  world: World,
  guild: GuildRecord,
  allMembers: boolean,
): GatewayGuildCreateDispatchData {
  const bot = botMember(world, guild);
  const members = allMembers ? [...guild.members.values()] : bot ? [bot] : [];
  return {
    ...serialiseGuild(guild),
    joined_at: (bot?.joinedAt ?? world.clock.now()).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: members.map((member) => serialiseMember(world, member)),
    channels: channelsOf(world, guild.id).map(serialiseGuildChannel),
    threads: threadsOf(world, guild.id)
      .filter((thread) => !thread.archived && botCanView(world, thread))
      .map((thread) => serialiseThread(world, thread)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
