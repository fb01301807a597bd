import type { RESTPatchAPIGuildJSONBody } from 'discord-api-types/v10';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { serialiseEmoji } from '../../state/emojis.ts';
import { serialiseGuild, updateGuild } from '../../state/guilds.ts';
import type { GuildRecord, GuildSettings } from '../../state/records.ts';
import { toLocale } from '../../state/users.ts';
import { pictureHash } from '../../state/webhooks.ts';
import type { World } from '../../state/world.ts';
import { demandInGuild, reachGuild } from '../access.ts';
import { DiscordError, refuseUnknown, unknownChannel } from '../errors.ts';
import type { Route } from '../router.ts';
import { ok, route } from '../router.ts';

/** Settings that can be nothing at all; another one that is set to null is as in a new guild again. */
const CHANNELS = [
  'afk_channel_id',
  'system_channel_id',
  'rules_channel_id',
  'public_updates_channel_id',
  'safety_alerts_channel_id',
] as const;
const OTHERS = [
  'description',
  'verification_level',
  'default_message_notifications',
  'explicit_content_filter',
  'afk_timeout',
  'system_channel_flags',
  'premium_progress_bar_enabled',
] as const;
/** What only guilds with boosts or of other kinds have. */
const UNKNOWN_HERE = ['banner', 'discovery_splash', 'features', 'home_header', 'splash'];

export const guildSettingsRoutes: readonly Route[] = [
  route('PATCH', '/guilds/{guild}', ({ world, parameters, body }) => {
    const access = reachGuild(world, parameters.guild);
    const { guild } = access;
    demandInGuild(world, access, P.ManageGuild);
    const sent = body as RESTPatchAPIGuildJSONBody;
    refuseUnknown(sent, UNKNOWN_HERE);
    updateGuild(world, guild, {
      name: sent.name ?? guild.name,
      locale: sent.preferred_locale ? toLocale(sent.preferred_locale) : guild.locale,
      settings: readSettings(world, guild, sent),
    });
    return ok(serialiseGuild(guild));
  }),

  route('GET', '/guilds/{guild}/emojis', ({ world, parameters }) => {
    const { guild } = reachGuild(world, parameters.guild);
    return ok([...guild.emojis.values()].map(serialiseEmoji));
  }),

  route('GET', '/guilds/{guild}/emojis/{emoji}', ({ world, parameters }) => {
    const emoji = reachGuild(world, parameters.guild).guild.emojis.get(parameters.emoji);
    if (!emoji) throw new DiscordError(404, 10014, 'Unknown Emoji');
    return ok(serialiseEmoji(emoji));
  }),
];

function readSettings(world: World, guild: GuildRecord, sent: RESTPatchAPIGuildJSONBody): GuildSettings {
  const channels = CHANNELS.flatMap((key) => {
    const id = sent[key];
    if (id === undefined) return [];
    if (id !== null && world.channels.get(id)?.guildId !== guild.id) throw unknownChannel();
    return [[key, id]];
  });
  const others = OTHERS.flatMap((key) => (sent[key] === undefined ? [] : [[key, sent[key] ?? undefined]]));
  const icon = sent.icon === undefined ? {} : { icon: pictureHash(sent.icon) };
  const settings = Object.entries({
    ...guild.settings,
    ...(Object.fromEntries([...channels, ...others]) as GuildSettings),
    ...icon,
  });
  return Object.fromEntries(settings.filter(([, value]) => value !== undefined)) as GuildSettings;
}
