import type { JudgedRequest } from '../../../sandbox/judge/judge.ts';

/** One request in short: what it is, `METHOD /path`, its body, and what the sandbox knows besides. */
export type RequestCase = readonly [
  name: string,
  operation: string,
  body: unknown,
  extra?: Pick<JudgedRequest, 'about' | 'multipart' | 'query'>,
];

/** The same with a part of the line that must be among the problems. */
export type BadRequestCase = readonly [
  name: string,
  expected: string,
  operation: string,
  body: unknown,
  extra?: Pick<JudgedRequest, 'about' | 'multipart' | 'query'>,
];

export function requestOf(
  operation: string,
  body: unknown,
  extra: Pick<JudgedRequest, 'about' | 'multipart' | 'query'> = {},
): JudgedRequest {
  const [method = '', path = ''] = operation.split(' ');
  return { method, path, body, ...extra };
}

export const NOW = new Date('2026-11-22T12:00:00Z');

export const MESSAGES = 'POST /channels/200/messages';
export const MESSAGE = 'PATCH /channels/200/messages/300';
export const CALLBACK = 'POST /interactions/400/aW50/callback';
export const FOLLOW_UP = 'POST /webhooks/100/aW50';
export const ORIGINAL = 'PATCH /webhooks/100/aW50/messages/@original';
export const COMMANDS = 'PUT /applications/100/commands';
export const V2 = 1 << 15;

export const long = (length: number) => 'x'.repeat(length);
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const row = (...components: unknown[]) => ({ type: 1, components });
export const button = (more: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
export const option = (value: string, more: object = {}) => ({ label: value, value, ...more });
export const select = (more: object = {}) => ({
  type: 3,
  custom_id: 'pick',
  options: [option('a'), option('b')],
  ...more,
});
export const picker = (type: number, more: object = {}) => ({ type, custom_id: `pick-${type}`, ...more });
export const text = (content: string) => ({ type: 10, content });
export const section = (accessory: unknown, ...contents: string[]) => ({
  type: 9,
  components: contents.map(text),
  accessory,
});
export const thumbnail = (url: string) => ({ type: 11, media: { url } });
export const container = (...components: unknown[]) => ({ type: 17, components });
export const onlyComponents = (...components: unknown[]) => ({ flags: V2, components });
export const withRows = (...components: unknown[]) => ({ content: 'Choose', components });
export const inRow = (...components: unknown[]) => withRows(row(...components));

export const input = (more: object = {}) => ({ type: 4, custom_id: 'text', style: 1, ...more });
export const label = (component: unknown, more: object = {}) => ({
  type: 18,
  label: 'Label',
  component,
  ...more,
});
export const modal = (components: unknown, more: object = {}) => ({
  type: 9,
  data: { custom_id: 'form', title: 'Form', components, ...more },
});

export const command = (more: object = {}) => ({ name: 'ping', description: 'Answers', ...more });
export const commandOption = (type: number, name: string, more: object = {}) => ({
  type,
  name,
  description: 'An option',
  ...more,
});
export const withOptions = (...options: unknown[]) => [command({ options })];

export const fullEmbed = {
  title: 'T'.repeat(256),
  description: 'Text',
  url: 'https://example.org/page',
  color: 0x57f287,
  timestamp: '2026-11-22T12:00:00.000Z',
  author: { name: 'Mia', url: 'https://example.org', icon_url: 'https://example.org/a.png' },
  footer: { text: 'Foot', icon_url: 'attachment://foot.png' },
  image: { url: 'attachment://picture.png' },
  thumbnail: { url: 'https://example.org/t.png' },
  fields: times(25, (index) => ({ name: `Field ${index}`, value: 'v', inline: true })),
};
