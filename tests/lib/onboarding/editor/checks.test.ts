import { describe, expect, test } from 'vitest';
import type { Option } from '#lib/onboarding/content';
import { checkOption, checkQuestion, checkRule } from '#lib/onboarding/editor/checks';
import { optionValue } from '#lib/onboarding/editor/option-value';
import { refusalOf } from '../../errors/refusal.ts';
import { useSentences } from '../../i18n/sentences.ts';

useSentences();

const rule = { title: 'Be kind', description: '', imageUrl: '' };
const question = { type: 'select', text: 'Why?', help: '', required: true, isPrivate: false };
const option = { label: 'Red', description: '', emoji: '', followup: '', roleIds: [] };
const stored = (more: Partial<Option> = {}): Option => ({
  value: 'red',
  label: 'Red',
  description: null,
  emoji: null,
  roleIds: [],
  followup: null,
  ...more,
});

const textOf = async (act: () => unknown): Promise<string> => (await refusalOf(act)).text;

describe('a rule', () => {
  test('is stored clean', () => {
    expect(
      checkRule({
        title: '  Be\n kind\u0000 ',
        description: ' One.\r\n\r\n**Two** \u202E.\n',
        imageUrl: ' https://example.com/é.png ',
      }),
    ).toEqual({
      title: 'Be kind',
      description: 'One.\n\n**Two** .',
      imageUrl: 'https://example.com/%C3%A9.png',
    });
    expect(checkRule(rule)).toEqual({ title: 'Be kind', description: '', imageUrl: null });
    // What shows nothing is none.
    expect(checkRule({ ...rule, description: ' \u200B\n\u2060' }).description).toBe('');
    expect(checkRule({ ...rule, description: '<#123456789012345678>' }).description).toBe(
      '<#123456789012345678>',
    );
  });

  test.each(['', '  ', '\u200B', '\u0000', '<@123456789012345678>', '\u202E', '\u0301'])(
    'has words in its title, not %j',
    async (title) => {
      expect(await textOf(() => checkRule({ ...rule, title }))).toBe(
        '**Title**: write something here; a mention alone is not enough.',
      );
    },
  );

  test('is not longer than a screen', async () => {
    expect(checkRule({ ...rule, title: 'x'.repeat(100) }).title).toHaveLength(100);
    expect(await textOf(() => checkRule({ ...rule, title: 'x'.repeat(101) }))).toBe(
      '**Title**: at most 100 characters; this has 101.',
    );
    expect(checkRule({ ...rule, description: 'x'.repeat(1500) }).description).toHaveLength(1500);
    expect(await textOf(() => checkRule({ ...rule, description: 'x'.repeat(1501) }))).toBe(
      '**Description**: at most 1500 characters; this has 1501.',
    );
    const long = `https://example.com/${'é'.repeat(100)}`;
    expect(await textOf(() => checkRule({ ...rule, imageUrl: long }))).toBe(
      '**Image**: at most 500 characters; this has 620.',
    );
  });

  test.each([
    'example.com/a.png',
    'http://example.com/a.png',
    'ftp://example.com/a.png',
    'javascript:alert(1)',
    'attachment://a.png',
    'https://localhost/a.png',
    'https://127.0.0.1/a.png',
    'https://[::1]/a.png',
    'https://user:word@example.com/a.png',
    'https://',
    'a picture',
  ])('has no image at %s', async (imageUrl) => {
    const { sentence } = await refusalOf(() => checkRule({ ...rule, imageUrl }));
    expect(sentence).toBe('onboarding-editor:invalid.image');
  });
});

describe('a question', () => {
  test('is stored clean', () => {
    expect(checkQuestion({ ...question, text: ' Why\nhere? ', help: ' \u200B ' })).toEqual({
      type: 'select',
      text: 'Why here?',
      help: null,
      required: true,
      isPrivate: false,
    });
  });

  test('fits where it is asked: above a list, or on a field', async () => {
    expect(checkQuestion({ ...question, text: 'x'.repeat(200) }).text).toHaveLength(200);
    expect(await textOf(() => checkQuestion({ ...question, text: 'x'.repeat(201) }))).toBe(
      '**Question**: at most 200 characters; this has 201.',
    );
    for (const type of ['text', 'paragraph', 'email', 'number']) {
      expect(checkQuestion({ ...question, type, text: 'x'.repeat(45) }).text).toHaveLength(45);
      expect(await textOf(() => checkQuestion({ ...question, type, text: 'x'.repeat(46) }))).toBe(
        'A question whose answer is typed has at most 45 characters, for it is the label of a field; this has 46. Put the rest into the help text.',
      );
    }
    expect(await textOf(() => checkQuestion({ ...question, help: 'x'.repeat(101) }))).toBe(
      '**Help text**: at most 100 characters; this has 101.',
    );
    expect(await textOf(() => checkQuestion({ ...question, type: 'slider' }))).toBe(
      'There is no kind of question "slider".',
    );
  });

  test('loses no options by another kind', async () => {
    expect(await textOf(() => checkQuestion({ ...question, type: 'text' }, [stored(), stored()]))).toBe(
      'This question has 2 options, which a typed answer has no use for. Delete its options first, then change the kind.',
    );
    expect(checkQuestion({ ...question, type: 'multiselect' }, [stored()]).type).toBe('multiselect');
    const asking = stored({ followup: 'Which red?' });
    expect(await textOf(() => checkQuestion({ ...question, type: 'multiselect' }, [asking]))).toBe(
      'The option "Red" has a follow-up question, which works only where one option is chosen. Empty that first, then change the kind.',
    );
    expect(checkQuestion(question, [asking]).type).toBe('select');
  });
});

describe('an option', () => {
  test('is stored clean', () => {
    const roleIds = ['123456789012345678', '123456789012345678'];
    expect(
      checkOption(
        { label: ' Red ', description: ' ', emoji: ' ❤ ', followup: ' Which? ', roleIds },
        'select',
      ),
    ).toEqual({
      label: 'Red',
      description: null,
      emoji: '❤️',
      followup: 'Which?',
      roleIds: ['123456789012345678'],
    });
  });

  test('fits into a list, and no other of the question is called so', async () => {
    expect(await textOf(() => checkOption({ ...option, label: 'x'.repeat(101) }, 'select'))).toBe(
      '**Label**: at most 100 characters; this has 101.',
    );
    expect(await textOf(() => checkOption({ ...option, description: 'x'.repeat(101) }, 'select'))).toBe(
      '**Description**: at most 100 characters; this has 101.',
    );
    expect(await textOf(() => checkOption({ ...option, followup: 'x'.repeat(46) }, 'select'))).toBe(
      '**Follow-up question**: at most 45 characters; this has 46.',
    );
    expect(await textOf(() => checkOption({ ...option, followup: 'Which?' }, 'multiselect'))).toBe(
      'A follow-up question works only where one option is chosen.',
    );
    expect(await textOf(() => checkOption({ ...option, label: ' RED' }, 'select', [stored()]))).toBe(
      'There is an option "RED" already in this question.',
    );
    const roleIds = Array.from({ length: 6 }, (_, index) => `12345678901234567${index}`);
    expect(await textOf(() => checkOption({ ...option, roleIds }, 'select'))).toBe(
      'An option gives at most 5 roles.',
    );
    expect(await textOf(() => checkOption({ ...option, roleIds: ['everyone'] }, 'select'))).toContain(
      'There is no role "everyone"',
    );
  });

  test.each(['🎮', '🏳️‍🌈', '👍🏽', '1️⃣', '🇳🇱', '<:fun:123456789012345678>', '<a:fun:123456789012345678>'])(
    'has the emoji %s',
    (emoji) => {
      expect(checkOption({ ...option, emoji }, 'select').emoji).toBe(emoji);
    },
  );

  test.each(['a', '1', '🎮🎮', ':smile:', 'x🎮', '<:fun:1>', '<@123456789012345678>', '🏽🎮'])(
    'has no emoji %s',
    async (emoji) => {
      const { sentence } = await refusalOf(() => checkOption({ ...option, emoji }, 'select'));
      expect(sentence).toBe('common:emoji.invalid');
    },
  );
});

describe('what is stored of an option', () => {
  test.each([
    ['Sociale media', 'sociale-media'],
    ['  Één op één! ', 'een-op-een'],
    ['مرحبا', 'مرحبا'],
    ['🎮', 'option'],
    ['a:b:c', 'a-b-c'],
    ['__proto__', 'proto'],
    ['An option with a name that does not end', 'an-option-with-a-name-t'],
  ])('of %j is %j', (label, value) => {
    expect(optionValue(label, [])).toBe(value);
  });

  test('is its own', () => {
    expect(optionValue('Red', ['red'])).toBe('red-2');
    expect(optionValue('Red!', ['red', 'red-2', 'red-3'])).toBe('red-4');
    expect(optionValue('red 2', ['red', 'red-2'])).toBe('red-2-2');
  });
});
