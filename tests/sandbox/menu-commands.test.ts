import { ApplicationCommandType, Events, MessageFlags } from 'discord.js';
import type { Client, ContextMenuCommandInteraction } from 'discord.js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, startBot } from './bot.ts';

let sandbox: Sandbox;
let bot: Client<true>;
let guild: SandboxGuild;
let used: ContextMenuCommandInteraction | undefined;

beforeAll(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild(HOME);
  bot = await startBot(sandbox);
  bot.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isContextMenuCommand()) return;
    used = interaction;
    void interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
  });
  await bot.application.commands.set([
    { name: 'Remind me', type: ApplicationCommandType.Message },
    { name: 'Open a ticket', type: ApplicationCommandType.User, defaultMemberPermissions: 'ManageMessages' },
  ]);
});
afterEach(() => expectNoViolations(sandbox));
afterAll(async () => {
  await bot.destroy();
  await sandbox.close();
});

test('a command of a message’s menu comes with the message', async () => {
  const message = guild.member('sam').writes('general', 'Pizza on **Friday**');
  const reply = await guild.member('mia').usesOnMessage('Remind me', message);
  expect(reply).toMatchObject({ text: 'ok', ephemeral: true });
  if (!used?.isMessageContextMenuCommand()) throw new Error('it came as something else');
  expect(used.targetId).toBe(message.id);
  expect(used.targetMessage).toMatchObject({ content: 'Pizza on **Friday**', author: { username: 'sam' } });
  expect(used.user.username).toBe('mia');
});

test('a command of a member’s menu comes with the member', async () => {
  const reply = await guild.owner.usesOnMember('Open a ticket', 'sam', { in: 'general' });
  expect(reply.text).toBe('ok');
  if (!used?.isUserContextMenuCommand()) throw new Error('it came as something else');
  expect(used.targetUser.username).toBe('sam');
  expect(used.inCachedGuild() && used.targetMember?.roles.cache.map(({ name }) => name)).toContain('Staff');
});

test('each menu offers its own commands, to whom they are for', async () => {
  const mia = guild.member('mia');
  const message = mia.writes('general', 'Hello');
  await expect(mia.usesOnMessage('Open a ticket', message)).rejects.toThrow(
    'no "Open a ticket" in this menu',
  );
  await expect(mia.usesOnMember('Remind me', 'sam')).rejects.toThrow('no "Remind me" in this menu');
  await expect(mia.usesOnMember('Open a ticket', 'sam')).rejects.toThrow('do not have permission');
  await expect(mia.runs('/Remind me')).rejects.toThrow('There is no command');
});

test('nobody uses one on a message that they do not see', async () => {
  guild.setOverwrite('hidden', { role: '@everyone', deny: ['ViewChannel'] });
  const message = guild.owner.writes('hidden', 'Secret');
  await expect(guild.member('mia').usesOnMessage('Remind me', message)).rejects.toThrow('not to be seen');
});
