import { ApplicationCommandOptionType as OptionType } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import type { PageCommand, PageFound, PageOption } from '../web/protocol.ts';
import { chooseFiles, filesRead } from './files.ts';
import { focusWriting } from './focus.ts';
import type { Chosen, MenuOption } from './menu-select.ts';
import { searchFor } from './selects.ts';
import type { CommandDraft, Filled, Store } from './store.ts';

/** How many were begun. */
let begun = 0;

/** Begins a command: at once when there is nothing to fill in. */
export function startCommand(store: Store, command: PageCommand): void {
  begun += 1;
  store.set({ draft: '', command: { command, filled: {}, names: {} }, notice: null });
  if (command.options.length === 0) {
    void runCommand(store);
    return;
  }
  // The first field, once it is drawn.
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('.command-form :is(input, select, .menu-button)')?.focus(),
    ),
  );
}

/** The fields of a command: the required ones first, as Discord shows them. */
export function commandForm(store: Store, draft: CommandDraft): TemplateResult {
  const { command } = draft;
  return html`<form
    class="composer command-form"
    aria-label=${`/${command.label}`}
    @submit=${(event: Event) => {
      event.preventDefault();
      void runCommand(store);
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') leave(store);
    }}
  >
    <p><strong>/${command.label}</strong> <small>${command.description}</small></p>
    <div class="fields">${command.options.map((option) => field(store, draft, option))}</div>
    <div class="form-end">
      <button class="button primary">Send</button>
      <button type="button" class="button" @click=${() => leave(store)}>Cancel</button>
    </div>
  </form>`;
}

function leave(store: Store): void {
  store.set({ command: null });
  focusWriting();
}

async function runCommand(store: Store): Promise<void> {
  await filesRead();
  const draft = store.state.command;
  if (draft === null) return;
  const number = begun;
  const result = await store.act('run', { path: draft.command.path, options: toOptions(draft) });
  // What was refused can be mended and sent again. Another one that was begun meanwhile stays.
  if (result.kind === 'refused' || number !== begun) return;
  store.set({ command: null });
  if (result.kind === 'done') leave(store);
}

function toOptions({ filled, command }: CommandDraft): Record<string, unknown> {
  return Object.fromEntries(
    command.options.flatMap(({ name, type }): [string, unknown][] => {
      const value = filled[name];
      if (value === undefined || value === '') return [];
      if (Array.isArray(value)) {
        const [first] = value as readonly unknown[];
        if (first === undefined) return [];
        return [[name, type === OptionType.Attachment ? first : { id: first }]];
      }
      return [[name, value]];
    }),
  );
}

function field(store: Store, draft: CommandDraft, option: PageOption): TemplateResult {
  const label = html`<span
    >${option.label}${option.required ? ' *' : ''} <small>${option.description}</small></span
  >`;
  const kinds = KINDS[option.type];
  if (kinds !== undefined)
    return html`<div class="field">${label}${entity(store, draft, option, kinds)}</div>`;
  return html`<label class="field">${label}${plain(store, draft, option)}</label>`;
}

const KINDS: Readonly<Partial<Record<OptionType, readonly PageFound['kind'][]>>> = {
  [OptionType.User]: ['user'],
  [OptionType.Role]: ['role'],
  [OptionType.Mentionable]: ['user', 'role'],
  [OptionType.Channel]: ['channel'],
};

function plain(store: Store, draft: CommandDraft, option: PageOption): TemplateResult {
  const value = draft.filled[option.name];
  const shown = typeof value === 'string' ? value : '';
  const set = (to: Filled[string]): void => fill(store, option.name, to);
  if (option.type === OptionType.Attachment)
    return html`<input type="file" @change=${(event: Event) => chooseFiles(event, set)} />`;
  const choices =
    option.type === OptionType.Boolean
      ? [
          { name: 'True', value: 'true' },
          { name: 'False', value: 'false' },
        ]
      : option.choices;
  if (choices.length > 0)
    return html`<select @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      <option value="">${option.required ? 'Choose …' : '(not filled in)'}</option>
      ${choices.map(
        ({ name, value: choice }) =>
          html`<option value=${choice} ?selected=${String(choice) === shown}>${name}</option>`,
      )}
    </select>`;
  if (option.autocomplete) return suggested(store, draft, option, shown);
  return html`<input
    type="text"
    autocomplete="off"
    .value=${shown}
    @input=${(event: Event) => set((event.target as HTMLInputElement).value)}
  />`;
}

/** A field with the bot's own suggestions. What is typed stays when none is taken. */
function suggested(store: Store, draft: CommandDraft, option: PageOption, shown: string): TemplateResult {
  const search = async (words: string): Promise<readonly MenuOption[]> => {
    const options = { ...toOptions(store.state.command ?? draft), [option.name]: words };
    const result = await store.act('complete', { path: draft.command.path, options, focused: option.name });
    const found: MenuOption[] =
      result.kind === 'choices'
        ? result.choices.map(({ name, value }) => ({ value: String(value), label: name }))
        : [];
    const isListed = found.some(({ value, label }) => value === words || label === words);
    return words === '' || isListed
      ? found
      : [...found, { value: words, label: words, description: 'as typed' }];
  };
  const chosen: Chosen =
    shown === '' ? [] : [{ value: shown, label: draft.names[`${option.name} ${shown}`] ?? shown }];
  return html`<menu-select
    .label=${option.label}
    .placeholder=${'Type or choose'}
    .search=${search}
    .chosen=${chosen}
    .min=${option.required ? 1 : 0}
    @choose=${(event: CustomEvent<Chosen>) => {
      const [one] = event.detail;
      if (one) rememberName(store, option.name, one);
      fill(store, option.name, one?.value ?? '');
    }}
  ></menu-select>`;
}

function entity(
  store: Store,
  draft: CommandDraft,
  option: PageOption,
  kinds: readonly PageFound['kind'][],
): TemplateResult {
  const value = draft.filled[option.name];
  const chosen: Chosen = Array.isArray(value)
    ? (value as readonly string[]).map((id) => ({
        value: id,
        label: draft.names[`${option.name} ${id}`] ?? id,
      }))
    : [];
  return html`<menu-select
    .label=${option.label}
    .search=${searchFor(store, kinds, option.channelTypes)}
    .chosen=${chosen}
    .min=${option.required ? 1 : 0}
    @choose=${(event: CustomEvent<Chosen>) => {
      for (const one of event.detail) rememberName(store, option.name, one);
      fill(
        store,
        option.name,
        event.detail.map((one) => one.value),
      );
    }}
  ></menu-select>`;
}

function fill(store: Store, name: string, value: Filled[string]): void {
  const { command } = store.state;
  if (command !== null) store.set({ command: { ...command, filled: { ...command.filled, [name]: value } } });
}

function rememberName(store: Store, name: string, { value, label }: MenuOption): void {
  const { command } = store.state;
  if (command !== null)
    store.set({ command: { ...command, names: { ...command.names, [`${name} ${value}`]: label } } });
}
