import { expect, test } from 'vitest';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { importFrom, useOldBot } from '../lib/import/old-bot.ts';
import { BY_MIGRATION } from '../lib/import/old-shapes.ts';
import { plantTicketTown } from './ticket-town.ts';
import { botHears, brussels, leaveButton } from './town.ts';

const world = useBot();
const oldBot = useOldBot();

test('a community of the Python bot goes on here', async () => {
  const town = await plantTicketTown(world());
  const { guild, ann, mia, sam, sue } = town;
  const channels = Object.fromEntries(
    ['events', 'rules', 'log'].map((name) => [name, guild.channel(name).id]),
  );
  const ticketChannel = guild.createChannel({ name: 'ticket-12' }).id;
  await botHears(world(), guild);
  await oldBot().make(
    BY_MIGRATION,
    `insert into bot_settings (guild_id, scope, key, value, value_type) values
       (${guild.id}, 'system', 'rules_channel_id', '${channels['rules']}', 'channel'),
       (${guild.id}, 'reminders', 'default_channel_id', '${channels['events']}', 'channel'),
       (${guild.id}, 'onboarding', 'mode', '"\\"rules_with_questions\\""', 'string');
     insert into guild_rules (guild_id, rule_order, title, description) values (${guild.id}, 1, 'Be kind', 'To all.');
     insert into guild_onboarding_questions (guild_id, step_order, question, question_type, options) values
       (${guild.id}, 1, 'How did you find us?', 'select', '[{"label":"A friend","value":"friend"},{"label":"Search","value":"search"}]');
     insert into onboarding values (${guild.id}, ${sam.id}, '{"0": "friend", "1": "more"}', '2026-11-05 10:00:00');
     insert into reminders (guild_id, name, channel_id, time, call_time, days, message, created_by) values
       (${guild.id}, 'Yoga', ${channels['events']}, '18:30', '19:30', '{dinsdag}', 'Bring a mat', ${ann.id});
     insert into support_tickets (id, guild_id, user_id, username, description, status, channel_id) values
       (12, ${guild.id}, ${mia.id}, 'mia', 'I cannot log in', 'open', ${ticketChannel}),
       (13, ${guild.id}, ${sam.id}, 'sam', 'Its channel is gone', 'open', 899999999999999999);
     insert into faq_entries (title, summary, keywords) values ('Log in', 'Use the blue button.', '{password}');`,
  );
  const tallies = await importFrom(oldBot(), world().database, { now: world().clock.now() });
  expect(tallies.filter(({ hasFailed }) => hasFailed).map((tally) => tally.lines())).toEqual([]);
  await world().advance(MINUTE_MS);

  // Tuesday the first: the reminder comes an hour before, once.
  await world().moveTo(brussels('2026-12-01T18:31'));
  expect(mia.sees('events').filter(({ text }) => text.includes('Yoga'))).toHaveLength(1);

  // The open ticket has buttons that work, and the one without a channel is closed.
  expect((await town.ticket(13)).status).toBe('closed');
  await sue.clicks('Claim');
  expect(await town.ticket(12)).toMatchObject({ status: 'claimed', claimedBy: sue.id });

  // A new member goes through what was asked there, from the old bot's own button.
  const oldButton = leaveButton(world(), guild, 'start_onboarding');
  expect((await mia.clicks('Go', { on: oldButton })).text).toContain('Be kind');
  const answers = (await ann.runs('/onboarding_answers', { member: 'sam' })).text;
  expect(answers).toContain('A friend');
  expect(answers).toContain('more');

  expect((await mia.runs('/faq search', { query: 'how do I log in' })).text).toContain(
    'Use the blue button.',
  );
  expect((await ann.runs('/config show', { scope: 'reminders' })).text).toContain('#events');
});
