import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '#lib/logging/logger';
import { Settings } from '#lib/settings/settings';
import { MovableClock } from '#lib/time/clock';
import { addEvent } from '#lib/tickets/events';
import { renderTranscript, type TranscriptOptions } from '#lib/tickets/transcript/render';
import type { TranscriptDeps } from '#lib/tickets/transcript/head';
import type { Ticket } from '#lib/tickets/ticket';
import { newPicture } from '../../../../sandbox/new-picture.ts';
import { chromiumPath, launchChromium } from '../../../setup/chromium.ts';
import { useDatabase } from '../../../setup/database.ts';
import { useClient } from '../../discord/sandbox-client.ts';
import { useSentences } from '../../i18n/sentences.ts';
import { AT, putTicket } from '../fixtures-record.ts';
import { putFile, putMessages } from '../fixtures-transcript.ts';
import { freshCaches } from '../../../setup/caches.ts';

useSentences();
const database = useDatabase();
const discord = useClient({ name: 'Town <b>', owner: 'olivia', members: ['mia', 'ann'] });
const filesDirectory = mkdtempSync(path.join(os.tmpdir(), 'alphapy-transcript-'));
afterAll(() => rmSync(filesDirectory, { recursive: true }));

const db = () => database().db;
let deps: TranscriptDeps;
let guildId: string;

beforeEach(async () => {
  await database().empty();
  const clock = new MovableClock(AT);
  const log = createLog('silent');
  deps = {
    db: db(),
    client: discord().client,
    settings: new Settings({ db: db(), clock, caches: freshCaches() }),
    clock,
    log,
    filesDirectory,
  };
  guildId = discord().guilds[0]!.id;
});

const ANN = '900000000000000002';

async function html(ticket: Ticket, options: TranscriptOptions = {}): Promise<string> {
  const { files } = await renderTranscript(deps, ticket, { formats: ['html'], ...options });
  return String(files[0]?.attachment);
}

/** What somebody may type wherever there is room. */
const HOSTILE = [
  '<script>window.hurt = 1</script>',
  '"><img src=x onerror="window.hurt = 1">',
  "'><svg onload='window.hurt=1'>",
  '</style></title></textarea></article><iframe srcdoc="<script>parent.hurt=1</script>"></iframe>',
  '[click](javascript:window.hurt=1) [b](https://e.example/"onmouseover="window.hurt=1)',
  '<javascript:window.hurt=1> <https://e.example/?<script>> `</code><script>hurt=1</script>`',
  '```html\n</code></pre><script>window.hurt=1</script>\n```',
  '<:x"onerror=hurt=1:123> <@1> <#"><b> <t:99999999999999:F> <t:1:"> </x"y:1>',
  '\u202Egnp.exe\u0001 ${hurt=1} {{t}} $t(common:guildOnly) --> <!-- ]]>',
].join('\n');

/** A ticket with that in every place. */
async function putHostile(): Promise<Ticket> {
  const category = await db()
    .insertInto('ticket_categories')
    .values({ guild_id: guildId, position: 1, name: '<script>hurt=1</script>' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const ticket = await putTicket(db(), {
    guildId,
    userId: '1',
    username: HOSTILE.slice(0, 80),
    description: HOSTILE,
    categoryId: category.id,
    status: 'closed',
    closeReason: HOSTILE.slice(0, 900),
    form: [
      { kind: 'short', label: HOSTILE.slice(0, 45), value: HOSTILE },
      { kind: 'multiselect', label: HOSTILE.slice(0, 45), values: [HOSTILE, HOSTILE] },
      { kind: 'file', label: HOSTILE.slice(40, 85), files: [{ attachmentId: '9', name: HOSTILE }] },
    ],
  });
  await db()
    .transaction()
    .execute((trx) =>
      addEvent(trx, {
        guildId,
        ticketId: ticket.id,
        kind: 'closed',
        actorId: '1',
        at: AT,
        reason: HOSTILE.slice(0, 900),
      }),
    );
  const embed = {
    title: HOSTILE,
    url: 'javascript:window.hurt=1',
    description: HOSTILE,
    author: HOSTILE,
    authorUrl: 'data:text/html,<script>hurt=1</script>',
    fields: [{ name: HOSTILE, value: HOSTILE }],
    footer: HOSTILE,
    at: '"><script>',
    color: '"><script>hurt=1</script>',
    image: 'https://e.example/"onerror="hurt=1',
  };
  const [first] = await putMessages(db(), ticket, [
    {
      author_name: HOSTILE,
      content: HOSTILE,
      embeds: [embed, { title: HOSTILE, url: 'https://e.example/"><script>hurt=1</script>' }],
      stickers: [HOSTILE],
      earlier: [{ content: HOSTILE, embeds: [embed], until: AT.toISOString() }],
      edited_at: AT,
      deleted_at: AT,
    },
  ]);
  await putMessages(db(), ticket, [{ content: 'a reply', reply_to_id: first!, author_name: HOSTILE }]);
  for (const bytes of [newPicture(4, 4, 0xff), Buffer.from('<svg onload="hurt=1"></svg>')])
    await putFile(db(), ticket, filesDirectory, { name: HOSTILE, bytes, messageId: first! });
  return ticket;
}

const TAGS = new Set(
  'html head meta title style body header main section article footer h1 h2 dl dt dd p div span time a strong em u s code pre blockquote small details summary figure img'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'lang charset http-equiv content name class id href title rel target datetime style alt src tabindex'.split(
    ' ',
  ),
);

describe('whatever people write', () => {
  test('stays text: no tag, attribute or link but our own', async () => {
    const page = await html(await putHostile());
    const outside = page.replace(/<style>[^]*?<\/style>/, '');
    const tags = [...outside.matchAll(/<\/?([a-z][^\s>/]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>/gi)];
    // What else begins like a tag was written by somebody, and must not be there.
    expect(outside.match(/<(?!!doctype)/gi)?.length).toBe(tags.length);
    expect(tags.map(([, tag]) => tag).filter((tag) => !TAGS.has(tag!))).toEqual([]);
    const attributes = tags.flatMap(([, , text]) => [...text!.matchAll(/([\w-]+)(?:="([^"]*)")?/g)]);
    expect(attributes.map(([, name]) => name).filter((name) => !ATTRIBUTES.has(name!))).toEqual([]);
    const links = attributes.filter(([, name]) => name === 'href').map(([, , value]) => value!);
    expect(links.filter((link) => !/^(?:https:\/\/e\.example\/|#m\d+$)/.test(link))).toEqual([]);
    const sources = attributes.filter(([, name]) => name === 'src').map(([, , value]) => value!);
    expect(sources).toEqual([expect.stringMatching(/^data:image\/png;base64,[\w+/=]+$/)]);
    for (const hidden of ['\u202E', '\u0001']) expect(page).not.toContain(hidden);
  });

  test.runIf(chromiumPath !== undefined)(
    `runs nothing and asks for nothing in a browser${chromiumPath === undefined ? ' [needs Chromium]' : ''}`,
    async () => {
      const page = await html(await putHostile());
      const browser = await launchChromium();
      try {
        const context = await browser.newContext();
        const asked: string[] = [];
        await context.route('**', (route) => {
          asked.push(route.request().url());
          return route.abort();
        });
        // Without its policy too: nothing depends on that alone.
        for (const shown of [page, page.replace(/<meta http-equiv[^>]*>/, '')]) {
          const opened = await context.newPage();
          await opened.setContent(shown, { waitUntil: 'load' });
          for (const summary of await opened.locator('summary').all()) await summary.click();
          expect(await opened.evaluate('window.hurt')).toBeUndefined();
          expect(await opened.locator('script, iframe, svg, object, embed, form, input').count()).toBe(0);
          expect(await opened.locator('article').count()).toBe(2);
          expect(await opened.evaluate('document.images[0].naturalWidth')).toBe(4);
        }
        expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    60_000,
  );

  test.runIf(chromiumPath !== undefined)(
    `reads well on a phone and a screen, in both themes${chromiumPath === undefined ? ' [needs Chromium]' : ''}`,
    async () => {
      const page = await html(await putHostile());
      const browser = await launchChromium();
      try {
        for (const [colorScheme, width] of [
          ['light', 360],
          ['dark', 1_200],
        ] as const) {
          const context = await browser.newContext({
            viewport: { width, height: 800 },
            colorScheme,
            offline: true,
          });
          const opened = await context.newPage();
          await opened.setContent(page, { waitUntil: 'load' });
          for (const summary of await opened.locator('summary').all()) await summary.click();
          expect(await opened.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
          await opened.evaluate(axe.source);
          const { violations } = await opened.evaluate<AxeResults>('axe.run()');
          expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
        }
      } finally {
        await browser.close();
      }
    },
    90_000,
  );

  test('is whole and readable in the JSON', async () => {
    const ticket = await putHostile();
    const { files } = await renderTranscript(deps, ticket, { formats: ['json'] });
    const data = JSON.parse(String(files[0]?.attachment)) as Record<string, never>;
    expect(data).toMatchObject({
      version: 1,
      ticket: { id: ticket.id, status: 'closed' },
      events: [{ kind: 'closed' }],
      messages: [{ content: HOSTILE, files: [{ state: 'stored' }, {}] }, {}],
    });
  });

  test('takes a bounded time, even where it is meant to take long', async () => {
    const ticket = await putTicket(db(), { guildId, userId: '1' });
    const long = ['[a]('.repeat(1_000), '[a](<'.repeat(800), '*_'.repeat(2_000), '> '.repeat(2_000)];
    await putMessages(
      db(),
      ticket,
      Array.from({ length: 100 }, (_, index) => ({ content: long[index % long.length]! })),
    );
    const begun = performance.now();
    await html(ticket);
    expect(performance.now() - begun).toBeLessThan(12_000);
  });
});

describe('a transcript', () => {
  test('tells who, what and when: head, form, events between messages, edits and deletions', async () => {
    const ticket = await putTicket(db(), {
      guildId,
      userId: '1',
      form: [{ kind: 'short', label: 'Which printer?', value: 'The red one' }],
    });
    await db()
      .transaction()
      .execute(async (trx) => {
        const event = { guildId, ticketId: ticket.id, actorId: ANN };
        await addEvent(trx, { ...event, kind: 'opened', actorId: '1', at: AT });
        await addEvent(trx, { ...event, kind: 'closed', at: new Date('2027-01-01'), reason: 'Solved' });
      });
    await putMessages(db(), ticket, [
      {
        content: `It is **red**, <@${ANN}>`,
        earlier: [{ content: 'It is blue', until: AT.toISOString() }],
        edited_at: AT,
      },
      { author_id: ANN, author_name: 'Ann', is_staff: true, content: 'A secret', deleted_at: AT },
      { author_id: '0', author_name: '', content: '' },
      { author_id: '3', author_name: 'Sam', content: '' },
    ]);
    const page = await html(ticket);
    for (const part of [
      'Which printer?',
      'The red one',
      'Town &lt;b&gt;',
      '<strong>red</strong>, <span class="mention">@Ann</span>',
      '1 earlier version',
      'It is blue',
      'A secret',
      'has been erased',
      '1 message could not be read',
      'Ann closed the ticket: Solved',
    ])
      expect(page).toContain(part);
    expect(page.indexOf('Mia opened the ticket')).toBeLessThan(page.indexOf('<article'));
    expect(page.indexOf('Ann closed the ticket')).toBeGreaterThan(page.lastIndexOf('<article'));
    const theirs = await html(ticket, { forMember: '1' });
    expect(theirs).toContain('It is blue');
    expect(theirs).not.toContain('A secret');
    expect(theirs).toContain('Somebody deleted this message.');
  });

  test('is in the language and zone of the server', async () => {
    const ticket = await putTicket(db(), { guildId, userId: '1' });
    await putMessages(db(), ticket, [{ content: 'Hallo', sent_at: new Date('2026-12-01T23:30:00Z') }]);
    await db()
      .insertInto('bot_settings')
      .values({
        guild_id: guildId,
        scope: 'system',
        key: 'language',
        value: '"nl"',
        value_type: 'choice',
        updated_by: '1',
      })
      .execute();
    const page = await html(ticket);
    expect(page).toContain('<html lang="nl">');
    expect(page).toContain('woensdag 2 december 2026');
    expect(page).toContain('00:30');
  });

  test('of another server has none of this one', async () => {
    const ticket = await putTicket(db(), { guildId, userId: '1' });
    await putMessages(db(), ticket, [{ content: 'Ours alone' }]);
    const page = await html({ ...ticket, guildId: '2000' });
    expect(page).not.toContain('Ours alone');
  });

  test('shows the pictures for which there is room, and names the others', async () => {
    const ticket = await putTicket(db(), { guildId, userId: '1' });
    const [message] = await putMessages(db(), ticket, [{ content: 'look' }]);
    for (const color of [1, 2, 3]) {
      const bytes = Buffer.concat([newPicture(2, 2, color), Buffer.alloc(30_000, color)]);
      await putFile(db(), ticket, filesDirectory, { name: `${color}.png`, bytes, messageId: message! });
    }
    const limit = 100_000;
    const { files, missing } = await renderTranscript(deps, ticket, { formats: ['html'], limit });
    const page = files[0]!.attachment;
    expect(page.length).toBeLessThanOrEqual(limit);
    expect(String(page).match(/<img /g)?.length).toBe(2);
    expect(String(page)).toContain('3.png');
    expect(missing).toEqual([expect.stringContaining('1 picture is only named')]);
  });

  test('that is too large comes in a zip, and one that is too large for that not at all', async () => {
    const ticket = await putTicket(db(), { guildId, userId: '1' });
    await putMessages(
      db(),
      ticket,
      Array.from({ length: 1_200 }, (_, index) => ({ content: `Message ${index}` })),
    );
    const zipped = await renderTranscript(deps, ticket, { limit: 100_000 });
    expect(zipped.files.map(({ name }) => name)).toEqual([
      `ticket-${ticket.id}-html.zip`,
      `ticket-${ticket.id}-json.zip`,
    ]);
    const [page, data] = zipped.files.map(({ attachment }) =>
      strFromU8(Object.values(unzipSync(attachment))[0]!),
    );
    expect(page).toContain('Message 1199');
    expect(page!.endsWith('</html>\n')).toBe(true);
    expect((JSON.parse(data!) as { messages: unknown[] }).messages.length).toBe(1_200);
    expect((await renderTranscript(deps, ticket, { limit: 1_000 })).files).toEqual([]);
  });
});
