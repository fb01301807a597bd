import { COMMANDS, command, commandOption, long, times, withOptions } from './bodies.ts';
import type { BadRequestCase } from './bodies.ts';

/** Commands that Discord refuses, each with a part of what must be said about it. */
export const badCommands: readonly BadRequestCase[] = [
  ['no list', 'LIST_TYPE_CONVERT', COMMANDS, command()],
  ['no body', 'This field is required', COMMANDS, undefined],
  ['no name', '[0].name', COMMANDS, [command({ name: undefined })]],
  ['a name with a space', '[0].name: Command name is invalid', COMMANDS, [command({ name: 'add reminder' })]],
  ['a name with a capital', '[0].name', COMMANDS, [command({ name: 'Ping' })]],
  ['a name with a sign', '[0].name', COMMANDS, [command({ name: 'ping!' })]],
  ['a name of 33', '[0].name', COMMANDS, [command({ name: long(33) })]],
  [
    'a translated name with a space',
    '[0].name_localizations.nl',
    COMMANDS,
    [command({ name_localizations: { nl: 'voeg toe' } })],
  ],
  [
    'a translated name of 33',
    '[0].name_localizations.nl',
    COMMANDS,
    [command({ name_localizations: { nl: long(33) } })],
  ],
  [
    'an unknown language',
    '[0].name_localizations.be',
    COMMANDS,
    [command({ name_localizations: { be: 'x' } })],
  ],
  ['no description', '[0].description', COMMANDS, [command({ description: undefined })]],
  ['a description of 101', '[0].description', COMMANDS, [command({ description: long(101) })]],
  [
    'a translated description of 101',
    '[0].description_localizations.nl',
    COMMANDS,
    [command({ description_localizations: { nl: long(101) } })],
  ],
  [
    'a user command with a description',
    '[0].description',
    COMMANDS,
    [{ type: 2, name: 'Info', description: 'x' }],
  ],
  [
    'a message command with options',
    '[0].options',
    COMMANDS,
    [{ type: 3, name: 'Info', options: [commandOption(3, 'a')] }],
  ],
  ['a name twice', '[1].name', COMMANDS, [command(), command()]],
  [
    '101 commands',
    'Maximum number of application commands',
    COMMANDS,
    times(101, (index) => command({ name: `c${index}` })),
  ],
  [
    '16 user commands',
    'Maximum number of application commands',
    COMMANDS,
    times(16, (index) => ({ type: 2, name: `c${index}` })),
  ],
  [
    '26 options',
    '[0].options',
    COMMANDS,
    withOptions(...times(26, (index) => commandOption(3, `o${index}`))),
  ],
  [
    'an option without a description',
    '[0].options[0].description',
    COMMANDS,
    withOptions(commandOption(3, 'a', { description: undefined })),
  ],
  ['an option with a capital', '[0].options[0].name', COMMANDS, withOptions(commandOption(3, 'Name'))],
  [
    'an option twice',
    '[0].options[1].name',
    COMMANDS,
    withOptions(commandOption(3, 'a'), commandOption(3, 'a')),
  ],
  ['an unknown option type', '[0].options[0].type', COMMANDS, withOptions(commandOption(12, 'a'))],
  [
    'required after optional',
    '[0].options[1].required',
    COMMANDS,
    withOptions(commandOption(3, 'a'), commandOption(3, 'b', { required: true })),
  ],
  [
    'required after optional in a subcommand',
    '[0].options[0].options[1]',
    COMMANDS,
    withOptions(
      commandOption(1, 's', { options: [commandOption(3, 'a'), commandOption(3, 'b', { required: true })] }),
    ),
  ],
  [
    'a subcommand beside an option',
    '[0].options',
    COMMANDS,
    withOptions(commandOption(1, 's'), commandOption(3, 'a')),
  ],
  [
    'a subcommand in a subcommand',
    '[0].options[0].options[0].type',
    COMMANDS,
    withOptions(commandOption(1, 's', { options: [commandOption(1, 't')] })),
  ],
  [
    'a group in a group',
    '[0].options[0].options[0]',
    COMMANDS,
    withOptions(commandOption(2, 'g', { options: [commandOption(2, 'h', { options: [] })] })),
  ],
  [
    '26 choices',
    '[0].options[0].choices',
    COMMANDS,
    withOptions(
      commandOption(3, 'a', { choices: times(26, (index) => ({ name: `${index}`, value: `${index}` })) }),
    ),
  ],
  [
    'a choice value of 101',
    '[0].options[0].choices[0].value',
    COMMANDS,
    withOptions(commandOption(3, 'a', { choices: [{ name: 'n', value: long(101) }] })),
  ],
  [
    'a choice name twice',
    '[0].options[0].choices[1].name',
    COMMANDS,
    withOptions(
      commandOption(3, 'a', {
        choices: [
          { name: 'n', value: 'a' },
          { name: 'n', value: 'b' },
        ],
      }),
    ),
  ],
  [
    'a text choice for a number',
    '[0].options[0].choices[0].value',
    COMMANDS,
    withOptions(commandOption(4, 'a', { choices: [{ name: 'n', value: 'many' }] })),
  ],
  [
    'choices and autocomplete',
    '[0].options[0].autocomplete',
    COMMANDS,
    withOptions(commandOption(3, 'a', { autocomplete: true, choices: [{ name: 'n', value: 'v' }] })),
  ],
  [
    'autocomplete of a user',
    '[0].options[0].autocomplete',
    COMMANDS,
    withOptions(commandOption(6, 'a', { autocomplete: true })),
  ],
  [
    'a minimum above the maximum',
    '[0].options[0].min_value',
    COMMANDS,
    withOptions(commandOption(4, 'a', { min_value: 5, max_value: 2 })),
  ],
  [
    'a length above 6000',
    '[0].options[0].max_length',
    COMMANDS,
    withOptions(commandOption(3, 'a', { max_length: 6001 })),
  ],
  [
    'a subcommand that is too long',
    'exceeds maximum size (8000)',
    COMMANDS,
    withOptions(
      ...times(25, (index) =>
        commandOption(1, `s${index}`.padEnd(32, 'x'), {
          description: long(100),
          options: times(3, (o) => commandOption(3, `o${o}`.padEnd(32, 'x'), { description: long(100) })),
        }),
      ),
    ),
  ],
  [
    'too long in one language',
    'exceeds maximum size (8000)',
    COMMANDS,
    withOptions(
      ...times(25, (index) =>
        commandOption(3, `o${index}`, {
          choices: times(4, (choice) => ({
            name: `${choice}`,
            name_localizations: { nl: `${choice}`.padEnd(90, 'x') },
            value: 'v',
          })),
        }),
      ),
    ),
  ],
  [
    'permissions as words',
    '[0].default_member_permissions',
    COMMANDS,
    [command({ default_member_permissions: 'ManageGuild' })],
  ],
  ['no contexts', '[0].contexts', COMMANDS, [command({ contexts: [] })]],
  ['a context twice', '[0].contexts', COMMANDS, [command({ contexts: [0, 0] })]],
  [
    'a change to a bad name',
    'name',
    'PATCH /applications/100/commands/5',
    { name: 'A b' },
    { about: { commandType: 1 } },
  ],
];
