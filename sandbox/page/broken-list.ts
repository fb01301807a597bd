import { html, nothing, type TemplateResult } from 'lit';
import { CATALOGUE, EVENTS, REQUESTS } from '../faults/catalogue.ts';
import type { FaultOrder, PendingFault, RequestOrder } from '../faults/order.ts';
import type { Frame } from '../web/protocol.ts';
import type { Store } from './store.ts';

/** The faults that are switched on, with how long each still lasts. */
export function brokenList(store: Store, frame: Frame): TemplateResult {
  const { faults } = frame;
  const mend = async (act: string, input: Record<string, unknown>): Promise<void> => {
    await store.act(act, input);
    // The button that was pressed is gone.
    document.querySelector<HTMLElement>('#broken')?.focus();
  };
  return html`<section class="broken" aria-labelledby="broken">
    <h3 id="broken" tabindex="-1" aria-live="polite">Switched on: ${faults.length}</h3>
    <ul>
      ${faults.map(
        (fault) =>
          html`<li>
            <span>${nameOf(fault.order, frame)}</span>
            <small>${lastingOf(fault)}</small>
            <button
              aria-label=${`Switch off: ${nameOf(fault.order, frame)}`}
              @click=${() => void mend('mend', { id: fault.id })}
            >
              Switch off
            </button>
          </li>`,
      )}
    </ul>
    ${
      faults.length < 2
        ? nothing
        : html`<p><button @click=${() => void mend('mend-all', {})}>Switch all off</button></p>`
    }
  </section>`;
}

const LABELS = new Map<string, string>(
  CATALOGUE.flatMap(({ faults }) => faults.map(({ name, label }): [string, string] => [name, label])),
);

/** "500 Internal Server Error: sending messages". */
function nameOf(order: FaultOrder, frame: Frame): string {
  const where = placeOf(order, frame);
  const label = LABELS.get(order.fault) ?? order.fault;
  return where === '' ? label : `${label}: ${where}`;
}

function placeOf(order: FaultOrder, { channels, guilds }: Frame): string {
  const channel = (id: string): string => channels.find((one) => one.id === id)?.name ?? id;
  switch (order.fault) {
    case 'lost events':
      return labelOf(EVENTS, order.on);
    case 'server unavailable':
      return guilds.find(({ id }) => id === order.guildId)?.name ?? order.guildId;
    case 'full category':
      return `${order.categoryId === undefined ? 'a new one' : channel(order.categoryId)}, ${order.channels}`;
    case 'permission revoked':
      return order.channelId === undefined
        ? order.permission
        : `${order.permission} in #${channel(order.channelId)}`;
    case 'unanswered heartbeats':
    case 'close':
    case 'reconnect':
    case 'invalid session':
    case 'invalid session to resume':
      return '';
    default:
      return requestsOf(order);
  }
}

function requestsOf({ on, containing }: RequestOrder): string {
  const requests = [on].flat().map((one) => labelOf(REQUESTS, one));
  return `${requests.join(', ')}${containing === undefined ? '' : ` with “${containing}”`}`;
}

function labelOf(list: readonly { name: string; label: string }[], named: string): string {
  return list.find(({ name }) => name === named)?.label ?? named;
}

function lastingOf({ left, struck, endsAt }: PendingFault): string {
  const lasts = [
    ...(left === null ? [] : [left === 1 ? 'once more' : `${left} times more`]),
    // Real time: not the sandbox's clock.
    ...(endsAt === null ? [] : [`for ${Math.max(0, Math.ceil((Date.parse(endsAt) - Date.now()) / 1000))} s`]),
  ];
  const past = struck === 0 ? '' : `; struck ${struck === 1 ? 'once' : `${struck} times`}`;
  return `${lasts.length === 0 ? 'until it is switched off' : lasts.join(', ')}${past}`;
}
