import {
  MESSAGE,
  MESSAGES,
  V2,
  button,
  container,
  fullEmbed,
  onlyComponents,
  option,
  picker,
  row,
  section,
  select,
  text,
  thumbnail,
  times,
  withRows,
} from './bodies.ts';
import type { RequestCase } from './bodies.ts';

/** Messages that Discord accepts, at the edges of the limits. */
export const goodMessages: readonly RequestCase[] = [
  ['a message of text', MESSAGES, { content: 'x'.repeat(2000) }],
  ['a message with an embed', MESSAGES, { embeds: [fullEmbed] }],
  ['ten embeds', MESSAGES, { embeds: times(10, () => ({ description: 'x'.repeat(600) })) }],
  ['an embed with a picture alone', MESSAGES, { embeds: [{ image: { url: 'https://example.org/i.png' } }] }],
  [
    'an instant with an offset',
    MESSAGES,
    { embeds: [{ title: 'x', timestamp: '2026-11-22T13:00:00.000+01:00' }] },
  ],
  ['a nonce to send once', MESSAGES, { content: 'x', nonce: 'reminder-12-1766577600', enforce_nonce: true }],
  ['a nonce of digits', MESSAGES, { content: 'x', nonce: '1234567890123456789', enforce_nonce: true }],
  ['a file alone', MESSAGES, { attachments: [{ id: '0', description: 'Export' }] }, { multipart: true }],
  [
    'a reply',
    MESSAGES,
    { content: 'x', message_reference: { message_id: '300', fail_if_not_exists: false } },
  ],
  [
    'a poll',
    MESSAGES,
    { poll: { question: { text: 'When?' }, answers: [{ poll_media: { text: 'Now' } }], duration: 24 } },
  ],
  [
    'mentions of chosen people',
    MESSAGES,
    {
      content: '<@1> @everyone',
      allowed_mentions: { parse: ['everyone'], users: ['1', '2'], roles: ['3'], replied_user: false },
    },
  ],
  [
    'mentions of nobody',
    MESSAGES,
    { content: '@everyone', allowed_mentions: { parse: [], users: [], roles: [] } },
  ],
  ['silent, without previews', MESSAGES, { content: 'x', flags: 4 | 4096 }],
  ['unknown keys', MESSAGES, { content: 'x', somethingNew: { deep: 1 } }],
  [
    'five rows of five buttons',
    MESSAGES,
    withRows(...times(5, (r) => row(...times(5, (c) => button({ custom_id: `${r}-${c}` }))))),
  ],
  [
    'every style of button',
    MESSAGES,
    withRows(
      row(
        button({ custom_id: 'a', style: 2 }),
        button({ custom_id: 'b', style: 4, label: undefined, emoji: { name: '🔔' } }),
        { type: 2, style: 5, label: 'Site', url: 'https://example.org' },
        { type: 2, style: 5, label: 'App', url: 'discord://-/channels/1/2' },
        { type: 2, style: 6, sku_id: '500' },
      ),
    ),
  ],
  [
    'every kind of select',
    MESSAGES,
    withRows(
      row(
        select({
          min_values: 0,
          max_values: 2,
          options: [option('a', { default: true }), option('b', { emoji: { id: '1', name: 'x' } })],
        }),
      ),
      row(picker(5, { max_values: 25, default_values: [{ id: '1', type: 'user' }] })),
      row(picker(6, { min_values: 0 })),
      row(
        picker(7, {
          max_values: 2,
          default_values: [
            { id: '1', type: 'user' },
            { id: '2', type: 'role' },
          ],
        }),
      ),
      row(picker(8, { channel_types: [0, 5], default_values: [{ id: '9', type: 'channel' }] })),
    ),
  ],
  [
    'a select of 25',
    MESSAGES,
    withRows(row(select({ options: times(25, (index) => option(`o${index}`)), max_values: 25 }))),
  ],
  [
    'a message of components alone',
    MESSAGES,
    onlyComponents(
      container(
        text('# Settings'),
        { type: 14, divider: true, spacing: 2 },
        section(button(), 'Log channel', 'Where changes are written'),
        section(thumbnail('https://example.org/t.png'), 'A picture'),
        {
          type: 12,
          items: [
            { media: { url: 'attachment://a.png' }, description: 'A' },
            { media: { url: 'https://example.org/b.png' } },
          ],
        },
        { type: 13, file: { url: 'attachment://export.json' } },
        row(picker(8)),
      ),
      text('x'.repeat(3000)),
      row(button({ custom_id: 'close', style: 4 })),
    ),
  ],
  ['40 components', MESSAGES, onlyComponents(container(...times(39, () => text('x'))))],
  [
    'components with their own ids',
    MESSAGES,
    onlyComponents(
      { ...text('a'), id: 1 },
      { ...text('b'), id: 2 },
      { ...text('c'), id: 0 },
      { ...text('d'), id: 0 },
    ),
  ],

  ['an edit of the text', MESSAGE, { content: 'new' }],
  ['an edit that takes all buttons away', MESSAGE, { components: [] }],
  [
    'an edit to components alone',
    MESSAGE,
    { content: null, embeds: [], flags: V2, components: [text('x')] },
    { about: { messageFlags: 0 } },
  ],
  ['an edit of components alone', MESSAGE, { components: [text('x')] }, { about: { messageFlags: V2 } }],
  ['an edit of components of an unknown message', MESSAGE, { components: [container(text('x'))] }],
];
