import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { ActResult, Frame, FromServer, LoggedLine, PageCommand, PageMessage } from '../web/protocol.ts';
import { Connection } from './connection.ts';
import { setClockAhead, setLanguage } from './times.ts';

/** A file that a person chose, as it is sent. */
export interface ChosenFile {
  readonly filename: string;
  readonly contentType: string;
  readonly base64: string;
}

/** What a person has filled in so far, by option or custom id. */
export type Filled = Record<string, string | boolean | readonly string[] | readonly ChosenFile[]>;

/** A command that is being filled in. */
export interface CommandDraft {
  readonly command: PageCommand;
  readonly filled: Filled;
  /** Names of ids that were chosen, to show them. */
  readonly names: Record<string, string>;
}

export interface OpenModal {
  readonly data: APIModalInteractionResponseCallbackData;
  readonly filled: Filled;
  readonly error: string | null;
}

export type Panel = 'break' | 'server' | null;

/** Everything that the page shows; changed only through {@link Store.set}. */
export interface State {
  isConnected: boolean;
  frame: Frame | null;
  channelId: string;
  messages: readonly PageMessage[];
  hasOlder: boolean;
  isTimeMoving: boolean;
  /** The newest message that was looked at, by channel. */
  read: ReadonlyMap<string, string>;
  modal: OpenModal | null;
  /** What Discord or the sandbox last refused. */
  notice: string | null;
  draft: string;
  /** To be sent with the next message. */
  files: readonly ChosenFile[];
  command: CommandDraft | null;
  replyTo: string | null;
  editing: string | null;
  /** The message that the pointer or the focus was on last. */
  pointed: string | null;
  panel: Panel;
  /** Custom ids whose answer is awaited. */
  pressed: ReadonlySet<string>;
  requests: readonly LoggedLine[];
  botLog: string;
}

const MOST_REQUESTS_SHOWN = 500;
const LONGEST_LOG = 200_000;

const NOTHING_BEGUN: Partial<State> = { replyTo: null, editing: null, command: null, modal: null };

export class Store {
  readonly #connection: Connection;
  readonly #draw: () => void;
  #isDrawing = false;
  #state: State = {
    isConnected: false,
    frame: null,
    channelId: '',
    messages: [],
    hasOlder: false,
    isTimeMoving: false,
    read: new Map(),
    modal: null,
    notice: null,
    draft: '',
    files: [],
    command: null,
    replyTo: null,
    editing: null,
    pointed: null,
    panel: null,
    pressed: new Set(),
    requests: [],
    botLog: '',
  };

  /** `draw` is called once for all changes of a moment. */
  constructor(draw: () => void, onOpen: (store: Store) => void) {
    this.#draw = draw;
    this.#connection = new Connection(
      (message) => this.#take(message),
      (isConnected) => {
        this.set({ isConnected });
        if (isConnected) onOpen(this);
      },
    );
  }

  get state(): Readonly<State> {
    return this.#state;
  }

  set(changes: Partial<State>): void {
    this.#state = { ...this.#state, ...changes };
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#draw();
    });
  }

  /** Does something at the sandbox; a refusal is shown, a modal is opened. */
  async act(name: string, input: Readonly<Record<string, unknown>> = {}): Promise<ActResult> {
    const result = await this.#connection.act(name, input);
    if (result.kind === 'refused') this.set({ notice: result.sentence });
    else if (result.kind === 'modal')
      this.set({ modal: { data: result.modal, filled: {}, error: null }, notice: null });
    else if (result.kind === 'done') this.set({ notice: null });
    return result;
  }

  /** The same for a component: it is shown as pressed until the bot has answered. */
  async press(customId: string, name: string, input: Readonly<Record<string, unknown>>): Promise<ActResult> {
    this.set({ pressed: new Set([...this.#state.pressed, customId]) });
    const result = await this.act(name, input);
    const pressed = new Set(this.#state.pressed);
    pressed.delete(customId);
    this.set({ pressed });
    return result;
  }

  /** Goes to another guild, person or channel, and keeps the address so that a reload comes back here. */
  async enter(to: { guildId?: string; userId?: string; channelId?: string }): Promise<void> {
    const result = await this.act('enter', to);
    if (result.kind !== 'entered') return;
    history.replaceState(null, '', `#${result.guildId}/${result.userId}/${result.channelId}`);
    this.set(NOTHING_BEGUN);
  }

  #take(message: Exclude<FromServer, { kind: 'answer' }>): void {
    switch (message.kind) {
      case 'frame':
        if (message.parts.me) setLanguage(message.parts.me.locale);
        // The first one has all parts.
        this.set({ frame: { ...this.#state.frame, ...message.parts } as Frame });
        // Another server, or everything anew: what was begun belongs to what is gone.
        if (message.parts.guild) this.set(NOTHING_BEGUN);
        return;
      case 'messages':
        this.#takeMessages(message);
        return;
      case 'clock':
        setClockAhead(Date.parse(message.now) - Date.now());
        this.set({});
        return;
      case 'requests':
        this.set({ requests: [...this.#state.requests, ...message.lines].slice(-MOST_REQUESTS_SHOWN) });
        return;
      default:
        this.set({ botLog: `${this.#state.botLog}${message.text}`.slice(-LONGEST_LOG) });
    }
  }

  #takeMessages(part: Extract<FromServer, { kind: 'messages' }>): void {
    const shown = new Map(
      (part.isAll ? [] : this.#state.messages).map((message) => [message.message.id, message]),
    );
    for (const id of part.gone) shown.delete(id);
    for (const message of part.changed) shown.set(message.message.id, message);
    const messages = [...shown.values()].sort((a, b) => compareIds(a.message.id, b.message.id));
    const newest = messages.findLast(({ ephemeral }) => !ephemeral);
    const read = newest ? new Map(this.#state.read).set(part.channelId, newest.message.id) : this.#state.read;
    this.set({ channelId: part.channelId, messages, hasOlder: part.hasOlder, read });
  }
}

/** Ids are numbers too large for a number; the older one is the smaller one. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
