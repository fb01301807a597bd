import {
  ActionRowBuilder,
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  CheckboxBuilder,
  CheckboxGroupBuilder,
  ContainerBuilder,
  Events,
  FileUploadBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  RadioGroupBuilder,
  RoleSelectMenuBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
  type Client,
  type Interaction,
  type MessageActionRowComponentBuilder,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import { demoGuild } from '../../../sandbox/demo-guild.ts';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { bareHost } from '../../setup/page-host.ts';
import { expectNoViolations, startBot } from '../bot.ts';
import { describeInBrowser, useWindows } from './browser.ts';

const COLORS = ['Red', 'Green', 'Blue'].map((label) => ({ label, value: label.toLowerCase() }));

/** Everything that somebody can fill in, in two modals: one has five parts at most. */
const MODALS = {
  'Choose in lists': new ModalBuilder()
    .setTitle('Choose in lists')
    .addLabelComponents(
      label('Colors').setStringSelectMenuComponent(
        new StringSelectMenuBuilder().setCustomId('colors').addOptions(COLORS).setMaxValues(2),
      ),
      label('People').setUserSelectMenuComponent(
        new UserSelectMenuBuilder().setCustomId('people').setMaxValues(3),
      ),
      label('Roles').setRoleSelectMenuComponent(new RoleSelectMenuBuilder().setCustomId('roles')),
      label('Channels').setChannelSelectMenuComponent(new ChannelSelectMenuBuilder().setCustomId('channels')),
      label('One color').setRadioGroupComponent(
        new RadioGroupBuilder().setCustomId('color').addOptions(COLORS),
      ),
    ),
  'Write and tick': new ModalBuilder()
    .setTitle('Write and tick')
    .addLabelComponents(
      label('Name').setTextInputComponent(
        new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short).setMaxLength(5),
      ),
      label('Story').setTextInputComponent(
        new TextInputBuilder().setCustomId('story').setStyle(TextInputStyle.Paragraph),
      ),
      label('Some colors').setCheckboxGroupComponent(
        new CheckboxGroupBuilder().setCustomId('some').addOptions(COLORS),
      ),
      label('I agree').setCheckboxComponent(new CheckboxBuilder().setCustomId('agree')),
      label('Files').setFileUploadComponent(new FileUploadBuilder().setCustomId('files').setMaxValues(2)),
    ),
};

function label(text: string): LabelBuilder {
  return new LabelBuilder().setLabel(text);
}

function answersOf({ fields, customId }: ModalSubmitInteraction): Record<string, unknown> {
  if (customId === 'Choose in lists')
    return {
      colors: fields.getStringSelectValues('colors'),
      people: fields.getSelectedUsers('people')?.map(({ username }) => username),
      roles: fields.getSelectedRoles('roles')?.map((role) => role?.name),
      channels: fields.getSelectedChannels('channels')?.map((channel) => channel?.name),
      color: fields.getRadioGroup('color'),
    };
  return {
    name: fields.getTextInputValue('name'),
    story: fields.getTextInputValue('story'),
    some: fields.getCheckboxGroup('some'),
    agree: fields.getCheckbox('agree'),
    files: fields.getUploadedFiles('files')?.map(({ name, size }) => [name, size]),
  };
}

/** A message with buttons, selects of all kinds, and the parts of version 2 around them. */
const CONTROLS = new ContainerBuilder()
  .addTextDisplayComponents(new TextDisplayBuilder().setContent('# Controls'))
  .addActionRowComponents<MessageActionRowComponentBuilder>(
    new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('green').setLabel('Go').setStyle(ButtonStyle.Success),
      new ButtonBuilder()
        .setCustomId('off')
        .setLabel('Not now')
        .setStyle(ButtonStyle.Secondary)
        .setDisabled(true),
    ),
    new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
      new StringSelectMenuBuilder().setCustomId('string').setPlaceholder('A color').addOptions(COLORS),
    ),
    new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(
      new UserSelectMenuBuilder().setCustomId('user').setPlaceholder('A person'),
    ),
    new ActionRowBuilder<RoleSelectMenuBuilder>().addComponents(
      new RoleSelectMenuBuilder().setCustomId('role').setPlaceholder('A role'),
    ),
    new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(
      new ChannelSelectMenuBuilder().setCustomId('channel').setPlaceholder('A channel'),
    ),
  );

let sandbox: Sandbox;
let guild: SandboxGuild;
let bot: Client<true>;
/** What the bot was told last. */
let told: unknown;

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand() && interaction.commandName === 'modal') {
    const title = interaction.options.getString('which', true) as keyof typeof MODALS;
    await interaction.showModal(MODALS[title].setCustomId(title));
    return;
  }
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    const found = Object.keys(MODALS).filter((title) => title.toLowerCase().includes(typed.toLowerCase()));
    await interaction.respond(found.map((title) => ({ name: title, value: title })));
    return;
  }
  if (interaction.isChatInputCommand() && interaction.commandName === 'controls') {
    await interaction.reply({ components: [CONTROLS], flags: MessageFlags.IsComponentsV2 });
    return;
  }
  if (!interaction.isRepliable()) return;
  if (interaction.isModalSubmit()) told = answersOf(interaction);
  else if (interaction.isButton()) told = interaction.customId;
  else if (interaction.isStringSelectMenu()) told = interaction.values;
  else if (interaction.isUserSelectMenu()) told = interaction.users.map(({ username }) => username);
  else if (interaction.isRoleSelectMenu()) told = interaction.roles.map((role) => role.name);
  else if (interaction.isChannelSelectMenu())
    told = interaction.channels.map((channel) => 'name' in channel && channel.name);
  else if (interaction.isMessageContextMenuCommand()) told = interaction.targetMessage.content;
  else if (interaction.isUserContextMenuCommand()) told = interaction.targetUser.username;
  await interaction.reply({ content: 'Thanks', flags: MessageFlags.Ephemeral });
}

describeInBrowser('every part that a bot can use', () => {
  const clock = new MovableClock();
  const failures: unknown[] = [];
  beforeAll(async () => {
    sandbox = await startSandbox({ clock, interactionDeadlineMs: 15_000 });
    guild = sandbox.createGuild(demoGuild(['Alphapy']));
    bot = await startBot(sandbox);
    bot.on(Events.InteractionCreate, (interaction) => {
      answer(interaction).catch((error: unknown) => failures.push(error));
    });
    await bot.application.commands.set([
      {
        name: 'modal',
        description: 'Opens a modal',
        options: [
          {
            type: OptionType.String,
            name: 'which',
            description: 'Which',
            required: true,
            autocomplete: true,
          },
          { type: OptionType.Attachment, name: 'file', description: 'A file' },
        ],
      },
      { name: 'controls', description: 'Shows controls' },
      { name: 'Quote', type: ApplicationCommandType.Message },
      { name: 'Greet', type: ApplicationCommandType.User },
    ]);
  });
  // Before the windows, and so after them: hooks of the end come in reverse.
  afterAll(async () => {
    await bot.destroy();
    await sandbox.close();
  });
  const windows = useWindows(() => ({ host: bareHost(sandbox, clock), guild }));
  let page: Page;
  beforeEach(async () => {
    await page?.context().close();
    page = await windows().open('mia');
    told = undefined;
  });
  afterEach(() => {
    const [failure] = failures.splice(0);
    if (failure !== undefined) throw failure as Error;
    expectNoViolations(sandbox);
  });

  async function openModal(title: keyof typeof MODALS): Promise<Locator> {
    await page.locator('#write').fill('/modal');
    await page.locator('#write').press('Enter');
    const form = page.getByRole('form', { name: '/modal' });
    await form.getByRole('button', { name: /^which/ }).click();
    await form.getByRole('combobox').fill(title.slice(0, 6).toLowerCase());
    // The list for what was typed, not the one before.
    await form.getByRole('option', { name: 'as typed' }).waitFor();
    await form.getByRole('option', { name: title }).click();
    await form.getByRole('button', { name: 'Send' }).click();
    const modal = page.getByRole('dialog', { name: title });
    await modal.waitFor();
    return modal;
  }

  async function pick(where: Locator, select: RegExp, ...options: string[]): Promise<void> {
    await where.getByRole('button', { name: select }).click();
    for (const option of options)
      await where.getByRole('option', { name: option, exact: false }).first().click();
    const done = where.getByRole('button', { name: 'Done' });
    if (await done.isVisible()) await done.click();
  }

  test('a modal of selects and a radio group', async () => {
    const modal = await openModal('Choose in lists');
    await pick(modal, /^Colors/, 'Red', 'Blue');
    await pick(modal, /^People/, 'sam', 'niels');
    await pick(modal, /^Roles/, 'Staff');
    await pick(modal, /^Channels/, '#events');
    await modal.getByRole('radio', { name: 'Green' }).check();
    await modal.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Thanks').waitFor();
    expect(told).toEqual({
      colors: ['red', 'blue'],
      people: ['sam', 'niels'],
      roles: ['Staff'],
      channels: ['events'],
      color: 'green',
    });
  });

  test('a modal of texts, boxes and files, with what it refuses', async () => {
    const modal = await openModal('Write and tick');
    await modal.getByLabel('Name').fill('Mia Mia');
    await modal.getByLabel('Story').fill('Once\nupon a time');
    await modal.getByRole('checkbox', { name: 'Red' }).check();
    await modal.getByRole('checkbox', { name: 'Blue' }).check();
    await modal.getByRole('checkbox', { name: 'I agree' }).check();
    await modal.getByLabel('Files').setInputFiles([
      { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') },
      { name: 'b.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
    ]);
    await modal.getByRole('button', { name: 'Submit' }).click();
    await modal.getByRole('alert').getByText('Must be 5 or fewer in length').waitFor();
    await modal.getByLabel('Name').fill('Mia');
    await modal.getByRole('button', { name: 'Submit' }).click();
    await modal.waitFor({ state: 'detached' });
    expect(told).toEqual({
      name: 'Mia',
      story: 'Once\nupon a time',
      some: ['red', 'blue'],
      agree: true,
      files: [
        ['a.txt', 5],
        ['b.txt', 0],
      ],
    });
  });

  test('buttons and selects of a message', async () => {
    await page.locator('#write').fill('/controls');
    await page.locator('#write').press('Enter');
    const message = page.getByRole('article').filter({ hasText: 'Controls' });
    await message.getByRole('button', { name: 'Go' }).click();
    await expect.poll(() => told).toBe('green');
    expect(await message.getByRole('button', { name: 'Not now' }).isDisabled()).toBe(true);
    for (const [select, option, expected] of [
      [/^A color/, 'Green', 'green'],
      [/^A person/, 'stella', 'stella'],
      [/^A role/, 'Member', 'Member'],
      [/^A channel/, '#rules', 'rules'],
    ] as const) {
      await pick(message, select, option);
      await expect.poll(() => told).toEqual([expected]);
    }
  });

  test('commands in the menus of a message and of a person', async () => {
    await page.locator('#write').fill('To be or not to be');
    await page.locator('#write').press('Enter');
    const message = page.getByRole('article').filter({ hasText: 'To be or not to be' });
    await message.hover();
    await message.getByText('Apps').click();
    await message.getByRole('button', { name: 'Quote' }).click();
    await expect.poll(() => told).toBe('To be or not to be');
    const members = page.getByRole('complementary', { name: 'Members' });
    await members.getByText('stella', { exact: true }).click();
    await members.getByRole('button', { name: 'Greet' }).locator('visible=true').click();
    await expect.poll(() => told).toBe('stella');
  });
});
