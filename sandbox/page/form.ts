import { html, nothing, type TemplateResult } from 'lit';

/** What an owner changes by hand most when trying a bot. */
export const PERMISSIONS = [
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'MentionEveryone',
  'ManageMessages',
  'ManageChannels',
  'ManageRoles',
  'ManageGuild',
  'ManageThreads',
  'CreateInstantInvite',
  'KickMembers',
  'BanMembers',
  'ModerateMembers',
  'UseApplicationCommands',
  'Administrator',
];

/** A form of a panel. `submit` gets what is filled in. */
export function form(
  title: string,
  action: string,
  submit: (data: FormData) => void,
  fields: TemplateResult,
  more: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<form
    aria-label=${title}
    @submit=${(event: Event) => {
      event.preventDefault();
      submit(new FormData(event.target as HTMLFormElement));
    }}
  >
    <h3>${title}</h3>
    ${fields}
    <div class="form-end"><button class="button">${action}</button>${more}</div>
  </form>`;
}

/** What was typed in a field; empty when there is no such field. */
export function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

export function permissionField(isOptional = false): TemplateResult {
  return html`<label
    >Permission
    <select name="permission">
      ${isOptional ? html`<option value="">none</option>` : nothing}
      ${PERMISSIONS.map((name) => html`<option>${name}</option>`)}
    </select>
  </label>`;
}
