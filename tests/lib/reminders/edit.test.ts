import { beforeEach, describe, expect, test } from 'vitest';
import { locales, translator } from '#lib/i18n/translate';
import { editReminder, readEditable, versionOf } from '#lib/reminders/edit';
import { changeLines, editedLogEntry, editedView, editModal, typedMessage } from '#lib/reminders/edit-view';
import { MESSAGE_MAX, NAME_MAX } from '#lib/reminders/create';
import type { Reminder } from '#lib/reminders/queries';
import { whenText } from '#lib/reminders/when-words';
import { inWords, readSchedule } from '#lib/reminders/when';
import { embed } from '#lib/ui/embeds';
import { useDatabase } from '../../setup/database.ts';
import { refusalOf } from '../errors/refusal.ts';
import { useSentences } from '../i18n/sentences.ts';
import { problemsOfMessage, problemsOfModal } from '../ui/accepted.ts';
import {
  actor,
  add,
  at,
  BRUSSELS,
  GENERAL,
  GUILD,
  MIA,
  NEWS,
  NOW,
  occurrences,
  SAM,
  written,
} from './fixtures.ts';

useSentences();
const database = useDatabase();
const db = () => database().db;
beforeEach(() => database().empty());

interface Change {
  readonly name?: string;
  readonly message?: string;
  readonly location?: string;
  readonly when?: string;
  readonly channelId?: string;
}
const edit = (of: Reminder, change: Change, by = actor(MIA), now = NOW) =>
  editReminder(
    db(),
    GUILD,
    of.id,
    by,
    {
      name: change.name ?? of.name,
      message: change.message ?? of.message,
      location: change.location ?? of.location ?? '',
      when: () => (change.when === undefined ? null : inWords(change.when)),
      channelId: change.channelId ?? null,
      seen: versionOf(of),
    },
    now,
  );
const waiting = async () =>
  (await occurrences(db())).map(({ kind, due, state }) => `${kind} ${due} ${state}`);
const setStates = (state: string, due: string) =>
  db().updateTable('reminder_occurrences').set({ state }).where('due_at', '=', at(due)).execute();

describe('an edit', () => {
  test('changes every part, in one step with what waits', async () => {
    const { reminder } = await add(db());
    const edited = await edit(reminder, {
      name: 'Picnic',
      message: 'Bring **bread**',
      location: 'Park',
      when: 'every friday 19:00',
      channelId: NEWS,
    });
    expect(edited.after).toMatchObject({
      name: 'Picnic',
      message: 'Bring **bread**',
      location: 'Park',
      callTime: '19:00',
      days: [4],
      eventTime: null,
      channelId: NEWS,
    });
    expect(await readEditable(db(), GUILD, reminder.id, actor(MIA))).toEqual(edited.after);
    expect(await waiting()).toEqual(['advance 2026-12-04 18:00 pending']);
    expect(edited.next.map(({ dueAt }) => written(dueAt))).toEqual([
      '2026-12-04 18:00',
      '2026-12-11 18:00',
      '2026-12-18 18:00',
    ]);
    const back = await edit(edited.after, { when: '28 march 2027 02:30' });
    expect(back).toMatchObject({ adjusted: 'gap', startsAt: '03:30', after: { days: [], recursFrom: null } });
  });

  test('of anything but the time keeps what waits as it is', async () => {
    const { reminder } = await add(db());
    const before = await db().selectFrom('reminder_occurrences').selectAll().execute();
    await edit(reminder, { name: 'Picnic', when: '1 december 2026 20:00', channelId: NEWS });
    expect(await db().selectFrom('reminder_occurrences').selectAll().execute()).toEqual(before);
  });

  test('sends nothing again, and owes again what was given up for that time', async () => {
    const { reminder } = await add(db());
    await setStates('sent', '2026-12-01 19:00');
    const now = at('2026-12-01 19:30');
    const { after } = await edit(reminder, { when: 'tomorrow 20:00' }, actor(MIA), now);
    expect(await waiting()).toEqual([
      'advance 2026-12-01 19:00 sent',
      'advance 2026-12-02 19:00 pending',
      'event 2026-12-02 20:00 pending',
    ]);
    await setStates('missed', '2026-12-02 20:00');
    const { after: later } = await edit(after, { when: '3/12 20:00' }, actor(MIA), now);
    await setStates('missed', '2026-12-03 20:00');
    const { after: earlier } = await edit(later, { when: '2/12 20:00' }, actor(MIA), now);
    await edit(earlier, { when: '3/12 20:00' }, actor(MIA), now);
    expect((await waiting()).slice(1)).toEqual([
      'advance 2026-12-03 19:00 pending',
      'event 2026-12-03 20:00 pending',
    ]);
  });

  test('of a daily one into working days keeps the next message, which may be on its way already', async () => {
    const { reminder } = await add(db(), { days: 'daily' });
    const [row] = await db().selectFrom('reminder_occurrences').select(['id', 'nonce']).execute();
    await edit(reminder, { when: 'every weekday 20:00' });
    expect(await db().selectFrom('reminder_occurrences').select(['id', 'nonce']).execute()).toEqual([row]);
  });

  test('leaves a paused one paused', async () => {
    const { reminder } = await add(db(), { days: 'daily' });
    await db().updateTable('reminders').set({ paused_at: NOW }).execute();
    await db().deleteFrom('reminder_occurrences').execute();
    const { next, after } = await edit(reminder, { when: 'every day 21:00' });
    expect([next, await waiting()]).toEqual([[], []]);
    expect(after).toMatchObject({ callTime: '21:00', pausedAt: NOW });
  });

  test('of one from an announcement keeps where it is from', async () => {
    const { reminder } = await add(db());
    await db()
      .updateTable('reminders')
      .set({ source: 'announcement', origin_channel_id: NEWS, origin_message_id: '1' })
      .execute();
    await edit(reminder, { name: 'Picnic' });
    expect(await readEditable(db(), GUILD, reminder.id, actor(MIA))).toMatchObject({
      name: 'Picnic',
      source: 'announcement',
      originMessageId: '1',
    });
  });
});

describe('an edit is refused', () => {
  test('to whom it is none of their business', async () => {
    const { reminder } = await add(db());
    expect((await refusalOf(() => edit(reminder, {}, actor(SAM)))).sentence).toBe('reminders:edit.notYours');
    await db().updateTable('reminders').set({ recipient_id: MIA }).execute();
    expect((await refusalOf(() => edit(reminder, {}, actor(SAM, true)))).sentence).toBe(
      'reminders:edit.gone',
    );
    expect((await edit(reminder, { name: 'Own' })).after.name).toBe('Own');
  });

  test('when it was changed, sent or deleted meanwhile, or is being sent', async () => {
    const { reminder } = await add(db());
    const [first, second] = await Promise.allSettled([
      edit(reminder, { name: 'One' }),
      edit(reminder, { name: 'Two' }, actor(SAM, true)),
    ]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    const now = await readEditable(db(), GUILD, reminder.id, actor(MIA));
    expect((await refusalOf(() => edit(reminder, {}))).sentence).toBe('reminders:edit.changed');
    await setStates('sending', '2026-12-01 19:00');
    expect((await refusalOf(() => edit(now, { when: '21:00' }))).sentence).toBe('reminders:edit.busy');
    expect((await edit(now, { message: 'Still' })).after.message).toBe('Still');
    await db().updateTable('reminders').set({ finished_at: NOW }).execute();
    expect((await refusalOf(() => edit(now, {}))).sentence).toBe('reminders:edit.gone');
  });

  test('with a text that cannot be, and then nothing is changed', async () => {
    const { reminder } = await add(db());
    for (const change of [{ name: ' ' }, { when: 'soon' }, { message: 'x'.repeat(MESSAGE_MAX + 1) }])
      await refusalOf(() => edit(reminder, { location: 'Park', ...change }));
    expect(await readEditable(db(), GUILD, reminder.id, actor(MIA))).toEqual(reminder);
  });
});

describe.each(locales)('what is shown in %s', (locale) => {
  const t = (...args: Parameters<ReturnType<typeof translator>>) => translator(locale)(...args);

  test.each([
    'tomorrow 20:00',
    'weekdays 9:00',
    'every day 9:00',
    'every monday and wednesday 20:00',
    'every friday 20:00 from 1 may until 1 june 2027',
    'every other friday 19:30 from 1 may',
    'elke eerste maandag 20:00',
    'on the 15th of every month 20:00',
    'every year on 3 may 20:00',
  ])('%s: can be read again', async (text) => {
    const { reminder } = await add(db(), { time: text });
    const shown = whenText(t, locale, reminder, BRUSSELS, NOW);
    const { schedule } = readSchedule(inWords(shown), BRUSSELS, NOW);
    const { callTime, eventTime, days, rrule, recursUntil } = reminder;
    expect(schedule).toMatchObject({ callTime, eventTime, days: [...days], rrule, recursUntil });
  });

  test('Discord takes the modal and what it comes to', async () => {
    for (const unit of ['`', '*', '😀', 'x', '@everyone ']) {
      const filled = (length: number) => unit.repeat(length).slice(0, length);
      const { reminder } = await add(db(), { name: filled(NAME_MAX - 2) });
      expect(problemsOfModal(editModal(t, reminder, '20:00', GENERAL))).toEqual([]);
      expect(problemsOfModal(editModal(t, { ...reminder, recipientId: MIA }, '20:00', null))).toEqual([]);
      const edited = await edit(reminder, {
        name: filled(NAME_MAX),
        message: filled(MESSAGE_MAX),
        location: filled(200),
        when: 'every other friday 19:30',
        channelId: NEWS,
      });
      expect(changeLines(t, locale, edited)).toHaveLength(5);
      const embeds = [
        editedView(t, locale, edited, NOW),
        embed('log', { ...editedLogEntry(edited, locale, MIA)(t), at: NOW }),
      ];
      expect(problemsOfMessage({ embeds })).toEqual([]);
      expect(JSON.stringify(embeds)).not.toMatch(/\{\{|undefined|reminders:|@everyone/);
      expect(problemsOfMessage({ embeds: typedMessage(t, filled(MESSAGE_MAX), NOW) })).toEqual([]);
    }
    expect(typedMessage(t, ' ', NOW)).toEqual([]);
  });
});
