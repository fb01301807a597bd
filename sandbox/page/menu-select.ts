import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';

export interface MenuOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

/** `detail` of the event "choose". */
export type Chosen = readonly MenuOption[];

let lastId = 0;

/**
 * A select as Discord has it: one choice or several, from given options or from what a search finds. It emits "choose" with
 * the chosen options when the person has chosen: at once for a single choice, on closing for several.
 */
export class MenuSelect extends LitElement {
  static override readonly properties = {
    label: { type: String },
    placeholder: { type: String },
    options: { attribute: false },
    search: { attribute: false },
    chosen: { attribute: false },
    min: { type: Number },
    max: { type: Number },
    disabled: { type: Boolean },
    isOpen: { state: true },
    found: { state: true },
    active: { state: true },
    marked: { state: true },
  };

  /** Its accessible name. */
  declare label: string;
  declare placeholder: string;
  declare options: readonly MenuOption[];
  /** Finds options for some words; with it a field to type in stands above the list. */
  declare search: ((words: string) => Promise<readonly MenuOption[]>) | null;
  declare chosen: Chosen;
  declare min: number;
  declare max: number;
  declare disabled: boolean;
  declare protected isOpen: boolean;
  declare protected found: readonly MenuOption[];
  declare protected active: number;
  /** What is ticked while the list is open. */
  declare protected marked: Chosen;
  readonly #id: string;
  #searches = 0;

  constructor() {
    super();
    lastId += 1;
    this.#id = `menu-${lastId}`;
    this.label = '';
    this.placeholder = 'Make a selection';
    this.options = [];
    this.search = null;
    this.chosen = [];
    this.min = 1;
    this.max = 1;
    this.disabled = false;
    this.isOpen = false;
    this.found = [];
    this.active = 0;
    this.marked = [];
  }

  /** In the page's own tree, for its style sheet. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { chosen } = this;
    return html`
      <button
        type="button"
        class="menu-button"
        ?disabled=${this.disabled}
        aria-haspopup="listbox"
        aria-expanded=${this.isOpen}
        aria-label=${`${this.label}: ${chosen.length === 0 ? this.placeholder : chosen.map(({ label }) => label).join(', ')}`}
        @click=${() => void (this.isOpen ? this.#close(true) : this.#open())}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'ArrowDown' && !this.isOpen) {
            event.preventDefault();
            void this.#open();
          }
        }}
      >
        <span class=${chosen.length === 0 ? 'placeholder' : ''}
          >${chosen.length === 0 ? this.placeholder : chosen.map(({ label }) => label).join(', ')}</span
        ><span aria-hidden="true">▾</span>
      </button>
      ${this.isOpen ? this.#popup() : nothing}
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Whatever it lies in may be scrolled, or change its size.
    for (const event of ['scroll', 'resize']) addEventListener(event, this.#place, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const event of ['scroll', 'resize']) removeEventListener(event, this.#place, { capture: true });
  }

  protected override updated(changed: PropertyValues): void {
    if (!this.isOpen) return;
    this.#place();
    if (changed.has('isOpen')) this.querySelector<HTMLElement>('.menu-focus')?.focus();
    this.querySelector('.menu-active')?.scrollIntoView({ block: 'nearest' });
  }

  /** Shows the list over everything else, below its button or, where there is no room, above. */
  readonly #place = (): void => {
    const popup = this.querySelector<HTMLElement>('.menu-popup');
    const button = this.querySelector('.menu-button');
    if (popup === null || button === null) return;
    if (!popup.matches(':popover-open')) popup.showPopover();
    const { left, top, bottom, width } = button.getBoundingClientRect();
    const isBelow = bottom + popup.offsetHeight < innerHeight || top < popup.offsetHeight;
    Object.assign(popup.style, {
      left: `${left}px`,
      width: `${width}px`,
      top: isBelow ? `${bottom}px` : 'auto',
      bottom: isBelow ? 'auto' : `${innerHeight - top}px`,
    });
  };

  #popup(): TemplateResult {
    const isMultiple = this.max > 1;
    const activeId = this.found[this.active] === undefined ? nothing : `${this.#id}-${this.active}`;
    const keydown = (event: KeyboardEvent): void => this.#key(event);
    return html`<div
      class="menu-popup"
      popover="manual"
      @focusout=${(event: FocusEvent) => this.#left(event)}
    >
      ${
        this.search === null
          ? nothing
          : html`<input
              class="menu-focus"
              role="combobox"
              aria-label=${`Search: ${this.label}`}
              aria-expanded="true"
              aria-controls=${this.#id}
              aria-activedescendant=${activeId}
              placeholder="Search"
              @input=${(event: Event) => void this.#find((event.target as HTMLInputElement).value)}
              @keydown=${keydown}
            />`
      }
      <ul
        id=${this.#id}
        class=${this.search === null ? 'menu-focus' : ''}
        role="listbox"
        tabindex=${this.search === null ? 0 : -1}
        aria-label=${this.label}
        aria-multiselectable=${isMultiple}
        aria-activedescendant=${activeId}
        @keydown=${this.search === null ? keydown : nothing}
      >
        ${this.found.map((option, index) => {
          const isMarked = this.#isMarked(option);
          return html`<li
            id=${`${this.#id}-${index}`}
            role="option"
            aria-selected=${isMarked}
            class=${index === this.active ? 'menu-active' : ''}
            @mousedown=${(event: Event) => event.preventDefault()}
            @click=${() => this.#choose(option)}
          >
            <span>${isMultiple ? (isMarked ? '☑ ' : '☐ ') : nothing}${option.label}</span>
            ${option.description ? html`<small>${option.description}</small>` : nothing}
          </li>`;
        })}
      </ul>
      ${this.found.length === 0 ? html`<p>Nothing found.</p>` : nothing}
      ${
        isMultiple || this.min === 0
          ? html`<div class="menu-done">
              <button type="button" @click=${() => this.#close(true)}>Done</button>
              ${
                this.min === 0 && !isMultiple
                  ? html`<button
                      type="button"
                      @click=${() => {
                        this.marked = [];
                        this.#close(true);
                      }}
                    >
                      Clear
                    </button>`
                  : nothing
              }
            </div>`
          : nothing
      }
    </div>`;
  }

  async #open(): Promise<void> {
    this.marked = this.chosen;
    this.active = 0;
    if (this.search === null) this.found = this.options;
    else await this.#find('');
    this.isOpen = true;
  }

  async #find(words: string): Promise<void> {
    this.#searches += 1;
    const number = this.#searches;
    const found = (await this.search?.(words)) ?? [];
    // What was typed since then is answered later, or was already.
    if (number !== this.#searches) return;
    this.found = found;
    this.active = 0;
  }

  #key(event: KeyboardEvent): void {
    const last = this.found.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(last, this.active + 1),
      ArrowUp: Math.max(0, this.active - 1),
      Home: 0,
      End: last,
    };
    const moved = moves[event.key];
    const option = this.found[this.active];
    if (moved !== undefined) this.active = moved;
    else if ((event.key === 'Enter' || (event.key === ' ' && this.search === null)) && option)
      this.#choose(option);
    else if (event.key === 'Escape') this.#close(this.max > 1);
    else if (event.key !== 'Tab') return;
    if (event.key !== 'Tab') {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #choose(option: MenuOption): void {
    if (this.max <= 1) {
      this.marked = [option];
      this.#close(true);
      return;
    }
    if (this.#isMarked(option)) this.marked = this.marked.filter(({ value }) => value !== option.value);
    else if (this.marked.length < this.max) this.marked = [...this.marked, option];
  }

  #isMarked({ value }: MenuOption): boolean {
    return this.marked.some((one) => one.value === value);
  }

  #left(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (!(to instanceof Node && this.contains(to))) this.#close(this.max > 1);
  }

  #close(isDone: boolean): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.querySelector<HTMLElement>('.menu-button')?.focus();
    const before = this.chosen.map(({ value }) => value).join(' ');
    const isSame = before === this.marked.map(({ value }) => value).join(' ');
    // Choosing the same again is a choice too, where there is only one.
    if (!isDone || (isSame && this.max > 1) || this.marked.length < this.min) return;
    this.dispatchEvent(new CustomEvent<Chosen>('choose', { detail: this.marked }));
  }
}

customElements.define('menu-select', MenuSelect);
