import { html, type TemplateResult } from 'lit';

/** A picture that stands on this machine; of another one only the address is shown, for nothing is loaded from outside. */
export function picture(url: string, description: string, className = 'picture'): TemplateResult {
  if (isLocal(url)) return html`<img class=${className} src=${url} alt=${description} loading="lazy" />`;
  return html`<a class=${`${className} outside`} href=${url} target="_blank" rel="noopener noreferrer"
    >Picture: ${description || url}</a
  >`;
}

export function file(url: string, name: string): TemplateResult {
  return html`<a class="file" href=${url} download target="_blank">File: ${name || fileName(url)}</a>`;
}

export function isPicture(contentType: string | undefined): boolean {
  return contentType !== undefined && /^image\/(?:png|jpeg|gif|webp)/.test(contentType);
}

function isLocal(url: string): boolean {
  return url.startsWith(`${location.origin}/`) || url.startsWith('data:image/');
}

function fileName(url: string): string {
  return decodeURIComponent(url.split('?', 1)[0]?.split('/').at(-1) ?? url);
}
