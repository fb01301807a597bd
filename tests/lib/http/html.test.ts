import { expect, test } from 'vitest';
import { html } from '#lib/http/html';

const HOSTILE = `"><script>alert('1')</script>&amp;`;

test('every value is escaped, between tags and in attributes', () => {
  expect(html`<a title="${HOSTILE}">${HOSTILE}</a>`.toString()).toBe(
    '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;</a>',
  );
});

test('what it made itself stays as it is, in lists within lists as well', () => {
  const item = (text: string) => html`<li>${text}</li>`;
  const parts = [item('a'), [item('<'), ['&', 0]]];
  expect(html`${parts}`.toString()).toBe('<li>a</li><li>&lt;</li>&amp;0');
});

test('nothing is shown of what is not there', () => {
  expect(html`<p>${null}${undefined}${false}${[]}</p>`.toString()).toBe('<p></p>');
});

test('an object that only looks like it is no HTML', () => {
  const forged = { toString: () => '<b>' };
  expect(() => html`${forged as never}`).toThrow(TypeError);
});

test('an attribute without quotes is refused', () => {
  expect(() => html`<a title=${'x onclick=y'}></a>`).toThrow('an attribute needs quotes');
});
