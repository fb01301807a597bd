import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  ChannelType,
  ContainerBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  RoleSelectMenuBuilder,
  SectionBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { send } from './bot.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let sandbox: Sandbox;
let guild: SandboxGuild;
let mia: Person;
let sam: Person;

beforeAll(async () => {
  stage = await Stage.open();
  ({ sandbox, guild, mia, sam } = stage);
});
afterEach(() => stage.check());
afterAll(() => stage.close());

const button = (id: string, label: string) =>
  new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Primary);
const row = <
  Component extends
    | ButtonBuilder
    | StringSelectMenuBuilder
    | RoleSelectMenuBuilder
    | ChannelSelectMenuBuilder,
>(
  ...components: Component[]
) => new ActionRowBuilder<Component>().addComponents(components);

describe('components', () => {
  test('a button updates its message, defers, or answers anew', async () => {
    stage.react.command = (interaction) =>
      interaction.reply({ content: 'Count 0', components: [row(button('up:1', 'Up'))] });
    await mia.runs('/do');
    stage.react.component = (interaction) => interaction.update({ content: 'Count 1' });
    const updated = await sam.clicks('Up');
    expect([updated.text, updated.updated]).toEqual(['Count 1\n[Up]', true]);

    stage.react.component = async (interaction) => {
      await interaction.deferUpdate();
      await interaction.editReply({
        content: 'Count 2',
        components: [row(button('up:1', 'Up').setDisabled(true))],
      });
    };
    expect((await sam.clicks({ customId: 'up:1' })).text).toBe('Count 2\n[Up]');
    await expect(sam.clicks('Up')).rejects.toThrow('The button "Up" is disabled.');
    await expect(sam.clicks('Down')).rejects.toThrow('There is no button "Down" to be seen');
  });

  test('the newest message with such a button is meant, unless one is named', async () => {
    stage.react.command = (interaction) =>
      interaction.reply({ content: interaction.id, components: [row(button('x', 'Press'))] });
    const [first, second] = [await mia.runs('/do'), await mia.runs('/do')];
    stage.react.component = (interaction) =>
      interaction.reply({ content: interaction.message.id, flags: MessageFlags.Ephemeral });
    expect((await mia.clicks('Press')).text).toBe(second.message?.id);
    expect((await mia.clicks('Press', { on: first })).text).toBe(first.message?.id);
  });

  test('selects of strings, roles and channels', async () => {
    const strings = new StringSelectMenuBuilder()
      .setCustomId('fruit')
      .setPlaceholder('Fruit')
      .setMaxValues(2)
      .addOptions(
        { label: 'Apple', value: 'a' },
        { label: 'Pear', value: 'p' },
        { label: 'Fig', value: 'f' },
      );
    const roles = new RoleSelectMenuBuilder().setCustomId('role').setPlaceholder('Role');
    const channels = new ChannelSelectMenuBuilder()
      .setCustomId('channel')
      .setPlaceholder('Channel')
      .addChannelTypes(ChannelType.GuildAnnouncement);
    stage.react.command = (interaction) =>
      interaction.reply({ components: [row(strings), row(roles), row(channels)], content: 'Pick' });
    await mia.runs('/do');
    stage.react.component = async (interaction) => {
      if (interaction.isStringSelectMenu()) await interaction.reply(interaction.values.join());
      if (interaction.isRoleSelectMenu())
        await interaction.reply(interaction.roles.map((role) => role?.name).join());
      if (interaction.isChannelSelectMenu())
        await interaction.reply(interaction.channels.map((one) => one?.id).join());
    };
    expect((await mia.picks('Fruit', ['Apple', 'p'])).text).toBe('a,p');
    expect((await mia.picks('role', 'Staff')).text).toBe('Staff');
    expect((await mia.picks('Channel', '#news')).text).toBe(guild.channel('news').id);
    await expect(mia.picks('Channel', 'general')).rejects.toThrow('#general is not offered');
    await expect(mia.picks('Fruit', ['a', 'p', 'f'])).rejects.toThrow('Select at most 2.');
    await expect(mia.picks('Fruit', 'Kiwi')).rejects.toThrow('"Kiwi" is not among "Apple", "Pear", "Fig".');
  });

  test('a message of components alone, changed in place', async () => {
    const panel = (text: string) =>
      new ContainerBuilder()
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('## Settings'))
        .addSectionComponents(
          new SectionBuilder()
            .addTextDisplayComponents(new TextDisplayBuilder().setContent(text))
            .setButtonAccessory(button('flip', 'Flip')),
        )
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('Log channel'))
        .addActionRowComponents(row(new ChannelSelectMenuBuilder().setCustomId('log')));
    const flags = [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const;
    stage.react.command = (interaction) => interaction.reply({ flags, components: [panel('off')] });
    const reply = await mia.runs('/do');
    expect(reply.text).toBe('## Settings\noff\n[Flip]\nLog channel\n(Make a selection ▾)');
    stage.react.component = (interaction) => interaction.update({ components: [panel('on')] });
    expect((await mia.clicks('Flip')).text).toContain('on\n[Flip]');
    expect((await mia.picks('Log channel', 'general')).updated).toBe(true);
    await expect(sam.clicks('Flip')).rejects.toThrow('to be seen');
  });
});

describe('modals', () => {
  const labelled = () =>
    new ModalBuilder()
      .setCustomId('edit')
      .setTitle('Edit')
      .addLabelComponents(
        new LabelBuilder()
          .setLabel('Name')
          .setTextInputComponent(
            new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short).setMaxLength(5),
          ),
        new LabelBuilder()
          .setLabel('Role')
          .setRoleSelectMenuComponent(new RoleSelectMenuBuilder().setCustomId('role').setRequired(false)),
      );

  test('open, are filled in by label, and change the message they came from', async () => {
    stage.react.command = (interaction) =>
      interaction.reply({ content: 'Card', components: [row(button('edit', 'Edit'))] });
    await mia.runs('/do');
    stage.react.component = (interaction) => interaction.showModal(labelled());
    const opened = await mia.clicks('Edit');
    expect(opened.modal).toMatchObject({
      title: 'Edit',
      fields: [{ label: 'Name' }, { label: 'Role', required: false }],
    });
    await expect(mia.submits({ Name: 'too long' })).rejects.toThrow('"Name": Must be 5 or fewer in length.');
    await expect(mia.submits({})).rejects.toThrow('"Name": This field is required.');
    await expect(mia.submits({ Nam: 'x' })).rejects.toThrow('has no field "Nam"');
    stage.react.modal = async (interaction) => {
      if (!interaction.isFromMessage()) return;
      const role = interaction.fields.getSelectedRoles('role')?.first()?.name;
      await interaction.update(`${interaction.fields.getTextInputValue('name')}/${role}`);
    };
    const done = await mia.submits({ Name: 'Bob', role: ['Staff'] });
    expect([done.text, done.updated, mia.modal]).toEqual(['Bob/Staff\n[Edit]', true, null]);
  });

  test('hold groups of choices, boxes to tick, and the rows of older bots', async () => {
    const options = [
      { label: 'Apple', value: 'a' },
      { label: 'Pear', value: 'p', default: true },
    ];
    const modal = {
      custom_id: 'all',
      title: 'All',
      components: [
        { type: 10, content: 'Read this' },
        { type: 18, label: 'One', component: { type: 21, custom_id: 'one', options } },
        { type: 18, label: 'Many', component: { type: 22, custom_id: 'many', options, min_values: 1 } },
        { type: 18, label: 'Sure', component: { type: 23, custom_id: 'sure' } },
        { type: 1, components: [{ type: 4, custom_id: 'old', style: 1, label: 'Old', value: 'kept' }] },
      ],
    };
    stage.react.command = async (interaction) => {
      const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
      expect((await send(sandbox, 'POST', path, { type: 9, data: modal })).status).toBe(204);
    };
    stage.react.modal = (interaction) => {
      const { fields } = interaction;
      const values = [
        fields.getRadioGroup('one'),
        fields.getCheckboxGroup('many'),
        fields.getCheckbox('sure'),
      ];
      return interaction.reply(JSON.stringify([...values, fields.getTextInputValue('old')]));
    };
    await mia.runs('/do');
    expect((await mia.submits()).text).toBe('["p",["p"],false,"kept"]');
    await mia.runs('/do');
    expect((await mia.submits({ One: 'Apple', many: ['a', 'p'], Sure: true, Old: 'new' })).text).toBe(
      '["a",["a","p"],true,"new"]',
    );
  });

  test('open from a command, may be dismissed, and cannot open another', async () => {
    stage.react.command = (interaction) => interaction.showModal(labelled());
    await mia.runs('/do');
    mia.dismisses();
    await expect(mia.submits({ Name: 'x' })).rejects.toThrow('No modal is open');
    await mia.runs('/do');
    stage.react.modal = async (interaction) => {
      const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
      const answer = await send(sandbox, 'POST', path, { type: 9, data: labelled().toJSON() });
      expect(answer.body.code).toBe(50035);
      expect(sandbox.world.interactions.get(interaction.id)?.acknowledgement).toBeNull();
      await interaction.reply('No second one');
    };
    expect((await mia.submits({ Name: 'x' })).text).toBe('No second one');
    // The refused modal above was meant.
    expect(sandbox.violations.map(({ kind }) => kind)).toEqual(['invalid request']);
    sandbox.clearViolations();
  });
});
