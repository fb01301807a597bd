import { once } from 'node:events';
import { connect } from 'node:net';
import {
  Events,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
  type Client,
} from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { MovableClock } from '#lib/time/clock';
import { demoGuild } from '../../sandbox/demo-guild.ts';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { bareHost } from '../setup/page-host.ts';
import { createPageSite } from '../../sandbox/web/page-site.ts';
import { expectNoViolations, startBot } from './bot.ts';
import { PageClient } from './page-client.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;
let bot: Client<true>;
let site: Awaited<ReturnType<typeof createPageSite>>;
const windows: PageClient[] = [];

const ABOUT_YOU = new ModalBuilder()
  .setCustomId('about')
  .setTitle('About you')
  .addLabelComponents(
    new LabelBuilder()
      .setLabel('Name')
      .setTextInputComponent(new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short)),
  );

beforeAll(async () => {
  const clock = new MovableClock();
  sandbox = await startSandbox({ clock });
  guild = sandbox.createGuild(demoGuild(['Alphapy']));
  site = await createPageSite(bareHost(sandbox, clock));
  sandbox.serve(site);
  bot = await startBot(sandbox);
  bot.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void interaction.showModal(ABOUT_YOU);
    else if (interaction.isModalSubmit())
      void interaction.reply({ content: `Hello ${interaction.fields.getTextInputValue('name')}` });
  });
  await bot.application.commands.set([{ name: 'introduce', description: 'Asks who you are' }]);
});
afterEach(() => {
  for (const open of windows.splice(0)) open.close();
  expectNoViolations(sandbox);
});
afterAll(async () => {
  await bot.destroy();
  site.close();
  await sandbox.close();
});

async function openWindow(): Promise<PageClient> {
  const client = await PageClient.open(sandbox.url);
  windows.push(client);
  return client;
}

/** All texts that a window was ever sent. */
function textsSentTo({ heard }: PageClient): string[] {
  return heard.flatMap((one) =>
    one.kind === 'messages' ? one.changed.map(({ message }) => message.content) : [],
  );
}

describe('what is no page', () => {
  test.each([
    ['GET', '/nothing', 404],
    ['GET', '/../package.json', 404],
    ['GET', '/page.js/..%2f..%2fsandbox.ts', 404],
    ['POST', '/', 405],
    ['DELETE', '/page.js', 405],
  ])('%s %s: %i', async (method, path, status) => {
    const response = await fetch(`${sandbox.url}${path}`, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).not.toContain('import ');
  });

  test('the page itself loads nothing from elsewhere', async () => {
    const response = await fetch(sandbox.url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});

describe('who comes from another site', () => {
  test('is refused the page by a foreign host name', async () => {
    const { hostname, port } = new URL(sandbox.url);
    const socket = connect(Number(port), hostname);
    socket.end('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString('utf8')).toMatch(/^HTTP\/1\.1 403/);
  });

  test('is refused the WebSocket by its origin', async () => {
    const address = `${sandbox.url.replace('http', 'ws')}/live`;
    const socket = new WebSocket(address, { headers: { origin: 'https://evil.example' } });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('403');
  });
});

describe('what the page sends is hostile', () => {
  test.each([
    ['no JSON', '{"number":'],
    ['no act', '{"number":1}'],
    ['a number that is none', '{"number":"x","act":"run"}'],
    ['something else altogether', '[[[]]]'],
  ])('%s ends that window only', async (_name, text) => {
    const [broken, other] = [await openWindow(), await openWindow()];
    broken.socket.send(text);
    const [code] = (await once(broken.socket, 'close')) as [number];
    expect(code).toBe(1003);
    expect((await other.act('write', { content: 'Still here' })).kind).toBe('done');
  });

  test('a message over the limit ends that window only', async () => {
    const [huge, other] = [await openWindow(), await openWindow()];
    huge.socket.on('error', () => undefined);
    huge.socket.send(Buffer.alloc(65 * 1024 * 1024, 0x20));
    const [code] = (await once(huge.socket, 'close')) as [number];
    // 1009 says so; a connection that is cut while it is still sending has no code.
    expect([1009, 1006]).toContain(code);
    expect((await other.act('write', { content: 'Here too' })).kind).toBe('done');
  });

  test.each([
    ['fly', {}, 'no act "fly"'],
    ['constructor', {}, 'no act "constructor"'],
    ['__proto__', {}, 'no act'],
    ['write', {}, 'content'],
    ['click', { messageId: 'x', customId: 'y' }, 'messageId'],
    ['click', { messageId: '1', customId: 'y' }, 'not to be seen'],
    ['enter', { channelId: "1'; drop" }, 'channelId'],
    ['advance', { ms: -1 }, 'ms'],
    ['advance', { ms: 1e300 }, 'ms'],
    ['advance-to', { instant: 'tomorrow' }, 'instant'],
    ['advance-to', { instant: '2001-01-01T00:00:00Z' }, 'Time does not go back'],
    ['submit', { fields: {} }, 'No modal is open'],
    ['run', { path: 'nothing', options: {} }, 'There is no command /nothing'],
    ['react', { messageId: '1', emoji: 'no emoji' }, 'no emoji'],
    ['use-on-message', { path: 'Nothing', messageId: '1' }, 'not to be seen'],
  ])('%s %j is refused in words', async (act, input, sentence) => {
    const client = await openWindow();
    expect(await client.act(act, input)).toMatchObject({
      kind: 'refused',
      sentence: expect.stringContaining(sentence) as string,
    });
  });

  test('a text that is too long is refused in words', async () => {
    const client = await openWindow();
    expect(await client.act('write', { content: 'x'.repeat(4001) })).toMatchObject({ kind: 'refused' });
    // Discord's own limit for who has no Nitro.
    expect(await client.act('write', { content: 'x'.repeat(2001) })).toMatchObject({ kind: 'refused' });
  });

  test('somebody without the permission is refused what the owner may', async () => {
    const client = await openWindow();
    await client.act('enter', { userId: guild.member('mia').id });
    for (const [act, input] of [
      ['create-channel', { name: 'mine', type: 'text' }],
      ['create-role', { name: 'Boss', permissions: ['Administrator'] }],
      ['kick', { userId: guild.member('sam').id }],
      ['set-permissions', { roleId: guild.id, permissions: ['Administrator'] }],
    ] as const)
      expect(await client.act(act, input)).toMatchObject({ kind: 'refused' });
    expect(guild.channels.map(({ name }) => name)).not.toContain('mine');
  });
});

test('who manages roles neither raises themselves nor touches what stands above them', async () => {
  const helper = guild.createRole({ name: 'Helper', permissions: ['ManageRoles'], members: ['nora'] });
  guild.moveRole(helper, 2);
  const client = await openWindow();
  await client.act('enter', { userId: guild.member('nora').id });
  const refused = [
    ['give-role', { userId: guild.member('nora').id, roleId: guild.role('Admin').id }],
    ['set-permissions', { roleId: guild.role('Staff').id, permissions: [] }],
    ['set-permissions', { roleId: helper.id, permissions: ['Administrator'] }],
    ['delete-role', { roleId: guild.role('Admin').id }],
    ['create-role', { name: 'Boss', permissions: ['Administrator'] }],
  ] as const;
  for (const [act, input] of refused) expect(await client.act(act, input)).toMatchObject({ kind: 'refused' });
  expect(await client.act('create-role', { name: 'Harmless' })).toEqual({ kind: 'done' });
});

describe('a window', () => {
  test('is sent nothing that its person may not see', async () => {
    const [owner, mia] = [await openWindow(), await openWindow()];
    await mia.act('enter', { userId: guild.member('mia').id, channelId: guild.channel('bot-log').id });
    // Up to here it was the owner's.
    mia.heard.length = 0;
    await owner.act('enter', { channelId: guild.channel('bot-log').id });
    await owner.act('write', { content: 'For admins' });
    await owner.act('enter', { channelId: guild.channel('general').id });
    await owner.act('write', { content: 'For all' });
    await expect.poll(() => textsSentTo(mia)).toContain('For all');
    expect(textsSentTo(owner)).toContain('For admins');
    expect(textsSentTo(mia)).not.toContain('For admins');
    expect(JSON.stringify(mia.heard).includes('bot-log')).toBe(false);
  });

  test('that disappears in the middle of a modal loses nothing for the others, and one can begin again', async () => {
    const first = await openWindow();
    expect(await first.act('run', { path: 'introduce', options: {} })).toMatchObject({
      kind: 'modal',
      modal: { title: 'About you' },
    });
    first.socket.terminate();
    const second = await openWindow();
    expect(await second.act('submit', { fields: { name: 'Olivia' } })).toMatchObject({ kind: 'refused' });
    await second.act('run', { path: 'introduce', options: {} });
    expect(await second.act('submit', { fields: { name: 'Olivia' } })).toEqual({ kind: 'done' });
    await expect.poll(() => textsSentTo(second)).toContain('Hello Olivia');
  });

  test('that goes while its command is being answered does not hurt', async () => {
    const client = await openWindow();
    client.socket.send(JSON.stringify({ number: 1, act: 'run', input: { path: 'introduce', options: {} } }));
    client.socket.terminate();
    const other = await openWindow();
    expect((await other.act('write', { content: 'All is well' })).kind).toBe('done');
  });
});
