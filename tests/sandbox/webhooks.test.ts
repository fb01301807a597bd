import {
  ActionRowBuilder,
  AuditLogEvent,
  ButtonBuilder,
  ButtonStyle,
  Events,
  GatewayIntentBits as Intent,
  MessageFlags,
  WebhookClient,
} from 'discord.js';
import type { Client, Message, TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BOT_PERMISSIONS, toPermissions } from '../../sandbox/permissions.ts';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { toPageMessage } from '../../sandbox/web/messages.ts';
import { expectNoViolations, HOME, send, startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;
let mia: Person;
let bot: Client<true>;
let general: TextChannel;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({
    ...HOME,
    botPermissions: BOT_PERMISSIONS | toPermissions(['ManageWebhooks', 'ViewAuditLog']),
  });
  mia = guild.member('mia');
  bot = await startBot(sandbox, [
    Intent.Guilds,
    Intent.GuildWebhooks,
    Intent.GuildMessages,
    Intent.MessageContent,
  ]);
  general = bot.channels.cache.get(guild.channel('general').id) as TextChannel;
});
afterEach(async () => {
  await bot.destroy();
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

/** A request without the bot's token, as whoever has a webhook's address sends it. */
async function sendWithoutToken(method: string, path: string, body?: unknown) {
  return send(sandbox, method, path, body, { authorization: '' });
}

const clientOf = ({ id, token }: { id: string; token: string | null }) =>
  new WebhookClient({ id, token: token ?? '' }, { rest: { api: sandbox.apiUrl } });

describe('a webhook of the bot', () => {
  test('posts under its own names, with files, and changes what it posted', async () => {
    const heard: Message[] = [];
    bot.on(Events.MessageCreate, (message) => heard.push(message));
    const webhook = await general.createWebhook({ name: 'News', reason: 'relay' });
    expect(webhook).toMatchObject({ applicationId: bot.application.id, channelId: general.id, name: 'News' });
    const client = clientOf(webhook);
    const sent = await client.send({
      content: 'hello',
      username: 'Reporter',
      avatarURL: 'https://example.org/face.png',
      files: [{ attachment: Buffer.from('a,b'), name: 'data.csv' }],
    });
    expect(sent).toMatchObject({
      webhook_id: webhook.id,
      application_id: bot.application.id,
      author: { id: webhook.id, username: 'Reporter', bot: true, discriminator: '0000' },
      attachments: [{ filename: 'data.csv' }],
    });
    expect(sent.author.avatar).toMatch(/^[\da-f]{32}$/);
    await eventually(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toMatchObject({ webhookId: webhook.id, member: null, content: 'hello' });
    const [seen] = mia.sees('general');
    expect(seen).toMatchObject({ author: 'Reporter', authorId: webhook.id, text: 'hello\n[data.csv]' });

    expect((await client.fetchMessage(sent.id)).content).toBe('hello');
    await client.editMessage(sent.id, { content: 'changed', files: [] });
    expect(mia.sees('general')[0]?.content).toBe('changed');
    await client.deleteMessage(sent.id);
    expect(mia.sees('general')).toEqual([]);
    expect(guild.record.auditLog.map(({ action_type: type }) => type)).toEqual([AuditLogEvent.WebhookCreate]);
  });

  test('is renamed, moved and deleted, by the bot or by its token', async () => {
    const told: string[] = [];
    bot.on(Events.WebhooksUpdate, ({ id }) => told.push(id));
    const webhook = await general.createWebhook({ name: 'News' });
    const plain = guild.channel('plain').id;
    await webhook.edit({ name: 'Olds', channel: plain });
    expect((await general.fetchWebhooks()).size).toBe(0);
    const home = await bot.guilds.fetch(guild.id);
    expect((await home.fetchWebhooks()).get(webhook.id)).toMatchObject({ name: 'Olds', channelId: plain });
    const client = clientOf(webhook);
    for (const path of [`/webhooks/${webhook.id}`, `/webhooks/${webhook.id}/${webhook.token}`]) {
      expect((await send(sandbox, 'PATCH', path)).body).toMatchObject({ name: 'Olds' });
    }
    await client.edit({ name: 'Odds' });
    const found = await bot.fetchWebhook(webhook.id);
    expect(found).toMatchObject({ name: 'Odds', owner: { id: bot.user.id } });
    expect((await bot.fetchWebhook(webhook.id, webhook.token ?? '')).owner).toBeNull();
    await client.delete();
    await expect(bot.fetchWebhook(webhook.id)).rejects.toMatchObject({ code: 10015 });
    await eventually(() => expect(told).toEqual([general.id, plain, general.id, plain, plain, plain, plain]));
    const { entries } = await home.fetchAuditLogs();
    expect(entries.map(({ action, executorId }) => [AuditLogEvent[action], executorId])).toEqual([
      ['WebhookDelete', null],
      ['WebhookUpdate', null],
      ['WebhookUpdate', bot.user.id],
      ['WebhookCreate', bot.user.id],
    ]);
  });

  test('may show buttons that people press', async () => {
    const webhook = await general.createWebhook({ name: 'News' });
    const button = new ButtonBuilder().setCustomId('x').setLabel('Press').setStyle(ButtonStyle.Primary);
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(button);
    await clientOf(webhook).send({ content: 'Buttons', components: [row] });
    bot.once(Events.InteractionCreate, (interaction) => {
      if (interaction.isButton()) void interaction.reply(`for ${interaction.message.author.username}`);
    });
    expect((await mia.clicks('Press')).text).toBe('for News');
    // Its answer belongs to the interaction, not to the webhook.
    const path = `/webhooks/${webhook.id}/${webhook.token}/messages/${mia.sees('general').at(-1)?.id}`;
    expect((await sendWithoutToken('DELETE', path)).body.code).toBe(10008);
  });

  test('posts in a thread of its channel, and in no other place', async () => {
    const webhook = await general.createWebhook({ name: 'News' });
    const inside = mia.startsThread('general', 'Inside');
    const sent = await clientOf(webhook).send({ content: 'in here', threadId: inside.id });
    expect(sent.channel_id).toBe(inside.id);
    expect((await clientOf(webhook).fetchMessage(sent.id, { threadId: inside.id })).content).toBe('in here');
    const elsewhere = clientOf(webhook).send({ content: 'x', threadId: guild.channel('plain').id });
    await expect(elsewhere).rejects.toMatchObject({ code: 10003 });
    await expect(clientOf(webhook).fetchMessage(sent.id)).rejects.toMatchObject({ code: 10008 });
  });
});

describe('a webhook of a person', () => {
  test('posts for who knows its address, and answers only when asked to', async () => {
    const { id, token } = guild.createWebhook('general', 'Builds');
    const path = `/webhooks/${id}/${token}`;
    const quiet = await sendWithoutToken('POST', path, { content: '@everyone built' });
    expect([quiet.status, quiet.body]).toEqual([204, {}]);
    const loud = await sendWithoutToken('POST', `${path}?wait=true`, { content: 'again' });
    expect(loud).toMatchObject({ status: 200, body: { author: { username: 'Builds' } } });
    expect(loud.body).not.toHaveProperty('application_id');
    expect(mia.sees('general').map(({ text, mentionsEveryone }) => [text, mentionsEveryone])).toEqual([
      ['@everyone built', true],
      ['again', false],
    ]);
    const reply = mia.writes('general', 'thanks', { replyTo: { id: loud.body.id ?? '' } });
    expect(reply.mentions).toEqual([]);
    const record = guild.channel('general').messages.get(loud.body.id ?? '');
    if (!record) throw new Error('The message is there.');
    const shown = toPageMessage(sandbox.world, guild.record, guild.channel('general'), record, mia.id);
    expect(shown).toMatchObject({ author: { id, name: 'Builds', isBot: true }, isMine: false });
    expect((await send(sandbox, 'GET', `/webhooks/${id}`)).body).toMatchObject({ application_id: null });
  });

  test('keeps components back unless asked for, and is not the bot’s to edit', async () => {
    const { id, token } = guild.createWebhook('general', 'Builds');
    const body = { flags: MessageFlags.IsComponentsV2, components: [{ type: 10, content: 'text' }] };
    const path = `/webhooks/${id}/${token}?wait=true`;
    expect((await sendWithoutToken('POST', path, body)).body.code).toBe(50006);
    const sent = await sendWithoutToken('POST', `${path}&with_components=true`, body);
    expect(mia.sees('general').at(-1)?.text).toBe('text');
    const edited = await send(sandbox, 'PATCH', `/channels/${general.id}/messages/${sent.body.id}`, {
      components: body.components,
    });
    expect(edited.body.code).toBe(50005);
  });
});

describe('refusals', () => {
  test('without the permission, the token, or the channel', async () => {
    const { id, token } = guild.createWebhook('general', 'Builds');
    expect((await sendWithoutToken('POST', `/webhooks/${id}/wrong`, { content: 'x' })).body.code).toBe(50027);
    expect((await sendWithoutToken('POST', `/webhooks/1/${token}`, { content: 'x' })).body.code).toBe(10015);
    expect((await sendWithoutToken('POST', `/webhooks/${id}/${token}`, {})).body.code).toBe(50006);
    const named = { content: 'x', thread_name: 'new' };
    expect((await sendWithoutToken('POST', `/webhooks/${id}/${token}`, named)).body.code).toBe(220003);
    guild.setPermissions('Alphapy', ['ViewChannel']);
    for (const [method, path] of [
      ['GET', `/channels/${general.id}/webhooks`],
      ['GET', `/guilds/${guild.id}/webhooks`],
      ['GET', `/webhooks/${id}`],
      ['DELETE', `/webhooks/${id}`],
    ] as const) {
      expect((await send(sandbox, method, path)).body.code).toBe(50013);
    }
    guild.deleteChannel('general');
    expect((await sendWithoutToken('GET', `/webhooks/${id}/${token}`)).body.code).toBe(10015);
  });

  test('too many, in a category, or in a forum without a thread', async () => {
    guild.createChannel({ name: 'Rooms', type: 'category' });
    const forum = guild.createChannel({ name: 'Forum', type: 'forum' });
    const make = (channelId: string) =>
      send(sandbox, 'POST', `/channels/${channelId}/webhooks`, { name: 'x' });
    expect((await make(guild.channel('Rooms').id)).body.code).toBe(50024);
    const { body } = await make(forum.id);
    const posted = await sendWithoutToken('POST', `/webhooks/${body.id}/${String(body['token'])}`, {
      content: 'x',
    });
    expect(posted.body.code).toBe(220001);
    const named = { content: 'x', thread_name: 'New post' };
    const refused = await sendWithoutToken('POST', `/webhooks/${body.id}/${String(body['token'])}`, named);
    expect(JSON.stringify(refused.body.errors)).toContain('This sandbox does not know thread_name.');
    for (let index = 0; index < 15; index += 1) guild.createWebhook('general', 'x');
    expect((await make(general.id)).body.code).toBe(30007);
    expect(
      (await send(sandbox, 'POST', `/channels/${general.id}/webhooks`, { name: 'Clyde' })).body.code,
    ).toBe(50035);
  });
});
