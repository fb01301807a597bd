import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonInteraction,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  ChannelType,
  ChatInputCommandInteraction,
  CheckboxBuilder,
  CheckboxGroupBuilder,
  Client,
  ContainerBuilder,
  ContextMenuCommandBuilder,
  ApplicationCommandType,
  EmbedBuilder,
  FileUploadBuilder,
  InteractionContextType,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  RadioGroupBuilder,
  Routes,
  SectionBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import type { ClientOptions, DMChannel, Interaction } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJudge } from '../../../sandbox/judge/judge.ts';
import type { JudgedRequest } from '../../../sandbox/judge/judge.ts';

const recorded: JudgedRequest[] = [];
const server = createServer((request, response) => {
  void answer(request, response);
});
let client: Client;

const user = { id: '1', username: 'mia', discriminator: '0', avatar: null, global_name: null };
const message = {
  id: '300',
  channel_id: '200',
  author: user,
  content: '',
  timestamp: '2026-11-22T12:00:00.000Z',
  edited_timestamp: null,
  attachments: [],
  embeds: [],
  mentions: [],
  mention_roles: [],
  components: [],
  type: 0,
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const judged = await record(request);
  recorded.push(judged);
  if (judged.path.endsWith('/callback')) response.writeHead(204).end();
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message));
}

async function record(request: IncomingMessage): Promise<JudgedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const multipart = type.startsWith('multipart/form-data');
  const body = multipart
    ? (await new Response(raw, { headers: { 'content-type': type } }).formData()).get('payload_json')
    : raw.toString();
  return {
    method: request.method ?? '',
    path: url.pathname.replace('/api/v10', ''),
    query: url.searchParams,
    body: typeof body === 'string' && body !== '' ? JSON.parse(body) : undefined,
    multipart,
  };
}

/** discord.js makes interactions from gateway events only; its constructors are private to TypeScript. */
function interaction<T extends Interaction>(kind: { prototype: T }, data: object): T {
  const common = {
    id: '400',
    application_id: '100',
    token: 'abc',
    version: 1,
    channel_id: '200',
    locale: 'nl',
  };
  const more = { user, app_permissions: '0', entitlements: [], authorizing_integration_owners: {} };
  return Reflect.construct<never, T>(kind as never, [client, { ...common, ...more, ...data }] as never);
}

const slash = () =>
  interaction(ChatInputCommandInteraction, { type: 2, data: { id: '5', name: 'ping', type: 1 } });
const click = () =>
  interaction(ButtonInteraction, { type: 3, message, data: { custom_id: 'go', component_type: 2 } });

const row = (...buttons: ButtonBuilder[]) => new ActionRowBuilder<ButtonBuilder>().addComponents(buttons);
const button = (id: string) =>
  new ButtonBuilder().setCustomId(id).setLabel('Go').setStyle(ButtonStyle.Primary);
const panel = () =>
  new ContainerBuilder()
    .setAccentColor(0x5865f2)
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('# Settings'))
    .addSeparatorComponents((separator) => separator.setDivider(true))
    .addSectionComponents(
      new SectionBuilder()
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('Log channel'))
        .setButtonAccessory(button('reset')),
    )
    .addActionRowComponents((actions) =>
      actions.setComponents(
        new ChannelSelectMenuBuilder()
          .setCustomId('channel')
          .setChannelTypes(ChannelType.GuildText)
          .setDefaultChannels('200'),
      ),
    );

const modal = () =>
  new ModalBuilder()
    .setCustomId('form')
    .setTitle('Form')
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('Please fill in'))
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Text')
        .setDescription('What it says')
        .setTextInputComponent(
          new TextInputBuilder().setCustomId('text').setStyle(TextInputStyle.Paragraph).setRequired(false),
        ),
      new LabelBuilder()
        .setLabel('Day')
        .setStringSelectMenuComponent(
          new StringSelectMenuBuilder().setCustomId('day').addOptions({ label: 'Monday', value: '0' }),
        ),
      new LabelBuilder()
        .setLabel('Who')
        .setUserSelectMenuComponent(new UserSelectMenuBuilder().setCustomId('who').setMaxValues(5)),
      new LabelBuilder()
        .setLabel('File')
        .setFileUploadComponent(new FileUploadBuilder().setCustomId('file').setRequired(false)),
    );

const otherModal = () =>
  new ModalBuilder()
    .setCustomId('form')
    .setTitle('Form')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('One')
        .setRadioGroupComponent(
          new RadioGroupBuilder()
            .setCustomId('one')
            .addOptions({ label: 'A', value: 'a' }, { label: 'B', value: 'b' }),
        ),
      new LabelBuilder()
        .setLabel('Many')
        .setCheckboxGroupComponent(
          new CheckboxGroupBuilder()
            .setCustomId('many')
            .setMinValues(1)
            .addOptions({ label: 'A', value: 'a' }),
        ),
      new LabelBuilder().setLabel('Yes').setCheckboxComponent(new CheckboxBuilder().setCustomId('yes')),
    );

const commands = () => [
  new SlashCommandBuilder()
    .setName('config')
    .setDescription('Settings')
    .setDescriptionLocalizations({ nl: 'Instellingen' })
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .setContexts(InteractionContextType.Guild)
    .addSubcommand((sub) =>
      sub
        .setName('set')
        .setDescription('Change one')
        .addStringOption((option) =>
          option.setName('setting').setDescription('Which').setRequired(true).setAutocomplete(true),
        )
        .addIntegerOption((option) => option.setName('minutes').setDescription('How many').setMinValue(0)),
    )
    .toJSON(),
  new ContextMenuCommandBuilder().setName('Add to FAQ').setType(ApplicationCommandType.Message).toJSON(),
];

const embed = new EmbedBuilder()
  .setTitle('Title')
  .setColor('Blurple')
  .setTimestamp()
  .setFooter({ text: 'Foot' });
let channel: DMChannel;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  // Sapphire's plugins add options of their own to the type.
  client = new Client({
    intents: [],
    rest: { api: `http://127.0.0.1:${port}/api` },
  } as unknown as ClientOptions);
  client.rest.setToken('MTAw.x.y');
  client.token = 'MTAw.x.y';
  const channels = client.channels as unknown as { _add(data: object): DMChannel };
  channel = channels._add({ id: '200', type: 1, recipients: [user] });
});

afterAll(async () => {
  await client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const requests: [string, () => Promise<unknown>][] = [
  [
    'a message with embed and buttons',
    () => channel.send({ content: 'x', embeds: [embed], components: [row(button('a'), button('b'))] }),
  ],
  [
    'a message to send once',
    () =>
      channel.send({ content: 'x', nonce: 'reminder-1', enforceNonce: true, allowedMentions: { parse: [] } }),
  ],
  [
    'a message with a file',
    () =>
      channel.send({
        files: [new AttachmentBuilder(Buffer.from('{}'), { name: 'export.json', description: 'Export' })],
      }),
  ],
  ['a panel', () => channel.send({ flags: MessageFlags.IsComponentsV2, components: [panel()] })],
  ['an answer', () => slash().reply({ content: 'x', flags: MessageFlags.Ephemeral, embeds: [embed] })],
  [
    'an answer of components alone',
    () =>
      slash().reply({ flags: MessageFlags.Ephemeral | MessageFlags.IsComponentsV2, components: [panel()] }),
  ],
  [
    'a deferred answer, edited and followed',
    async () => {
      const command = slash();
      await command.deferReply({ flags: MessageFlags.Ephemeral });
      await command.editReply({ content: 'x', components: [row(button('a'))] });
      await command.followUp({ content: 'y', flags: MessageFlags.Ephemeral });
    },
  ],
  ['an update in place', () => click().update({ flags: MessageFlags.IsComponentsV2, components: [panel()] })],
  ['a deferred update', () => click().deferUpdate()],
  ['a modal', () => slash().showModal(modal())],
  ['a modal with groups', () => click().showModal(otherModal())],
  ['commands', () => client.rest.put(Routes.applicationCommands('100'), { body: commands() })],
];

const openapi = process.env['DISCORD_OPENAPI'];
const judges = [createJudge(), ...(openapi === undefined ? [] : [createJudge({ openapi })])];

test.each(requests)('what discord.js sends is accepted: %s', async (_name, send) => {
  recorded.length = 0;
  await send();
  expect(recorded).not.toEqual([]);
  for (const judge of judges)
    expect(recorded.flatMap((request) => judge.request(request).problems)).toEqual([]);
});

test('what its builders let through is refused', async () => {
  recorded.length = 0;
  const six = row(...['a', 'b', 'c', 'd', 'e', 'a'].map(button));
  await channel.send({ content: 'x', components: [six.toJSON()] });
  const [request] = recorded;
  expect(request && judges[0]?.request(request).ok).toBe(false);
});
