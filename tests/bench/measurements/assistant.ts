import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ask } from '../../../src/lib/assistant/ask.ts';
import { Assistant } from '../../../src/lib/assistant/client.ts';
import { openDatabase, type OpenDatabase } from '../../../src/lib/database/database.ts';
import { createLog } from '../../../src/lib/logging/logger.ts';
import { Settings } from '../../../src/lib/settings/settings.ts';
import { systemClock } from '../../../src/lib/time/clock.ts';
import { startProvider, type Provider } from '../../setup/provider.ts';
import { quietLog } from '../../setup/quiet-log.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile } from '../statistics.ts';
import { freshCaches } from '../../setup/caches.ts';

const GUILD = '1000';
const SERIES = 3;
const AT_ONCE = 1_000;

/** What asking an AI takes on our side: budgets, the client and the notes, against a bare request to the same provider. */
export const assistant: Measurement = {
  name: 'assistant',
  async run({ server, isQuick }) {
    const provider = await startProvider();
    provider.behave({ says: 'Oil the chain, then try it again.' });
    const directory = await mkdtemp(path.join(os.tmpdir(), 'alphapy-bench-'));
    const rows: Row[] = [];
    try {
      const url = await server.createDatabase(true);
      const postgres = await openDatabase({ url, dataDirectory: '', log: quietLog, migrate: false });
      rows.push(...(await measure(postgres, 'PostgreSQL', provider, isQuick)));
      const embedded = await openDatabase({ url: null, dataDirectory: directory, log: quietLog });
      rows.push(...(await measure(embedded, 'embedded', provider, isQuick)));
    } finally {
      await provider.close();
      await rm(directory, { recursive: true, force: true });
    }
    return rows;
  },
};

async function measure(
  database: OpenDatabase,
  where: string,
  { url }: Provider,
  isQuick: boolean,
): Promise<Row[]> {
  const log = createLog('error');
  const { db } = database;
  const provider = new Assistant({ apiKey: 'sk-bench', baseUrl: url, model: 'gpt-4o-mini' }, log);
  const settings = new Settings({ db, clock: systemClock, caches: freshCaches() });
  const deps = { db, settings, clock: systemClock, provider };
  const quotes = [{ from: 'member', text: 'My bicycle squeaks when I brake. '.repeat(10) }];
  const request = { guildId: GUILD, profile: 'suggest-reply', locale: 'en-US', quotes } as const;
  try {
    const [key, budget] = ['guild_daily_budget_cents', '100000'];
    for (const name of [key, 'member_daily_budget_cents'])
      await db
        .insertInto('bot_settings')
        .values({ guild_id: GUILD, scope: 'gpt', key: name, value: budget, value_type: 'integer' })
        .execute();
    const times = isQuick ? 30 : 300;
    const [ours, bare] = [
      await seriesOf(times, async () => {
        const asked = await ask(deps, { ...request, userId: '7' });
        if (asked.outcome !== 'answer') throw new Error(`no answer: ${asked.outcome}`);
      }),
      await seriesOf(times, async () => {
        const response = await fetch(`${url}/chat/completions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: 'Bearer sk-bench' },
          body: JSON.stringify({
            model: 'gpt-4o-mini',
            messages: [{ role: 'user', content: JSON.stringify(quotes) }],
          }),
        });
        await response.json();
      }),
    ];
    const all = isQuick ? 100 : AT_ONCE;
    const begun = performance.now();
    const asked = await Promise.all(
      Array.from({ length: all }, (_, index) => ask(deps, { ...request, userId: String(100 + index) })),
    );
    const tookMs = performance.now() - begun;
    if (asked.some(({ outcome }) => outcome !== 'answer')) throw new Error('not all were answered');
    return [
      ...(['p50', 'p99'] as const).map((which) => ({
        what: `asking an AI that answers at once, ${where}, ${which}`,
        unit: 'ms',
        figure: figureOf(ours[which]),
        bare: { what: 'bare fetch', figure: figureOf(bare[which]) },
      })),
      {
        what: `${all.toLocaleString('en-US')} members of a guild who ask at once, ${where}, until the last has an answer`,
        unit: 'ms',
        figure: figureOf([tookMs]),
        bare: null,
      },
    ];
  } finally {
    provider.close();
    await database.close();
  }
}

async function seriesOf(
  times: number,
  act: () => Promise<void>,
): Promise<{ readonly p50: number[]; readonly p99: number[] }> {
  const p50: number[] = [];
  const p99: number[] = [];
  for (let warm = 0; warm < 5; warm += 1) await act();
  for (let series = 0; series < SERIES; series += 1) {
    const samples: number[] = [];
    for (let index = 0; index < times; index += 1) {
      const begun = performance.now();
      await act();
      samples.push(performance.now() - begun);
    }
    p50.push(percentile(samples, 0.5));
    p99.push(percentile(samples, 0.99));
  }
  return { p50, p99 };
}
