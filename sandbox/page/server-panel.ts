import { ChannelType } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import type { Frame } from '../web/protocol.ts';
import { form, permissionField, PERMISSIONS, textOf } from './form.ts';
import { peoplePanel } from './people-panel.ts';
import type { Chosen } from './menu-select.ts';
import { searchFor } from './selects.ts';
import type { Store } from './store.ts';

/** Channels, roles, permissions and people of the server, for whoever may change them. */
export function serverPanel(store: Store, frame: Frame): TemplateResult {
  return html`<aside class="panel" aria-label="Server settings">
    <h2>Server</h2>
    <p>What Discord does not let ${frame.me.name} do is refused here too.</p>
    ${peoplePanel(store, frame)} ${newChannel(store, frame)} ${channelPermissions(store, frame)}
    ${newRole(store)} ${rolePermissions(store, frame)} ${giving(store, frame)}
  </aside>`;
}

function newChannel(store: Store, { channels }: Frame): TemplateResult {
  const categories = channels.filter(({ type }) => type === ChannelType.GuildCategory);
  const create = (data: FormData): void => {
    const parentId = data.get('parentId');
    void store.act('create-channel', {
      name: data.get('name'),
      type: data.get('type'),
      isPrivate: data.get('isPrivate') === 'on',
      ...(parentId ? { parentId } : {}),
    });
  };
  return form(
    'New channel',
    'Create',
    create,
    html`
      <label>Name <input name="name" required maxlength="100" /></label>
      <label
        >Type
        <select name="type">
          ${['text', 'announcement', 'voice', 'category', 'forum'].map((type) => html`<option>${type}</option>`)}
        </select>
      </label>
      <label
        >Category
        <select name="parentId">
          <option value="">none</option>
          ${categories.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
        </select>
      </label>
      <label class="tick"><input type="checkbox" name="isPrivate" /> Private</label>
    `,
  );
}

function channelPermissions(store: Store, { channels, roles }: Frame): TemplateResult {
  const current = channels.find(({ id }) => id === store.state.channelId);
  if (current === undefined) return html``;
  const set = (data: FormData): void => {
    const permission = data.get('permission');
    const state = data.get('state');
    void store.act('set-overwrite', {
      channelId: current.id,
      target: { role: data.get('role') },
      allow: state === 'allow' ? [permission] : [],
      deny: state === 'deny' ? [permission] : [],
    });
  };
  return form(
    `Permissions in #${current.name}`,
    'Set',
    set,
    html`
      ${roleField(roles)} ${permissionField()}
      <label
        >Is
        <select name="state">
          <option>deny</option>
          <option>allow</option>
          <option>neutral</option>
        </select>
      </label>
    `,
    html`<button
      type="button"
      class="danger"
      @click=${() => void store.act('delete-channel', { channelId: current.id })}
    >
      Delete #${current.name}
    </button>`,
  );
}

function roleField(roles: Frame['roles']): TemplateResult {
  return html`<label
    >Role
    <select name="role">
      ${roles.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
    </select>
  </label>`;
}

function newRole(store: Store): TemplateResult {
  const create = (data: FormData): void => {
    const permission = data.get('permission');
    void store.act('create-role', {
      name: data.get('name'),
      permissions: permission ? [permission] : [],
      color: Number.parseInt(textOf(data, 'color').slice(1), 16),
      hoist: data.get('hoist') === 'on',
    });
  };
  return form(
    'New role',
    'Create',
    create,
    html`
      <label>Name <input name="name" required maxlength="100" /></label>
      <label>Color <input type="color" name="color" value="#99aab5" /></label>
      ${permissionField(true)}
      <label class="tick"><input type="checkbox" name="hoist" /> Shown apart</label>
    `,
  );
}

function rolePermissions(store: Store, { roles }: Frame): TemplateResult {
  const set = (data: FormData): void =>
    void store.act('set-permissions', { roleId: data.get('role'), permissions: data.getAll('permission') });
  return form(
    'Permissions of a role',
    'Replace',
    set,
    html`
      ${roleField(roles)}
      <label
        >Permissions (several with Ctrl)
        <select name="permission" multiple size="6">
          ${PERMISSIONS.map((name) => html`<option>${name}</option>`)}
        </select>
      </label>
    `,
  );
}

/** Who was chosen in the field of {@link giving}. */
let member: Chosen = [];

function giving(store: Store, { roles, guild }: Frame): TemplateResult {
  const act = (name: 'give-role' | 'take-role') => (data: FormData) => {
    const [one] = member;
    if (one) void store.act(name, { userId: one.value, roleId: data.get('role') });
  };
  return form(
    'Roles of somebody',
    'Give',
    act('give-role'),
    html`
      <menu-select
        .label=${'Member'}
        .search=${searchFor(store, ['user'])}
        .chosen=${member}
        @choose=${(event: CustomEvent<Chosen>) => {
          member = event.detail;
          store.set({});
        }}
      ></menu-select>
      ${roleField(roles.filter(({ id }) => id !== guild.id))}
    `,
    html`<button
      type="button"
      @click=${(event: Event) => {
        const { form: owner } = event.target as HTMLButtonElement;
        if (owner) act('take-role')(new FormData(owner));
      }}
    >
      Take
    </button>`,
  );
}
