import { html, type TemplateResult } from 'lit';
import { textOf } from './form.ts';
import type { Store } from './store.ts';

/** In a forum nobody writes a message; one begins a post. */
export function postForm(store: Store): TemplateResult {
  const post = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const result = await store.act('post', { name: textOf(data, 'name'), content: textOf(data, 'content') });
    if (result.kind === 'entered') await store.enter(result);
  };
  return html`<form class="composer command-form" aria-label="New post" @submit=${post}>
    <div class="fields">
      <label class="field">Title <input name="name" required maxlength="100" /></label>
      <label class="field">Message <textarea name="content" required rows="2"></textarea></label>
    </div>
    <div class="form-end"><button class="button primary">Post</button></div>
  </form>`;
}
