import { MessageFlags, MessageType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { Frame, PageMessage } from '../web/protocol.ts';
import { avatar } from './avatar.ts';
import { components } from './components.ts';
import { embed } from './embed.ts';
import { markdown } from './markdown.ts';
import { file, isPicture, picture } from './media.ts';
import { messageTools } from './message-tools.ts';
import type { Store } from './store.ts';
import { formatMessageTime } from './times.ts';

/** One message with all that belongs to it. */
export function message(store: Store, frame: Frame, shown: PageMessage): TemplateResult {
  const { author, ephemeral, mentionsMe } = shown;
  const data = shown.message;
  const isThinking = ((data.flags ?? 0) & MessageFlags.Loading) !== 0;
  const classes = ['message', ephemeral ? 'ephemeral' : '', mentionsMe ? 'mentions-me' : ''].join(' ');
  return html`<article
    class=${classes}
    id=${`message-${data.id}`}
    tabindex="-1"
    aria-label=${`Message of ${author.name}`}
  >
    ${above(shown)} ${avatar(author)}
    <div class="message-main">
      <h3>
        <span style=${author.color === null ? '' : `color:${author.color}`}>${author.name}</span>
        ${author.isBot ? html`<span class="tag">APP</span>` : nothing}
        <time datetime=${data.timestamp}>${formatMessageTime(data.timestamp)}</time>
        ${data.content === '' && data.edited_timestamp !== null ? html`<span class="edited">(edited)</span>` : nothing}
        ${data.pinned ? html`<small>pinned</small>` : nothing}
      </h3>
      ${isThinking ? html`<p class="thinking">${author.name} is thinking …</p>` : body(store, shown)}
      ${
        ephemeral
          ? html`<p class="only-you">
              Only you can see this •
              <button class="link" @click=${() => void store.act('dismiss-message', { messageId: data.id })}>
                Dismiss message
              </button>
            </p>`
          : nothing
      }
    </div>
    ${store.state.pointed === data.id ? messageTools(store, frame, shown) : nothing}
  </article>`;
}

function body(store: Store, shown: PageMessage): TemplateResult {
  const { names } = shown;
  const data = shown.message;
  return html`
    ${words(shown)}
    ${data.attachments.map(({ url, filename, content_type: type, description }) =>
      isPicture(type) ? picture(url, description ?? filename) : file(url, filename),
    )}
    ${data.embeds.map((one) => embed(one, names))} ${components(store, shown)}
    ${
      (data.reactions ?? []).length === 0
        ? nothing
        : html`<div class="reactions">
            ${(data.reactions ?? []).map(({ emoji, count, me }) => {
              const name = emoji.name ?? '';
              return html`<button
                aria-pressed=${me}
                aria-label=${`${name}, ${count} ${count === 1 ? 'reaction' : 'reactions'}`}
                @click=${() => void store.act(me ? 'unreact' : 'react', { messageId: data.id, emoji: name })}
              >
                ${name} ${count}
              </button>`;
            })}
          </div>`
    }
  `;
}

function words(shown: PageMessage): TemplateResult | typeof nothing {
  const { names } = shown;
  const data = shown.message;
  const system = SYSTEM[data.type]?.(shown);
  if (system !== undefined) return html`<p class="system">${system}</p>`;
  if (data.content === '') return nothing;
  const edited = data.edited_timestamp === null ? nothing : html`<span class="edited"> (edited)</span>`;
  // Its white space is shown, so there must be none of ours.
  return html`<div class="content">${markdown(data.content, names)}${edited}</div>`;
}

/** What Discord itself says in a channel. */
const SYSTEM: Readonly<Partial<Record<MessageType, (shown: PageMessage) => string>>> = {
  [MessageType.UserJoin]: ({ author }) => `${author.name} joined the server.`,
  [MessageType.ChannelPinnedMessage]: ({ author }) => `${author.name} pinned a message to this channel.`,
  [MessageType.ThreadCreated]: ({ author, message: { content } }) =>
    `${author.name} started a thread: ${content}`,
};

/** Which command or message this answers. */
function above({ message: data, names }: PageMessage): TemplateResult | typeof nothing {
  const command = data.interaction;
  if (command)
    return html`<p class="above">
      ${command.user.global_name ?? command.user.username} used <strong>/${command.name}</strong>
    </p>`;
  const referenced = data.referenced_message;
  if (referenced === undefined || data.interaction_metadata) return nothing;
  return html`<p class="above">
    ↱
    ${
      referenced === null
        ? 'Original message was deleted'
        : html`<strong>${referenced.author.global_name ?? referenced.author.username}</strong>
            ${markdown(firstLine(referenced.content), names)}`
    }
  </p>`;
}

const QUOTED_LENGTH = 100;

function firstLine(content: string): string {
  return content.split('\n', 1)[0]?.slice(0, QUOTED_LENGTH) ?? '';
}
