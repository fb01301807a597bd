import type { Route } from '@sapphire/plugin-api';
import { expect, test } from 'vitest';
import { findRoute } from '#lib/http/find-route';

const route = (path: string, ...methods: string[]): Route =>
  ({ path: path.split('/').filter(Boolean), methods: new Set(methods), enabled: true }) as unknown as Route;

const ofPerson = route('/api/reminders/[user_id]', 'GET');
const one = route('/api/reminders/[reminder_id]/[created_by]', 'DELETE');
const ofGuild = route('/api/dashboard/[guild_id]/onboarding', 'GET');
const metrics = route('/api/dashboard/metrics', 'GET');
const change = route('/api/reminders/[id]', 'PATCH');
const root = route('/', 'GET');
const routes = [ofPerson, one, ofGuild, metrics, change, root];

test('each route is found under its own names for what stands in the path', () => {
  expect(findRoute(routes, 'GET', '/api/reminders/5')).toMatchObject({
    route: ofPerson,
    params: { user_id: '5' },
  });
  expect(findRoute(routes, 'PATCH', '/api/reminders/5')).toMatchObject({
    route: change,
    params: { id: '5' },
  });
  expect(findRoute(routes, 'DELETE', '/api/reminders/5/6')).toMatchObject({
    route: one,
    params: { reminder_id: '5', created_by: '6' },
  });
});

test('a fixed part goes before a parameter, whichever was loaded first', () => {
  const either = route('/api/dashboard/[guild_id]', 'GET');
  for (const order of [
    [either, metrics],
    [metrics, either],
  ])
    expect(findRoute(order, 'GET', '/api/dashboard/metrics')?.route).toBe(metrics);
});

test('the methods of a path are those of all its routes', () => {
  expect(findRoute(routes, 'PUT', '/api/reminders/5')).toMatchObject({
    route: null,
    methods: ['GET', 'PATCH'],
  });
});

test('HEAD is answered by what answers GET', () => {
  expect(findRoute(routes, 'HEAD', '/api/dashboard/metrics')?.route).toBe(metrics);
});

test('a slash at the end is the same path', () => {
  expect(findRoute(routes, 'GET', '/api/dashboard/metrics/')?.route).toBe(metrics);
  expect(findRoute(routes, 'GET', '/')?.route).toBe(root);
});

test.each([
  'api/reminders/5',
  '/api/reminders/%',
  '/api/reminders/..',
  '/api/reminders/%2e%2e',
  '/api/reminders/a%2fb',
  '/api//reminders',
  '/api/reminders/%00',
  '/api/reminders/a%5cb',
  '*',
])('nothing is at %s', (path) => {
  expect(findRoute(routes, 'GET', path)).toBeNull();
});
