import { ApplicationCommandType, ChannelType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Frame, PageCommand } from '../web/protocol.ts';
import { commandForm, startCommand } from './command-form.ts';
import { chooseFiles, filesRead } from './files.ts';
import { postForm } from './post-form.ts';
import { scrollToEnd } from './scrolling.ts';
import type { Store } from './store.ts';

const MOST_OFFERED = 50;

/** Which of the offered commands Enter takes. */
let active = 0;

/** Where one writes; a "/" at the beginning offers the commands that this person may use here. */
export function composer(store: Store, frame: Frame, canWrite: boolean): TemplateResult {
  const { state } = store;
  if (state.command !== null) return commandForm(store, state.command);
  const channel = frame.channels.find(({ id }) => id === state.channelId);
  if (channel?.type === ChannelType.GuildForum) return postForm(store);
  const offered = offeredCommands(state.draft, frame.commands);
  if (!canWrite && offered === null)
    return html`<div class="composer">
      <p class="cannot">You do not have permission to send messages in this channel.</p>
      <div class="writing">${input(store, frame, [])}</div>
    </div>`;
  return html`<div class="composer">
    ${offered === null ? nothing : offers(store, offered)} ${about(store)} ${chosenFiles(store)}
    <div class="writing">
      <label class="attach">
        <span aria-hidden="true">+</span>
        <input
          type="file"
          multiple
          aria-label="Attach files"
          @change=${(event: Event) =>
            chooseFiles(event, (chosen) => {
              (event.target as HTMLInputElement).value = '';
              store.set({ files: [...store.state.files, ...chosen] });
            })}
        />
      </label>
      ${input(store, frame, offered ?? [])}
    </div>
  </div>`;
}

function chosenFiles(store: Store): TemplateResult | typeof nothing {
  const { files } = store.state;
  if (files.length === 0) return nothing;
  return html`<ul class="chosen-files" aria-label="Files to send">
    ${files.map(
      (file) =>
        html`<li>
          ${file.filename}
          <button
            aria-label=${`Do not send ${file.filename}`}
            @click=${() => store.set({ files: files.filter((other) => other !== file) })}
          >
            ✕
          </button>
        </li>`,
    )}
  </ul>`;
}

function about(store: Store): TemplateResult | typeof nothing {
  const { replyTo, editing, messages } = store.state;
  if (replyTo === null && editing === null) return nothing;
  const target = messages.find(({ message }) => message.id === (replyTo ?? editing));
  return html`<p class="about">
    ${editing === null ? `Replying to ${target?.author.name ?? ''}` : 'Editing your message'}
    <button
      @click=${() => store.set({ replyTo: null, editing: null, draft: editing === null ? store.state.draft : '' })}
    >
      Cancel
    </button>
  </p>`;
}

function input(store: Store, frame: Frame, offered: readonly PageCommand[]): TemplateResult {
  return html`<textarea
    id="write"
    rows="1"
    placeholder="Write a message, or / for commands"
    aria-label=${`Write as ${frame.me.name}; / for commands`}
    role=${offered.length > 0 ? 'combobox' : nothing}
    aria-expanded=${offered.length > 0 ? 'true' : nothing}
    aria-controls=${offered.length > 0 ? 'offers' : nothing}
    aria-activedescendant=${offered.length > 0 ? `offer-${active}` : nothing}
    .value=${live(store.state.draft)}
    @input=${(event: Event) => {
      active = 0;
      store.set({ draft: (event.target as HTMLTextAreaElement).value });
    }}
    @keydown=${(event: KeyboardEvent) => key(store, event)}
  ></textarea>`;
}

function offers(store: Store, offered: readonly PageCommand[]): TemplateResult {
  if (offered.length === 0) return html`<p class="offers none">There is no such command for you here.</p>`;
  return html`<ul class="offers" id="offers" role="listbox" aria-label="Commands">
    ${offered.map(
      (command, index) =>
        html`<li
          id=${`offer-${index}`}
          role="option"
          aria-selected=${index === active}
          @mousedown=${(event: Event) => event.preventDefault()}
          @click=${() => startCommand(store, command)}
        >
          <strong>/${command.label}</strong> <small>${command.description}</small>
        </li>`,
    )}
  </ul>`;
}

function key(store: Store, event: KeyboardEvent): void {
  // What is typed now: a fast key comes before the next drawing.
  const offered = offeredCommands(store.state.draft, store.state.frame?.commands ?? []) ?? [];
  const isEnter = event.key === 'Enter' && !event.shiftKey;
  if (offered.length > 0) {
    if (event.key === 'ArrowDown') active = Math.min(offered.length - 1, active + 1);
    else if (event.key === 'ArrowUp') active = Math.max(0, active - 1);
    else if (isEnter || event.key === 'Tab') {
      const command = offered[active];
      if (command) startCommand(store, command);
    } else return;
    event.preventDefault();
    store.set({});
    document.querySelector(`#offer-${active}`)?.scrollIntoView({ block: 'nearest' });
    return;
  }
  if (event.key === 'Escape') store.set({ replyTo: null, editing: null });
  if (!isEnter) return;
  event.preventDefault();
  // Now and not with the next drawing: a fast key comes before that.
  (event.target as HTMLTextAreaElement).value = '';
  void send(store);
}

/** Clears what is sent at once, so that the next words can be typed meanwhile, and a second press of Enter sends nothing. */
async function send(store: Store): Promise<void> {
  const { draft, replyTo, editing } = store.state;
  store.set({ draft: '' });
  await filesRead();
  const { files } = store.state;
  const content = draft.trim();
  if (content === '' && files.length === 0) return;
  store.set({ replyTo: null, editing: null, files: [] });
  const result =
    editing === null
      ? await store.act('write', { content, files, ...(replyTo === null ? {} : { replyTo }) })
      : await store.act('edit', { messageId: editing, content });
  if (result.kind !== 'refused') {
    if (editing === null) scrollToEnd();
    return;
  }
  const { state } = store;
  // What was not taken is there again, unless something else was begun.
  if (state.draft === '' && state.files.length === 0) store.set({ draft, replyTo, editing, files });
}

/** Commands that fit what is typed after the "/"; null when no command is being typed. */
function offeredCommands(draft: string, commands: readonly PageCommand[]): readonly PageCommand[] | null {
  if (!/^\/[^\n]*$/.test(draft)) return null;
  const wanted = draft.slice(1).toLowerCase();
  const chat = commands.filter(({ type }) => type === ApplicationCommandType.ChatInput);
  const starting = chat.filter(({ label, path }) => label.startsWith(wanted) || path.startsWith(wanted));
  const containing = chat.filter(
    (command) => !starting.includes(command) && `${command.label} ${command.path}`.includes(wanted.trim()),
  );
  return [...starting, ...containing].slice(0, MOST_OFFERED);
}
