/**
 * Gives the focus back to the field one writes in, once what held it is no longer drawn. Whoever went elsewhere meanwhile
 * stays there: an answer is often shown, and used, before what asked for it has heard that it is done.
 */
export function focusWriting(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('#write')?.focus();
  });
}
