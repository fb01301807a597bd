import { describe, expect, it } from 'vitest';
import { embed } from '#lib/ui/embeds';

const at = new Date('2026-03-11T12:00:00Z');

function lengthOf({
  title = '',
  description = '',
  fields = [],
  footer,
  author,
}: ReturnType<typeof embed>): number {
  const texts = [
    title,
    description,
    footer?.text ?? '',
    author?.name ?? '',
    ...fields.flatMap(({ name, value }) => [name, value]),
  ];
  return texts.join('').length;
}

describe('embed', () => {
  it.each([
    ['info', undefined, 0x3498db],
    ['success', undefined, 0x2ecc71],
    ['warning', undefined, 0xe67e22],
    ['error', undefined, 0xe74c3c],
    ['status', undefined, 0x1abc9c],
    ['log', undefined, 0x3498db],
    ['log', 'info', 0x3498db],
    ['log', 'success', 0x2ecc71],
    ['log', 'warning', 0xe67e22],
    ['log', 'error', 0xe74c3c],
    ['log', 'debug', 0x979c9f],
  ] as const)('%s at level %s has its colour', (kind, level, color) => {
    expect(embed(kind, { title: 'Title', at, level })).toEqual({
      title: 'Title',
      color,
      timestamp: at.toISOString(),
    });
  });

  it('shows every part as given', () => {
    const fields = [
      { name: 'Name', value: 'Value', inline: true },
      { name: 'Other', value: 'Value' },
    ];
    expect(
      embed('info', {
        title: 'T',
        description: 'D\nE',
        fields,
        footer: 'F',
        author: 'A',
        url: 'https://example.com',
        at,
      }),
    ).toEqual({
      title: 'T',
      description: 'D\nE',
      fields,
      footer: { text: 'F' },
      author: { name: 'A' },
      url: 'https://example.com',
      color: 0x3498db,
      timestamp: at.toISOString(),
    });
  });

  it('cuts every part to its limit', () => {
    const made = embed('info', {
      title: 't'.repeat(257),
      description: 'd'.repeat(4097),
      fields: [{ name: 'n'.repeat(257), value: 'ok' }],
      author: 'a'.repeat(257),
      at,
    });
    expect([made.title?.length, made.description?.length, made.author?.name.length]).toEqual([
      256, 4096, 256,
    ]);
    expect(made.fields?.[0]?.name).toBe(`${'n'.repeat(255)}…`);
    expect(
      embed('info', { title: 'T', fields: [{ name: 'N', value: 'v'.repeat(1025) }], at }).fields?.[0]?.value,
    ).toHaveLength(1024);
    expect(embed('info', { title: 'T', footer: 'f'.repeat(2049), at }).footer?.text).toHaveLength(2048);
  });

  it('does not cut inside a character or an escape', () => {
    expect(embed('info', { title: `${'t'.repeat(254)}👩t`, at }).title).toBe(`${'t'.repeat(254)}…`);
    expect(embed('info', { title: `${'t'.repeat(254)}\\*t`, at }).title).toBe(`${'t'.repeat(254)}…`);
    const footer = `${'f'.repeat(2046)}\\ff`;
    expect(embed('info', { title: 'T', footer, at }).footer?.text).toBe(`${'f'.repeat(2046)}\\…`);
  });

  it('leaves out a field without a value and keeps one without a name', () => {
    const fields = [
      { name: 'Location', value: '  ' },
      { name: '', value: 'Value' },
    ];
    expect(embed('info', { title: 'T', fields, at }).fields).toEqual([{ name: '\u200B', value: 'Value' }]);
    expect(embed('info', { title: 'T', fields: fields.slice(0, 1), at })).not.toHaveProperty('fields');
  });

  it('shows at most 25 fields and says that there were more', () => {
    const fields = Array.from({ length: 26 }, (_, index) => ({ name: `n${index}`, value: 'v' }));
    expect(embed('info', { title: 'T', fields: fields.slice(0, 25), at }).fields).toEqual(
      fields.slice(0, 25),
    );
    expect(embed('info', { title: 'T', fields, at }).fields).toEqual([
      ...fields.slice(0, 24),
      { name: '…', value: '…' },
    ]);
  });

  it('shortens the description when all parts together are too long', () => {
    const made = embed('info', {
      title: 'T',
      description: 'd'.repeat(4096),
      fields: [1, 2, 3].map((name) => ({ name: `${name}`, value: 'v'.repeat(1024) })),
      at,
    });
    expect(lengthOf(made)).toBe(6000);
    expect(made.fields).toHaveLength(3);
  });

  it('leaves out the last fields when that is not enough, and says so', () => {
    const made = embed('info', {
      title: 't'.repeat(256),
      description: 'd'.repeat(4096),
      fields: Array.from({ length: 25 }, () => ({ name: 'n'.repeat(256), value: 'v'.repeat(1024) })),
      footer: 'f'.repeat(2048),
      author: 'a'.repeat(256),
      at,
    });
    expect(lengthOf(made)).toBeLessThanOrEqual(6000);
    expect(made.description).toHaveLength(1000);
    expect(made.fields?.map(({ name }) => name.length)).toEqual([256, 1]);
  });

  it('is never an embed that Discord would refuse as empty', () => {
    expect(embed('info', { title: ' ', description: '', at })).toEqual({
      description: '\u200B',
      color: 0x3498db,
      timestamp: at.toISOString(),
    });
  });
});
