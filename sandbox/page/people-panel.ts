import { html, nothing, type TemplateResult } from 'lit';
import type { Frame, PageBan, PageInvite } from '../web/protocol.ts';
import { form, textOf } from './form.ts';
import type { Store } from './store.ts';
import { formatMessageTime } from './times.ts';

/** Who comes in and who stays out: joining, invites and bans. */
export function peoplePanel(store: Store, frame: Frame): TemplateResult {
  return html`${joining(store, frame)} ${newInvite(store, frame)} ${inviteList(store, frame)}
  ${banList(store, frame)}`;
}

function joining(store: Store, { invites }: Frame): TemplateResult {
  const join = (data: FormData): void => {
    const invite = textOf(data, 'invite').trim();
    void store.act('join', { name: data.get('name'), ...(invite === '' ? {} : { invite }) });
  };
  return form(
    'Somebody joins',
    'Join',
    join,
    html`
      <label>User name <input name="name" required pattern="[a-z0-9_.]{2,32}" placeholder="nora" /></label>
      <label>Invite <input name="invite" maxlength="100" list="invites" placeholder="none" /></label>
      <datalist id="invites">
        ${invites.map(({ code, inviter }) => html`<option value=${code}>of ${inviter}</option>`)}
      </datalist>
    `,
  );
}

const AGES: readonly (readonly [seconds: number, words: string])[] = [
  [30 * 60, '30 minutes'],
  [60 * 60, '1 hour'],
  [24 * 60 * 60, '1 day'],
  [7 * 24 * 60 * 60, '7 days'],
  [0, 'never'],
];
const AGE_AT_FIRST = 7 * 24 * 60 * 60;
const USES = [0, 1, 5, 10, 25, 50, 100];

function newInvite(store: Store, { channels }: Frame): TemplateResult | typeof nothing {
  const current = channels.find(({ id }) => id === store.state.channelId);
  if (current === undefined) return nothing;
  const create = (data: FormData): void =>
    void store.act('create-invite', {
      channelId: current.id,
      maxAgeSeconds: Number(data.get('maxAge')),
      maxUses: Number(data.get('maxUses')),
    });
  return form(
    `Invite to #${current.name}`,
    'Create',
    create,
    html`
      <label
        >Ends after
        <select name="maxAge">
          ${AGES.map(
            ([seconds, words]) =>
              html`<option value=${seconds} ?selected=${seconds === AGE_AT_FIRST}>${words}</option>`,
          )}
        </select>
      </label>
      <label
        >Uses
        <select name="maxUses">
          ${USES.map((uses) => html`<option value=${uses}>${uses === 0 ? 'no limit' : uses}</option>`)}
        </select>
      </label>
    `,
  );
}

function inviteList(store: Store, { invites }: Frame): TemplateResult | typeof nothing {
  if (invites.length === 0) return nothing;
  return html`<h3>Invites</h3>
    <ul aria-label="Invites">
      ${invites.map(
        (invite) =>
          html`<li>
            <strong>${invite.code}</strong> ${aboutInvite(invite)}
            <button
              class="link"
              aria-label=${`End invite ${invite.code}`}
              @click=${() => void store.act('delete-invite', { code: invite.code })}
            >
              End
            </button>
          </li>`,
      )}
    </ul>`;
}

function aboutInvite({ channel, inviter, uses, maxUses, expiresAt }: PageInvite): string {
  const used = maxUses === 0 ? `used ${uses}×` : `used ${uses} of ${maxUses}×`;
  const end = expiresAt === null ? '' : `, until ${formatMessageTime(expiresAt)}`;
  return `#${channel}, of ${inviter}, ${used}${end}`;
}

function banList(store: Store, { bans }: Frame): TemplateResult | typeof nothing {
  if (bans.length === 0) return nothing;
  return html`<h3>Bans</h3>
    <ul aria-label="Bans">
      ${bans.map(
        ({ id, name, reason }: PageBan) =>
          html`<li>
            <strong>${name}</strong> ${reason ?? 'no reason given'}
            <button
              class="link"
              aria-label=${`Unban ${name}`}
              @click=${() => void store.act('unban', { userId: id })}
            >
              Unban
            </button>
          </li>`,
      )}
    </ul>`;
}
