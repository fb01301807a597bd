/** `npm run -s parse`: reads announcements as JSON lines from standard input and writes what was understood, one line each. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { readAnnouncement, type Reading } from '../src/lib/announcements/read.ts';
import { canonicalTimeZone } from '../src/lib/time/zones.ts';

const USAGE = `npm run -s parse -- [--now ISO] [--zone IANA] < posts.jsonl

  --now   when the posts were made, unless a line says so (the machine's time); without an offset in the server's zone
  --zone  of the server (Europe/Brussels)

Each line is {"id","now","title","description","fields":[{"name","value"}],"footer","text"}, all optional.`;

const post = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  now: z.string().nullish(),
  zone: z.string().nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  footer: z.string().nullish(),
  text: z.string().nullish(),
});

function readZone(name: string): string {
  const zone = canonicalTimeZone(name);
  if (zone === null) throw new Error(`${name} is not an IANA time zone`);
  return zone;
}

function readNow(text: string, zone: string): Date {
  const read = DateTime.fromISO(text, { zone });
  if (!read.isValid) throw new Error(`${text} is no instant in ISO 8601`);
  return read.toJSDate();
}

function answerTo(line: string, defaults: { readonly now: Date; readonly zone: string }): object {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return { error: 'not JSON' };
  }
  const parsed = post.safeParse(data);
  if (!parsed.success) {
    const id = typeof data === 'object' && data !== null && 'id' in data ? { id: data.id } : {};
    return {
      ...id,
      error: parsed.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; '),
    };
  }
  const { id, now, zone: ownZone, ...texts } = parsed.data;
  try {
    const zone = typeof ownZone === 'string' ? readZone(ownZone) : defaults.zone;
    const given = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== null));
    const posted = typeof now === 'string' ? readNow(now, zone) : defaults.now;
    return { id: id ?? null, ...shown(readAnnouncement(given, { now: posted, zone }), zone) };
  } catch (error) {
    return { id: id ?? null, error: error instanceof Error ? error.message : String(error) };
  }
}

const KINDS = { 'one-off': 'one_off', recurring: 'recurring', none: 'none' } as const;

function shown(reading: Reading, zone: string) {
  const isNone = reading.kind === 'none';
  return {
    kind: KINDS[reading.kind],
    event_time: isNone
      ? null
      : DateTime.fromJSDate(reading.eventAt, { zone }).toISO({ suppressMilliseconds: true }),
    days: reading.kind === 'recurring' ? reading.days : null,
    time: isNone ? null : reading.time,
    rrule: reading.kind === 'recurring' ? reading.rrule : null,
    location: isNone ? null : reading.location,
    confidence: Math.round(reading.confidence * 100) / 100,
    reason: isNone ? reading.reason : null,
    evidence: reading.evidence,
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { now: { type: 'string' }, zone: { type: 'string', default: 'Europe/Brussels' } },
  });
  const zone = readZone(values.zone);
  const now = values.now === undefined ? new Date() : readNow(values.now, zone);
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    // Editors on Windows begin files with a mark that is no JSON.
    const json = line.replace(/^\uFEFF/, '').trim();
    if (json !== '') process.stdout.write(`${JSON.stringify(answerTo(json, { now, zone }))}\n`);
  }
}

process.exitCode = await main().then(
  () => 0,
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error(USAGE);
    return 1;
  },
);
