import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import type { MovableClock } from '../src/lib/time/clock.ts';
import { newPicture } from './new-picture.ts';
import type { SandboxGuild } from './people/guild.ts';
import type { Sandbox } from './sandbox.ts';
import { addFile } from './state/files.ts';
import type { MessageDraft } from './state/messages.ts';
import { createMessage, editMessage } from './state/messages.ts';
import { pinMessage } from './state/pins.ts';
import { addReaction } from './state/reactions.ts';
import type { MessageRecord } from './state/records.ts';
import type { GuildChannelRecord } from './state/channel-records.ts';
import { worldAt, type World } from './state/world.ts';

const MESSAGES = 2000;
const SECOND_MS = 1000;
/** People write a few messages in a row, then others do something else for a while. */
const IN_A_ROW = 6;
const WITHIN_ROW_MS = 40 * SECOND_MS;
const BETWEEN_ROWS_MS = 90 * 60 * SECOND_MS;
const HISTORY_MS = Math.ceil(MESSAGES / IN_A_ROW) * (BETWEEN_ROWS_MS + IN_A_ROW * WITHIN_ROW_MS);
const PIN_EVERY = 250;

interface Scene {
  readonly world: World;
  readonly channel: GuildChannelRecord;
  /** Who writes, in turn. */
  readonly authors: readonly string[];
  readonly botId: string;
  /** The message before, for replies. */
  last: MessageRecord | null;
}

type Kind = (scene: Scene, index: number) => Omit<MessageDraft, 'authorId'> & { readonly isOfBot?: boolean };

const WORDS =
  'Has anybody tried the new board game? It takes an evening, but it is worth it. I can bring it on Friday if there is room.';

const KINDS: readonly Kind[] = [
  (_, index) => ({ content: `Message number ${index + 1}. ${WORDS.slice(0, 20 + ((index * 37) % 90))}` }),
  () => ({ content: '**Bold**, *slanted*, __underlined__, ~~struck~~, `code` and ||hidden||.' }),
  (_, index) => ({
    content: `> What time is it there?\nAbout <t:${1_790_000_000 + index * 60}:t>, I think.`,
  }),
  ({ last, channel }) => ({
    content: 'Yes, that is what I meant.',
    repliesTo: last === null ? null : { channelId: channel.id, messageId: last.id },
  }),
  () => ({ content: '```ts\nconst answer = await ask("How long?");\nconsole.log(answer);\n```' }),
  ({ authors, channel }, index) => ({
    content: `<@${authors[(index * 7) % authors.length]}>, have you seen <#${channel.id}> today?`,
  }),
  () => ({ content: '# A heading\n- one thing\n- another\n  - and a part of it\n1. first\n2. second' }),
  () => ({ content: 'It is described at https://example.com/a/page?with=parameters, near the end.' }),
  (_, index) => ({
    isOfBot: true,
    embeds: [
      {
        title: `Report ${index + 1}`,
        description: 'What happened **today**, in three lines.\nSecond line.\nThird line.',
        color: 0x34_98_db,
        fields: [
          { name: 'Joined', value: `${index % 17}`, inline: true },
          { name: 'Left', value: `${index % 5}`, inline: true },
        ],
        footer: { text: 'Every morning' },
      },
    ],
  }),
  (_, index) => ({
    isOfBot: true,
    content: 'Who comes?',
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Success,
            label: 'I do',
            custom_id: `yes-${index}`,
          },
          {
            type: ComponentType.Button,
            style: ButtonStyle.Danger,
            label: 'Not me',
            custom_id: `no-${index}`,
          },
        ],
      },
    ],
  }),
  ({ world, channel }, index) => {
    const bytes = newPicture(320, 180, index * 40_503);
    return {
      content: 'Look!',
      attachments: [addFile(world, { channelId: channel.id, filename: 'view.png', bytes })],
    };
  },
  ({ world, channel }) => {
    const bytes = Buffer.from('name,points\nada,3\nbram,5\n');
    return { attachments: [addFile(world, { channelId: channel.id, filename: 'points.csv', bytes })] };
  },
  (_, index) => ({
    isOfBot: true,
    flags: MessageFlags.IsComponentsV2,
    components: [
      {
        type: ComponentType.Container,
        accent_color: 0x9b_59_b6,
        components: [
          {
            type: ComponentType.TextDisplay,
            content: `## Number ${index + 1}\nDrawn from components alone.`,
          },
          { type: ComponentType.Separator },
          { type: ComponentType.TextDisplay, content: '-# Small print' },
        ],
      },
    ],
  }),
  () => ({ content: `${WORDS} `.repeat(8) }),
  () => ({ content: '👍' }),
];

/** Fills #general with messages of many kinds, from weeks ago until now. The clock stands where the server was made. */
export function writeHistory(sandbox: Sandbox, guild: SandboxGuild, clock: MovableClock): void {
  clock.moveTo(new Date(sandbox.clock.now().getTime() - HISTORY_MS));
  const world = worldAt(sandbox.world, clock);
  const { botId } = world.application;
  const scene: Scene = {
    world,
    channel: guild.channel('general'),
    authors: [...guild.record.members.keys()].filter((id) => !world.applications.has(id)),
    botId,
    last: null,
  };
  for (let index = 0; index < MESSAGES; index += 1) {
    clock.advance(index % IN_A_ROW === 0 ? BETWEEN_ROWS_MS : WITHIN_ROW_MS);
    scene.last = writeOne(scene, index);
  }
}

function writeOne(scene: Scene, index: number): MessageRecord {
  const { world, channel, authors, botId } = scene;
  // Two in a row by one person are shown as one block.
  const author = authors[(Math.floor(index / 2) * 13) % authors.length] ?? botId;
  // Most of what people write is text.
  const kind = KINDS[index % 3 === 0 ? Math.floor(index / 3) % KINDS.length : 0];
  const { isOfBot = false, ...draft } = kind?.(scene, index) ?? {};
  const message = createMessage(world, channel, { ...draft, authorId: isOfBot ? botId : author });
  if (index % 11 === 0) {
    for (const id of authors.slice(index % 20, (index % 20) + 3))
      addReaction(world, channel, message, id, { id: null, name: index % 2 === 0 ? '👍' : '🎉' });
  }
  if (index % 23 === 0 && !isOfBot)
    editMessage(world, channel, message, { content: `${message.content} (I had to add this.)` });
  if (index % PIN_EVERY === PIN_EVERY - 1) pinMessage(world, channel, message, author);
  return message;
}
