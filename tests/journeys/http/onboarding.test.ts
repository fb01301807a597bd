import { describe, expect, test } from 'vitest';
import { useBot } from '../../setup/bot.ts';
import type { Town } from '../town.ts';
import { API, askAs, plant } from './api.ts';

const world = useBot({ config: { http: API } });

const call = (town: Town, method: string, path: string, body?: unknown, by = town.olivia) =>
  askAs(world, by, method, `/api/dashboard/${town.guild.id}/onboarding/${path}`, body);
const question = (text: string, more: object = {}) => ({ question: text, question_type: 'text', ...more });
const rule = (title: string, more: object = {}) => ({ title, description: 'Because.', ...more });

describe('questions', () => {
  test('with options, follow-ups and roles save and load, and change by their id', async () => {
    const town = await plant(world);
    const role = town.guild.createRole({ name: 'Gamer' });
    const made = await call(town, 'POST', 'questions', {
      ...question('What brings you here?', { question_type: 'select', required: false }),
      options: [
        { label: 'Games', emoji: '🎮', role_ids: [role.id] },
        { label: 'Something else', followup: 'What, then?' },
      ],
    });
    expect(made.status).toBe(201);
    expect(made.body.options).toEqual([
      { value: 'games', label: 'Games', description: null, emoji: '🎮', role_ids: [role.id], followup: null },
      {
        value: 'something-else',
        label: 'Something else',
        description: null,
        emoji: null,
        role_ids: [],
        followup: 'What, then?',
      },
    ]);
    expect((await call(town, 'GET', 'questions')).body.questions).toEqual([made.body]);

    const { id, version } = made.body;
    const changed = await call(town, 'POST', 'questions', {
      ...question('Why are you here?', { question_type: 'select', id, version, enabled: false }),
      options: [{ value: 'games', label: 'Playing' }],
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ id, question: 'Why are you here?', enabled: false });
    expect(changed.body.options).toMatchObject([{ value: 'games', label: 'Playing', role_ids: [] }]);
    // One that is off is listed, and can be switched on again.
    expect((await call(town, 'GET', 'questions')).body.questions).toEqual([changed.body]);
    const stale = { ...question('Late', { id, version }) };
    expect((await call(town, 'POST', 'questions', stale)).status).toBe(409);
    expect((await call(town, 'DELETE', `questions/${id}`)).body).toEqual({ success: true });
    expect((await call(town, 'DELETE', `questions/${id}`)).status).toBe(404);
  });

  test('take their place, and two swap', async () => {
    const town = await plant(world);
    const ids: number[] = [];
    for (const text of ['One', 'Two', 'Three'])
      ids.push((await call(town, 'POST', 'questions', question(text))).body.id);
    const first = await call(town, 'POST', 'questions', question('Zero', { step_order: 1 }));
    const order = async (): Promise<string[]> =>
      (await call(town, 'GET', 'questions')).body.questions.map((one: { question: string }) => one.question);
    expect(await order()).toEqual(['Zero', 'One', 'Two', 'Three']);
    const [one, two, three] = ids;
    const all = [two, one, first.body.id, three];
    expect((await call(town, 'POST', 'reorder', { questions: all })).status).toBe(200);
    expect(await order()).toEqual(['Two', 'One', 'Zero', 'Three']);
    for (const wrong of [[one, two], [one, one, two, three], [one, two, three, 2_000_000_000], []])
      expect((await call(town, 'POST', 'reorder', { questions: wrong })).status).toBe(422);
    expect(await order()).toEqual(['Two', 'One', 'Zero', 'Three']);
  });

  test('what Discord could not show, or the admin not give, is refused', async () => {
    const town = await plant(world);
    const above = town.guild.createRole({ name: 'Gift' });
    for (const bad of [
      question('x'.repeat(46)),
      question('\u200B'),
      question('Pick', { question_type: 'quiz' }),
      question('Type', { options: [{ label: 'a' }] }),
      question('Pick', { question_type: 'select', options: [{ label: 'a' }, { label: 'A' }] }),
      question('Pick', { question_type: 'multiselect', options: [{ label: 'a', followup: 'b' }] }),
      question('Pick', { question_type: 'select', options: [{ label: 'a', emoji: 'no' }] }),
      question('Pick', {
        question_type: 'select',
        options: [{ label: 'a', role_ids: ['999999999999999999'] }],
      }),
      question('Pick', { id: 'one' }),
    ])
      expect((await call(town, 'POST', 'questions', bad)).status).toBe(422);
    expect((await call(town, 'POST', 'questions', question('Gone', { id: 2_000_000_000 }))).status).toBe(404);
    const roles = [{ name: 'Admins', permissions: ['ManageGuild' as const], members: ['ann'] }];
    const strict = await plant(world, { roles });
    const gift = strict.guild.createRole({ name: 'Gift' });
    const giving = (id: string) =>
      question('Pick', { question_type: 'select', options: [{ label: 'a', role_ids: [id] }] });
    expect((await call(strict, 'POST', 'questions', giving(gift.id), strict.ann)).status).toBe(403);
    expect((await call(strict, 'POST', 'questions', giving(above.id))).status).toBe(422);
  });
});

describe('rules', () => {
  test('are added once however often it is asked, changed and published; members of another server are kept out', async () => {
    const town = await plant(world);
    const other = await plant(world);
    const path = `/api/dashboard/${town.guild.id}/onboarding/rules`;
    const twice = () =>
      askAs(world, town.olivia, 'POST', path, rule('Be kind'), { 'Idempotency-Key': 'rule-1' });
    const [one, two] = [await twice(), await twice()];
    expect(one.status).toBe(201);
    expect(two.body).toEqual(one.body);
    const { id } = one.body;
    const off = await call(town, 'POST', 'rules', rule('No spam', { enabled: false, rule_order: 1 }));
    expect((await call(town, 'GET', 'rules')).body.rules).toMatchObject([
      { id: off.body.id, enabled: false, rule_order: 1 },
      { id, title: 'Be kind', rule_order: 2 },
    ]);
    expect((await call(town, 'POST', 'rules', rule('Be nice', { id }))).body.title).toBe('Be nice');
    expect((await call(town, 'POST', 'rules', rule('x', { image_url: 'http://localhost/x' }))).status).toBe(
      422,
    );
    expect((await call(town, 'POST', 'publish')).body).toEqual({ success: true, version: 1 });
    expect((await call(town, 'POST', 'publish')).status).toBe(422);
    expect((await call(town, 'GET', 'rules', undefined, town.mia)).status).toBe(403);
    expect((await call(other, 'DELETE', `rules/${id}`)).status).toBe(404);
    expect((await call(other, 'POST', 'rules', rule('Mine', { id }))).status).toBe(404);
    expect((await call(town, 'DELETE', `rules/${id}`)).status).toBe(200);
  });
});
