/** Of a command and all within it: https://discord.com/developers/docs/interactions/application-commands#slash-commands */
export const COMMAND_CHARACTERS_MAX = 8_000;
export const COMMANDS_MAX = 100;

/** A command or a part of one, as Discord takes it. */
export interface Described {
  readonly name: string;
  readonly description?: string | undefined;
  readonly value?: string | number | undefined;
  readonly name_localizations?: Localizations;
  readonly description_localizations?: Localizations;
  readonly options?: readonly Described[] | undefined;
  readonly choices?: readonly Described[] | undefined;
}

type Localizations = Readonly<Partial<Record<string, string | null>>> | null | undefined;

/** How many characters Discord counts of a command: of names and descriptions the longest in any language, and all values. */
export function commandCharacters(command: Described): number {
  const { name, description = '', value = '', options = [], choices = [] } = command;
  return (
    longest(name, command.name_localizations) +
    longest(description, command.description_localizations) +
    String(value).length +
    [...options, ...choices].reduce((sum, part) => sum + commandCharacters(part), 0)
  );
}

function longest(text: string, localizations: Localizations): number {
  return Math.max(text.length, ...Object.values(localizations ?? {}).map((other) => other?.length ?? 0));
}
