import { expect, test } from 'vitest';
import { useBot } from '../setup/bot.ts';
import { brussels, full, plantTown, reminderNamed } from './town.ts';

const world = useBot();

test('a reminder is changed in a window, and who may hears of it', async () => {
  const { olivia, mia, sam, niels } = plantTown(world());
  await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
  await mia.runs('/add_reminder', {
    name: 'Quiz',
    time: '20:00',
    date: '24/12',
    message: 'Bring **pens**',
    location: 'Hall 3',
    channel: 'general',
  });
  const quiz = await reminderNamed(mia, 'Quiz');
  expect(await sam.autocompletes('/reminder_edit', {}, 'reminder')).toEqual([]);
  expect((await sam.runs('/reminder_edit', { reminder: quiz })).text).toBe(
    'Alleen wie deze herinnering maakte, of een beheerder, kan ze aanpassen. Vraag het een van hen.',
  );

  const opened = await mia.runs('/reminder_edit', { reminder: quiz });
  expect(opened.modal?.fields.map(({ label, value }) => [label, value])).toEqual([
    ['Name', 'Quiz'],
    ['When', '24 December 2026 20:00'],
    ['Message', 'Bring **pens**'],
    ['Where', 'Hall 3'],
    ['Channel', ''],
  ]);
  // Nothing of it was touched.
  expect((await mia.submits()).text).toContain('Nothing changed.');

  await mia.runs('/reminder_edit', { reminder: quiz });
  const refused = await mia.submits({ When: 'someday', Message: 'Bring `pens` and paper' });
  expect(refused.ephemeral).toBe(true);
  expect(refused.text).toContain('I can\'t read "someday" as a time.');
  expect(refused.text).toContain('Bring `pens` and paper');

  await mia.runs('/reminder_edit', { reminder: quiz });
  expect((await mia.submits({ Channel: 'rules' })).text).toContain("You can't write in #rules yourself");

  // Two windows at once: the second one is told.
  await mia.runs('/reminder_edit', { reminder: quiz });
  const dutch = await niels.runs('/reminder_edit', { reminder: quiz });
  expect(dutch.modal?.fields[1]).toMatchObject({ label: 'Wanneer', value: '24 december 2026 20:00' });
  const done = await niels.submits({ Wanneer: 'elke vrijdag 19u30', Kanaal: 'events', Waar: '' });
  expect(done.text.replaceAll(/ \(<t:\d+:R>\)/g, '')).toContain(
    [
      'Herinnering aangepast',
      `**Wanneer**: ${full('2026-12-24T20:00')} → vrijdag 19:30`,
      '**Waar**: Hall 3 → niets',
      '**Kanaal**: #general → #events',
      '',
      'Ze wordt verstuurd:',
      `- ${full('2026-12-04T18:30')}, voor ${full('2026-12-04T19:30')}`,
    ].join('\n'),
  );
  expect((await mia.submits({ Name: 'Pub quiz' })).text).toContain(
    `Somebody else changed reminder #${quiz} while the window was open`,
  );
  const logged = await olivia.waitsFor('log', 'Reminder changed');
  expect(logged.text).toContain('**Where**: Hall 3 → nothing');
  expect(logged.text).toContain('By: @niels');

  await mia.runs('/reminder_edit', { reminder: quiz });
  await world().restart();
  expect((await mia.submits({ Name: 'Pub quiz' })).text).toContain('**Name**: Quiz → Pub quiz');
  await world().moveTo(brussels('2026-12-04T18:30'));
  expect(mia.sees('events').map(({ embeds }) => embeds[0]?.title)).toEqual(['Pub quiz']);

  await mia.runs('/reminder_edit', { reminder: quiz });
  await niels.runs('/reminder_delete', { reminder: quiz });
  expect((await mia.submits({ Name: 'Quiz' })).text).toContain(`Reminder #${quiz} is over or was deleted`);
});
