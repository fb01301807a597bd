import { describe, expect, test } from 'vitest';
import { standingView, type Standing } from '#lib/assistant/views';
import { locales, translator, type Translate } from '#lib/i18n/translate';
import { EMBED_TOTAL_MAX } from '#lib/ui/limits';
import { useSentences } from '../i18n/sentences.ts';
import { problemsOfMessage } from '../ui/accepted.ts';

useSentences();

const AT = new Date('2026-12-01T09:00:00Z');
const words = (length: number): string => 'one two three '.repeat(length).slice(0, length);
const question = (more: { plain?: string; answer?: string | null; sources?: string[] }) => ({
  plain: 'What I know.',
  answer: null,
  sources: [],
  resumesAt: AT,
  ...more,
});
const totalOf = (view: ReturnType<typeof standingView>): number =>
  view.embeds.reduce(
    (sum, { title = '', description = '', footer, fields = [] }) =>
      sum +
      title.length +
      description.length +
      (footer?.text.length ?? 0) +
      fields.reduce((all, { name, value }) => all + name.length + value.length, 0),
    0,
  );

describe.each(locales)('in %s', (locale) => {
  const t: Translate = (...said) => translator(locale)(...said);

  test.each([100, 4_096, 4_097, 5_500, 6_000, 20_000])('an answer of %i characters fits', (length) => {
    const answer = words(length);
    const sources = Array.from({ length: 30 }, (_, index) => `source ${index} ${'x'.repeat(100)}`);
    const view = standingView(t, question({ answer, sources }), 'answer', AT);
    expect(totalOf(view)).toBeLessThanOrEqual(EMBED_TOTAL_MAX);
    const { content, embeds } = view;
    expect(problemsOfMessage({ content, embeds })).toEqual([]);
    const shown = view.embeds.map(({ description = '' }) => description.trim()).join(' ');
    if (view.files.length === 0) expect(shown.split(/\s+/)).toEqual(answer.trim().split(/\s+/));
    else {
      expect(view.files.map(({ attachment }) => attachment.toString())).toEqual([answer]);
      expect(view.content).toBe(t('assistant:answer.inFile'));
      expect(answer.startsWith(shown.slice(0, 1_000))).toBe(true);
    }
    expect(view.embeds.at(-1)?.footer?.text).toBe(t('assistant:answer.madeByAi'));
    expect(length <= 4_500 ? view.files : []).toEqual([]);
    expect(length >= 6_000 ? view.files.length : 1).toBe(1);
  });

  test.each<Standing>([
    'no_key',
    'off',
    'declined',
    'waiting',
    'busy',
    'given_up',
    'offline',
    'refused',
    'over_member_budget',
    'over_guild_budget',
    'over_host_budget',
  ])('%s shows what there is without an AI, and never says that one made it', (standing) => {
    const view = standingView(t, question({}), standing, AT);
    expect(view.embeds).toHaveLength(1);
    expect(view.embeds[0]?.description).toBe('What I know.');
    expect(view.embeds[0]?.footer).toBeUndefined();
    expect(view.content).not.toMatch(/\{\{|^$/);
    if (standing.startsWith('over')) expect(view.content).toContain('<t:');
  });
});

test('sources are names and no markdown', () => {
  const view = standingView(
    translator('en-US'),
    question({ sources: ['[x](https://evil.example)', '@everyone'] }),
    'off',
    AT,
  );
  const [field] = view.embeds[0]?.fields ?? [];
  expect(field?.value).toContain('\\[x\\](');
  expect(field?.value).not.toContain('@everyone');
});
