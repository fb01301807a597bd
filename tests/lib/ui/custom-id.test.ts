import { describe, expect, test } from 'vitest';
import { configIds } from '#lib/settings/custom-ids';
import { scopes, settingKeys } from '#lib/settings/definitions';
import { customIds } from '#lib/ui/custom-id';
import { CUSTOM_ID_MAX } from '#lib/ui/limits';

const ids = customIds('tickets', 3, { open: [], claim: ['ticket'], rate: ['ticket', 'stars'] });

describe('a custom id', () => {
  test.each([
    ['open', {}, 'tickets:3:open'],
    ['claim', { ticket: '12' }, 'tickets:3:claim:12'],
    ['rate', { ticket: '12', stars: '' }, 'tickets:3:rate:12:'],
    ['rate', { stars: '5', ticket: 'ä b/ç-_.' }, 'tickets:3:rate:ä b/ç-_.:5'],
  ] as const)('%s carries its parts there and back', (action, parts, id) => {
    expect(ids.build(action, parts as never)).toBe(id);
    expect(ids.parse(id)).toEqual({ action, ...parts });
    expect(id.startsWith(ids.prefix)).toBe(true);
  });

  test.each([
    ['an older version', 'tickets:2:claim:12'],
    ['a newer version', 'tickets:4:claim:12'],
    ['no version', 'tickets'],
    ['an action that is gone', 'tickets:3:close:12'],
    ['a property of every object', 'tickets:3:toString'],
    ['too few parts', 'tickets:3:rate:12'],
    ['too many parts', 'tickets:3:claim:12:13'],
    ['nothing', ''],
  ])('of %s is outdated', (_name, id) => {
    expect(ids.parse(id)).toBe('outdated');
  });

  test('takes no part that would read as two', () => {
    expect(() => ids.build('claim', { ticket: '1:2' })).toThrow(RangeError);
  });
});

describe('the ids of /config', () => {
  /** The longest that each part can be. */
  const longest = (texts: readonly string[]): string =>
    texts.reduce((longer, text) => (text.length > longer.length ? text : longer), '');
  const parts = {
    key: longest(settingKeys),
    scope: longest(scopes),
    seen: '9'.repeat(19),
    before: '9'.repeat(19),
    value: 'off',
  };

  test.each(['scope', 'show', 'edit', 'toggle', 'pick', 'enter', 'reset', 'older'] as const)(
    '%s fits',
    (action) => {
      const id = configIds.build(action, parts);
      expect(id.length).toBeLessThanOrEqual(CUSTOM_ID_MAX);
      expect(configIds.parse(id)).toMatchObject({ action });
    },
  );
});
