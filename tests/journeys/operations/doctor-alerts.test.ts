import { expect, test } from 'vitest';
import { MINUTE_MS, useBot } from '../../setup/bot.ts';
import { botHears, plantTown } from '../town.ts';

const world = useBot();

/** Twice as long as a look takes to come. */
const look = () => world().advance(MINUTE_MS);

async function plant(language: 'en-US' | 'nl' = 'en-US') {
  const town = plantTown(world());
  for (const [setting, value] of [
    ['system.language', language],
    ['system.log_channel_id', '#log'],
    ['reminders.default_channel_id', '#events'],
  ] as const)
    await town.olivia.runs('/config set', { setting, value });
  const said = (): string[] =>
    town.olivia
      .sees('log')
      .map(({ text }) => text)
      .filter((text) => /stopped working|Mended|niet meer|Verholpen/.test(text));
  return { ...town, said };
}

test('what is taken away is told once, over a restart too, and that it is mended', async () => {
  const { guild, said } = await plant();
  await look();
  expect(said()).toEqual([]);
  guild.setOverwrite('events', { role: 'Alphapy', deny: ['SendMessages'] });
  await botHears(world(), guild);
  await look();
  await look();
  await world().restart();
  await look();
  expect(said()).toEqual([expect.stringContaining('there I lack Send Messages')]);
  guild.setOverwrite('events', { role: 'Alphapy' });
  await botHears(world(), guild);
  await look();
  await look();
  expect(said().slice(1)).toEqual([expect.stringContaining('nothing else is to be mended')]);
});

test('what changed while the bot was away is told when it is back, in the language of the server', async () => {
  const { guild, said } = await plant('nl');
  await world().restart(() => guild.deleteChannel('events'));
  await look();
  expect(said()).toEqual([expect.stringContaining('Er werkt iets niet meer')]);
});

test('where the log channel is what broke its owner is told, once and privately', async () => {
  const { guild, olivia, said } = await plant();
  guild.setOverwrite('log', { role: 'Alphapy', deny: ['SendMessages'] });
  await botHears(world(), guild);
  await look();
  await look();
  expect(said()).toEqual([]);
  const told = olivia.dms.map(({ text }) => text).filter((text) => text.includes(guild.name));
  expect(told).toEqual([expect.stringContaining('there I lack Send Messages')]);
});
