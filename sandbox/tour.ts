import type { BotChild } from './bot-child.ts';
import { startDemo, type Demo } from './demo.ts';
import type { Person } from './people/person.ts';
import { messageLines } from './readable.ts';

/** A Tuesday, ten in the morning in Brussels. */
const START = new Date('2026-12-01T09:00:00Z');
const ZONE = 'Europe/Brussels';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let passed = 0;
let failed = 0;

function expect(what: string, isTrue: boolean): void {
  console.log(`  ${isTrue ? 'ok  ' : 'FAIL'} ${what}`);
  if (isTrue) passed += 1;
  else failed += 1;
}

function chapter(text: string): void {
  console.log(`\n${text}`);
}

/** Prints an answer as its reader saw it, and returns its text. */
function saw(demo: Demo, person: Person, reply: Awaited<ReturnType<Person['runs']>>): string {
  const lines =
    reply.message === null
      ? [reply.modal === null ? (reply.failed ?? '(nothing)') : `a window: ${reply.modal.title}`]
      : messageLines(reply.message, { zone: ZONE, locale: person.locale, now: demo.clock.now() });
  for (const line of lines) console.log(`    ${person.name} sees | ${line}`);
  return reply.text;
}

/** Prints what stands in a channel as one person sees it. */
function looks(demo: Demo, person: Person, channel: string): void {
  for (const message of person.sees(channel))
    for (const line of messageLines(message, { zone: ZONE, locale: person.locale, now: demo.clock.now() }))
      console.log(`    #${channel} | ${line}`);
}

function countIn(person: Person, channel: string, text: string): number {
  return person.sees(channel).filter((message) => !message.ephemeral && message.text.includes(text)).length;
}

async function story(demo: Demo): Promise<void> {
  const { guild } = demo;
  const bot = ownBot(demo);
  const [olivia, mia, niels] = [guild.member('olivia'), guild.member('mia'), guild.member('niels')];

  chapter('Olivia, the owner, sets the bot up.');
  const logSet = await olivia.runs('/config set', { setting: 'system.log_channel_id', value: '#bot-log' });
  expect('the log channel is set', saw(demo, olivia, logSet).includes('#bot-log'));
  await olivia.runs('/config panel');
  await olivia.picks('Choose a group of settings', 'reminders');
  const [, minutes] =
    olivia
      .sees()
      .findLast(({ buttons }) => buttons.length > 0)
      ?.buttons.filter(({ label }) => label === 'Change') ?? [];
  const modal = await olivia.clicks({ customId: minutes?.customId ?? '' });
  saw(demo, olivia, modal);
  const changed = await olivia.submits({ 'Minutes ahead': '30' });
  expect(
    'the panel shows the new offset in place',
    changed.updated && saw(demo, olivia, changed).includes('`30`'),
  );
  expect('Mia may not change settings', await refuses(() => mia.runs('/config show')));

  chapter('Mia adds something that happens once, Niels something that comes back; Niels reads Dutch.');
  const once = await mia.runs('/add_reminder', {
    name: 'Movie night',
    time: '20:00',
    date: 'tomorrow',
    message: 'Bring **popcorn**',
    channel: 'events',
  });
  expect(
    'Mia is told both times it will be sent',
    saw(demo, mia, once).split('<t:').length > 2 && once.ephemeral,
  );
  const weekly = await niels.runs('/add_reminder', {
    name: 'Standup',
    time: '9u30',
    days: 'werkdagen',
    channel: 'events',
  });
  expect('Niels is answered in Dutch', saw(demo, niels, weekly).includes('Herinnering toegevoegd'));
  const wrong = await mia.runs('/add_reminder', { name: 'Never', time: '25:00' });
  expect('25:00 is refused with an example', saw(demo, mia, wrong).includes('19:30'));

  chapter('A day passes, until seven in the evening of the second.');
  await demo.advance(33 * HOUR_MS);
  looks(demo, mia, 'events');
  expect('the standup was announced once, at nine', countIn(mia, 'events', 'Standup') === 1);
  expect('the movie night was not announced yet', countIn(mia, 'events', 'Movie night') === 0);

  chapter('The bot is killed (SIGKILL). Time goes on to 19:45; the announcement of 19:30 is due meanwhile.');
  await bot.kill();
  await demo.advance(45 * MINUTE_MS);
  expect('nothing arrives while it is dead', countIn(mia, 'events', 'Movie night') === 0);
  await bot.start();
  const late = await mia.waitsFor('events', 'Movie night', 15_000);
  for (const line of messageLines(late, { zone: ZONE, locale: mia.locale, now: demo.clock.now() }))
    console.log(`    #events | ${line}`);
  expect('what was due meanwhile arrives, and says that it is late', late.text.includes('Late'));

  chapter('Eight o’clock, and the morning after.');
  await demo.advance(15 * MINUTE_MS);
  expect('the event itself is announced', countIn(mia, 'events', 'Now: Movie night') === 1);
  expect('the late announcement came only once', countIn(mia, 'events', 'Movie night') === 2);
  await demo.advance(13 * HOUR_MS + 5 * MINUTE_MS);
  expect('the standup came again, once', countIn(mia, 'events', 'Standup') === 2);
  const list = await mia.runs('/reminder_list', {}, { in: 'events' });
  const listed = saw(demo, mia, list);
  expect(
    'the movie night is over and gone from the list',
    listed.includes('Standup') && !listed.includes('Movie night'),
  );

  chapter('Niels deletes his reminder; Mia could not.');
  const foreign = await mia.runs('/reminder_delete', { reminder: 2 });
  expect('Mia is refused', saw(demo, mia, foreign).includes('Only the person'));
  const deleted = await niels.runs('/reminder_delete', { reminder: 2 });
  expect('Niels is not', saw(demo, niels, deleted).includes('verwijderd'));
  await demo.advance(48 * HOUR_MS);
  expect('it does not come any more', countIn(mia, 'events', 'Standup') === 2);

  chapter('What the admins find in their log channel.');
  looks(demo, olivia, 'bot-log');
  expect(
    'everything is there',
    ['Setting changed', 'Reminder added', 'Reminder sent', 'Reminder deleted'].every(
      (title) => countIn(olivia, 'bot-log', title) > 0,
    ),
  );
  expect('Mia does not see that channel', mia.sees('bot-log').length === 0);
}

function ownBot({ bot }: Demo): BotChild {
  if (bot === null) throw new Error('The tour needs a bot of its own.');
  return bot;
}

async function refuses(act: () => Promise<unknown>): Promise<boolean> {
  return act().then(
    () => false,
    () => true,
  );
}

console.log('The tour: a local Discord, the bot in a process of its own, the embedded database.');
const demo = await startDemo({ start: START });
try {
  await story(demo);
  await ownBot(demo).stop();
  chapter('Afterwards.');
  expect('Discord would have accepted every request', demo.sandbox.violations.length === 0);
  for (const violation of demo.sandbox.violations) console.log(`    ${JSON.stringify(violation)}`);
} catch (error) {
  expect(`the story went on to its end (${error instanceof Error ? error.message : String(error)})`, false);
} finally {
  await demo.close();
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
