import { expect, test } from 'vitest';
import { requestErasure } from '#lib/privacy/requests';
import { DAY_MS, useBot } from '../../setup/bot.ts';
import { plantTown } from '../town.ts';
import { breakDatabase } from '../trouble.ts';

const world = useBot();

const uses = () =>
  world().database.db.selectFrom('audit_logs').selectAll().orderBy('created_at').orderBy('id').execute();

test('what people use is counted: names without ids, refusals with their kind, and a stop loses none', async () => {
  const { guild, olivia, mia } = plantTown(world());
  await olivia.runs('/config show');
  await olivia.runs('/privacy');
  await olivia.clicks('What is stored');
  await mia.runs('/onboarding_answers', { member: 'mia' });
  await olivia.runs('/config set', { setting: 'no.such', value: '1' });
  await world().restart();

  const rows = await uses();
  expect(
    rows.map(({ command_name, command_type, success, failure, error_message }) => [
      command_name,
      command_type,
      success,
      failure,
      error_message,
    ]),
  ).toEqual([
    ['config show', 'slash', true, null, null],
    ['privacy', 'slash', true, null, null],
    ['privacy stored', 'button', true, null, null],
    ['onboarding_answers', 'slash', false, 'denied', expect.stringMatching(/^[\w-]+:[\w.]+$/)],
    ['config set', 'slash', false, 'user', expect.stringMatching(/^[\w-]+:[\w.]+$/)],
  ]);
  expect(rows.every(({ guild_id }) => guild_id === guild.id)).toBe(true);
});

test('a failure stands in the log under the id under which it is counted', async () => {
  const { olivia } = plantTown(world());
  await olivia.runs('/config show');
  const linesBefore = world().logged.length;
  const mend = breakDatabase(world());
  await olivia.runs('/config undo');
  mend();
  await world().restart();
  const line = world()
    .logged.slice(linesBefore)
    .find(({ msg }) => msg === 'an interaction failed');
  expect(line?.['id']).toMatch(/^[a-z0-9]{9,14}$/);
  expect((await uses()).find((use) => use.correlation_id === line?.['id'])).toMatchObject({
    command_name: 'config undo',
    success: false,
    failure: 'database',
    error_message: null,
  });
});

test('of who was erased nothing is written afterwards', async () => {
  const { mia, sam } = plantTown(world());
  const { database, clock } = world();
  await requestErasure(database.db, { userId: mia.id, guildId: null, locale: 'en-US', now: clock.now() });
  await mia.runs('/reminder_list');
  await sam.runs('/reminder_list');
  await world().advance(7 * DAY_MS);
  await world().restart();
  const people = (await uses()).map(({ user_id }) => user_id);
  expect(people).toContain(sam.id);
  expect(people).not.toContain(mia.id);
});
