import { describe, expect, test } from 'vitest';
import { locales, translator } from '#lib/i18n/translate';
import { aboutModal, nameOf } from '#lib/reminders/about-view';
import { NAME_MAX } from '#lib/reminders/create';
import { useSentences } from '../i18n/sentences.ts';
import { problemsOfModal } from '../ui/accepted.ts';

useSentences();

describe.each(locales)('%s', (locale) => {
  const t = (...args: Parameters<ReturnType<typeof translator>>) => translator(locale)(...args);
  const named = (cleanContent: string, shown: { title?: string; description?: string }[] = []) =>
    nameOf(t, {
      cleanContent,
      embeds: shown.map(({ title = null, description = null }) => ({ title, description })) as never,
      author: { displayName: 'Sam' },
    });

  test.each([
    ['Pizza on **Friday**\n> bring `money`', 'Pizza on Friday bring money'],
    ['# News\n- one\n- two', 'News one two'],
    [
      'one two three four five six seven eight nine ten eleven twelve thirteen',
      'one two three four five six seven eight nine ten eleven…',
    ],
    ['x'.repeat(100), `${'x'.repeat(59)}…`],
    [`${'x'.repeat(60)} y`, `${'x'.repeat(59)}…`],
  ])('%s: its first words', (content, name) => {
    expect(named(content)).toBe(name);
  });

  test('without words it is what it shows, or whose it is', () => {
    expect(named('', [{ title: 'Movie *night*' }])).toBe('Movie night');
    expect(named('', [{ description: 'At eight' }])).toBe('At eight');
    expect(named(' ** ')).toBe(t('reminders:about.untitled', { author: 'Sam' }));
  });

  test('Discord takes the modal', () => {
    for (const unit of ['x', '😀', '﷽']) {
      const modal = aboutModal(t, '1328374655667123456', named(unit.repeat(500)));
      expect(problemsOfModal(modal)).toEqual([]);
    }
    expect(problemsOfModal(aboutModal(t, '1328374655667123456', 'x'.repeat(NAME_MAX)))).toEqual([]);
  });
});
