import type { APIEmbed } from 'discord-api-types/v10';
import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { serialiseAuthor } from '../state/authors.ts';
import type { ComponentData } from '../state/components.ts';
import { asComponentData, walkComponents } from '../state/components.ts';
import type { MessageRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import { shownContent } from '../state/shown-content.ts';
import { requireUser } from '../state/users.ts';
import type { World } from '../state/world.ts';
import { textOfMessage } from './message-text.ts';
import type { SeenButton, SeenSelect } from './seen-components.ts';
import { isSelect, toButton, toSelect } from './seen-components.ts';

/** A message as a person saw it at one moment; it does not change afterwards. */
export interface SeenMessage {
  id: string;
  channelId: string;
  authorId: string;
  /** The author's username, or the name that a webhook gave itself. */
  author: string;
  /** All of it that can be read, mentions as names. */
  text: string;
  /** The plain content, as it was sent. */
  content: string;
  embeds: APIEmbed[];
  components: ComponentData[];
  buttons: SeenButton[];
  selects: SeenSelect[];
  attachments: { filename: string; url: string; size: number }[];
  reactions: { emoji: string; users: string[] }[];
  pinned: boolean;
  ephemeral: boolean;
  /** "Alphapy is thinking…" */
  isThinking: boolean;
  mentionsEveryone: boolean;
  /** Who is notified: usernames, and roles as "@Staff". */
  mentions: string[];
  createdAt: Date;
  editedAt: Date | null;
  repliesToId: string | null;
}

export function seeMessage(world: World, channel: ChannelRecord, message: MessageRecord): SeenMessage {
  const content = shownContent(world, message);
  const components = asComponentData(structuredClone(content.components));
  const all = [...walkComponents(components)];
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
  return {
    id: message.id,
    channelId: channel.id,
    authorId: message.authorId,
    author: serialiseAuthor(world, message).username,
    text: textOfMessage(world, channel, message),
    content: message.content,
    embeds: structuredClone(content.embeds),
    components,
    buttons: all.flatMap((component) =>
      component.type === ComponentType.Button ? [toButton(component)] : [],
    ),
    selects: all.flatMap((component) => (isSelect(component) ? [toSelect(component)] : [])),
    attachments: content.attachments.map(({ filename, url, size }) => ({ filename, url, size })),
    reactions: message.reactions.map(({ emoji, users }) => ({
      emoji: emoji.id === null ? emoji.name : `:${emoji.name}:`,
      users: [...users].map((id) => requireUser(world, id).username),
    })),
    pinned: message.pinnedAt !== null,
    ephemeral: message.ephemeralTo !== null,
    isThinking: (message.flags & MessageFlags.Loading) !== 0,
    mentionsEveryone: message.mentionsEveryone,
    mentions: [
      ...message.mentionedUsers.map((id) => requireUser(world, id).username),
      ...message.mentionedRoles.map((id) => `@${guild?.roles.get(id)?.name ?? id}`),
    ],
    createdAt: message.createdAt,
    editedAt: message.editedAt,
    repliesToId: message.repliesTo?.messageId ?? null,
  };
}
