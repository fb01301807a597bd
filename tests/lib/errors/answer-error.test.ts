import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { answerAutocompleteError, answerError } from '#lib/errors/answer-error';
import { UserError } from '#lib/errors/user-error';
import { createLog } from '#lib/logging/logger';
import { answer } from '#lib/ui/answer';
import { useSentences } from '../i18n/sentences.ts';
import { useInteractions } from '../ui/interactions.ts';
import { eventually } from '../../setup/eventually.ts';

const interactions = useInteractions();
useSentences();

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly reference?: string;
  readonly err?: { readonly message: string };
  readonly [field: string]: unknown;
}
let lines: Line[] = [];
const log = createLog('debug', { write: (line) => lines.push(JSON.parse(line) as Line) });
beforeEach(() => {
  lines = [];
});

const database = Object.assign(new Error('terminating connection'), { code: '57P01' });
const discordError = (code: number, status = 400): DiscordAPIError =>
  new DiscordAPIError({ code, message: 'x' }, code, status, 'POST', 'https://discord.com/api/v10/x', {});

const fails = (name: string, error: unknown): string =>
  interactions.when(name, (interaction) => answerError(interaction, error, 'piece', log));

describe('a person reads', () => {
  test('our own refusal in their language, and the log stays silent', async () => {
    const { mia, sam } = interactions.stage;
    const what = fails(
      'refused',
      new UserError('reminders:past', { zone: 'Europe/Brussels', now: '2026-12-01 10:00' }),
    );
    const [english, dutch] = [await mia.runs('/do', { what }), await sam.runs('/do', { what })];
    expect([english.text, english.ephemeral]).toEqual([
      "That moment has passed already: in this server's time zone (Europe/Brussels) it is 2026-12-01 10:00. Choose a later date or time.",
      true,
    ]);
    expect(dutch.text).toMatch(/^Dat moment is al voorbij: .*\(Europe\/Brussels\) is het 2026-12-01 10:00/);
    expect(lines).toEqual([]);
  });

  test.each([
    ['a database that is away', database, /^I can't reach my database/],
    [
      'a permission that Discord misses',
      discordError(RESTJSONErrorCodes.MissingPermissions, 403),
      /look at my permissions/,
    ],
    [
      'a refusal of Discord',
      discordError(RESTJSONErrorCodes.UnknownMessage, 404),
      /^Discord didn't accept that/,
    ],
    ['a defect', new TypeError("cannot read 'secret' of undefined"), /^Something went wrong on my side/],
    ['something thrown that is no error', 'boom', /^Something went wrong on my side/],
  ])('of %s a sentence with a reference, under which the log has the rest', async (name, error, sentence) => {
    const { mia, guild } = interactions.stage;
    const { text, ephemeral } = await mia.runs('/do', { what: fails(name, error) });
    expect(text).toMatch(sentence);
    expect(text).not.toContain('secret');
    expect(ephemeral).toBe(true);
    const [line, ...more] = lines;
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      level: 'error',
      piece: 'piece',
      guildId: guild.id,
      // The log names nobody.
      userId: expect.stringMatching(/^\[id-/) as string,
    });
    expect(line?.err?.message).toBe(error instanceof Error ? error.message : error);
    expect(text).toContain(line?.reference ?? 'no reference');
  });

  test('it also after an answer that went out before', async () => {
    interactions.when('half', async (interaction) => {
      await answer(interaction, { content: 'half of it' });
      await answerError(interaction, new UserError('common:guildOnly'), 'piece', log);
    });
    const { mia } = interactions.stage;
    await mia.runs('/do', { what: 'half' });
    expect((await mia.waitsFor('general', /only in a server/)).ephemeral).toBe(true);
  });
});

describe('nobody can be told any more', () => {
  test.each([
    RESTJSONErrorCodes.UnknownInteraction,
    RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  ])('when the interaction is over: %i', async (code) => {
    const what = `over ${code}`;
    interactions.when(what, async (interaction) => {
      await answerError(interaction, discordError(code, 404), 'piece', log);
      await answer(interaction, { content: 'for the sandbox' });
    });
    expect((await interactions.stage.mia.runs('/do', { what })).text).toBe('for the sandbox');
    expect(lines).toMatchObject([{ level: 'error' }]);
  });

  test('when Discord refuses the answer as well: the log says so, and nothing is thrown', async () => {
    const { mia, sandbox } = interactions.stage;
    interactions.when('refused twice', async (interaction) => {
      sandbox.faults.switchOn({ fault: '403 missing access', on: 'interaction answers' });
      await answerError(interaction, new Error('boom'), 'piece', log);
      await answer(interaction, { content: 'for the sandbox' });
    });
    await mia.runs('/do', { what: 'refused twice' });
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      ['error', 'an interaction failed'],
      ['warn', 'an error could not be shown'],
    ]);
  });
});

describe('while somebody types', () => {
  const suggestions = () => interactions.stage.mia.autocompletes('/do', { what: 'x' }, 'what');

  test('a failure shows nothing, and is in the log', async () => {
    interactions.whenTyping((interaction) => answerAutocompleteError(interaction, database, 'piece', log));
    expect(await suggestions()).toEqual([]);
    expect(lines).toMatchObject([{ level: 'error', msg: 'autocomplete failed', piece: 'piece' }]);
  });

  test('a failure after the suggestions leaves them', async () => {
    interactions.whenTyping(async (interaction) => {
      await interaction.respond([{ name: 'found', value: 'found' }]);
      await answerAutocompleteError(interaction, database, 'piece', log);
    });
    expect(await suggestions()).toEqual([{ name: 'found', value: 'found' }]);
    await eventually(() => expect(lines.map(({ level }) => level)).toEqual(['error']));
  });
});
