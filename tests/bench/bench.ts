/** `npm run bench`: how fast the bot is, in one table. */
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Measurement, Row } from './measurement.ts';
import { announcements } from './measurements/announcements.ts';
import { assistant } from './measurements/assistant.ts';
import { commands } from './measurements/commands.ts';
import { besidePeople, lateness, throughput } from './measurements/deliveries.ts';
import { duePlan, dueQuery } from './measurements/due-query.ts';
import { faq } from './measurements/faq.ts';
import { httpApi } from './measurements/http.ts';
import { memory } from './measurements/memory.ts';
import { onboarding } from './measurements/onboarding.ts';
import { page } from './measurements/page.ts';
import { privacy } from './measurements/privacy.ts';
import { start } from './measurements/start.ts';
import { tickets } from './measurements/tickets.ts';
import { transcript } from './measurements/transcript.ts';
import { topics } from './measurements/topics.ts';
import { text } from './measurements/text.ts';
import { tracking } from './measurements/tracking.ts';
import { ticketsOverview } from './measurements/tickets-overview.ts';
import { written } from './statistics.ts';
import { startServer } from './world.ts';

const MEASUREMENTS: readonly Measurement[] = [
  start,
  commands,
  dueQuery,
  lateness,
  throughput,
  besidePeople,
  memory,
  httpApi,
  page,
  onboarding,
  announcements,
  privacy,
  tickets,
  transcript,
  topics,
  ticketsOverview,
  tracking,
  text,
  faq,
  assistant,
];
const DOCUMENT = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
const USAGE = `npm run bench -- [--quick] [--only NAME] [--write]

  --quick   few and small, to try it out
  --only    one of ${MEASUREMENTS.map(({ name }) => name).join(', ')}
  --write   puts the table into docs/benchmarks.md`;

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ what, unit, figure, bare }) =>
    [
      what,
      `${written(figure)} ${unit}`,
      bare === null ? '' : `${written(bare.figure)} ${unit} (${bare.what})`,
    ].join(' | '),
  );
  return ['| | Alphapy | bare |', '| --- | --- | --- |', ...lines.map((line) => `| ${line} |`)].join('\n');
}

function machine(postgres: string): string {
  const [cpu] = os.cpus();
  const memoryGb = Math.round(os.totalmem() / 2 ** 30);
  return `${cpu?.model.trim()}, ${os.cpus().length} cores, ${memoryGb} GB; Node ${process.versions.node}, PostgreSQL ${postgres}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const chosen = MEASUREMENTS.filter(({ name }) => values.only === undefined || values.only === name);
  if (values.help || chosen.length === 0) throw new Error(USAGE);
  const server = await startServer();
  const rows: Row[] = [];
  try {
    for (const measurement of chosen) {
      const found = await measurement.run({ server, isQuick: values.quick });
      rows.push(...found);
      for (const { what, unit, figure } of found) console.log(`${what}: ${written(figure)} ${unit}`);
    }
  } finally {
    await server.close();
  }
  const plan =
    duePlan.length === 0
      ? ''
      : `\n\nThe plan of the due query, at the largest size:\n\n\`\`\`\n${duePlan.join('\n')}\n\`\`\``;
  const text = `${machine(server.version)}\n\n${tableOf(rows)}${plan}`;
  console.log(`\n${text}`);
  if (!values.write) return;
  const document = await readFile(DOCUMENT, 'utf8');
  await writeFile(
    DOCUMENT,
    document.replace(
      /(<!-- table -->)[^]*(<!-- \/table -->)/,
      (_, before: string, after: string) => `${before}\n\n${text}\n\n${after}`,
    ),
  );
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
