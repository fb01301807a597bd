import { describe, expect, test } from 'vitest';
import { useBot } from '../setup/bot.ts';
import { plantTown } from './town.ts';

const world = useBot();

describe('history and undo', () => {
  test('a change is seen, taken back and put back', async () => {
    const { olivia, ann, niels } = plantTown(world());
    await olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: '15' });
    await ann.runs('/config set', { setting: 'reminders.offset_minutes', value: '45' });
    await ann.runs('/config set', { setting: 'system.language', value: 'nl' });
    const reset = await olivia.runs('/config reset', { setting: 'reminders.offset_minutes' });
    expect(reset.text).toBe('**Minutes ahead** is back to its default: `60`.');
    expect((await olivia.runs('/config reset', { setting: 'reminders.offset_minutes' })).text).toBe(
      '**Minutes ahead**: it was `60` already; nothing changed.',
    );

    const history = await olivia.runs('/config history', { setting: 'reminders.offset_minutes' });
    const lines = history.text.split('\n').slice(1);
    expect(lines.map((line) => line.replaceAll(/\*\*#\d+\*\* <t:\d+:R> /g, ''))).toEqual([
      '@olivia: `reminders.offset_minutes` from `45` to `60` (default)',
      '@ann: `reminders.offset_minutes` from `15` to `45`',
      '@olivia: `reminders.offset_minutes` from `60` (default) to `15`',
    ]);
    expect((await niels.runs('/config history')).text).toContain(
      '@ann: `system.language` van English (standaard) naar Nederlands',
    );

    // Without an entry: the latest change, which was the reset.
    expect((await olivia.runs('/config undo')).text).toMatch(
      /^\*\*Minutes ahead\*\*: now `45`\.\nTo bring it back: `\/config undo entry:\d+`$/,
    );
    expect((await olivia.runs('/config history')).text).toContain(
      '`reminders.offset_minutes` taken back from `60` (default) to `45`',
    );

    const entries = await olivia.autocompletes('/config undo', {}, 'entry');
    expect(entries.map(({ name }) => name.replace(/^#\d+ /, ''))).toEqual([
      'Minutes ahead: 60 (default) → 45',
      'Minutes ahead: 45 → 60 (default)',
      'Language: English (default) → Nederlands',
      'Minutes ahead: 15 → 45',
      'Minutes ahead: 60 (default) → 15',
    ]);

    // Ann's first change was followed by others: taking it back would undo those as well.
    const annsChange = entries[3]?.value ?? 0;
    expect((await ann.runs('/config undo', { entry: annsChange })).text).toBe(
      `\`reminders.offset_minutes\` was changed again after entry #${annsChange}, so that one can't be taken back. Its latest change can: see \`/config history setting:reminders.offset_minutes\`.`,
    );
    expect((await niels.runs('/config undo', { entry: annsChange })).text).toContain(
      `\`reminders.offset_minutes\` is na wijziging #${annsChange} nog eens veranderd, dus die kan niet meer teruggedraaid worden.`,
    );
    // An undo is a change like any other, for who names it; the next one without a name is the language.
    expect((await olivia.runs('/config undo', { entry: entries[0]?.value ?? 0 })).text).toContain(
      '**Minutes ahead** is back to its default: `60`.',
    );
    expect((await olivia.runs('/config undo')).text).toContain(
      '**Language** is back to its default: English.',
    );
    expect((await olivia.runs('/config undo')).text).toBe('There is no change left to take back.');
    expect((await niels.runs('/config undo')).text).toBe('Er is geen wijziging meer om terug te draaien.');
    expect((await olivia.runs('/config undo', { entry: 9_999_999 })).text).toContain(
      'There is no change #9999999 in this server.',
    );
  });

  test('a long history is read page by page, and the last page says nothing of more', async () => {
    const { olivia, ann } = plantTown(world());
    const setTo = (minutes: number) =>
      olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: `${minutes}` });
    for (let minutes = 1; minutes <= 10; minutes += 1) await setTo(minutes);
    const changesOn = (text: string) => [...text.matchAll(/to `(\d+)`/g)].map(([, value]) => Number(value));

    const onePage = await olivia.runs('/config history');
    expect(changesOn(onePage.text)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(onePage.message?.buttons).toEqual([]);

    for (let minutes = 11; minutes <= 23; minutes += 1) await setTo(minutes);
    await olivia.runs('/config set', { setting: 'system.timezone', value: 'UTC' });
    await olivia.runs('/config history', { setting: 'reminders.offset_minutes' });
    const second = await olivia.clicks('Older');
    expect(second).toMatchObject({ updated: true, ephemeral: true });
    expect(changesOn(second.text)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
    const last = await olivia.clicks('Older');
    expect(changesOn(last.text)).toEqual([3, 2, 1]);
    expect(last.message?.buttons).toEqual([]);

    await ann.runs('/config history');
    expect((await ann.clicks('Older')).text).toContain('`14`');
  });
});
