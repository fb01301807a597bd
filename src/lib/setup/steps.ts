import { ChannelType } from 'discord.js';
import { definitionOf, type BotPermission, type SettingKey } from '#lib/settings/definitions';

/** Who does what in a channel that the bot makes; of a role, whom it is for. */
export type Access = 'admins' | 'read' | 'usual' | 'tickets' | 'member' | 'staff';

/** What the bot can make for a step. */
export interface Making {
  readonly kind: 'channel' | 'role';
  /** Of a channel. */
  readonly type?: ChannelType.GuildText | ChannelType.GuildAnnouncement | ChannelType.GuildCategory;
  readonly access: Access;
}

/** One question of the wizard. What was answered is the settings and the posted panels; nothing else is kept. */
export interface Step {
  readonly id: string;
  readonly feature: Feature;
  /** The setting that is chosen; null where a message is posted. */
  readonly key: SettingKey | null;
  /** The switch of its feature, where it has one. */
  readonly turnedBy?: 'reminders.enabled' | 'invites.enabled';
  readonly making?: Making;
  /** The message that is posted. */
  readonly panel?: 'start' | 'tickets';
}

export const features = [
  'server',
  'log',
  'onboarding',
  'announcements',
  'reminders',
  'tickets',
  'invites',
] as const;
export type Feature = (typeof features)[number];

const channel = (access: Access, type: NonNullable<Making['type']> = ChannelType.GuildText): Making => ({
  kind: 'channel',
  type,
  access,
});

/** The wizard's questions in their order. */
export const steps = [
  { id: 'language', feature: 'server', key: 'system.language' },
  { id: 'timezone', feature: 'server', key: 'system.timezone' },
  { id: 'log', feature: 'log', key: 'system.log_channel_id', making: channel('admins') },
  { id: 'onboarding', feature: 'onboarding', key: 'onboarding.mode' },
  { id: 'rules', feature: 'onboarding', key: 'system.rules_channel_id', making: channel('read') },
  { id: 'welcome', feature: 'onboarding', key: 'system.onboarding_channel_id', making: channel('usual') },
  {
    id: 'role',
    feature: 'onboarding',
    key: 'onboarding.completion_role_id',
    making: { kind: 'role', access: 'member' },
  },
  { id: 'start', feature: 'onboarding', key: null, panel: 'start' },
  {
    id: 'announcements',
    feature: 'announcements',
    key: 'embedwatcher.announcements_channel_id',
    making: channel('read', ChannelType.GuildAnnouncement),
  },
  {
    id: 'reminders',
    feature: 'reminders',
    key: 'reminders.default_channel_id',
    turnedBy: 'reminders.enabled',
    making: channel('usual'),
  },
  {
    id: 'category',
    feature: 'tickets',
    key: 'ticketbot.category_id',
    making: channel('tickets', ChannelType.GuildCategory),
  },
  {
    id: 'staff',
    feature: 'tickets',
    key: 'ticketbot.staff_role_id',
    making: { kind: 'role', access: 'staff' },
  },
  { id: 'panel', feature: 'tickets', key: null, panel: 'tickets', making: channel('read') },
  {
    id: 'invites',
    feature: 'invites',
    key: 'invites.announcement_channel_id',
    turnedBy: 'invites.enabled',
    making: channel('usual'),
  },
] as const satisfies readonly Step[];

export type StepId = (typeof steps)[number]['id'];

/** A step by its name in a custom id; undefined where this version has none of that name. */
export function findStep(id: string): (Step & { readonly id: StepId }) | undefined {
  return steps.find((step) => step.id === id);
}

/** What the bot must be allowed in the server to make it, so that it works afterwards. */
export function neededToMake(making: Making, key: SettingKey | null): readonly BotPermission[] {
  if (making.kind === 'role') return ['ManageRoles'];
  const definition = key === null ? null : definitionOf(key);
  const used = definition?.type === 'channel' ? definition.botPermissions : [];
  // Discord lets a bot grant and deny only what it may do itself.
  const granted = ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'] as const;
  return [...new Set<BotPermission>(['ManageChannels', ...granted, ...used])];
}
