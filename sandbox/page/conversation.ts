import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Frame } from '../web/protocol.ts';
import { composer } from './composer.ts';
import { message } from './message.ts';
import { followEnd, older, scrolled } from './scrolling.ts';
import type { Store } from './store.ts';
import { sandboxNow } from './times.ts';

/** The open channel: what was written in it, and where one writes. */
export function conversation(store: Store, frame: Frame): TemplateResult {
  const { state } = store;
  const channel = frame.channels.find(({ id }) => id === state.channelId);
  const direct = frame.me.directChannels.find(({ id }) => id === state.channelId);
  const title = direct ? `@ ${direct.name}` : `# ${channel?.name ?? ''}`;
  // "Today at" becomes wrong at midnight.
  const day = sandboxNow().toDateString();
  followEnd(state.channelId);
  return html`<main>
    <div class="channel-head">
      <h2>${title}</h2>
      ${channel?.topic ? html`<p>${channel.topic}</p>` : nothing}
    </div>
    <div
      class="messages"
      role="log"
      aria-label=${`Messages in ${title}`}
      tabindex="0"
      @scroll=${(event: Event) => scrolled(store, event)}
      @mouseover=${(event: Event) => point(store, event)}
      @focusin=${(event: Event) => point(store, event)}
      @keydown=${walk}
    >
      ${
        state.hasOlder
          ? html`<button class="older" @click=${() => void older(store)}>Show older messages</button>`
          : html`<p class="beginning">This is the beginning of ${title}.</p>`
      }
      ${repeat(
        state.messages,
        (shown) => shown.message.id,
        (shown) =>
          // A message is drawn anew only when something of it has changed.
          guard([shown, state.pressed, state.pointed === shown.message.id, frame.commands, day], () =>
            message(store, frame, shown),
          ),
      )}
    </div>
    ${
      state.notice === null
        ? nothing
        : html`<div class="notice" role="alert">
            <p>${state.notice}</p>
            <button @click=${() => store.set({ notice: null })} aria-label="Close this notice">✕</button>
          </div>`
    }
    ${composer(store, frame, direct !== undefined || channel?.canWrite === true)}
  </main>`;
}

function point(store: Store, { target }: Event): void {
  const id = (target as Element).closest('article')?.id.slice('message-'.length);
  if (id !== undefined && id !== store.state.pointed) store.set({ pointed: id });
}

/** From message to message with the arrow keys; Tab then goes into what can be done with one. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const from = event.target as Element;
  if (step === undefined || !from.matches('article, .messages')) return;
  const messages = [...(from.closest('.messages')?.querySelectorAll<HTMLElement>('article') ?? [])];
  const at = messages.indexOf(from as HTMLElement);
  const next = at === -1 ? messages.at(-1) : messages[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
