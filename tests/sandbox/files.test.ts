import { request as httpRequest } from 'node:http';
import {
  ApplicationCommandOptionType as OptionType,
  ComponentType,
  ContainerBuilder,
  EmbedBuilder,
  MessageFlags,
} from 'discord.js';
import type { TextChannel } from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import { expectNoViolations, send, startBot } from './bot.ts';
import { Stage } from './stage.ts';

const HOUR_MS = 60 * 60_000;
const clock = new MovableClock();
const notes = { filename: 'notes.txt', bytes: Buffer.from('hello') };
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open(clock);
});
afterEach(() => stage.check());
afterAll(() => stage.close());

const messagesPath = (): string => `/channels/${stage.guild.channel('general').id}/messages`;

async function fetchText(url: string | undefined): Promise<{ status: number; text: string }> {
  const response = await fetch(url ?? '');
  return { status: response.status, text: await response.text() };
}

const GONE = { status: 404, text: 'This content is no longer available.' };

describe('links to files', () => {
  test('hold for a day, and are made anew each time', async () => {
    const seen = stage.mia.writes('general', 'here', { files: [notes] });
    const [file] = seen.attachments;
    expect(file).toMatchObject({ filename: 'notes.txt', size: 5 });
    expect(file?.url).toMatch(
      /\/attachments\/\d+\/\d+\/notes\.txt\?ex=[\da-f]+&is=[\da-f]+&hm=[\da-f]{64}&$/,
    );
    expect(await fetchText(file?.url)).toEqual({ status: 200, text: 'hello' });
    clock.advance(24 * HOUR_MS);
    expect(await fetchText(file?.url)).toEqual(GONE);
    const { body } = await send(stage.sandbox, 'GET', `${messagesPath()}/${seen.id}`);
    const [fresh] = body['attachments'] as { url: string; content_type: string }[];
    expect(fresh?.content_type).toBe('text/plain; charset=utf-8');
    expect(await fetchText(fresh?.url)).toEqual({ status: 200, text: 'hello' });
  });

  test('are refused when somebody changed them or made them up', async () => {
    const url = new URL(stage.mia.writes('general', '', { files: [notes] }).attachments[0]?.url ?? '');
    const changed = (change: (url: URL) => void): string => {
      const copy = new URL(url);
      change(copy);
      return copy.href;
    };
    const wrong = [
      changed((copy) => copy.searchParams.set('ex', 'ffffffff')),
      changed((copy) => copy.searchParams.set('hm', '0'.repeat(64))),
      changed((copy) => copy.searchParams.set('hm', 'short')),
      changed((copy) => (copy.search = '')),
      changed((copy) => (copy.pathname = copy.pathname.replace('notes', 'other'))),
      changed((copy) => (copy.pathname = '/attachments/1/2/../../x')),
      changed((copy) => (copy.pathname = '/attachments/')),
    ];
    for (const address of wrong) expect(await fetchText(address)).toEqual(GONE);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });

  test('lead to nothing once the message is gone or there is too much', async () => {
    const first = stage.mia.writes('general', 'one', { files: [notes] });
    const second = stage.mia.writes('general', 'two', { files: [notes] });
    stage.mia.deletes(first);
    expect(await fetchText(first.attachments[0]?.url)).toEqual(GONE);
    const { files } = stage.sandbox.world;
    const before = files.limitBytes;
    files.limitBytes = 5;
    const third = stage.mia.writes('general', 'three', { files: [notes] });
    files.limitBytes = before;
    expect(await fetchText(second.attachments[0]?.url)).toEqual(GONE);
    expect(await fetchText(third.attachments[0]?.url)).toMatchObject({ status: 200 });
  });
});

test('names lose what Discord does not keep', () => {
  const named = (filename: string) =>
    stage.mia.writes('general', '', { files: [{ ...notes, filename }] }).attachments[0]?.filename;
  expect(named('my notes (1).txt')).toBe('my_notes_1.txt');
  expect(named('заметки.txt')).toBe('unknown.txt');
  expect(named('"; rm -rf /.sh')).toBe('_rm_-rf_.sh');
  expect(named('..')).toBe('unknown');
});

describe('the bot’s own files', () => {
  test('stand in embeds and components where it put them', async () => {
    const bot = await startBot(stage.sandbox);
    const channel = bot.channels.cache.get(stage.guild.channel('general').id) as TextChannel;
    const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000003000000020802000000', 'hex');
    const sent = await channel.send({
      embeds: [
        new EmbedBuilder()
          .setTitle('Chart')
          .setImage('attachment://chart.png')
          .setFooter({ text: 'x', iconURL: 'attachment://none.png' }),
      ],
      files: [
        { attachment: png, name: 'chart.png' },
        { attachment: Buffer.from('a,b'), name: 'data.csv' },
      ],
    });
    expect(sent.embeds[0]?.image).toMatchObject({ width: 3, height: 2 });
    expect(sent.embeds[0]?.footer?.iconURL).toBeUndefined();
    expect((await fetchText(sent.embeds[0]?.image?.url)).status).toBe(200);
    expect(sent.attachments.map(({ name }) => name)).toEqual(['data.csv']);
    expect(await fetchText(stage.mia.sees('general').at(-1)?.embeds[0]?.image?.url)).toMatchObject({
      status: 200,
    });

    const container = new ContainerBuilder()
      .addFileComponents((file) => file.setURL('attachment://data.csv'))
      .addMediaGalleryComponents((gallery) =>
        gallery.addItems((item) => item.setURL('attachment://chart.png')),
      );
    const modern = await channel.send({
      flags: MessageFlags.IsComponentsV2,
      components: [container],
      files: [
        { attachment: png, name: 'chart.png' },
        { attachment: Buffer.from('a,b'), name: 'data.csv' },
      ],
    });
    expect(modern.components[0]?.toJSON()).toMatchObject({
      components: [
        { name: 'data.csv', size: 3, file: { url: expect.stringContaining('/data.csv?ex=') as string } },
        { items: [{ media: { width: 3, height: 2 } }] },
      ],
    });
    await bot.destroy();
  });

  test('must be there when a component shows them', async () => {
    const components = [{ type: 13, file: { url: 'attachment://nothing.txt' } }];
    const answer = await send(stage.sandbox, 'POST', messagesPath(), {
      flags: MessageFlags.IsComponentsV2,
      components,
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(JSON.stringify(answer.body.errors)).toContain('REFERENCED_ATTACHMENT_NOT_FOUND');
  });
});

describe('what is too large', () => {
  const upload = (form: FormData) =>
    fetch(`${stage.sandbox.apiUrl}/v10${messagesPath()}`, {
      method: 'POST',
      headers: { authorization: `Bot ${stage.sandbox.token}` },
      body: form,
    });

  test('a file over 10 MiB is refused, one of exactly that is not', async () => {
    const form = (size: number): FormData => {
      const made = new FormData();
      made.set('files[0]', new Blob([new Uint8Array(size)]), 'large.bin');
      return made;
    };
    const refused = await upload(form(10 * 1024 * 1024 + 1));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ code: 40005, message: 'Request entity too large' });
    expect((await upload(form(10 * 1024 * 1024))).status).toBe(200);
    const bytes = new Uint8Array(10 * 1024 * 1024 + 1);
    expect(() => stage.mia.writes('general', '', { files: [{ filename: 'x', bytes }] })).toThrow(
      /too powerful/,
    );
  });

  test('a body over the limit is refused before it is there', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        `${stage.sandbox.apiUrl}/v10${messagesPath()}`,
        {
          method: 'POST',
          headers: {
            authorization: `Bot ${stage.sandbox.token}`,
            'content-type': 'application/json',
            'content-length': 1024 ** 3,
          },
        },
        (response) => {
          resolve(response.statusCode);
          request.destroy();
        },
      );
      request.on('error', reject);
      request.write('{');
    });
    expect(status).toBe(413);
  });

  test('eleven files are refused', async () => {
    const form = new FormData();
    for (let index = 0; index < 11; index += 1) form.set(`files[${index}]`, new Blob(['x']), 'x.txt');
    expect((await upload(form)).status).toBe(400);
    expect(() => stage.mia.writes('general', '', { files: Array.from({ length: 11 }, () => notes) })).toThrow(
      /10 files/,
    );
  });
});

describe('people’s files reach the bot', () => {
  test('as the option of a command, in a guild and in a direct message', async () => {
    const { id } = stage.sandbox.world.application;
    await send(stage.sandbox, 'POST', `/applications/${id}/commands`, {
      name: 'import',
      description: 'Imports',
      options: [{ type: OptionType.Attachment, name: 'file', description: 'A file', required: true }],
    });
    stage.react.command = async (interaction) => {
      const file = interaction.options.getAttachment('file', true);
      const { text } = await fetchText(file.url);
      return interaction.reply(`${file.name} (${file.contentType}, ${file.ephemeral}): ${text}`);
    };
    const expected = 'notes.txt (text/plain; charset=utf-8, true): hello';
    expect((await stage.mia.runs('import', { file: notes })).text).toBe(expected);
    expect((await stage.mia.runs('import', { file: notes }, { in: 'dm' })).text).toBe(expected);
    await expect(stage.mia.runs('import', { file: 'notes.txt' })).rejects.toThrow(/Select a file/);
  });

  test('as the field of a modal', async () => {
    stage.react.command = (interaction) =>
      interaction.showModal({
        title: 'Report',
        customId: 'report',
        components: [
          {
            type: ComponentType.Label,
            label: 'Pictures',
            component: { type: ComponentType.FileUpload, customId: 'files', minValues: 2, maxValues: 3 },
          },
        ],
      });
    stage.react.modal = async (interaction) => {
      const files = interaction.fields.getUploadedFiles('files', true);
      return interaction.reply(files.map(({ name }) => name).join(', '));
    };
    await stage.mia.runs('do');
    await expect(stage.mia.submits({})).rejects.toThrow(/required/);
    await expect(stage.mia.submits({ Pictures: notes })).rejects.toThrow(/at least 2/);
    await expect(stage.mia.submits({ Pictures: ['a', 'b'] })).rejects.toThrow(/takes files/);
    const reply = await stage.mia.submits({ Pictures: [notes, { ...notes, filename: 'b.txt' }] });
    expect(reply.text).toBe('notes.txt, b.txt');
  });
});

test('files need the permission', () => {
  stage.guild.setOverwrite('general', { role: '@everyone', deny: ['AttachFiles'] });
  expect(() => stage.mia.writes('general', '', { files: [notes] })).toThrow(/upload files/);
  stage.guild.setOverwrite('general', { role: '@everyone' });
  expectNoViolations(stage.sandbox);
});
