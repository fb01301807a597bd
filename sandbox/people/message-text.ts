import type { APIEmbed } from 'discord-api-types/v10';
import { ComponentType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { serialiseAuthor } from '../state/authors.ts';
import type { ComponentData } from '../state/components.ts';
import { asComponentData, childrenOf } from '../state/components.ts';
import type { MessageRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import type { World } from '../state/world.ts';
import { nameOfBot } from '../state/world.ts';
import { toButton } from './seen-components.ts';

/** Everything of a message that a person can read, line by line. */
export function textOfMessage(world: World, channel: ChannelRecord, message: MessageRecord): string {
  if (message.flags & MessageFlags.Loading) return `${nameOfBot(world, message.authorId)} is thinking…`;
  const told = systemText(world, message);
  if (told !== null) return told;
  const lines = [
    message.content,
    ...message.embeds.map(textOfEmbed),
    ...asComponentData(message.components).map(textOfComponent),
    ...message.attachments.map(({ filename }) => `[${filename}]`),
  ];
  return withNames(world, channel, lines.filter((line) => line !== '').join('\n'));
}

/** What the client writes for a message that Discord made itself; null for any other. */
function systemText(world: World, message: MessageRecord): string | null {
  const author = serialiseAuthor(world, message).username;
  switch (message.type) {
    case MessageType.ChannelPinnedMessage:
      return `${author} pinned a message to this channel.`;
    case MessageType.ThreadCreated:
      return `${author} started a thread: ${message.content}`;
    case MessageType.ThreadStarterMessage: {
      const channel = world.channels.get(message.repliesTo?.channelId ?? '');
      const first = channel?.messages.get(message.repliesTo?.messageId ?? '');
      return channel && first
        ? textOfMessage(world, channel, first)
        : "Sorry, we couldn't load the first message in this thread";
    }
    default:
      return null;
  }
}

function textOfEmbed(embed: APIEmbed): string {
  return [
    embed.author?.name,
    embed.title,
    embed.description,
    ...(embed.fields ?? []).map(({ name, value }) => `${name}: ${value}`),
    embed.footer?.text,
  ]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
}

/** One component and what is in it; buttons in brackets, selects with their placeholder and what is chosen. */
export function textOfComponent(component: ComponentData): string {
  switch (component.type) {
    case ComponentType.TextDisplay:
      return textOr(component.content, '');
    case ComponentType.Button:
      return `[${toButton(component).label}]`;
    case ComponentType.StringSelect: {
      const options = (component.options ?? []) as { label: string; default?: boolean }[];
      const chosen = options.filter((option) => option.default).map(({ label }) => label);
      return `(${chosen.length > 0 ? chosen.join(', ') : textOr(component.placeholder, 'Make a selection')} ▾)`;
    }
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return `(${chosenDefaults(component) || textOr(component.placeholder, 'Make a selection')} ▾)`;
    case ComponentType.Label:
      return [component.label, component.description, ...childrenOf(component).map(textOfComponent)]
        .filter((line) => typeof line === 'string' && line !== '')
        .join('\n');
    case ComponentType.ActionRow:
      return childrenOf(component).map(textOfComponent).join(' ');
    default:
      return childrenOf(component)
        .map(textOfComponent)
        .filter((line) => line !== '')
        .join('\n');
  }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function chosenDefaults(component: ComponentData): string {
  const mention: Readonly<Record<string, string>> = { user: '@', role: '@&', channel: '#' };
  const defaults = (component.default_values ?? []) as { id: string; type: string }[];
  return defaults.map(({ id, type }) => `<${mention[type] ?? ''}${id}>`).join(', ');
}

/** Mentions as the client shows them. */
function withNames(world: World, channel: ChannelRecord, text: string): string {
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
  return text
    .replaceAll(/<@!?(\d+)>/g, (mention, id: string) => named('@', world.users.get(id)?.username, mention))
    .replaceAll(/<@&(\d+)>/g, (mention, id: string) => named('@', guild?.roles.get(id)?.name, mention))
    .replaceAll(/<#(\d+)>/g, (mention, id: string) => {
      const target = world.channels.get(id);
      return named('#', target && target.guildId !== null ? target.name : undefined, mention);
    })
    .replaceAll(/<(\/[^:>]+):\d+>/g, '$1');
}

function named(sign: string, name: string | undefined, mention: string): string {
  return name === undefined ? mention : `${sign}${name}`;
}
