import path from 'node:path';
import { InternationalizationHandler } from '@sapphire/plugin-i18next';
import { Client, type ClientOptions } from 'discord.js';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { DB } from '../../../db/types.ts';
import { i18nOptions } from '../../../src/lib/i18n/options.ts';
import { createLog } from '../../../src/lib/logging/logger.ts';
import { Settings } from '../../../src/lib/settings/settings.ts';
import { readTicket } from '../../../src/lib/tickets/ticket.ts';
import { renderTranscript } from '../../../src/lib/tickets/transcript/render.ts';
import { MovableClock } from '../../../src/lib/time/clock.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf } from '../statistics.ts';
import { freshCaches } from '../../setup/caches.ts';

const GUILD = '1000';
const LANGUAGES = path.resolve(import.meta.dirname, '../../../src/languages');
const MEGABYTE = 1024 * 1024;
const SAMPLE_EVERY_MS = 5;

/** What making the transcript of a long ticket takes, as HTML and JSON. */
export const transcript: Measurement = {
  name: 'transcript',
  async run({ server, isQuick }) {
    await new InternationalizationHandler({ ...i18nOptions, defaultLanguageDirectory: LANGUAGES }).init();
    const pool = new Pool({ connectionString: await server.createDatabase(true), max: 2 });
    const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
    const clock = new MovableClock(new Date());
    const log = createLog('silent');
    const client = new Client({ intents: [] } as unknown as ClientOptions);
    const settings = new Settings({ db, clock, caches: freshCaches() });
    const deps = { db, client, settings, clock, log, filesDirectory: '' };
    const rows: Row[] = [];
    for (const messages of isQuick ? [1_000] : [1_000, 10_000]) {
      const id = await writeTicket(db, messages);
      const ticket = await readTicket(db, GUILD, id);
      if (ticket === undefined) throw new Error('the ticket is gone');
      const [times, bare]: [number[], number[]] = [[], []];
      let size = 0;
      const before = process.memoryUsage.rss();
      let most = before;
      const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), SAMPLE_EVERY_MS);
      await renderTranscript(deps, ticket);
      for (let series = 0; series < (isQuick ? 1 : 5); series += 1) {
        const begun = performance.now();
        const { files } = await renderTranscript(deps, ticket);
        times.push(performance.now() - begun);
        most = Math.max(most, process.memoryUsage.rss());
        size = files.reduce((sum, { attachment }) => sum + attachment.length, 0) / MEGABYTE;
        const read = performance.now();
        await db.selectFrom('ticket_messages').selectAll().where('ticket_id', '=', id).execute();
        bare.push(performance.now() - read);
      }
      clearInterval(timer);
      const about = `a transcript of ${messages.toLocaleString('en-US')} messages, HTML and JSON (${size.toFixed(1)} MB)`;
      rows.push(
        {
          what: about,
          unit: 'ms',
          figure: figureOf(times),
          bare: { what: 'reading the rows', figure: figureOf(bare) },
        },
        {
          what: `memory at most while making it six times, ${about}`,
          unit: 'MB',
          figure: figureOf([(most - before) / MEGABYTE]),
          bare: null,
        },
      );
    }
    await db.destroy();
    return rows;
  },
};

/** A ticket in which two people talk as people do. @returns its number. */
async function writeTicket(db: Kysely<DB>, messages: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into support_tickets (guild_id, user_id, username, slot, description, last_activity_at, status)
    values (${GUILD}, 1, 'mia', 1, 'The printer is on fire', now(), 'closed') returning id`.execute(db);
  const id = rows[0]?.id ?? 0;
  await sql`
    insert into ticket_messages
      (message_id, guild_id, ticket_id, author_id, author_name, is_bot, is_staff, content, embeds, reply_to_id, earlier, sent_at)
    select ${id}::bigint * 1000000 + n, ${GUILD}, ${id}, 1 + n % 2, case n % 2 when 0 then 'Mia' else 'Ann' end, false, n % 2 = 1,
      case n % 4
        when 0 then 'Message number ' || n || ': has anybody tried to **switch it off** and on again? It takes a minute, and <@1> may know.'
        when 1 then 'It is described at https://example.com/a/page?with=parameters&n=' || n || ', near the end.'
        when 2 then E'> quoted\n- one thing\n- another, with \`code\` in it'
        else 'Yes.' end,
      case n % 10 when 0 then '[{"title":"Report","description":"What **happened**","fields":[{"name":"State","value":"red"}]}]' else '[]' end::jsonb,
      case n % 5 when 0 then ${id}::bigint * 1000000 + n - 1 end,
      case n % 20 when 0 then '[{"content":"Message number","until":"2026-12-01T09:00:00Z"}]' else '[]' end::jsonb,
      now() + n * interval '30 seconds'
    from generate_series(1, ${messages}::int) as n`.execute(db);
  await sql`analyze ticket_messages`.execute(db);
  return id;
}
