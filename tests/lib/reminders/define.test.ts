import { beforeEach, expect, test } from 'vitest';
import { redefineReminder } from '#lib/reminders/define';
import type { Reminder } from '#lib/reminders/queries';
import { useDatabase } from '../../setup/database.ts';
import { add, at, BRUSSELS } from './fixtures.ts';

const database = useDatabase();
beforeEach(() => database().empty());

test('what was set aside before the time changed does not go out; another text leaves it', async () => {
  const { db } = database();
  const { reminder } = await add(db);
  await db
    .updateTable('reminder_occurrences')
    .set({ state: 'parked', settled_at: at('2026-12-01 19:00') })
    .where('kind', '=', 'advance')
    .execute();
  const redefine = (changes: Partial<Reminder>, isMoved: boolean) =>
    db
      .transaction()
      .execute((trx) =>
        redefineReminder(
          trx,
          { ...reminder, ...changes },
          { isMoved, zone: BRUSSELS, now: at('2026-12-01 19:30') },
        ),
      );
  const rows = () =>
    db.selectFrom('reminder_occurrences').select(['kind', 'state', 'due_at']).orderBy('due_at').execute();

  await redefine({ message: 'Bring pens' }, false);
  expect((await rows()).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'advance parked',
    'event pending',
  ]);

  await redefine({ callTime: '21:00', eventTime: at('2026-12-02 21:00') }, true);
  expect(await rows()).toEqual([
    { kind: 'advance', state: 'missed', due_at: at('2026-12-01 19:00') },
    { kind: 'advance', state: 'pending', due_at: at('2026-12-02 20:00') },
    { kind: 'event', state: 'pending', due_at: at('2026-12-02 21:00') },
  ]);
});
