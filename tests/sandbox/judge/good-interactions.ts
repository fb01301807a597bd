import {
  CALLBACK,
  COMMANDS,
  FOLLOW_UP,
  ORIGINAL,
  V2,
  button,
  command,
  commandOption,
  container,
  fullEmbed,
  input,
  label,
  modal,
  onlyComponents,
  option,
  picker,
  row,
  select,
  text,
  times,
  withOptions,
} from './bodies.ts';
import type { RequestCase } from './bodies.ts';

/** Answers to interactions and commands that Discord accepts, at the edges of the limits. */
export const goodInteractions: readonly RequestCase[] = [
  [
    'an answer',
    CALLBACK,
    { type: 4, data: { content: 'Done', flags: 64 } },
    { about: { interactionType: 2 } },
  ],
  [
    'an answer of components alone',
    CALLBACK,
    { type: 4, data: { flags: 64 | V2, components: [container(text('x'), row(select()))] } },
  ],
  ['a deferred answer', CALLBACK, { type: 5, data: { flags: 64 } }],
  ['a deferred answer without data', CALLBACK, { type: 5 }],
  ['a deferred update', CALLBACK, { type: 6 }, { about: { interactionType: 3 } }],
  [
    'an update',
    CALLBACK,
    { type: 7, data: { content: 'New', components: [] } },
    { about: { interactionType: 3 } },
  ],
  [
    'an update of components alone',
    CALLBACK,
    { type: 7, data: { components: [container(text('x'))] } },
    { about: { interactionType: 3, messageFlags: V2 } },
  ],
  [
    'choices',
    CALLBACK,
    {
      type: 8,
      data: {
        choices: times(25, (index) => ({
          name: `Choice ${index}`,
          name_localizations: { nl: `Keuze ${index}` },
          value: `${index}`,
        })),
      },
    },
    { about: { interactionType: 4 } },
  ],
  [
    'number choices',
    CALLBACK,
    {
      type: 8,
      data: {
        choices: [
          { name: 'One', value: 1 },
          { name: 'Half', value: 0.5 },
        ],
      },
    },
  ],
  ['no choices', CALLBACK, { type: 8, data: { choices: [] } }],
  [
    'a modal of the older kind',
    CALLBACK,
    modal([row(input({ label: 'Name', min_length: 1, max_length: 100, value: 'Mia' }))]),
  ],
  [
    'a modal with text, selects and a note',
    CALLBACK,
    modal([
      text('Read this first'),
      label(input({ style: 2, required: false, max_length: 4000, placeholder: 'Text' }), {
        description: 'More',
      }),
      label(select({ required: false, min_values: 0 })),
      label(picker(5, { max_values: 3 })),
      label(picker(6)),
    ]),
    { about: { interactionType: 2 } },
  ],
  [
    'a modal with the newest fields',
    CALLBACK,
    modal([
      label({ type: 19, custom_id: 'file', max_values: 3, required: false, file_types: ['.png', '.jpg'] }),
      label({
        type: 21,
        custom_id: 'radio',
        options: [option('a'), option('b', { description: 'B', default: true })],
      }),
      label({
        type: 22,
        custom_id: 'boxes',
        min_values: 1,
        options: [option('a', { default: true }), option('b', { default: true })],
      }),
      label({ type: 23, custom_id: 'box', default: true }),
      label(picker(8, { channel_types: [0] })),
    ]),
  ],

  ['a follow-up', FOLLOW_UP, { content: 'x', flags: 64, allowed_mentions: { parse: [] } }],
  ['a follow-up of components alone', FOLLOW_UP, onlyComponents(text('x'))],
  [
    'a webhook with a name',
    FOLLOW_UP,
    { content: 'x', username: 'Alphapy', avatar_url: 'https://example.org/a.png' },
  ],
  ['an edit of the answer', ORIGINAL, { embeds: [fullEmbed], components: [row(button())] }],
  ['an edit of a follow-up', 'PATCH /webhooks/100/aW50/messages/300', { content: 'x' }],

  [
    'commands of every kind',
    COMMANDS,
    [
      command({
        name: 'add_reminder',
        name_localizations: { nl: 'herinnering' },
        description_localizations: { nl: 'Voegt een herinnering toe' },
        default_member_permissions: '32',
        contexts: [0],
        integration_types: [0],
        options: [
          commandOption(3, 'name', { required: true, max_length: 100, autocomplete: true }),
          commandOption(3, 'days', {
            choices: [{ name: 'Monday', name_localizations: { nl: 'Maandag' }, value: '0' }],
          }),
          commandOption(4, 'offset', { min_value: 0, max_value: 10080 }),
          commandOption(7, 'channel', { channel_types: [0, 5] }),
          commandOption(10, 'amount', { min_value: 0.5 }),
          commandOption(11, 'file'),
        ],
      }),
      command({
        name: 'config',
        options: [
          commandOption(1, 'show', { options: [commandOption(3, 'scope')] }),
          commandOption(2, 'more', { options: [commandOption(1, 'undo')] }),
        ],
      }),
      command({ name: 'größe', options: [] }),
      { type: 2, name: 'User Info', name_localizations: { nl: 'Over deze persoon' } },
      { type: 3, name: 'Add to FAQ', description: '' },
    ],
  ],
  ['100 commands', COMMANDS, times(100, (index) => command({ name: `c${index}` }))],
  ['no commands', COMMANDS, []],
  [
    'a command of 8000 characters',
    COMMANDS,
    withOptions(
      commandOption(3, 'x'.repeat(32), {
        choices: times(25, (index) => ({ name: `${index}`.padEnd(100, 'n'), value: 'v'.repeat(100) })),
      }),
    ),
  ],
  ['commands of one guild', 'PUT /applications/100/guilds/10/commands', [command()]],
  ['a new command', 'POST /applications/100/commands', command()],
  ['a changed command', 'PATCH /applications/100/commands/5', { name: 'User Info' }],
  [
    'a changed chat command',
    'PATCH /applications/100/commands/5',
    { name: 'ping', description_localizations: null },
    { about: { commandType: 1 } },
  ],
];
