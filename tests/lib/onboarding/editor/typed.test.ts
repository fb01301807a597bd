import { ContainerBuilder, TextDisplayBuilder, type APIContainerComponent } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { translator } from '#lib/i18n/translate';
import { refusedScreen } from '#lib/onboarding/editor/refused-view';
import {
  flagsOf,
  optionTyped,
  questionTyped,
  ruleTyped,
  typedIn,
  typedOption,
  typedQuestion,
  typedRule,
  type Typed,
} from '#lib/onboarding/editor/typed';
import { useSentences } from '../../i18n/sentences.ts';

useSentences();

/** What is read back from the message that shows it. */
function readBack(typed: Typed) {
  const [container] = refusedScreen(translator('nl'), {
    note: { kind: 'refused', text: '```\nnot typed\n```' },
    now: '```\nnot typed\n```',
    typed,
    again: 'a',
    back: 'b',
  }) as [APIContainerComponent];
  return typedIn({ components: [{ toJSON: () => container }] as never });
}

describe('what was typed and refused is read back from the message', () => {
  test.each([
    'a',
    'one\n\ntwo',
    '```\nfence\n```',
    '`````',
    '``` `` `',
    '**bold** <@123456789012345678> {{x}} 👩‍👩‍👧‍👦 مرحبا',
    'ends with `',
    'x'.repeat(1500),
    '',
  ])('%j', (text) => {
    const rule = { title: text, description: text, imageUrl: text };
    expect(ruleTyped(readBack(typedRule(rule)))).toEqual(rule);
    const question = { type: 'email', text, help: text, required: false, isPrivate: true };
    expect(questionTyped(readBack(typedQuestion(question)), 'email', flagsOf(question))).toEqual(question);
    for (const roleIds of [[], ['123456789012345678'], ['123456789012345678', '123456789012345679']]) {
      const option = { label: text, description: text, emoji: text, followup: text, roleIds };
      expect(optionTyped(readBack(typedOption(option)))).toEqual(option);
    }
  });

  test('where nothing was typed there is nothing', () => {
    const shown = new ContainerBuilder().addTextDisplayComponents(
      new TextDisplayBuilder({ id: 1, content: '```\nx\n```' }),
    );
    expect(ruleTyped(typedIn({ components: [shown] as never }))).toEqual({
      title: '',
      description: '',
      imageUrl: '',
    });
  });
});
