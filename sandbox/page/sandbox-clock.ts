import { html, LitElement, type TemplateResult } from 'lit';
import { sandboxNow } from './times.ts';

const TICK_MS = 1000;

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** The sandbox's time, in this browser's zone. It goes on by itself, so that nothing else is drawn each second. */
export class SandboxClock extends LitElement {
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** In the page's own tree, for its style sheet. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const now = sandboxNow();
    return html`<time datetime=${now.toISOString()} title=${Intl.DateTimeFormat().resolvedOptions().timeZone}
      >${CLOCK.format(now)}</time
    >`;
  }
}

customElements.define('sandbox-clock', SandboxClock);
