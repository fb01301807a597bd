import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { PageMessage } from '../web/protocol.ts';
import { inside, list, text, type ComponentData } from './component-data.ts';
import { markdown } from './markdown.ts';
import { file, picture } from './media.ts';
import { isSelect, select } from './selects.ts';
import type { Store } from './store.ts';

const STYLES: Readonly<Partial<Record<ButtonStyle, string>>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
};

/** A message's components, version 2 and the older rows alike. */
export function components(store: Store, shown: PageMessage): readonly TemplateResult[] {
  const all = (shown.message.components ?? []) as unknown as readonly ComponentData[];
  return all.map((component) => one(store, shown, component));
}

function one(store: Store, shown: PageMessage, component: ComponentData): TemplateResult {
  const all = (): readonly TemplateResult[] => inside(component).map((child) => one(store, shown, child));
  switch (component.type) {
    case ComponentType.ActionRow:
      return html`<div class="row">${all()}</div>`;
    case ComponentType.Button:
      return button(store, shown, component);
    case ComponentType.TextDisplay:
      return html`<div class="text-display">${markdown(text(component['content']), shown.names)}</div>`;
    case ComponentType.Separator:
      return component['divider'] === false
        ? html`<div class="gap"></div>`
        : html`<hr class=${component['spacing'] === 2 ? 'wide' : ''} />`;
    case ComponentType.Section:
      return html`<div class="section">
        <div>${all()}</div>
        ${component['accessory'] ? one(store, shown, component['accessory'] as ComponentData) : nothing}
      </div>`;
    case ComponentType.Container:
      return html`<div class="container" style=${accent(component['accent_color'])}>
        ${
          component['spoiler'] === true
            ? html`<details class="spoiler">
                <summary>Spoiler</summary>
                ${all()}
              </details>`
            : all()
        }
      </div>`;
    case ComponentType.Thumbnail:
      return picture(urlOf(component['media']), text(component['description']), 'thumbnail');
    case ComponentType.MediaGallery:
      return html`<div class="gallery">
        ${list(component['items']).map((item) => {
          const { media, description } = item as { media: unknown; description?: string | null };
          return picture(urlOf(media), description ?? '');
        })}
      </div>`;
    case ComponentType.File:
      return file(urlOf(component['file']), text(component['name']));
    default:
      return isSelect(component)
        ? messageSelect(store, shown, component)
        : html`<p class="unknown">A component of type ${component.type}, which this page does not know.</p>`;
  }
}

function button(store: Store, { message }: PageMessage, component: ComponentData): TemplateResult {
  const { custom_id: customId, style } = component;
  const emoji = text((component['emoji'] as { name?: string } | undefined)?.name);
  const label = [emoji, text(component['label'])].filter((part) => part !== '').join(' ');
  const url = text(component['url']);
  if (url !== '')
    return html`<a class="button" href=${url} target="_blank" rel="noopener noreferrer">${label} ↗</a>`;
  const isPressed = customId !== undefined && store.state.pressed.has(customId);
  return html`<button
    class=${`button ${STYLES[style as ButtonStyle] ?? ''}`}
    ?disabled=${component['disabled'] === true || isPressed}
    @click=${() => void store.press(customId ?? '', 'click', { messageId: message.id, customId })}
  >
    ${isPressed ? '…' : label}
  </button>`;
}

function messageSelect(
  store: Store,
  { message, names }: PageMessage,
  component: ComponentData,
): TemplateResult {
  const { custom_id: customId = '' } = component;
  return select({
    store,
    component,
    label: text(component['placeholder']) || 'Selection',
    names,
    disabled: store.state.pressed.has(customId),
    onChoose: (chosen) =>
      void store.press(customId, 'pick', {
        messageId: message.id,
        customId,
        values: chosen.map(({ value }) => value),
      }),
  });
}

function urlOf(media: unknown): string {
  return text((media as { url?: unknown } | undefined)?.url);
}

function accent(color: unknown): string {
  return typeof color === 'number' ? `border-left-color:#${color.toString(16).padStart(6, '0')}` : '';
}
