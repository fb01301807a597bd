import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  Locale,
  LocalizationMap,
} from 'discord-api-types/v10';
import { ApplicationCommandOptionType as OptionType } from 'discord-api-types/v10';
import type { CommandUse } from '../people/command-input.ts';
import { usableCommands } from '../people/command-input.ts';
import type { CommandRecord } from '../state/records.ts';
import { requireUser } from '../state/users.ts';
import type { PageCommand, PageOption } from './protocol.ts';

/** What a person may use here, by name. */
export function commandsFor(use: CommandUse): PageCommand[] {
  const { locale } = requireUser(use.world, use.userId);
  return usableCommands(use)
    .flatMap((command) => toPageCommands(command, locale))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** A command as the lines that a person chooses from: each subcommand is one, in the person's language. */
function toPageCommands(command: CommandRecord, locale: Locale): PageCommand[] {
  return leavesOf(command.options).map(({ names, labels, description, options }) => ({
    path: [command.name, ...names].join(' '),
    label: [localized(command.name, command.nameLocalizations, locale), ...labels(locale)].join(' '),
    description:
      description?.(locale) ?? localized(command.description, command.descriptionLocalizations, locale),
    type: command.type,
    options: options.map((option) => toPageOption(option, locale)),
  }));
}

interface Leaf {
  readonly names: readonly string[];
  readonly labels: (locale: Locale) => string[];
  readonly description: ((locale: Locale) => string) | null;
  readonly options: readonly APIApplicationCommandBasicOption[];
}

function leavesOf(options: readonly APIApplicationCommandOption[]): Leaf[] {
  const inner = options.filter(
    (option) => option.type === OptionType.Subcommand || option.type === OptionType.SubcommandGroup,
  );
  if (inner.length === 0)
    return [
      {
        names: [],
        labels: () => [],
        description: null,
        // What is no subcommand has a value.
        options: options as readonly APIApplicationCommandBasicOption[],
      },
    ];
  return inner.flatMap((option) =>
    leavesOf(option.options ?? []).map((leaf) => ({
      names: [option.name, ...leaf.names],
      labels: (locale: Locale) => [
        localized(option.name, option.name_localizations, locale),
        ...leaf.labels(locale),
      ],
      description:
        leaf.description ??
        ((locale: Locale) => localized(option.description, option.description_localizations, locale)),
      options: leaf.options,
    })),
  );
}

function toPageOption(option: APIApplicationCommandBasicOption, locale: Locale): PageOption {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  return {
    name: option.name,
    label: localized(option.name, option.name_localizations, locale),
    description: localized(option.description, option.description_localizations, locale),
    type: option.type,
    required: option.required ?? false,
    autocomplete: 'autocomplete' in option && option.autocomplete === true,
    choices: choices.map(({ name, name_localizations: names, value }) => ({
      name: localized(name, names, locale),
      value,
    })),
    channelTypes: 'channel_types' in option ? (option.channel_types ?? []) : [],
  };
}

function localized(text: string, map: LocalizationMap | null | undefined, locale: Locale): string {
  return map?.[locale] ?? text;
}
