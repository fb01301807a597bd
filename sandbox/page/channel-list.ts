import { ChannelType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { Frame, PageChannel } from '../web/protocol.ts';
import { compareIds, type Store } from './store.ts';

const SIGNS: Readonly<Partial<Record<ChannelType, string>>> = {
  [ChannelType.GuildVoice]: '♪',
  [ChannelType.GuildStageVoice]: '♪',
  [ChannelType.GuildAnnouncement]: '»',
  [ChannelType.GuildForum]: '≡',
};

/** Channels under their categories, as this person sees them; last the direct messages with the bots. */
export function channelList(store: Store, frame: Frame): TemplateResult {
  const { channels, guild, me } = frame;
  const inside = (parentId: string | null): PageChannel[] =>
    channels.filter((channel) => channel.parentId === parentId && channel.type !== ChannelType.GuildCategory);
  const categories = channels.filter(({ type }) => type === ChannelType.GuildCategory);
  return html`<nav class="channels" aria-label="Channels">
    <h1>${guild.name}</h1>
    <ul>
      ${inside(null).map((channel) => item(store, channel, inside))}
    </ul>
    ${categories.map(
      (category) =>
        html`<h2>${category.name}</h2>
          <ul>
            ${inside(category.id).map((channel) => item(store, channel, inside))}
          </ul>`,
    )}
    <h2>Direct messages</h2>
    <ul>
      ${me.directChannels.map(({ id, name }) => html`<li>${link(store, id, `@ ${name}`)}</li>`)}
    </ul>
  </nav>`;
}

function item(
  store: Store,
  channel: PageChannel,
  inside: (parentId: string) => PageChannel[],
  sign = SIGNS[channel.type] ?? '#',
): TemplateResult {
  const threads = inside(channel.id);
  return html`<li>
    ${link(store, channel.id, `${sign} ${channel.name}`, {
      isNew: isUnread(store, channel),
      isPrivate: channel.isPrivate,
    })}
    ${
      threads.length === 0
        ? nothing
        : html`<ul>
            ${threads.map((thread) => item(store, thread, inside, '↳'))}
          </ul>`
    }
  </li>`;
}

interface About {
  readonly isNew?: boolean;
  readonly isPrivate?: boolean;
}

function link(
  store: Store,
  channelId: string,
  text: string,
  { isNew = false, isPrivate = false }: About = {},
): TemplateResult {
  const isOpen = store.state.channelId === channelId;
  return html`<button
    class=${isNew ? 'unread' : ''}
    aria-current=${isOpen ? 'page' : 'false'}
    @click=${() => void store.enter({ channelId })}
  >
    ${text}${isPrivate ? html`<small> private</small>` : nothing}
    ${isNew ? html`<span class="hidden-text">(unread)</span>` : nothing}
  </button>`;
}

function isUnread(store: Store, { id, lastMessageId }: PageChannel): boolean {
  if (lastMessageId === null || id === store.state.channelId) return false;
  const read = store.state.read.get(id);
  return read === undefined || compareIds(read, lastMessageId) < 0;
}
