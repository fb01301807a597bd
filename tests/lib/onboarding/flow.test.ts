import { describe, expect, test } from 'vitest';
import type { Content } from '#lib/onboarding/content';
import {
  back,
  choose,
  finalAnswers,
  goOn,
  goTo,
  isReady,
  pagesOf,
  screenOf,
  skip,
  stillValid,
  submit,
  type Progress,
} from '#lib/onboarding/flow/flow';
import { option, question, rule } from './fixtures.ts';

const begin: Progress = {
  mode: 'rules_with_questions',
  areRulesAccepted: true,
  place: null,
  answers: {},
  typed: {},
};
const typed = (values: Record<string, string>) => new Map(Object.entries(values));

const found = question('Found?', { options: [option('Friend', { followup: 'Who?' }), option('Search')] });
const why = question('Why?', { type: 'multiselect', options: [option('A'), option('B')], required: false });
const texts = Array.from({ length: 7 }, (_, index) => question(`Text ${index}?`));
const content: Content = { rules: [rule('Be kind')], questions: [found, ...texts, why] };
const keysOf = (progress: Progress) => pagesOf(content, progress).map(({ key }) => key);

describe('pages', () => {
  test('hold five fields at most, and a follow-up comes right behind its choice', () => {
    expect(keysOf(begin)).toEqual([found, texts[0], texts[5], why].map((one) => String(one?.id)));
    const chosen = choose(content, begin, String(found.id), ['friend']);
    expect(chosen === null ? [] : keysOf(chosen)).toEqual([
      String(found.id),
      `${found.id}f`,
      String(texts[4]?.id),
      String(why.id),
    ]);
  });

  test('follow the mode', () => {
    expect(screenOf(content, { ...begin, areRulesAccepted: false }).kind).toBe('rules');
    expect(screenOf(content, { ...begin, areRulesAccepted: false, mode: 'questions_only' }).kind).toBe(
      'page',
    );
    expect(screenOf(content, { ...begin, mode: 'rules_only' }).kind).toBe('summary');
    expect(isReady({ rules: [], questions: [found] }, 'rules_only')).toBe(false);
    expect(isReady({ rules: [rule('x')], questions: [] }, 'questions_only')).toBe(false);
  });
});

describe('a choice', () => {
  test('is taken only from its own list', () => {
    expect(choose(content, begin, String(found.id), ['nobody'])).toBeNull();
    expect(choose(content, begin, String(found.id), [])).toBeNull();
    expect(choose(content, begin, String(texts[0]?.id), ['x'])).toBeNull();
    expect(choose(content, begin, '0', ['friend'])).toBeNull();
    expect(choose(content, begin, String(why.id), [])?.answers[why.id]).toBeNull();
    expect(choose(content, begin, String(why.id), ['b', 'a'])?.answers[why.id]).toEqual(['a', 'b']);
  });

  test('made again keeps what followed from it; another one asks anew', () => {
    const answers = { [found.id]: { choice: 'friend', followup: 'Sam', followup_label: 'Who?' } };
    const again = choose(content, { ...begin, answers }, String(found.id), ['friend']);
    expect(again?.answers[found.id]).toMatchObject({ followup: 'Sam' });
    const other = choose(content, { ...begin, answers }, String(found.id), ['search']);
    expect(other?.answers[found.id]).toBe('search');
  });
});

describe('typed answers', () => {
  const email = question('E-mail?', { type: 'email' });
  const age = question('Age?', { type: 'number', required: false });
  const both: Content = { rules: [], questions: [email, age] };
  const send = (mail: string, number: string) =>
    submit(both, begin, String(email.id), typed({ [email.id]: mail, [age.id]: number }));

  test.each([
    ['mia@example.com', '31', []],
    [' mia.o+x@mail.example.co.uk ', '3,5', []],
    ['mia@exämple.be', '', []],
    ['mia', '', ['email']],
    ['mia@example', '', ['email']],
    ['mia@@example.com', '', ['email']],
    ['mia @example.com', '', ['email']],
    ['mia@-x.com', '', ['email']],
    ['mia@example.com.', '', ['email']],
    ['', '', ['required']],
    ['mia@example.com', 'ten', ['number']],
    ['mia@example.com', '1e9', ['number']],
    ['mia@example.com', '٣', ['number']],
    ['x', 'y', ['email', 'number']],
  ])('"%s" and "%s" are refused for %j', (mail, number, problems) => {
    expect(send(mail, number)?.problems.map(({ why: reason }) => reason)).toEqual(problems);
  });

  test('what fits is kept, what does not is there to go on from, and nothing old stands for it', () => {
    const answered = { ...begin, answers: { [email.id]: 'old@example.com' } };
    const refused = submit(both, answered, String(email.id), typed({ [email.id]: 'new@', [age.id]: '31' }));
    expect(refused?.progress).toMatchObject({
      place: String(email.id),
      answers: { [age.id]: '31' },
      typed: { [email.id]: 'new@' },
    });
    expect(refused?.progress.answers).not.toHaveProperty(String(email.id));
    const mended =
      refused && submit(both, refused.progress, String(email.id), typed({ [email.id]: 'a@b.be' }));
    expect(mended?.progress).toMatchObject({ place: null, typed: {} });
  });

  test('a form that is no longer there changes nothing', () => {
    expect(submit(both, begin, '0', typed({}))).toBeNull();
  });
});

describe('moving about', () => {
  test('skips only what may be skipped', () => {
    expect(skip(content, begin, String(found.id))).toBeNull();
    expect(skip(content, begin, String(why.id))?.answers[why.id]).toBeNull();
    expect(skip(content, begin, '0')).toBeNull();
  });

  test('a skipped follow-up is done with', () => {
    const loose: Content = { rules: [], questions: [{ ...found, required: false }] };
    const chosen = choose(loose, begin, String(found.id), ['friend']) ?? begin;
    expect(screenOf(loose, chosen).kind).toBe('page');
    const skipped = skip(loose, chosen, `${found.id}f`) ?? begin;
    expect(screenOf(loose, skipped).kind).toBe('summary');
  });

  test('goes back page by page to the first, and on to the first that is open', () => {
    const chosen = choose(content, begin, String(found.id), ['search']) ?? begin;
    const second = String(texts[0]?.id);
    const before = back(content, chosen, second);
    expect(before.place).toBe(String(found.id));
    expect(back(content, before, second).place).toBe(String(found.id));
    expect(back(content, before, String(found.id)).place).toBe(String(found.id));
    expect(back(content, before, 'gone')).toEqual(before);
    expect(back(content, chosen, null).place).toBe(String(why.id));
    expect(screenOf(content, goOn(before))).toMatchObject({ kind: 'page', step: 2 });
    expect(goTo(content, chosen, String(texts[6]?.id)).place).toBe(String(texts[5]?.id));
    expect(goTo(content, chosen, '0').place).toBeNull();
  });
});

test('skipping leaves what was answered on the page', () => {
  const [name, mail] = [
    question('Name?', { required: false }),
    question('E-mail?', { type: 'email', required: false }),
  ];
  const both: Content = { rules: [], questions: [name, mail] };
  const refused = submit(both, begin, String(name.id), typed({ [name.id]: 'Mia', [mail.id]: 'mia' }));
  const skipped = refused && skip(both, refused.progress, String(name.id));
  expect(skipped).toMatchObject({ answers: { [name.id]: 'Mia', [mail.id]: null }, typed: {}, place: null });
});

test('what was skipped while it could be is asked when it has to be answered', () => {
  const loose = { ...found, required: false };
  const before: Content = { rules: [], questions: [loose, { ...why, required: false }] };
  const now: Content = { rules: [], questions: [found, { ...why, required: true }] };
  const answers = { [found.id]: { choice: 'friend', followup: '', followup_label: 'Who?' }, [why.id]: null };
  const kept = stillValid(before, now, answers);
  expect(kept).toEqual({ [found.id]: { choice: 'friend', followup: null, followup_label: 'Who?' } });
  expect(screenOf(now, { ...begin, answers: kept })).toMatchObject({ page: { key: `${found.id}f` } });
  expect(stillValid(before, before, answers)).toEqual(answers);
});

test('of earlier answers those to questions that ask the same stay', () => {
  const renamed = { ...found, text: 'How?' };
  const relabelled = { ...why, options: [option('A'), option('C')] };
  const now: Content = { rules: [], questions: [renamed, relabelled, ...texts.slice(0, 1)] };
  const answers = { [found.id]: 'search', [why.id]: ['a'], [texts[0]?.id ?? 0]: 'yes' };
  expect(stillValid(content, now, answers)).toEqual({ [texts[0]?.id ?? 0]: 'yes' });
  expect(Object.keys(finalAnswers(now, { ...begin, answers: { 999: 'gone' } }))).toHaveLength(3);
});
