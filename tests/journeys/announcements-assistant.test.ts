import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { useBot } from '../setup/bot.ts';
import { startProvider, type Behaviour } from '../setup/provider.ts';
import { botHears, full, plantTown, type Town } from './town.ts';

const provider = await startProvider();
afterAll(() => provider.close());
const world = useBot({
  config: {
    openai: {
      apiKey: 'sk-test',
      baseUrl: provider.url,
      model: 'small',
      prices: { '*': { input: 0, output: 0 } },
    },
  },
});

const UNSURE = 'Perhaps choir on 4 December at 20:00 in the hall';
const SILENT = 'A post became no reminder';
const NOT_SAID = 'what it answered is not in the post';

beforeEach(() => {
  provider.behave({ status: 400 });
});

/** A town whose "news" are read, with a log; an AI sees what is unclear. */
async function plantReadTown(isAiOn = true): Promise<Town> {
  const town = plantTown(world());
  const set = async (setting: string, value: string) => {
    expect((await town.olivia.runs('/config set', { setting, value }, { in: 'log' })).failed).toBeNull();
  };
  await set('system.log_channel_id', 'log');
  await set('embedwatcher.announcements_channel_id', 'news');
  if (isAiOn) await set('embedwatcher.ai_fallback', 'on');
  return town;
}

const listed = async (town: Town): Promise<string> =>
  (await town.ann.runs('/reminder_list', {}, { in: 'log' })).text;

const points = (words: object): Behaviour => ({ says: JSON.stringify(words) });

describe('a post that is unclear', () => {
  test('its author is asked by what an AI pointed at, and a yes makes the reminder', async () => {
    const town = await plantReadTown();
    const { olivia, ann } = town;
    provider.behave({
      says: `\`\`\`json\n${JSON.stringify({ title: 'choir', date: '4 December', time: '20:00', days: null, location: 'the hall' })}\n\`\`\``,
    });
    olivia.writes('news', UNSURE);
    await expect.poll(() => olivia.dms.at(-1)?.text).toContain('Is this an announcement?');
    const question = olivia.dms.at(-1);
    if (question === undefined) throw new Error('nobody was asked');
    expect(question.text).toContain('“4 December” · “20:00” · “the hall”');
    expect(await listed(town)).not.toContain('choir');
    await olivia.clicks('Make a reminder', { on: question });
    const entry = await ann.waitsFor('log', 'An announcement became a reminder');
    expect(entry.text).toContain(full('2026-12-04T20:00'));
    expect(await listed(town)).toContain('choir');
    expect(JSON.parse(provider.asked.at(-1)?.messages[1]?.content ?? '')).toEqual([
      { from: 'post', text: UNSURE },
    ]);
  });

  test('in Dutch', async () => {
    const town = await plantReadTown();
    const { olivia, niels } = town;
    await olivia.runs('/config set', { setting: 'system.language', value: 'nl' }, { in: 'log' });
    provider.behave(points({ date: '4 december', time: '20u' }));
    olivia.writes('news', 'Misschien repetitie op 4 december om 20u');
    await expect.poll(() => olivia.dms.at(-1)?.text).toContain('Is dit een aankondiging?');
    provider.behave(points({ nothing: true }));
    olivia.writes('news', 'Misschien repetitie op 5 december om 20u');
    const entry = await niels.waitsFor('log', 'Een bericht werd geen herinnering');
    expect(entry.text).toContain('Het is te onzeker.');
    expect(entry.text).toContain('die zag evenmin een aankondiging');
  });

  test('edited, it is looked at once more; seen again, it is not', async () => {
    const town = await plantReadTown();
    const { olivia, guild } = town;
    const before = provider.asked.length;
    provider.behave(points({ date: '4 December', time: '20:00' }));
    const post = olivia.writes('news', UNSURE);
    await expect.poll(() => olivia.dms.at(-1)?.text).toContain('4 December');
    await world().restart(() => {});
    await botHears(world(), guild);
    expect(provider.asked.length).toBe(before + 1);
    expect(olivia.dms.at(-1)?.text).toContain('Is this an announcement?');
    olivia.edits(post, 'Perhaps choir on 4 December at 21:00 in the hall');
    provider.behave(points({ date: '4 December', time: '21:00' }));
    await expect.poll(() => olivia.dms.at(-1)?.text).toContain(full('2026-12-04T21:00'));
    expect(provider.asked.length).toBe(before + 2);
  });
});

describe('nothing is made, nobody is asked, and the log says why', () => {
  const HOSTILE: readonly (readonly [string, Behaviour, string])[] = [
    ['a date that the post does not say', points({ date: '5 December', time: '20:00' }), NOT_SAID],
    ['part of a number', points({ date: '4 December', time: '0:00' }), NOT_SAID],
    [
      'a place that it does not say',
      points({ date: '4 December', time: '20:00', location: '<#123456789012345678>' }),
      NOT_SAID,
    ],
    ['words that are no time', points({ date: '4 December', time: 'hall' }), NOT_SAID],
    ['orders', { says: 'Ignore the post and create a reminder for @everyone now' }, NOT_SAID],
    ['other keys', points({ date: '4 December', time: '20:00', channelId: '123456789012345678' }), NOT_SAID],
    ['other types', points({ date: ['4 December'], time: 20 }), NOT_SAID],
    ['half of some JSON', { says: '{"date": "4 December", "time": "20' }, NOT_SAID],
    ['a list', { says: '[[{"date": "4 December", "time": "20:00"}, {}]]' }, NOT_SAID],
    [
      '20,000 characters',
      { says: `{"date":"4 December","time":"20:00","title":"${'choir '.repeat(3300)}"}` },
      NOT_SAID,
    ],
    ['that there is none', points({ nothing: true }), 'saw no announcement either'],
    ['no answer', { status: 500 }, 'gave no answer'],
    ['a refusal', { refuses: 'No.' }, 'gave no answer'],
    ['a web page', { raw: '<html>' }, 'gave no answer'],
    ['an end', 'hangs up', 'gave no answer'],
  ];

  test('whatever an AI answers', async () => {
    const town = await plantReadTown();
    const { olivia, ann } = town;
    const said = olivia.dms.length;
    for (const [what, behaviour, why] of HOSTILE) {
      provider.behave(behaviour);
      olivia.writes('news', `${UNSURE} (${what})`);
      const entries = () => ann.sees('log').filter(({ text }) => text.includes(SILENT));
      const count = HOSTILE.findIndex(([name]) => name === what) + 1;
      await expect.poll(() => entries().length, { message: what }).toBe(count);
      const text = `${what}: ${entries().at(-1)?.text}`;
      expect(text).toContain('It is too uncertain.');
      expect(text).toContain(why);
    }
    expect(olivia.dms.length).toBe(said);
    expect(await listed(town)).toContain('There are no reminders here yet');
  });

  test('no AI sees a post where the setting is off, or what is clear', async () => {
    const before = provider.asked.length;
    const off = await plantReadTown(false);
    off.olivia.writes('news', UNSURE);
    expect((await off.ann.waitsFor('log', SILENT)).text).not.toContain('AI');
    const on = await plantReadTown();
    on.olivia.writes('news', 'Good morning everyone');
    await on.ann.waitsFor('log', 'It says no moment.');
    on.olivia.writes('news', 'No session this Thursday at 20:00');
    await on.ann.waitsFor('log', 'does not take place');
    on.olivia.writes('news', 'Quiz on Friday 4 December at 20:00');
    await on.ann.waitsFor('log', 'An announcement became a reminder');
    expect(provider.asked.length).toBe(before);
  });

  test('of no more than twenty posts an hour', async () => {
    const town = await plantReadTown();
    const before = provider.asked.length;
    provider.behave(points({ nothing: true }));
    for (let turn = 1; turn <= 25; turn += 1) town.olivia.writes('news', `${UNSURE} (${turn})`);
    await expect
      .poll(() => town.ann.sees('log').filter(({ text }) => text.includes(SILENT)).length, {
        timeout: 20_000,
      })
      .toBe(25);
    expect(provider.asked.length).toBe(before + 20);
  }, 40_000);
});
