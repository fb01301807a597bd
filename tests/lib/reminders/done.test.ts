import { beforeEach, describe, expect, test } from 'vitest';
import { deleteReminderRow } from '#lib/reminders/queries';
import { markDone } from '#lib/reminders/done';
import { useDatabase } from '../../setup/database.ts';
import { refusalOf } from '../errors/refusal.ts';
import { useSentences } from '../i18n/sentences.ts';
import { actor, add, at, GUILD, MIA, NOW, occurrences, OTHER_GUILD, SAM } from './fixtures.ts';

useSentences();
const database = useDatabase();
const db = () => database().db;
beforeEach(() => database().empty());

const [mia, sam, admin] = [actor(MIA), actor(SAM), actor('888888888888888888', true)];

/** Marks the first message of a reminder as sent, as it is when somebody can press its buttons. */
async function sendFirst(reminderId: number) {
  const { id } = await db()
    .selectFrom('reminder_occurrences')
    .select('id')
    .where('reminder_id', '=', reminderId)
    .orderBy('due_at')
    .executeTakeFirstOrThrow();
  await db().updateTable('reminder_occurrences').set({ state: 'sent' }).where('id', '=', id).execute();
  return { guildId: GUILD, reminderId, occurrenceId: id };
}
const finished = async () =>
  (await db().selectFrom('reminders').select('finished_at').execute()).map((row) => row.finished_at);

describe('done', () => {
  test('of an announced one-off: its own message is not sent, and it is finished; once', async () => {
    const { reminder } = await add(db());
    const id = await sendFirst(reminder.id);
    const [one, other] = await Promise.all([
      markDone(db(), id, mia, 'channel', NOW),
      markDone(db(), id, admin, 'channel', NOW),
    ]);
    expect(one.isRepeated).not.toBe(other.isRepeated);
    expect(one.doneBy).toBe(other.doneBy);
    expect((await occurrences(db())).map(({ kind, state }) => [kind, state])).toEqual([
      ['advance', 'sent'],
      ['event', 'missed'],
    ]);
    expect(await finished()).toEqual([NOW]);
    expect(await markDone(db(), id, mia, 'channel', NOW)).toMatchObject({
      isRepeated: true,
      doneBy: one.doneBy,
    });
  });

  test('of a one-off that was moved meanwhile: what it is now stays', async () => {
    const { reminder } = await add(db());
    const id = await sendFirst(reminder.id);
    const moved = at('2026-12-05 20:00');
    await db().updateTable('reminders').set({ event_time: moved }).execute();
    await db()
      .updateTable('reminder_occurrences')
      .set({ event_at: moved, due_at: moved })
      .where('state', '=', 'pending')
      .execute();
    await markDone(db(), id, mia, 'channel', NOW);
    expect((await occurrences(db())).map(({ state }) => state)).toEqual(['sent', 'pending']);
    expect(await finished()).toEqual([null]);
  });

  test('of a recurring one: it goes on with its next event', async () => {
    const { reminder } = await add(db(), { days: 'tue' });
    const id = await sendFirst(reminder.id);
    // Another message of the same event that waits.
    await db()
      .insertInto('reminder_occurrences')
      .values({
        reminder_id: reminder.id,
        guild_id: GUILD,
        kind: 'advance',
        due_at: at('2026-12-01 19:30'),
        event_at: at('2026-12-01 20:00'),
        offset_minutes: 30,
        next_attempt_at: at('2026-12-01 19:30'),
        nonce: 'n2',
      })
      .execute();
    await db().updateTable('reminders').set({ offset_minutes: 30 }).execute();
    await markDone(db(), id, mia, 'channel', NOW);
    expect((await occurrences(db())).map(({ due, state }) => [due, state])).toEqual([
      ['2026-12-01 19:00', 'sent'],
      ['2026-12-01 19:30', 'missed'],
      ['2026-12-08 19:30', 'pending'],
    ]);
    expect(await finished()).toEqual([null]);
  });

  test('is for its creator, admins, or whom a direct message was for', async () => {
    const { reminder } = await add(db());
    const id = await sendFirst(reminder.id);
    const refusal = /^Only the person who added this reminder, or an admin, can mark it as done\./;
    expect((await refusalOf(() => markDone(db(), id, sam, 'channel', NOW))).text).toMatch(refusal);
    expect((await refusalOf(() => markDone(db(), id, mia, 'direct', NOW))).text).toMatch(refusal);
    expect(
      (await refusalOf(() => markDone(db(), { ...id, guildId: OTHER_GUILD }, mia, 'channel', NOW))).text,
    ).toMatch(refusal);
    await db().updateTable('reminders').set({ recipient_id: SAM, created_by: SAM }).execute();
    expect((await refusalOf(() => markDone(db(), id, admin, 'channel', NOW))).text).toMatch(refusal);
    expect(await markDone(db(), id, sam, 'direct', NOW)).toMatchObject({ isRepeated: false });
  });

  test('of a deleted one: an admin may still mark its message', async () => {
    const { reminder } = await add(db());
    const id = await sendFirst(reminder.id);
    await db()
      .transaction()
      .execute((trx) => deleteReminderRow(trx, GUILD, reminder.id));
    expect(await markDone(db(), id, admin, 'channel', NOW)).toEqual({
      doneBy: admin.userId,
      isRepeated: false,
      reminder: null,
    });
    expect((await refusalOf(() => markDone(db(), id, mia, 'channel', NOW))).text).toContain(
      'Only the person',
    );
  });
});
