import type { SapphireClient } from '@sapphire/framework';
import { expect, test } from 'vitest';
import { settingKeys } from '#lib/settings/definitions';
import { useBot } from '../setup/bot.ts';
import { commandsDocument, settingsIn, typedNames } from './document.ts';
import { configSubcommands, NOT_YET, slashCommands, textCommands } from './original.ts';

const world = useBot();
const client = () => world().bot.client as SapphireClient<true>;

test('the table names each command of the original once', () => {
  expect([slashCommands.length, configSubcommands.length, textCommands.length]).toEqual([38, 63, 5]);
  const names = [...slashCommands, ...configSubcommands, ...textCommands].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('what the table says is here, is here', () => {
  const known = typedNames(client());
  const named = [...slashCommands, ...configSubcommands, ...textCommands].flatMap(({ here }) => here);
  expect(named.filter((name) => !known.has(name) && !NOT_YET.includes(name))).toEqual([]);
});

test('the settings that it names are there', () => {
  const named = configSubcommands.flatMap(({ how }) => settingsIn(how));
  const missing = named.filter((key) => !(settingKeys as readonly string[]).includes(key));
  // Invites come with other work.
  expect(missing.filter((key) => !key.startsWith('invites.'))).toEqual([]);
  expect(named.length).toBeGreaterThan(40);
});

test('docs/commands.md is what is registered; `npm run docs:commands` writes it', async () => {
  await expect(commandsDocument(client())).toMatchFileSnapshot('../../docs/commands.md');
});
