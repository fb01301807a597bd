import { ApplicationCommandType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { Frame, PageMember } from '../web/protocol.ts';
import { avatar } from './avatar.ts';
import type { Store } from './store.ts';

/** Members under the roles that are shown apart; each opens what can be done with them. */
export function memberList(store: Store, frame: Frame): TemplateResult {
  return html`<aside class="members" aria-label="Members">
    ${frame.members.map(
      ({ title, count, members }) =>
        html`<h2>${title} — ${count}</h2>
          <ul>
            ${members.map((member) => html`<li>${entry(store, frame, member)}</li>`)}
            ${count > members.length ? html`<li class="more">and ${count - members.length} more</li>` : nothing}
          </ul>`,
    )}
  </aside>`;
}

function entry(store: Store, frame: Frame, member: PageMember): TemplateResult {
  const apps = frame.commands.filter(({ type }) => type === ApplicationCommandType.User);
  const isOther = !member.isBot && member.id !== frame.me.id;
  const mayKick = isOther && frame.me.permissions.includes('KickMembers');
  const mayBan = isOther && frame.me.permissions.includes('BanMembers');
  return html`<details class="member" name="member">
    <summary>
      ${avatar(member)}
      <span style=${member.color === null ? '' : `color:${member.color}`}>${member.name}</span>
      ${member.isBot ? html`<span class="tag">APP</span>` : nothing}
    </summary>
    <div class="menu">
      ${
        member.isBot || member.id === frame.me.id
          ? nothing
          : html`<button @click=${() => void store.enter({ userId: member.id })}>Be ${member.name}</button>`
      }
      <button @click=${() => store.set({ draft: `${store.state.draft}<@${member.id}> ` })}>Mention</button>
      ${apps.map(
        ({ path, label }) =>
          html`<button @click=${() => void store.act('use-on-member', { path, userId: member.id })}>
            Apps: ${label}
          </button>`,
      )}
      ${
        mayKick
          ? html`<button class="danger" @click=${() => void store.act('kick', { userId: member.id })}>
              Kick
            </button>`
          : nothing
      }
      ${
        mayBan
          ? html`<button class="danger" @click=${() => void store.act('ban', { userId: member.id })}>
              Ban
            </button>`
          : nothing
      }
      ${
        member.id === frame.me.id
          ? html`<button class="danger" @click=${() => void store.act('leave')}>Leave the server</button>`
          : nothing
      }
    </div>
  </details>`;
}
