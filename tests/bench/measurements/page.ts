import type { Page } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { bareHost } from '../../setup/page-host.ts';
import { createPageSite } from '../../../sandbox/web/page-site.ts';
import { MovableClock } from '../../../src/lib/time/clock.ts';
import { chromiumPath, launchChromium } from '../../setup/chromium.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile } from '../statistics.ts';
import { plantGuild } from '../world.ts';

const CHANNEL = 'channel-0';
const PAUSE_MS = 50;

/** When a message becomes part of the page: Unix time in ms, by its text. */
const WATCH = `
  window.seen = {};
  new MutationObserver(() => {
    const last = document.querySelector('.messages article:last-of-type .content');
    if (last && !(last.textContent in window.seen))
      window.seen[last.textContent] = performance.timeOrigin + performance.now();
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

const now = (): number => performance.timeOrigin + performance.now();

/** From the dispatch of an event until the sandbox's page shows it. */
export const page: Measurement = {
  name: 'page',
  async run({ isQuick }) {
    if (chromiumPath === undefined) throw new Error('this measurement needs Chromium');
    const rows: Row[] = [];
    for (const messages of [0, 2_000]) {
      const [p50, p99] = [[] as number[], [] as number[]];
      for (let run = 0; run < (isQuick ? 1 : 3); run += 1) {
        const delays = await measure(messages, isQuick ? 20 : 200);
        p50.push(percentile(delays, 0.5));
        p99.push(percentile(delays, 0.99));
      }
      const what = `event to page, ${messages === 0 ? 'an empty channel' : '2,000 messages shown'}`;
      rows.push({ what: `${what}, p50`, unit: 'ms', figure: figureOf(p50), bare: null });
      rows.push({ what: `${what}, p99`, unit: 'ms', figure: figureOf(p99), bare: null });
    }
    return rows;
  },
};

async function measure(messages: number, times: number): Promise<number[]> {
  const clock = new MovableClock();
  const sandbox = await startSandbox({ clock });
  const site = await createPageSite(bareHost(sandbox, clock));
  const browser = await launchChromium();
  try {
    sandbox.serve(site);
    const guild = plantGuild(sandbox, 1);
    const writer = guild.member('member-1');
    for (let number = 0; number < messages; number += 1)
      writer.writes(CHANNEL, `Message **${number}** of many`);
    const opened = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await showAll(opened, sandbox, messages);
    await opened.evaluate(WATCH);
    const sent = new Map<string, number>();
    for (let number = 0; number < times; number += 1) {
      const text = `Measured ${number}`;
      sent.set(text, now());
      writer.writes(CHANNEL, text);
      do await opened.waitForTimeout(PAUSE_MS);
      while (!(await opened.evaluate(`${JSON.stringify(text)} in window.seen`)));
    }
    const seen = await opened.evaluate<Record<string, number>>('window.seen');
    return [...sent].map(([text, at]) => (seen[text] ?? Number.NaN) - at);
  } finally {
    await browser.close();
    site.close();
    await sandbox.close();
  }
}

async function showAll(opened: Page, sandbox: Sandbox, messages: number): Promise<void> {
  await opened.goto(sandbox.url);
  await opened.locator('#write').waitFor();
  // By style sheets' selectors: Playwright's own read every text of the page each time.
  while ((await opened.locator('.messages article').count()) < messages) {
    await opened.evaluate(`document.querySelector('.messages').scrollTo(0, 0)`);
    await opened.waitForTimeout(PAUSE_MS);
  }
  await opened.evaluate(`document.querySelector('.messages').scrollTo(0, ${Number.MAX_SAFE_INTEGER})`);
}
