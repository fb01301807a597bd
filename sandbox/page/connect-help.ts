import { html, nothing, type TemplateResult } from 'lit';
import type { Frame } from '../web/protocol.ts';

/** How to connect the bots of others, as long as one of them is not there. */
export function connectHelp({ visitors, apiUrl }: Frame): TemplateResult | typeof nothing {
  const absent = visitors.filter(({ isOnline }) => !isOnline);
  if (absent.length === 0) return nothing;
  return html`<section class="connect" aria-label="Connecting a bot">
    <p>
      ${absent.map(({ name }) => name).join(' and ')} ${absent.length === 1 ? 'is' : 'are'} not connected yet.
      Any bot can be that lets the address of Discord's API be set; with discord.js:
      <code>new Client({ …, rest: { api: '${apiUrl}' } })</code>. Alphapy and others take it from their
      environment: <code>DISCORD_API_URL=${apiUrl}</code>
    </p>
    <ul>
      ${absent.map(({ name, token }) => html`<li>The token of ${name}: <code>${token}</code></li>`)}
    </ul>
    <p>
      Moving the clock above moves the sandbox's time alone: a bot in a process of its own goes by the
      machine's.
    </p>
  </section>`;
}
