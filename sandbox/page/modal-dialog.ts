import { ComponentType, TextInputStyle } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { inside, list, text, type ComponentData } from './component-data.ts';
import { chooseFiles, filesRead } from './files.ts';
import { focusWriting } from './focus.ts';
import { markdown } from './markdown.ts';
import type { Chosen } from './menu-select.ts';
import { defaultsOf, isSelect, select } from './selects.ts';
import type { Filled, OpenModal, Store } from './store.ts';

/** The bot's modal, over everything else until it is sent or closed. */
export function modalDialog(store: Store, modal: OpenModal): TemplateResult {
  const { data, error } = modal;
  const top = data.components as unknown as readonly ComponentData[];
  return html`<dialog
    class="modal"
    aria-labelledby="modal-title"
    ${ref(open)}
    @cancel=${(event: Event) => {
      event.preventDefault();
      close(store);
    }}
  >
    <form
      @submit=${(event: Event) => {
        event.preventDefault();
        void submit(store, modal, top);
      }}
    >
      <h2 id="modal-title">${data.title}</h2>
      ${error === null ? nothing : html`<p class="error" role="alert">${error}</p>`}
      ${top.map((component) => topComponent(store, modal, component))}
      <div class="form-end">
        <button type="button" class="button" @click=${() => close(store)}>Cancel</button>
        <button class="button primary">Submit</button>
      </div>
    </form>
  </dialog>`;
}

function open(element: Element | undefined): void {
  // It is drawn before it is part of the page.
  queueMicrotask(() => {
    if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal();
  });
}

function close(store: Store): void {
  store.set({ modal: null });
  void store.act('dismiss');
  focusWriting();
}

async function submit(store: Store, modal: OpenModal, top: readonly ComponentData[]): Promise<void> {
  await filesRead();
  // What was filled in last, drawn or not.
  const { filled } = store.state.modal ?? modal;
  const fields: Record<string, unknown> = {};
  for (const field of top.flatMap(fieldsIn)) {
    const { custom_id: customId = '' } = field;
    const value = filled[customId];
    // What was not touched keeps what the bot filled in.
    if (value !== undefined) fields[customId] = value;
  }
  const result = await store.act('submit', { fields });
  if (result.kind === 'refused') {
    const current = store.state.modal ?? modal;
    store.set({ notice: null, modal: { ...current, error: result.sentence } });
    return;
  }
  if (result.kind === 'modal') return;
  store.set({ modal: null });
  focusWriting();
}

function fieldsIn(component: ComponentData): readonly ComponentData[] {
  if (component.type === ComponentType.Label) return [component['component'] as ComponentData];
  return inside(component);
}

function topComponent(store: Store, modal: OpenModal, component: ComponentData): TemplateResult {
  if (component.type === ComponentType.TextDisplay)
    return html`<div class="text-display">${markdown(text(component['content']), {})}</div>`;
  if (component.type === ComponentType.Label) {
    const field = component['component'] as ComponentData;
    return labelled(text(component['label']), text(component['description']), field, store, modal);
  }
  return html`${inside(component).map((field) => labelled(text(field['label']), '', field, store, modal))}`;
}

function labelled(
  label: string,
  description: string,
  field: ComponentData,
  store: Store,
  modal: OpenModal,
): TemplateResult {
  const isGroup = field.type === ComponentType.RadioGroup || field.type === ComponentType.CheckboxGroup;
  const isRequired = field['required'] !== false && field.type !== ComponentType.Checkbox;
  const words = html`<span>${label}${isRequired ? html`<b aria-label="required"> *</b>` : nothing}</span>
    ${description === '' ? nothing : html`<small>${description}</small>`}`;
  const filling = fieldInput(label, field, store, modal);
  if (isGroup)
    return html`<fieldset class="field">
      <legend>${words}</legend>
      ${filling}
    </fieldset>`;
  // A button cannot be inside its own label.
  if (isSelect(field)) return html`<div class="field">${words}${filling}</div>`;
  return html`<label class=${field.type === ComponentType.Checkbox ? 'field tick' : 'field'}
    >${words}${filling}</label
  >`;
}

function fieldInput(label: string, field: ComponentData, store: Store, modal: OpenModal): TemplateResult {
  const { custom_id: customId = '' } = field;
  const value = modal.filled[customId];
  const set = (to: Filled[string]): void => {
    const current = store.state.modal;
    if (current !== null) store.set({ modal: { ...current, filled: { ...current.filled, [customId]: to } } });
  };
  switch (field.type) {
    case ComponentType.TextInput:
      return textInput(field, typeof value === 'string' ? value : text(field['value']), set);
    case ComponentType.Checkbox:
      return html`<input
        type="checkbox"
        ?checked=${value === undefined ? field['default'] === true : value === true}
        @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
      />`;
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup:
      return choices(field, customId, value, set);
    case ComponentType.FileUpload:
      return html`<input
        type="file"
        ?multiple=${Number(field['max_values'] ?? 1) > 1}
        @change=${(event: Event) => chooseFiles(event, set)}
      />`;
    default:
      return isSelect(field)
        ? selectInput(label, field, customId, store, modal, set)
        : html`<p class="unknown">A field of type ${field.type}, which this page does not know.</p>`;
  }
}

function textInput(field: ComponentData, value: string, set: (to: string) => void): TemplateResult {
  const placeholder = text(field['placeholder']);
  const onInput = (event: Event): void => set((event.target as HTMLInputElement | HTMLTextAreaElement).value);
  if (field['style'] === TextInputStyle.Paragraph)
    return html`<textarea rows="4" placeholder=${placeholder} .value=${value} @input=${onInput}></textarea>`;
  return html`<input
    type="text"
    autocomplete="off"
    placeholder=${placeholder}
    .value=${value}
    @input=${onInput}
  />`;
}

function choices(
  field: ComponentData,
  customId: string,
  value: Filled[string] | undefined,
  set: (to: readonly string[]) => void,
): TemplateResult {
  const options = list(field['options']) as readonly {
    value: string;
    label: string;
    description?: string;
    default?: boolean;
  }[];
  const isRadio = field.type === ComponentType.RadioGroup;
  const chosen = Array.isArray(value)
    ? (value as readonly string[])
    : options.filter((option) => option.default).map((option) => option.value);
  return html`${options.map(
    (option) =>
      html`<label class="choice">
        <input
          type=${isRadio ? 'radio' : 'checkbox'}
          name=${customId}
          ?checked=${chosen.includes(option.value)}
          @change=${(event: Event) => {
            const isOn = (event.target as HTMLInputElement).checked;
            const others = isRadio ? [] : chosen.filter((one) => one !== option.value);
            set(isOn ? [...others, option.value] : others);
          }}
        />
        <span
          >${option.label} ${option.description ? html`<small>${option.description}</small>` : nothing}</span
        >
      </label>`,
  )}`;
}

/** Names of what was chosen in the selects of the open modal. */
const chosenNames = new Map<string, string>();

function selectInput(
  label: string,
  field: ComponentData,
  customId: string,
  store: Store,
  modal: OpenModal,
  set: (to: readonly string[]) => void,
): TemplateResult {
  const value = modal.filled[customId];
  const chosen: Chosen | undefined = Array.isArray(value)
    ? (value as readonly string[]).map((one) => ({ value: one, label: chosenNames.get(one) ?? one }))
    : undefined;
  const names = Object.fromEntries(
    (store.state.frame?.roles ?? []).map(({ id, name }): [string, string] => [`@&${id}`, name]),
  );
  for (const channel of store.state.frame?.channels ?? []) names[`#${channel.id}`] = channel.name;
  return select({
    store,
    component: field,
    label,
    names,
    chosen: chosen ?? defaultsOf(field, names),
    onChoose: (picked) => {
      for (const one of picked) chosenNames.set(one.value, one.label);
      set(picked.map((one) => one.value));
    },
  });
}
