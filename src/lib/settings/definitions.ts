import { ChannelType } from 'discord.js';

/** What the bot may need in a channel or a guild; each has its name in `common.json`. */
export const botPermissions = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'ReadMessageHistory',
  'MentionEveryone',
  'AttachFiles',
  'ManageChannels',
  'ManageMessages',
  'ManageRoles',
  'CreatePrivateThreads',
] as const;
export type BotPermission = (typeof botPermissions)[number];

/** What every setting says about itself. `default` is the value while a guild has not chosen one. */
interface Definition<Type extends string, Value> {
  readonly type: Type;
  readonly default: Value;
}

export interface ChannelDefinition extends Definition<'channel', string | null> {
  readonly channelTypes: readonly ChannelType[];
  /** What the bot must be allowed in the channel for the setting to work. */
  readonly botPermissions: readonly BotPermission[];
}

export interface RoleDefinition extends Definition<'role', string | null> {
  /** Whether the bot gives it to members: then it must stand below the bot's own highest role, and be the admin's to give. */
  readonly isGiven: boolean;
  readonly botPermissions: readonly BotPermission[];
}

export type BooleanDefinition = Definition<'boolean', boolean>;

export interface IntegerDefinition extends Definition<'integer', number> {
  readonly minimum: number;
  readonly maximum: number;
}

/** A number with at most one decimal. */
export interface DecimalDefinition extends Definition<'decimal', number> {
  readonly minimum: number;
  readonly maximum: number;
}

export interface ChoiceDefinition<Choice extends string = string> extends Definition<'choice', Choice> {
  readonly choices: readonly Choice[];
}

/** Lengths of time in minutes, each once and the longest first. */
export interface DurationsDefinition extends Definition<'durations', readonly number[]> {
  readonly maximumCount: number;
  /** Of each, in minutes. */
  readonly minimum: number;
  readonly maximum: number;
}

/** An IANA zone name. */
export type TimeZoneDefinition = Definition<'timezone', string>;

/** Words of the guild's own; null means the bot's own words. */
export interface TextDefinition extends Definition<'text', string | null> {
  readonly maximumLength: number;
  /** One word of these characters, where it is a name and no text. */
  readonly pattern?: RegExp;
}

export type SettingDefinition =
  | ChannelDefinition
  | RoleDefinition
  | BooleanDefinition
  | IntegerDefinition
  | DecimalDefinition
  | ChoiceDefinition
  | DurationsDefinition
  | TextDefinition
  | TimeZoneDefinition;

const messageChannel = (...more: BotPermission[]): ChannelDefinition => ({
  type: 'channel',
  default: null,
  channelTypes: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
  botPermissions: ['ViewChannel', 'SendMessages', 'EmbedLinks', ...more],
});

const choice = <const Choice extends string>(
  choices: readonly Choice[],
  byDefault: NoInfer<Choice>,
): ChoiceDefinition<Choice> => ({ type: 'choice', choices, default: byDefault });

/** What the bot needs in a category to make a ticket's channel there, and to let in and keep out. */
export const TICKET_CATEGORY_PERMISSIONS = [
  'ViewChannel',
  'ManageChannels',
  'ManageRoles',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
] as const satisfies readonly BotPermission[];

const ticketCategory: ChannelDefinition = {
  type: 'channel',
  default: null,
  channelTypes: [ChannelType.GuildCategory],
  botPermissions: TICKET_CATEGORY_PERMISSIONS,
};

/** A role that lets its members do something with the bot. */
const knownRole: RoleDefinition = { type: 'role', default: null, isGiven: false, botPermissions: [] };

/** The longest lead a reminder may have: three days, in minutes. */
export const MAXIMUM_OFFSET_MINUTES = 4320;

/** The longest lead of a further announcement: a week, in minutes. */
export const MAXIMUM_PRE_ALERT_MINUTES = 10_080;

/** What a new member goes through. */
export const onboardingModes = ['disabled', 'rules_only', 'questions_only', 'rules_with_questions'] as const;

/**
 * Every setting of a guild, declared once: `/config`, its panel and autocomplete, validation and the typed getter
 * all come from here. Keys are `scope.name`; names and meanings are in `src/languages/*\/settings.json`.
 */
export const definitions = {
  'system.log_channel_id': messageChannel(),
  'system.log_level': choice(['verbose', 'normal', 'critical'], 'verbose'),
  'system.timezone': { type: 'timezone', default: 'Europe/Brussels' },
  'system.language': choice(['en-US', 'nl'], 'en-US'),
  'system.rules_channel_id': messageChannel('ReadMessageHistory'),
  'system.onboarding_channel_id': messageChannel(),
  'reminders.enabled': { type: 'boolean', default: true },
  'reminders.default_channel_id': messageChannel(),
  'reminders.offset_minutes': { type: 'integer', default: 60, minimum: 0, maximum: MAXIMUM_OFFSET_MINUTES },
  'reminders.pre_alerts': {
    type: 'durations',
    default: [],
    maximumCount: 5,
    minimum: 1,
    maximum: MAXIMUM_PRE_ALERT_MINUTES,
  },
  'reminders.max_lateness_hours': { type: 'integer', default: 24, minimum: 1, maximum: 720 },
  'reminders.allow_everyone_mentions': { type: 'boolean', default: false },
  'embedwatcher.announcements_channel_id': {
    ...messageChannel(),
    botPermissions: ['ViewChannel', 'ReadMessageHistory'],
  },
  'embedwatcher.non_embed_enabled': { type: 'boolean', default: true },
  'embedwatcher.process_bot_messages': { type: 'boolean', default: false },
  'embedwatcher.failed_parse_log_channel_id': messageChannel(),
  'embedwatcher.ai_fallback': { type: 'boolean', default: false },
  'onboarding.mode': choice(onboardingModes, 'rules_with_questions'),
  'onboarding.completion_role_id': {
    type: 'role',
    default: null,
    isGiven: true,
    botPermissions: ['ManageRoles'],
  },
  'onboarding.welcome_text': { type: 'text', default: null, maximumLength: 1000 },
  'onboarding.summary_channel_id': messageChannel(),
  'ticketbot.category_id': ticketCategory,
  'ticketbot.fallback_category_id': ticketCategory,
  'ticketbot.thread_channel_id': {
    type: 'channel',
    default: null,
    channelTypes: [ChannelType.GuildText],
    botPermissions: ['ViewChannel', 'CreatePrivateThreads', 'SendMessagesInThreads', 'EmbedLinks'],
  },
  'ticketbot.staff_role_id': knownRole,
  'ticketbot.escalation_role_id': knownRole,
  'ticketbot.open_limit': { type: 'integer', default: 1, minimum: 1, maximum: 10 },
  'ticketbot.idle_days_threshold': { type: 'integer', default: 5, minimum: 1, maximum: 30 },
  'ticketbot.auto_close_days_threshold': { type: 'integer', default: 14, minimum: 1, maximum: 90 },
  'ticketbot.offer_faq': { type: 'boolean', default: true },
  'ticketbot.storage_megabytes': { type: 'integer', default: 500, minimum: 0, maximum: 100_000 },
  'gpt.enabled': { type: 'boolean', default: true },
  'gpt.model': { type: 'text', default: null, maximumLength: 100, pattern: /^[\w.:/@-]+$/ },
  'gpt.temperature': { type: 'decimal', default: 0.7, minimum: 0, maximum: 2 },
  'gpt.member_daily_budget_cents': { type: 'integer', default: 10, minimum: 0, maximum: 10_000 },
  'gpt.guild_daily_budget_cents': { type: 'integer', default: 100, minimum: 0, maximum: 100_000 },
  'invites.enabled': { type: 'boolean', default: true },
  'invites.announcement_channel_id': messageChannel(),
  'invites.with_inviter_template': { type: 'text', default: null, maximumLength: 1000 },
  'invites.no_inviter_template': { type: 'text', default: null, maximumLength: 1000 },
  'gdpr.enabled': { type: 'boolean', default: true },
  'gdpr.channel_id': messageChannel(),
} as const satisfies Readonly<Record<string, SettingDefinition>>;

export type SettingKey = keyof typeof definitions;

type ValueOf<D> =
  D extends ChoiceDefinition<infer Choice>
    ? Choice
    : D extends Definition<'boolean', boolean>
      ? boolean
      : D extends Definition<'integer' | 'decimal', number>
        ? number
        : D extends Definition<'timezone', string>
          ? string
          : D extends { readonly type: 'durations' }
            ? readonly number[]
            : string | null;

export type SettingValue<K extends SettingKey = SettingKey> = ValueOf<(typeof definitions)[K]>;

export const settingKeys = Object.keys(definitions) as readonly SettingKey[];

export const scopes: readonly string[] = [...new Set(settingKeys.map((key) => scopeOf(key)))];

/** The part of a key before its dot. */
export function scopeOf(key: SettingKey): string {
  return key.slice(0, key.indexOf('.'));
}

/** The part of a key after its dot. */
export function nameOf(key: SettingKey): string {
  return key.slice(key.indexOf('.') + 1);
}

/** Whether a text that came from outside is the key of a setting. */
export function isSettingKey(text: string): text is SettingKey {
  return Object.hasOwn(definitions, text);
}

/** Whether two values of a setting are the same. */
export function isSameValue(one: SettingValue | null, other: SettingValue | null): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

/** The definition of a setting with its exact type widened to the common one. */
export function definitionOf(key: SettingKey): SettingDefinition {
  return definitions[key];
}
