import { once } from 'node:events';
import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import type { ChatInputCommandInteraction, ClientOptions } from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { openDirectChannel } from '../../sandbox/state/channels.ts';
import { worldOf } from '../../sandbox/state/world.ts';
import { expectNoViolations, send } from './bot.ts';

const ACCOUNTS = [
  { name: 'Anton', token: 'first.bot.token' },
  { name: 'Bertha', token: 'second.bot.token' },
] as const;

/** A bot with a command of its own, which notes what it hears. */
class Visitor {
  readonly client: Client;
  readonly heard: string[] = [];
  answer: (interaction: ChatInputCommandInteraction) => Promise<unknown> = (interaction) =>
    interaction.reply(`${interaction.client.user.username} here`);

  constructor(apiUrl: string) {
    const { Guilds, GuildMessages, DirectMessages, MessageContent, GuildMessageReactions } =
      GatewayIntentBits;
    const intents = [Guilds, GuildMessages, DirectMessages, MessageContent, GuildMessageReactions];
    this.client = new Client({ intents, rest: { api: apiUrl } } as unknown as ClientOptions);
    this.client.on(Events.MessageCreate, ({ content }) => this.heard.push(`message ${content}`));
    this.client.on(Events.GuildDelete, ({ name }) => this.heard.push(`lost ${name}`));
    this.client.on(Events.InteractionCreate, (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      this.heard.push(`/${interaction.commandName}`);
      void this.answer(interaction);
    });
  }

  async start(token: string, command: string): Promise<void> {
    const ready = once(this.client, Events.ClientReady);
    await this.client.login(token);
    await ready;
    await this.client.application?.commands.set([{ name: command, description: 'A command' }]);
  }
}

let sandbox: Sandbox;
let guild: SandboxGuild;
let mia: Person;
let anton: Visitor;
let bertha: Visitor;

beforeAll(async () => {
  sandbox = await startSandbox({ bots: ACCOUNTS });
  guild = sandbox.createGuild({ name: 'Home', owner: 'olivia', members: ['mia'] });
  mia = guild.member('mia');
  anton = new Visitor(sandbox.apiUrl);
  bertha = new Visitor(sandbox.apiUrl);
  await anton.start(ACCOUNTS[0].token, 'anton');
  await bertha.start(ACCOUNTS[1].token, 'bertha');
});
beforeEach(() => {
  anton.heard.length = 0;
  bertha.heard.length = 0;
});
afterEach(() => expectNoViolations(sandbox));
afterAll(async () => {
  await anton.client.destroy();
  await bertha.client.destroy();
  await sandbox.close();
});

/** An event that both bots hear, after all that came before. */
async function settled(): Promise<void> {
  const all = [anton, bertha].map(({ client }) => once(client, Events.MessageCreate));
  mia.writes('general', 'settled');
  await Promise.all(all);
}

test('each token is a bot of its own, with a role of its own', async () => {
  expect([anton, bertha].map(({ client }) => client.user?.username)).toEqual(['anton', 'bertha']);
  expect(anton.client.application?.id).not.toBe(bertha.client.application?.id);
  const roles = await anton.client.guilds.cache.get(guild.id)?.roles.fetch();
  expect(roles?.filter(({ managed }) => managed).map(({ name }) => name)).toEqual(['Anton', 'Bertha']);
  const refused = await send(sandbox, 'GET', '/users/@me', undefined, {
    authorization: 'Bot third.bot.token',
  });
  expect(refused.status).toBe(401);
});

test('a command belongs to the bot that made it', async () => {
  const commands = await anton.client.application?.commands.fetch();
  expect(commands?.map(({ name }) => name)).toEqual(['anton']);
  expect((await mia.runs('/anton')).text).toBe('anton here');
  expect((await mia.runs('/bertha')).text).toBe('bertha here');
  expect(mia.sees('general').map(({ author }) => author)).toEqual(['anton', 'bertha']);
  await settled();
  expect(anton.heard.filter((line) => line.startsWith('/'))).toEqual(['/anton']);
  expect(bertha.heard.filter((line) => line.startsWith('/'))).toEqual(['/bertha']);

  const id = bertha.client.application?.id ?? '';
  const foreign = await send(sandbox, 'GET', `/applications/${id}/commands`);
  expect({ status: foreign.status, code: foreign.body.code }).toEqual({ status: 403, code: 50001 });
});

test('two bots may have a command of the same name in one guild', async () => {
  const set = ({ client }: Visitor) =>
    client.application?.commands.set([{ name: 'same', description: 'The same' }], guild.id);
  await set(anton);
  await set(bertha);
  expect([...sandbox.world.commands.values()].filter(({ name }) => name === 'same')).toHaveLength(2);
  await anton.client.application?.commands.set([], guild.id);
  expect((await mia.runs('/same')).text).toBe('bertha here');
  // A global one stands back.
  await anton.client.application?.commands.create({ name: 'same', description: 'The same' });
  expect((await mia.runs('/same')).text).toBe('bertha here');
  await bertha.client.application?.commands.set([], guild.id);
});

test('what only a person sees, only the bot hears of that wrote it', async () => {
  anton.answer = (interaction) => interaction.reply({ content: 'a secret', flags: MessageFlags.Ephemeral });
  expect((await mia.runs('/anton')).ephemeral).toBe(true);
  await settled();
  expect(anton.heard).toContain('message a secret');
  expect(bertha.heard).not.toContain('message a secret');
});

test('each bot has a direct channel of its own', async () => {
  const user = await bertha.client.users.fetch(mia.id);
  await user.send('Between us');
  const channel = openDirectChannel(worldOf(sandbox.world, bertha.client.application?.id ?? ''), mia.id);
  expect([...channel.messages.values()].map(({ content }) => content)).toEqual(['Between us']);
  expect(mia.dms).toEqual([]);
  await settled();
  expect(bertha.heard).toContain('message Between us');
  expect(anton.heard).not.toContain('message Between us');
  const peek = await send(sandbox, 'GET', `/channels/${channel.id}/messages`, undefined, {
    authorization: `Bot ${ACCOUNTS[0].token}`,
  });
  expect({ status: peek.status, code: peek.body.code }).toEqual({ status: 403, code: 50001 });
});

test('a reaction is "me" for the bot that reacted, and no other', async () => {
  const { id } = mia.writes('general', 'React!');
  const seenBy = async ({ client }: Visitor) => {
    const channel = await client.channels.fetch(guild.channel('general').id);
    if (!channel?.isTextBased()) throw new Error('That is no text channel.');
    return channel.messages.fetch({ message: id, force: true });
  };
  const message = await seenBy(anton);
  await message.react('👍');
  expect((await seenBy(anton)).reactions.cache.get('👍')?.me).toBe(true);
  expect((await seenBy(bertha)).reactions.cache.get('👍')?.me).toBe(false);
  const updated = once(bertha.client, Events.MessageUpdate);
  mia.edits({ id }, 'Reacted!');
  await updated;
  expect((await seenBy(anton)).content).toBe('Reacted!');
  const theirs = bertha.client.channels.cache.get(guild.channel('general').id);
  expect(theirs?.isTextBased() && theirs.messages.cache.get(id)?.reactions.cache.get('👍')?.me).toBe(false);
});

test('a session is resumed only with the token that began it', async () => {
  const opened = async (): Promise<WebSocket> => {
    const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway`);
    await once(socket, 'message');
    return socket;
  };
  const next = async (socket: WebSocket): Promise<{ op: number; d: unknown }> => {
    const [data] = (await once(socket, 'message')) as [Buffer];
    return JSON.parse(data.toString()) as { op: number; d: unknown };
  };
  const first = await opened();
  first.send(JSON.stringify({ op: 2, d: { token: ACCOUNTS[0].token, intents: 0, properties: {} } }));
  const { session_id: sessionId } = (await next(first)).d as { session_id: string };
  const second = await opened();
  second.send(JSON.stringify({ op: 6, d: { token: ACCOUNTS[1].token, session_id: sessionId, seq: 1 } }));
  expect(await next(second)).toMatchObject({ op: 9, d: false });
  first.close();
  second.close();
});

test('the audit log names the bot that did something', async () => {
  await send(
    sandbox,
    'POST',
    `/guilds/${guild.id}/roles`,
    { name: 'Of Bertha' },
    {
      authorization: `Bot ${ACCOUNTS[1].token}`,
    },
  );
  expect(guild.record.auditLog.at(-1)).toMatchObject({ user_id: bertha.client.user?.id });
});

test('a bot that is thrown out is gone alone', async () => {
  const lost = once(bertha.client, Events.GuildDelete);
  guild.leave({ id: bertha.client.user?.id ?? '' });
  await lost;
  expect(bertha.heard).toEqual(['lost Home']);
  await bertha.client.application?.commands.create({ name: 'anton', description: 'The same' });
  anton.answer = (interaction) => interaction.reply('still here');
  expect((await mia.runs('/anton')).text).toBe('still here');
  await expect(mia.runs('/bertha')).rejects.toThrow('The bot of this command is not here.');
});
