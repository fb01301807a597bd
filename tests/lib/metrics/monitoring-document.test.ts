import { readFileSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import { REST, type Client } from 'discord.js';
import type pg from 'pg';
import { expect, test } from 'vitest';
import { watchGateway } from '#lib/metrics/gateway';
import { Metrics } from '#lib/metrics/metrics';
import { watchBacklog, watchPool, watchQueues } from '#lib/metrics/stores';
import type { Database } from '#lib/database/database';
import { systemClock } from '#lib/time/clock';
import { watchDiscordRequests } from '#lib/metrics/discord-requests';

const document = readFileSync(new URL('../../../docs/monitoring.md', import.meta.url), 'utf8');

/** The names of all that the bot counts; nothing is read. */
function registered(): string[] {
  const metrics = new Metrics('1.0.0');
  watchGateway(metrics, new EventEmitter() as Client);
  watchDiscordRequests(metrics, new REST(), () => {});
  watchPool(metrics, {} as pg.Pool);
  watchBacklog(metrics, {} as Database, systemClock);
  watchQueues(metrics, {});
  return metrics.registry.getMetricsAsArray().map(({ name }) => name);
}

test('the document lists each metric with its labels, and no other', () => {
  const listed = [...document.matchAll(/^\| `(alphapy_\w+)` \|/gm)].map(([, name]) => String(name));
  expect(listed.toSorted()).toEqual(registered().toSorted());
});

test('its rules are about metrics that exist', () => {
  const known = new Set(registered());
  const rules = document.slice(document.indexOf('groups:'), document.indexOf('A test looks'));
  const named = [...rules.matchAll(/\balphapy_\w+/g)].map(([name]) => name.replace(/_bucket$/, ''));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('no sentence in its rules ends at a comma, which YAML takes for the end of a value', () => {
  const sentences = [...document.matchAll(/annotations: \{ summary: (.*) \}$/gm)].map(
    ([, text]) => text ?? '',
  );
  expect(sentences).toHaveLength(document.match(/- alert:/g)?.length ?? 0);
  expect(sentences.filter((text) => !text.startsWith("'") && /[,:#]/.test(text))).toEqual([]);
});
