import { expect, test } from 'vitest';
import { profiles } from '#lib/assistant/profiles';

const said = Object.entries(profiles).map(([name, profile]) => ({
  name,
  text: profile.instructions('Dutch'),
}));

test('only those who speak about themselves or the people they lead meet the coach', () => {
  expect(said.filter(({ text }) => text.includes('calm coach')).map(({ name }) => name)).toEqual([
    'growth-check-in',
    'leader-help',
  ]);
});

test('whoever meets the coach is sent to people when they think of harming themselves', () => {
  for (const { text } of said.filter((one) => one.text.includes('calm coach')))
    expect(text).toMatch(/harming themselves.*somebody they trust.*emergency number.*112/);
});

test('each says in which language to write, but for one that only copies', () => {
  expect(said.filter(({ text }) => !text.includes('Dutch')).map(({ name }) => name)).toEqual([
    'announcement-words',
  ]);
});
