import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Frame, PageMessage } from '../web/protocol.ts';
import { composer } from './composer.ts';
import { message } from './message.ts';
import type { Store } from './store.ts';
import { sandboxNow } from './times.ts';

/** Within this many pixels of the beginning, older messages are fetched. */
const NEAR_TOP_PX = 300;
/** Within this many pixels of the end, new messages are followed. */
const NEAR_END_PX = 120;

/** The open channel: what was written in it, and where one writes. */
export function conversation(store: Store, frame: Frame): TemplateResult {
  const { state } = store;
  const channel = frame.channels.find(({ id }) => id === state.channelId);
  const direct = frame.me.directChannels.find(({ id }) => id === state.channelId);
  const title = direct ? `@ ${direct.name}` : `# ${channel?.name ?? ''}`;
  followEnd(state.channelId, state.messages);
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
      @scroll=${(event: Event) => {
        if ((event.target as Element).scrollTop < NEAR_TOP_PX) void older(store);
      }}
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
          guard([shown, state.pressed, frame.commands, dayOfDrawing()], () => message(store, frame, shown)),
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

/** "Today at" becomes wrong at midnight. */
function dayOfDrawing(): string {
  return sandboxNow().toDateString();
}

let isFetching = false;

async function older(store: Store): Promise<void> {
  if (isFetching || !store.state.hasOlder) return;
  isFetching = true;
  const box = document.querySelector('.messages');
  const fromEnd = box === null ? 0 : box.scrollHeight - box.scrollTop;
  await store.act('older');
  requestAnimationFrame(() => {
    // What was read stays where it is.
    if (box !== null) box.scrollTop = box.scrollHeight - fromEnd;
    isFetching = false;
  });
}

let shownChannel = '';
let shownLast = '';

/** Stays at the newest message, unless the person has scrolled up to read. */
function followEnd(channelId: string, messages: readonly PageMessage[]): void {
  const last = messages.at(-1);
  const key = `${last?.message.id} ${last?.revision}`;
  if (channelId === shownChannel && key === shownLast) return;
  const box = document.querySelector('.messages');
  const isNear = box === null || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  if (isNear || channelId !== shownChannel) {
    requestAnimationFrame(() => {
      const drawn = document.querySelector('.messages');
      if (drawn !== null) drawn.scrollTop = drawn.scrollHeight;
    });
  }
  shownChannel = channelId;
  shownLast = key;
}
