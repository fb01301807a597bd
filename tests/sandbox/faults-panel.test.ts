import type { TemplateResult } from 'lit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import { CATALOGUE, EVENTS, REQUESTS } from '../../sandbox/faults/catalogue.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { perform } from '../../sandbox/web/acts.ts';
import { PageWindow } from '../../sandbox/web/page-window.ts';
import type { ActResult, Frame, FromServer } from '../../sandbox/web/protocol.ts';
import { bareHost } from '../setup/page-host.ts';
import { HOME } from './bot.ts';

// Types of a browser are known only to the page's own project, so that its code cannot be named here.
const page = new URL('../../sandbox/page/break-panel.ts', import.meta.url).href;
const { breakPanel } = (await import(page)) as {
  breakPanel: (store: object, frame: Frame) => TemplateResult;
};

let sandbox: Sandbox;
let frame: Frame;
let act: (name: string, input?: unknown) => Promise<ActResult>;

beforeEach(async () => {
  const clock = new MovableClock();
  sandbox = await startSandbox({ clock });
  sandbox.createGuild(HOME);
  const host = bareHost(sandbox, clock);
  const window = new PageWindow(host, (message: FromServer) => {
    if (message.kind === 'frame') frame = { ...frame, ...message.parts };
  });
  window.refresh();
  act = async (name, input = {}) => {
    // As it comes over the wire.
    const result = await perform({ host, window }, name, JSON.parse(JSON.stringify(input)));
    window.refresh();
    return result;
  };
});
afterEach(() => sandbox.close());

/** The markup of a template, as far as it is text. */
function markup(part: unknown): string {
  if (Array.isArray(part)) return part.map(markup).join('');
  if (typeof part === 'string' || typeof part === 'number') return String(part);
  if (typeof part !== 'object' || part === null || !('strings' in part)) return '';
  const { strings, values } = part as TemplateResult;
  return strings.map((text, index) => text + markup(values[index])).join('');
}

function panel(): string {
  const store = { state: { channelId: '' }, act, set: () => undefined };
  return markup(breakPanel(store, frame)).replaceAll(/\s+/g, ' ');
}

describe('the panel', () => {
  const optionsOf = (text: string, field: string): string[] => {
    const select = new RegExp(`<select[^>]* name="${field}".*?</select>`).exec(text)?.[0] ?? '';
    return [...select.matchAll(/<option value=(.*?)>/g)].map(([, value = '']) => value);
  };

  test('offers what is in the catalogue, in its groups and words', () => {
    const text = panel();
    const [requests, events, connection, server] = CATALOGUE;
    expect(optionsOf(text, 'fault')).toEqual(requests.faults.map(({ name }) => name));
    const afterRequests = text.slice(text.indexOf(`>${events.title}<`));
    expect(optionsOf(afterRequests, 'fault')).toEqual(events.faults.map(({ name }) => name));
    expect(optionsOf(text, 'on')).toEqual(REQUESTS.map(({ name }) => name));
    expect(optionsOf(afterRequests, 'on')).toEqual(EVENTS.map(({ name }) => name));
    for (const { title } of [requests, events, connection]) expect(text).toContain(`<h3>${title}</h3>`);
    for (const { label } of [...requests.faults, ...events.faults, ...connection.faults, ...server.faults])
      expect(text).toContain(`>${label}<`);
  });

  test('says what is switched on and for how long', async () => {
    expect(panel()).toContain('Switched on: 0');
    await act('break', { fault: '403', on: 'messages', times: 3 });
    await act('break', { fault: 'lost events', on: 'MESSAGE_CREATE', forMs: 60_000 });
    await act('break', { fault: 'permission revoked', guildId: frame.guild.id, permission: 'EmbedLinks' });
    const text = panel();
    expect(text).toContain('Switched on: 3');
    expect(text).toContain(
      '<span>403 Missing Permissions (50013): sending messages</span> <small>3 times more',
    );
    expect(text).toMatch(/<span>Events are lost: MESSAGE_CREATE<\/span> <small>for (60|59|58|57) s</);
    expect(text).toContain(
      '<span>The bot loses a permission: EmbedLinks</span> <small>until it is switched off',
    );
  });
});

describe('the acts', () => {
  test('switch on and off', async () => {
    expect(await act('break', { fault: 'slow', waitMs: 100, times: 'every' })).toEqual({ kind: 'done' });
    expect(await act('break', { fault: '500', on: ['reading', 'commands'] })).toEqual({ kind: 'done' });
    expect(frame.faults.map(({ order }) => order.fault)).toEqual(['slow', '500']);
    expect(await act('mend', { id: frame.faults[0]?.id })).toEqual({ kind: 'done' });
    expect(frame.faults).toMatchObject([{ order: { fault: '500' }, left: 1 }]);
    expect(await act('mend-all')).toEqual({ kind: 'done' });
    expect(frame.faults).toEqual([]);
    expect(await act('break', { fault: 'close' })).toEqual({ kind: 'done' });
    expect(frame.faults).toEqual([]);
  });

  test('let nobody make a channel where there is no room', async () => {
    await act('break', { fault: 'full category', guildId: frame.guild.id });
    const parentId = frame.channels.find(({ name }) => name === 'Full')?.id;
    const create = () => act('create-channel', { name: 'one more', type: 'text', parentId });
    expect(await create()).toMatchObject({ kind: 'refused', sentence: expect.stringContaining('category') });
    await act('mend-all');
    while (frame.channels.length < 500) await act('create-channel', { name: 'more', type: 'text' });
    const refused = { kind: 'refused', sentence: expect.stringContaining('server') };
    expect(await act('create-channel', { name: 'one more', type: 'text' })).toMatchObject(refused);
  });

  test.each([
    ['break', null],
    ['break', {}],
    ['break', { fault: 'toString' }],
    ['break', { fault: '500', on: 'POST nowhere' }],
    ['break', { fault: '500', times: 1e9 }],
    ['break', { fault: 'slow', waitMs: 1e12 }],
    ['break', { fault: 'full category', guildId: '1', channels: 5000 }],
    ['mend', { id: 'all' }],
    ['mend', { id: 99 }],
  ])('refuse nonsense: %s %j', async (name, input) => {
    expect(await act(name, input)).toMatchObject({ kind: 'refused' });
    expect(sandbox.faults.pending).toEqual([]);
  });
});
