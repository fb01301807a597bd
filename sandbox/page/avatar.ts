import { html, type TemplateResult } from 'lit';
import type { PageMember } from '../web/protocol.ts';

/** Dark enough for white letters (WCAG AA). */
const COLORS = ['#4752c4', '#a12d2f', '#1f6f43', '#8a5a00', '#7a3b8f', '#0f6674', '#8c3b5a'];

/** A disc with the first letter: nobody has a picture here. */
export function avatar({ id, name }: Pick<PageMember, 'id' | 'name'>): TemplateResult {
  const color = COLORS[Number(BigInt(id) % BigInt(COLORS.length))] ?? '';
  return html`<span class="avatar" style=${`background:${color}`} aria-hidden="true"
    >${(name.match(/./u)?.[0] ?? '?').toUpperCase()}</span
  >`;
}
