import type { ChannelType, Guild } from 'discord.js';
import type { Database } from '#lib/database/database';
import type { Translate } from '#lib/i18n/translate';
import type { Content } from '#lib/onboarding/content';
import { readDraft } from '#lib/onboarding/drafts';
import { readNewestVersion } from '#lib/onboarding/versions';
import { deliveryPermissions } from '#lib/reminders/destination';
import { definitionOf, definitions, settingKeys, type BotPermission } from '#lib/settings/definitions';
import { effectiveValue, type Overrides, type Settings } from '#lib/settings/settings';
import { escapeMarkdown } from '#lib/text/sanitize';
import { categoriesOf, type TicketCategory } from '#lib/tickets/categories';

/** What names a channel or a role, in the person's language, and the command that changes it. */
export interface Source {
  readonly key: string;
  readonly name: (t: Translate) => string;
  readonly command: string;
}

export interface ChannelNeed {
  readonly source: Source;
  readonly channelId: string;
  readonly channelTypes: readonly ChannelType[];
  readonly botPermissions: readonly BotPermission[];
}

export interface RoleNeed {
  readonly source: Source;
  readonly roleId: string;
  /** Whether the bot gives it to members. */
  readonly isGiven: boolean;
}

/** What a guild has set up to be used by the bot. */
export interface Needs {
  readonly guild: Guild;
  readonly channels: readonly ChannelNeed[];
  readonly roles: readonly RoleNeed[];
  /** Needed in the guild as a whole. */
  readonly permissions: readonly { readonly source: Source; readonly permission: BotPermission }[];
}

interface NeedsDeps {
  readonly db: Database;
  readonly settings: Settings;
}

/** Channels whose reminders are looked at; those that are there longest come first. */
const REMINDER_CHANNELS_MAX = 100;

/** Reads all that a guild names: its settings, its kinds of tickets, the roles of its onboarding, the channels of its reminders. */
export async function readNeeds({ db, settings }: NeedsDeps, guild: Guild): Promise<Needs> {
  const overrides = await settings.overrides(guild.id);
  const kinds = await categoriesOf(db, guild.id);
  const version = await readNewestVersion(db, guild.id);
  const content = version?.content ?? (await readDraft(db, guild.id));
  const needs = needsOf(guild, overrides, kinds, content);
  return { ...needs, channels: [...needs.channels, ...(await reminderNeeds(db, guild))] };
}

/** Where reminders are still to go, each channel once, named by its oldest reminder. */
async function reminderNeeds(db: Database, guild: Guild): Promise<ChannelNeed[]> {
  const named = await db
    .selectFrom('reminders')
    .distinctOn('channel_id')
    .select(['channel_id', 'name'])
    .where('guild_id', '=', guild.id)
    .where('finished_at', 'is', null)
    .where('recipient_id', 'is', null)
    .orderBy('channel_id')
    .orderBy('id')
    .limit(REMINDER_CHANNELS_MAX)
    .execute();
  return named.flatMap(({ channel_id: channelId, name }) => {
    const channel = guild.channels.cache.get(channelId);
    // A thread that is archived is not at hand; whether one is gone is found out when its reminder goes out.
    if (channel === undefined) return [];
    const source = reminderSource(channelId, name);
    return [
      { source, channelId, channelTypes: [channel.type], botPermissions: deliveryPermissions(channel) },
    ];
  });
}

/** The same, of what was read. */
export function needsOf(
  guild: Guild,
  overrides: Overrides,
  kinds: readonly TicketCategory[],
  content: Content,
): Needs {
  const channels: ChannelNeed[] = [];
  const roles: RoleNeed[] = [];
  for (const key of settingKeys) {
    const definition = definitionOf(key);
    const value = effectiveValue(overrides, key);
    if (typeof value !== 'string') continue;
    const source = settingSource(key);
    if (definition.type === 'channel') channels.push({ source, channelId: value, ...definition });
    if (definition.type === 'role') roles.push({ source, roleId: value, isGiven: definition.isGiven });
  }
  for (const kind of kinds.filter(({ enabled }) => enabled)) {
    const source = kindSource(kind);
    if (kind.parentId !== null)
      channels.push({ source, channelId: kind.parentId, ...definitions['ticketbot.category_id'] });
    for (const roleId of [kind.staffRoleId, kind.escalationRoleId])
      if (roleId !== null) roles.push({ source, roleId, isGiven: false });
  }
  for (const { id, options } of content.questions)
    for (const { label, value, roleIds } of options)
      for (const roleId of roleIds)
        roles.push({ source: optionSource(`${id}.${value}`, label), roleId, isGiven: true });
  return {
    guild,
    channels,
    roles,
    permissions: effectiveValue(overrides, EVERYONE)
      ? [{ source: settingSource(EVERYONE), permission: 'MentionEveryone' }]
      : [],
  };
}

const EVERYONE = 'reminders.allow_everyone_mentions';

function settingSource(key: (typeof settingKeys)[number]): Source {
  return { key, name: (t) => t(`settings:${key}.name`), command: `/config set setting:${key}` };
}

function reminderSource(channelId: string, name: string): Source {
  return {
    key: `reminder.${channelId}`,
    name: (t) => t('doctor:source.reminder', { name: escapeMarkdown(name) }),
    command: '/reminder_edit',
  };
}

function kindSource({ id, name }: TicketCategory): Source {
  return {
    key: `ticket-category.${id}`,
    name: (t) => t('doctor:source.kind', { name: escapeMarkdown(name) }),
    command: '/ticket_setup',
  };
}

function optionSource(key: string, label: string): Source {
  return {
    key: `onboarding-option.${key}`,
    name: (t) => t('doctor:source.option', { name: escapeMarkdown(label) }),
    command: '/onboarding',
  };
}
