import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { GUILD_KINDS, type GuildKind } from './fixtures.ts';
import { StartError } from './start-error.ts';

export const USAGE = `npm run sandbox -- [options]

  --port N        where the page is to be; a free port when left out
  --open          opens the page in the browser
  --guild KIND    small: a server with a few people (when left out)
                  large: a server with 2,000 members and 2,000 messages in one channel
                  1000x: the small one and 999 others
  --state FILE    keeps everything in FILE, and the bot's database in FILE.data; begins with what is there
  --external      starts no bot: yours connects
  --token TOKEN   the bot's token; given twice, a second bot can connect
  --help          prints this`;

export interface Options {
  /** 0 for a free one. */
  readonly port: number;
  readonly isOpened: boolean;
  /** Null when nothing was said. */
  readonly guild: GuildKind | null;
  /** An absolute path; null when nothing is kept. */
  readonly stateFile: string | null;
  readonly isExternal: boolean;
  /** One for each bot; the first is the sandbox's own bot unless it is external. */
  readonly tokens: readonly string[];
}

const KNOWN = {
  port: { type: 'string' },
  open: { type: 'boolean' },
  guild: { type: 'string' },
  state: { type: 'string' },
  external: { type: 'boolean' },
  token: { type: 'string', multiple: true },
  help: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

const DEFAULT_TOKENS = ['sandbox.bot.token'];
const LARGEST_PORT = 65_535;
/** As Discord's tokens look: three parts with dots between. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Reads what stands on the command line; 'help' when that is what is asked for.
 * @param directory what a relative path of FILE starts from.
 * @throws StartError for whatever is unknown, missing or malformed.
 */
export function readOptions(args: readonly string[], directory: string): Options | 'help' {
  const given = valuesOf(args);
  if (given.has('help')) return 'help';
  const [state] = given.get('state') ?? [];
  const [guild] = given.get('guild') ?? [];
  return {
    port: readPort(given.get('port')?.[0] ?? '0'),
    isOpened: given.has('open'),
    guild: guild === undefined ? null : readGuild(guild),
    stateFile: state === undefined ? null : path.resolve(directory, state),
    isExternal: given.has('external'),
    tokens: readTokens(given.get('token') ?? DEFAULT_TOKENS),
  };
}

/** The values of each option that was given; of one without a value, an empty text. */
function valuesOf(args: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const { tokens } = parseArgs({ args: [...args], options: KNOWN, strict: false, tokens: true });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional')
      throw new StartError(`"${token.value}" is no option; --help shows what there is.`);
    const { name, rawName, value } = token;
    if (!Object.hasOwn(KNOWN, name))
      throw new StartError(`There is no option ${rawName}; --help shows what there is.`);
    const known: { type: string; multiple?: boolean } = KNOWN[name as keyof typeof KNOWN];
    if (known.type === 'boolean' && value !== undefined)
      throw new StartError(`${rawName} stands alone, without "${value}".`);
    // "--state --open" forgets the file and means no file of that name.
    const isMissing = (value ?? '') === '' || (token.inlineValue === false && value?.startsWith('--'));
    if (known.type === 'string' && isMissing) throw new StartError(`${rawName} needs a value after it.`);
    const before = given.get(name) ?? [];
    if (before.length > 0 && known.multiple !== true)
      throw new StartError(`${rawName} can be given only once.`);
    given.set(name, [...before, value ?? '']);
  }
  return given;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > LARGEST_PORT)
    throw new StartError(`--port must be a whole number from 0 to ${LARGEST_PORT}, not "${text}".`);
  return port;
}

function readGuild(text: string): GuildKind {
  const kind = GUILD_KINDS.find((known) => known === text);
  if (kind === undefined)
    throw new StartError(`--guild must be one of ${GUILD_KINDS.join(', ')}, not "${text}".`);
  return kind;
}

function readTokens(tokens: readonly string[]): readonly string[] {
  const malformed = tokens.find((token) => !TOKEN.test(token));
  if (malformed !== undefined)
    throw new StartError(
      `--token must look like Discord's, three parts of letters and digits with dots between, not "${malformed}".`,
    );
  if (new Set(tokens).size < tokens.length) throw new StartError('Each bot needs a --token of its own.');
  return tokens;
}
