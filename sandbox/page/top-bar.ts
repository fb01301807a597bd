import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Frame } from '../web/protocol.ts';
import type { Panel, Store } from './store.ts';
import './sandbox-clock.ts';
import { sandboxNow } from './times.ts';

const MINUTE_MS = 60_000;
const STEPS: readonly (readonly [label: string, ms: number, meaning: string])[] = [
  ['+1 min', MINUTE_MS, 'one minute'],
  ['+1 h', 60 * MINUTE_MS, 'one hour'],
  ['+1 d', 24 * 60 * MINUTE_MS, 'one day'],
];

/** Who one is, what time it is, and whether the bot runs; each can be changed here. */
export function topBar(store: Store, frame: Frame): TemplateResult {
  return html`<header class="top">
    ${guildSwitch(store, frame)} ${personSwitch(store, frame)} ${clock(store, frame)} ${bots(store, frame)}
    <nav class="tools" aria-label="Sandbox">
      ${panelButton(store, 'server', 'Server')} ${panelButton(store, 'break', 'Break')}
      <button @click=${() => startAnew(store, frame)}>Start anew</button>
      <a href="/log" target="_blank">Log</a>
    </nav>
  </header>`;
}

function guildSwitch(store: Store, { guild, guilds }: Frame): TemplateResult | typeof nothing {
  if (guilds.length < 2) return nothing;
  return html`<label class="switch">
    <span>Server</span>
    <select @change=${(event: Event) => void store.enter({ guildId: valueOf(event) })}>
      ${guilds.map(({ id, name }) => html`<option value=${id} ?selected=${id === guild.id}>${name}</option>`)}
    </select>
  </label>`;
}

function personSwitch(store: Store, { me, people, guild }: Frame): TemplateResult {
  return html`<label class="switch">
    <span>You are</span>
    ${keyed(guild.id, personSelect(store, me, people))}
  </label>`;
}

/** Made anew for another server: a select knows no value that comes before its options. */
function personSelect(store: Store, me: Frame['me'], people: Frame['people']): TemplateResult {
  return html`<select
    id="person"
    .value=${me.id}
    @change=${(event: Event) => void store.enter({ userId: valueOf(event) })}
  >
    ${repeat(
      // An option moves with its person: what is selected is remembered of the element.
      people,
      ({ id }) => id,
      ({ id, name, about }) =>
        html`<option value=${id} ?selected=${id === me.id}>${name} (${about})</option>`,
    )}
  </select>`;
}

function clock(store: Store, { visitors }: Frame): TemplateResult {
  const { isTimeMoving } = store.state;
  const now = sandboxNow();
  const move = async (act: string, input: Record<string, unknown>): Promise<void> => {
    store.set({ isTimeMoving: true });
    await store.act(act, input);
    store.set({ isTimeMoving: false });
  };
  return html`<div class="clock" role="group" aria-label="The sandbox's clock">
    ${isTimeMoving ? html`<time>moving …</time>` : html`<sandbox-clock></sandbox-clock>`}
    ${STEPS.map(
      ([label, ms, meaning]) =>
        html`<button
          ?disabled=${isTimeMoving}
          title=${`Move time on by ${meaning}`}
          @click=${() => void move('advance', { ms })}
        >
          ${label}
        </button>`,
    )}
    <form
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const [field] = event.target as HTMLFormElement;
        const { value } = field as HTMLInputElement;
        if (value !== '') void move('advance-to', { instant: new Date(value).toISOString() });
      }}
    >
      <input type="datetime-local" aria-label="Move time on to" min=${localInput(now)} />
      <button ?disabled=${isTimeMoving}>Go</button>
    </form>
    ${
      visitors.length === 0
        ? nothing
        : html`<small>Not for ${visitors.map(({ name }) => name).join(' and ')}: the machine’s time</small>`
    }
  </div>`;
}

function bots(store: Store, frame: Frame): TemplateResult {
  return html`${isOurs(frame) ? ownBot(store, frame.bot) : nothing}
  ${frame.visitors.map(({ name, isOnline }) => {
    const state = isOnline ? 'online' : 'offline';
    return html`<div class="bot" role="group" aria-label=${name}>
      <span class=${`state ${state}`}>${name} ${state}</span>
    </div>`;
  })}`;
}

/** Whether the sandbox has a bot of its own. */
function isOurs({ bot, visitors }: Frame): boolean {
  return visitors.every(({ id }) => id !== bot.id);
}

function ownBot(store: Store, { state }: Frame['bot']): TemplateResult {
  const order = (name: 'start' | 'kill') => () => void store.act('bot', { order: name });
  return html`<div class="bot" role="group" aria-label="The bot">
    <span class=${`state ${state}`}>Bot ${state}</span>
    ${
      state === 'offline'
        ? html`<button @click=${order('start')}>Start</button>`
        : html`<button @click=${order('kill')} title="Ends its process at once, as a power cut would">
            Kill
          </button>`
    }
  </div>`;
}

function startAnew(store: Store, frame: Frame): void {
  const database = isOurs(frame) ? ', and the bot starts with an empty database' : '';
  const question = `Everything that was done here goes: the servers are as at the beginning${database}. Time does not go back.`;
  if (confirm(question)) void store.act('reset');
}

function panelButton(store: Store, panel: NonNullable<Panel>, label: string): TemplateResult {
  const isOpen = store.state.panel === panel;
  return html`<button aria-pressed=${isOpen} @click=${() => store.set({ panel: isOpen ? null : panel })}>
    ${label}
  </button>`;
}

function valueOf(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}

/** As a datetime-local field wants it: local time without a zone. */
function localInput(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * MINUTE_MS);
  return local.toISOString().slice(0, 16);
}
