import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Piece, Store } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type APIApplicationCommand } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locales } from '#lib/i18n/translate';
import { PieceLoadError } from '../src/client.ts';
import { useBot } from './setup/bot.ts';

const SRC = path.resolve(import.meta.dirname, '../src');

const world = useBot();

const stores = (): Store<Piece>[] => [...world().bot.client.stores.values()] as Store<Piece>[];
const commands = (): APIApplicationCommand[] => {
  const request = world().sandbox.requests.find(
    ({ method, route }) => method === 'PUT' && route?.endsWith('/commands'),
  );
  return request?.body as APIApplicationCommand[];
};

describe('pieces', () => {
  test('every file in the folder of a store is loaded, none has pushed out another', () => {
    const onDisk = stores().flatMap(({ name }) =>
      globSync('**/*.ts', { cwd: path.join(SRC, name) }).map((file) => path.join(SRC, name, file)),
    );
    const loaded = stores().flatMap((store) => [...store.values()].map((piece) => piece.location.full));
    expect(loaded.filter((file) => file.startsWith(SRC)).sort()).toEqual(onDisk.sort());
    expect(onDisk.length).toBeGreaterThan(0);
  });

  test('are named after their file: kebab-case, the class in PascalCase; the file of a route is its address', () => {
    const pascalCase = (name: string): string =>
      name.replaceAll(/(?:^|-)([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
    const own = stores()
      .filter(({ name }) => name !== 'routes')
      .flatMap((store) => [...store.values()].filter((piece) => piece.location.full.startsWith(SRC)));
    const misnamed = own
      .map((piece) => [path.basename(piece.location.full, '.ts'), piece.constructor.name] as const)
      .filter(([file, name]) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(file) || pascalCase(file) !== name);
    expect(misnamed).toEqual([]);
  });
});

describe('a file that cannot be a piece stops the start', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'alphapy-pieces-'));
    const files = {
      'throws/broken-piece.js': `throw new Error('no such luck');`,
      'syntax/broken-piece.js': `export class {`,
      'nothing/broken-piece.js': `export const answer = 42;`,
    };
    for (const [name, source] of Object.entries(files)) {
      await mkdir(path.join(folder, path.dirname(name)));
      await writeFile(path.join(folder, name), source);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(['throws', 'syntax', 'nothing'])('%s', async (kind) => {
    for (const store of stores()) {
      store.registerPath(path.join(folder, kind));
      const loading = store.loadAll();
      await expect(loading).rejects.toThrow(PieceLoadError);
      await expect(loading).rejects.toThrow(/broken-piece\.js could not be loaded: ./);
      store.paths.delete(path.join(folder, kind));
    }
  });
});

describe('commands as Discord gets them', () => {
  test('one request registers all of them', () => {
    const store = world().bot.client.stores.get('commands');
    // By the name that Discord gives its interactions.
    const heard = commands().map(({ name }) => store.get(name)?.name ?? `nobody hears of ${name}`);
    expect([...new Set(heard)].sort()).toEqual([...store.values()].map(({ name }) => name).sort());
    expect(
      world().sandbox.requests.filter(({ method, path }) => method !== 'GET' && path.includes('/commands')),
    ).toHaveLength(1);
  });

  test('each says where it can be used; what only admins may use is hidden from others', () => {
    const forAdmins = [...world().bot.client.stores.get('commands').values()]
      .filter(({ options }) => options.preconditions?.includes('admin-only'))
      .flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(forAdmins).toContain('config');
    const forOwner = [...world().bot.client.stores.get('commands').values()]
      .filter(({ options }) => options.preconditions?.includes('owner-only'))
      .map(({ name }) => name);
    expect(forOwner).toContain('sync');
    // Would stand in the menu of every member otherwise; staff have it as a command.
    forAdmins.push('Onboarding answers');
    for (const command of commands())
      expect([command.name, command.contexts, command.default_member_permissions ?? null]).toEqual([
        command.name,
        // Whoever has left a server still has a right to their data.
        command.name === 'privacy'
          ? [InteractionContextType.Guild, InteractionContextType.BotDM]
          : [InteractionContextType.Guild],
        command.name === 'clean'
          ? String(PermissionFlagsBits.ManageMessages)
          : forOwner.includes(command.name)
            ? String(PermissionFlagsBits.Administrator)
            : forAdmins.includes(command.name)
              ? String(PermissionFlagsBits.ManageGuild)
              : null,
      ]);
  });

  test('each fits into 8,000 characters, and each description into 100, in every language', () => {
    const found = commands().map((command) => ({ command: command.name, texts: textsOf(command) }));
    const totals = found.map(({ command, texts }) => ({
      command,
      total: texts.reduce((sum, { longest }) => sum + longest, 0),
    }));
    expect(totals.filter(({ total }) => total > 8_000)).toEqual([]);
    const descriptions = found.flatMap(({ texts }) => texts.filter(({ what }) => what === 'description'));
    expect(descriptions.filter(({ longest }) => longest > 100)).toEqual([]);
    expect(descriptions.filter(({ languages }) => languages < locales.length)).toEqual([]);
  });
});

type Localizations = APIApplicationCommand['name_localizations'];

interface Described {
  name: string;
  description?: string;
  value?: string | number;
  name_localizations?: Localizations;
  description_localizations?: Localizations;
  options?: readonly Described[];
  choices?: readonly Described[];
}

/** Names, descriptions and values of a command and all within it; of several languages the longest counts. */
function textsOf(node: Described): { what: string; longest: number; languages: number }[] {
  const measure = (what: string, text: string, localized: Localizations) => {
    const texts = [text, ...Object.values(localized ?? {}).filter((other) => other !== null)];
    return { what, longest: Math.max(...texts.map(({ length }) => length)), languages: texts.length };
  };
  return [
    measure('name', node.name, node.name_localizations),
    ...(node.description === undefined
      ? []
      : [measure('description', node.description, node.description_localizations)]),
    ...(node.value === undefined ? [] : [measure('value', String(node.value), null)]),
    ...[...(node.options ?? []), ...(node.choices ?? [])].flatMap(textsOf),
  ];
}
