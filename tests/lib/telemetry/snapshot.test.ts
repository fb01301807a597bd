import { describe, expect, test } from 'vitest';
import type { Backlog } from '#lib/metrics/backlog';
import { Window } from '#lib/metrics/window';
import { snapshotOf, statusOf, type Observed } from '#lib/telemetry/snapshot';

const backlog: Backlog = {
  due: { reminders: 3, ticket_duties: 1, onboarding_duties: 0, ai_questions: 0, erasures: 0 },
  oldestReminderS: 2,
  parkedReminders: 0,
  openTickets: 6,
};
const nothing = new Window().take();
const well: Observed = {
  isOnline: true,
  uptimeS: 3_600.4,
  guilds: 2,
  aiFailuresLastHour: 0,
  windowS: 45,
  interactions: nothing,
  discord: nothing,
  ai: nothing,
  backlog,
  at: new Date('2026-12-01T09:00:00Z'),
};

/** A window in which each of these took so long, in ms. */
function windowOf(times: readonly number[], failed = 0): Observed['interactions'] {
  const window = new Window();
  for (const ms of times) window.note(ms);
  for (let failure = 0; failure < failed; failure += 1) window.noteFailure();
  return window.take();
}

describe('how it does, in a word', () => {
  test.each([
    ['operational', {}],
    ['degraded', { aiFailuresLastHour: 1 }],
    ['degraded', { aiFailuresLastHour: 5 }],
    ['outage', { aiFailuresLastHour: 6 }],
    ['degraded', { backlog: null }],
    ['outage', { isOnline: false, uptimeS: 120 }],
    ['degraded', { isOnline: false, uptimeS: 119 }],
    ['outage', { isOnline: false, uptimeS: null }],
    ['degraded', { isOnline: false, uptimeS: null, guilds: 0 }],
  ] as const)('%s: %o', (status, change) => {
    expect(statusOf({ ...well, ...change })).toBe(status);
  });
});

test('figures are what was measured', () => {
  const times = Array.from({ length: 100 }, (_, index) => index + 1);
  const row = snapshotOf({
    ...well,
    interactions: windowOf(times, 4),
    discord: windowOf([7]),
    ai: windowOf([900], 1),
  });
  expect(row).toEqual({
    subsystem: 'alphapy',
    label: 'Alphapy',
    status: 'operational',
    uptime_seconds: 3_600,
    throughput_per_minute: 135,
    error_rate: 0.05,
    latency_p50: 50,
    latency_p95: 95,
    queue_depth: 10,
    active_bots: 2,
    last_updated: '2026-12-01T09:00:00.000Z',
    computed_at: '2026-12-01T09:00:00.000Z',
    notes:
      '45 s: 100 interactions (p50 50, p95 95, p99 99 ms), 4 failed; 1 requests to Discord (p50 7, p95 7, p99 7 ms), 0 failed; 1 AI calls, 0 failed in the last hour; 4 due, 6 tickets open',
  });
});

test('where nobody asked anything, the times are those of Discord', () => {
  expect(snapshotOf({ ...well, discord: windowOf([80]) })).toMatchObject({ latency_p50: 80, error_rate: 0 });
});

test('what is not known is left out, and said', () => {
  const row = snapshotOf({ ...well, guilds: 0, backlog: null });
  expect(row).not.toHaveProperty('queue_depth');
  expect(row).not.toHaveProperty('active_bots');
  expect(row.notes).toContain('the database does not answer');
});

test('a window that began this instant divides by nothing', () => {
  expect(snapshotOf({ ...well, windowS: 0, interactions: windowOf([1]) }).throughput_per_minute).toBe(0);
});
