import { ChannelType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import {
  CONNECTION_FAULTS,
  EVENT_FAULTS,
  EVENTS,
  type FaultKind,
  GUILD_FAULTS,
  REQUEST_FAULTS,
  REQUESTS,
} from '../faults/catalogue.ts';
import type { FaultOrderInput } from '../faults/order.ts';
import type { Frame } from '../web/protocol.ts';
import { brokenList } from './broken-list.ts';
import { form, permissionField, textOf } from './form.ts';
import type { Store } from './store.ts';

/** Faults of Discord for anybody to switch on and off; they come from the catalogue. */
export function breakPanel(store: Store, frame: Frame): TemplateResult {
  return html`<aside class="panel" aria-label="Break something">
    <h2>Break</h2>
    <p>
      What can go wrong at Discord, to see what becomes of the bot. Seconds are real ones, whatever the clock
      above says.
    </p>
    ${brokenList(store, frame)} ${requests(store)} ${events(store)} ${connection(store, frame)}
    ${GUILD_FAULTS.map((fault) => ofGuild(store, frame, fault))}
  </aside>`;
}

/** The order is what was filled in: the server judges it. */
function order(store: Store, wanted: Record<string, unknown> & { fault: unknown }): void {
  void store.act('break', wanted);
}

function requests(store: Store): TemplateResult {
  const chosen = chosenOf('requests', REQUEST_FAULTS);
  const submit = (data: FormData): void =>
    order(store, {
      fault: data.get('fault'),
      on: textOf(data, 'pattern') || data.get('on'),
      ...optional('containing', textOf(data, 'containing')),
      ...optional('waitMs', millisecondsOf(data, 'wait')),
      ...lastingOf(data),
    });
  return form(
    'Requests of the bot',
    'Switch on',
    submit,
    html`
      ${faultField(store, 'requests', REQUEST_FAULTS)} ${namesField('Which requests', REQUESTS)}
      <label
        >Or only this method and path
        <input name="pattern" maxlength="300" placeholder="POST /channels/*/messages"
      /></label>
      <label>With this text in them <input name="containing" maxlength="200" placeholder="anything" /></label>
      ${
        chosen.waitMs === undefined
          ? nothing
          : html`<label
              >Seconds to wait
              <input
                name="wait"
                type="number"
                min="0.001"
                max="600"
                step="any"
                .value=${String(chosen.waitMs / 1000)}
            /></label>`
      }
      ${lastingFields()}
    `,
  );
}

function events(store: Store): TemplateResult {
  const chosen = chosenOf('events', EVENT_FAULTS);
  const submit = (data: FormData): void =>
    order(store, {
      fault: data.get('fault'),
      ...optional('on', textOf(data, 'pattern') || textOf(data, 'on')),
      ...lastingOf(data),
    });
  return form(
    'Events for the bot',
    'Switch on',
    submit,
    html`
      ${faultField(store, 'events', EVENT_FAULTS)}
      ${
        chosen.name === 'lost events'
          ? html`${namesField('Which events', EVENTS)}
              <label
                >Or only this event <input name="pattern" maxlength="60" placeholder="MESSAGE_CREATE"
              /></label>`
          : nothing
      }
      ${lastingFields()}
    `,
  );
}

function connection(store: Store, { bot }: Frame): TemplateResult {
  return html`<section aria-label="Connection of the bot">
    <h3>Connection of the bot</h3>
    <ul>
      ${CONNECTION_FAULTS.map(
        ({ name, label, does }) =>
          html`<li>
            <button @click=${() => order(store, { fault: name })}>${label}</button><small>${does}</small>
          </li>`,
      )}
      <li>
        <button ?disabled=${bot.state === 'offline'} @click=${() => void store.act('bot', { order: 'kill' })}>
          Kill the bot</button
        ><small>Its process ends at once, as in a power cut.</small>
      </li>
    </ul>
  </section>`;
}

function ofGuild(
  store: Store,
  frame: Frame,
  { name, label, does }: (typeof GUILD_FAULTS)[number],
): TemplateResult {
  const submit = (data: FormData): void =>
    order(store, {
      fault: name,
      guildId: frame.guild.id,
      ...optional('categoryId', textOf(data, 'categoryId')),
      ...optional('channels', Number(data.get('channels') ?? 0)),
      ...optional('permission', textOf(data, 'permission')),
      ...optional('channelId', textOf(data, 'channelId')),
      ...optional('forMs', millisecondsOf(data, 'seconds')),
    });
  return form(
    label,
    'Switch on',
    submit,
    html`
      <p>${does}</p>
      ${FIELDS[name](store, frame)}
      <label
        >For seconds
        <input name="seconds" type="number" min="1" max="86400" placeholder="until it is switched off"
      /></label>
    `,
  );
}

type GuildFaultName = (typeof GUILD_FAULTS)[number]['name'];

const FIELDS: Readonly<
  Record<GuildFaultName, (store: Store, frame: Frame) => TemplateResult | typeof nothing>
> = {
  'server unavailable': () => nothing,
  'full category': (_store, { channels }) => html`
    <label
      >Category
      <select name="categoryId">
        <option value="">a new one</option>
        ${channels
          .filter(({ type }) => type === ChannelType.GuildCategory)
          .map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
      </select>
    </label>
    <label
      >Channels in it
      <select name="channels">
        ${[50, 49, 48].map((count) => html`<option>${count}</option>`)}
      </select>
    </label>
  `,
  'permission revoked': ({ state }, { channels }) => html`
    ${permissionField()}
    <label
      >Where
      <select name="channelId">
        <option value="">the whole server</option>
        ${channels
          .filter(({ id }) => id === state.channelId)
          .map(({ id, name }) => html`<option value=${id}>#${name}</option>`)}
      </select>
    </label>
  `,
};

/** What is chosen in the forms whose fields depend on it. */
const chosenNames = new Map<string, string>();

function chosenOf(formName: string, faults: readonly [FaultKind, ...FaultKind[]]): FaultKind {
  return faults.find(({ name }) => name === chosenNames.get(formName)) ?? faults[0];
}

function faultField(
  store: Store,
  formName: string,
  faults: readonly [FaultKind, ...FaultKind[]],
): TemplateResult {
  const choose = (event: Event): void => {
    chosenNames.set(formName, (event.target as HTMLSelectElement).value);
    store.set({});
  };
  const id = `does-${formName}`;
  return html`<label
      >What happens
      <select name="fault" aria-describedby=${id} @change=${choose}>
        ${faults.map(({ name, label }) => html`<option value=${name}>${label}</option>`)}
      </select>
    </label>
    <p id=${id}>${chosenOf(formName, faults).does}</p>`;
}

function namesField(title: string, names: readonly { name: string; label: string }[]): TemplateResult {
  return html`<label
    >${title}
    <select name="on">
      ${names.map(({ name, label }) => html`<option value=${name}>${label}</option>`)}
    </select>
  </label>`;
}

function lastingFields(): TemplateResult {
  return html`<div class="pair">
      <label>How many times <input name="times" type="number" min="1" max="1000000" value="1" /></label>
      <label>For seconds <input name="seconds" type="number" min="1" max="86400" /></label>
    </div>
    <p>With neither, until it is switched off.</p>`;
}

function lastingOf(data: FormData): Pick<Extract<FaultOrderInput, { times?: unknown }>, 'times' | 'forMs'> {
  const times = Number(textOf(data, 'times'));
  const forMs = millisecondsOf(data, 'seconds');
  if (times === 0) return forMs === 0 ? { times: 'every' } : { forMs };
  return forMs === 0 ? { times } : { times, forMs };
}

function millisecondsOf(data: FormData, name: string): number {
  return Math.round(Number(textOf(data, name)) * 1000);
}

/** A field that was left empty is not sent. */
function optional(name: string, value: string | number): Record<string, unknown> {
  return value === '' || value === 0 ? {} : { [name]: value };
}
