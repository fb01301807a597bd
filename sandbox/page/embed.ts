import type { APIEmbed } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { markdown, type Names } from './markdown.ts';
import { picture } from './media.ts';
import { formatMessageTime } from './times.ts';

/** An embed of a message. White space in its texts is shown, so none of ours may stand there. */
export function embed(data: APIEmbed, names: Names): TemplateResult {
  const { author, color, description, fields = [], footer, image, thumbnail, timestamp, title } = data;
  const border = color === undefined ? '' : `border-left-color:#${color.toString(16).padStart(6, '0')}`;
  const last = [footer?.text, timestamp === undefined ? undefined : formatMessageTime(timestamp)]
    .filter((part) => part !== undefined)
    .join(' • ');
  return html`<div class="embed" style=${border}>
    <div class="embed-main">
      ${author === undefined ? nothing : html`<p class="embed-author">${author.name}</p>`}
      ${title === undefined ? nothing : html`<p class="embed-title">${titleOf(data, names)}</p>`}
      ${description === undefined ? nothing : html`<div class="embed-text">${markdown(description, names)}</div>`}
      ${
        fields.length === 0
          ? nothing
          : html`<dl>
              ${fields.map(
                ({ name, value, inline }) =>
                  html`<div class=${inline ? 'inline' : ''}>
                    <dt>${markdown(name, names)}</dt>
                    <dd>${markdown(value, names)}</dd>
                  </div>`,
              )}
            </dl>`
      }
      ${image === undefined ? nothing : picture(image.url, '')}
      ${last === '' ? nothing : html`<p class="embed-footer">${last}</p>`}
    </div>
    ${thumbnail === undefined ? nothing : picture(thumbnail.url, '', 'thumbnail')}
  </div>`;
}

function titleOf({ title = '', url }: APIEmbed, names: Names): ReturnType<typeof markdown> {
  if (url === undefined) return markdown(title, names);
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${title}</a>`;
}
