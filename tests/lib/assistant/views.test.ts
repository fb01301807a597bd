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

  const manySources = Array.from({ length: 30 }, (_, index) => `source ${index} ${'x'.repeat(100)}`);
  const shownOf = ({ embeds }: ReturnType<typeof standingView>): string =>
    embeds.map(({ description = '' }) => description.trim()).join(' ');

  test.each([100, 4_096, 4_097, 4_500])('an answer of %i characters is shown whole', (length) => {
    const answer = words(length);
    const view = standingView(t, question({ answer, sources: manySources }), 'answer', AT);
    const { content, embeds, files } = view;
    expect(problemsOfMessage({ content, embeds })).toEqual([]);
    expect(totalOf(view)).toBeLessThanOrEqual(EMBED_TOTAL_MAX);
    expect(shownOf(view).split(/\s+/)).toEqual(answer.trim().split(/\s+/));
    expect(files).toEqual([]);
    expect(embeds.at(-1)?.footer?.text).toBe(t('assistant:answer.madeByAi'));
  });

  test.each([6_000, 20_000])('of one of %i characters the beginning, and all of it in a file', (length) => {
    const answer = words(length);
    const view = standingView(t, question({ answer, sources: manySources }), 'answer', AT);
    const { content, embeds, files } = view;
    expect(problemsOfMessage({ content, embeds })).toEqual([]);
    expect(totalOf(view)).toBeLessThanOrEqual(EMBED_TOTAL_MAX);
    expect(files.map(({ attachment }) => attachment.toString())).toEqual([answer]);
    expect(content).toBe(t('assistant:answer.inFile'));
    expect(answer.startsWith(shownOf(view).slice(0, 1_000))).toBe(true);
    expect(embeds.at(-1)?.footer?.text).toBe(t('assistant:answer.madeByAi'));
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
    expect(view.content.includes('<t:')).toBe(standing.startsWith('over'));
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
