import { ApplicationCommandType, ChannelType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { Frame, PageMessage } from '../web/protocol.ts';
import type { Store } from './store.ts';

const EMOJI = ['👍', '❤️', '😂', '🎉', '✅', '❌'];

/** What a person can do with a message; drawn for the one that is pointed at or in focus. */
export function messageTools(
  store: Store,
  frame: Frame,
  shown: PageMessage,
): TemplateResult | typeof nothing {
  const { ephemeral, isMine } = shown;
  const messageId = shown.message.id;
  if (ephemeral) return nothing;
  const apps = frame.commands.filter(({ type }) => type === ApplicationCommandType.Message);
  return html`<div class="message-tools" role="group" aria-label="Message actions">
    <details name="message-tools">
      <summary>React</summary>
      <div class="menu wide">
        ${EMOJI.map(
          (emoji) =>
            html`<button
              @click=${(event: Event) => {
                (event.target as Element).closest('details')?.removeAttribute('open');
                void store.act('react', { messageId, emoji });
              }}
            >
              ${emoji}
            </button>`,
        )}
      </div>
    </details>
    <button @click=${() => beginWriting(store, { replyTo: messageId, editing: null })}>Reply</button>
    ${threadTool(store, frame, shown)}
    ${
      isMine
        ? html`<button
              @click=${() =>
                beginWriting(store, { editing: messageId, replyTo: null, draft: shown.message.content })}
            >
              Edit
            </button>
            <button @click=${() => void store.act('delete', { messageId })}>Delete</button>`
        : nothing
    }
    ${
      frame.me.permissions.includes('PinMessages')
        ? html`<button @click=${() => void store.act(shown.message.pinned ? 'unpin' : 'pin', { messageId })}>
            ${shown.message.pinned ? 'Unpin' : 'Pin'}
          </button>`
        : nothing
    }
    ${
      apps.length === 0
        ? nothing
        : html`<details name="message-tools">
            <summary>Apps</summary>
            <div class="menu">
              ${apps.map(
                ({ path, label }) =>
                  html`<button @click=${() => void store.act('use-on-message', { path, messageId })}>
                    ${label}
                  </button>`,
              )}
            </div>
          </details>`
    }
  </div>`;
}

/** A thread's message has the thread's id. */
function threadTool(
  store: Store,
  frame: Frame,
  { message: { id, thread } }: PageMessage,
): TemplateResult | typeof nothing {
  const enter = (): void => void store.enter({ channelId: id });
  if (thread) return html`<button @click=${enter}>Open thread</button>`;
  const type = frame.channels.find((channel) => channel.id === store.state.channelId)?.type;
  if (type !== ChannelType.GuildText && type !== ChannelType.GuildAnnouncement) return nothing;
  const create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get('name');
    const result = await store.act('start-thread', { messageId: id, name });
    if (result.kind === 'done') enter();
  };
  return html`<details name="message-tools">
    <summary>Thread</summary>
    <form class="menu" @submit=${create}>
      <input name="name" required maxlength="100" aria-label="Name of the thread" />
      <button>Create thread</button>
    </form>
  </details>`;
}

function beginWriting(store: Store, changes: Parameters<Store['set']>[0]): void {
  store.set({ command: null, ...changes });
  document.querySelector<HTMLElement>('#write')?.focus();
}
