import { describe, expect, test } from 'vitest';
import type { Overrides } from '#lib/settings/settings';
import { complete } from '#lib/onboarding/flow/complete';
import { acceptRules, begin } from '#lib/onboarding/flow/sessions';
import { publish } from '#lib/onboarding/versions';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { option, putDrafts, question, rule } from '../lib/onboarding/fixtures.ts';
import { botHears, leaveButton, plantTown } from './town.ts';
import { eventually } from '../setup/eventually.ts';

const world = useBot();

const RULES = [
  rule('Be kind', { description: 'No **insults**.' }),
  rule('No spam', { imageUrl: 'https://example.com/spam.png' }),
];
const QUESTIONS = [
  question('How did you find us?', {
    options: [option('A friend', { followup: 'Who?' }), option('A search', { emoji: '🔎' })],
  }),
  // Private without being marked so.
  question('Your e-mail?', { type: 'email' }),
  question('Your age?', { type: 'number', required: false }),
  question('What do you like?', {
    type: 'multiselect',
    options: [option('Choir'), option('Chess'), option('Hiking')],
    required: false,
  }),
];

/** A town whose onboarding is published, with a start button in #rules, roles and channels. */
async function openTown(content: Parameters<typeof putDrafts>[2] = { rules: RULES, questions: QUESTIONS }) {
  const town = plantTown(world());
  const { guild, ann, olivia } = town;
  const member = guild.createRole({ name: 'Member' });
  const chess = guild.createRole({ name: 'Chess players' });
  await putDrafts(world().database.db, guild.id, withRole(content, chess.id));
  await botHears(world(), guild);
  for (const [setting, value] of Object.entries({
    'system.rules_channel_id': '#rules',
    'system.onboarding_channel_id': '#general',
    'system.log_channel_id': '#log',
    'onboarding.completion_role_id': '@Member',
  })) {
    const reply = await olivia.runs('/config set', { setting, value });
    expect(reply.text).toContain('now');
  }
  await publish(world().database.db, guild.id, ann.id, world().clock.now());
  await world().bot.tasks.runAll();
  return { ...town, member, chess };
}

function withRole({ rules = [], questions = [] }: Parameters<typeof putDrafts>[2], roleId: string) {
  return {
    rules,
    questions: questions.map((one) => ({
      ...one,
      options: one.options.map((of) => (of.label === 'Chess' ? { ...of, roleIds: [roleId] } : of)),
    })),
  };
}

const rolesOf = (guild: SandboxGuild, { id }: Person): string[] =>
  [...(guild.record.members.get(id)?.roles ?? [])].map(
    (roleId) => guild.record.roles.get(roleId)?.name ?? roleId,
  );

/** One more question in the editor, behind the others. */
async function addQuestion(guildId: string, text: string): Promise<void> {
  await world()
    .database.db.insertInto('guild_onboarding_questions')
    .values({ guild_id: guildId, step_order: 99, question: text, question_type: 'text' })
    .execute();
}

describe('a new member', () => {
  test('reads the rules, answers, and gets roles and a welcome at the end', async () => {
    const { guild, mia, ann } = await openTown();
    const rules = await mia.clicks('Start onboarding');
    expect(rules).toMatchObject({ ephemeral: true });
    expect(rules.text).toContain('1. Be kind');
    expect(rules.text).toContain('2. No spam');
    const first = await mia.clicks('I accept the rules');
    expect(first).toMatchObject({ updated: true });
    expect(first.text).toContain('How did you find us?');
    const second = await mia.picks('Choose one', 'A friend');
    expect(second.text).toContain('Who?');
    expect(second.text).toContain('Your e-mail?');
    const modal = await mia.clicks('Answer');
    expect(modal.modal?.fields.map(({ label }) => label)).toEqual(['Who?', 'Your e-mail?', 'Your age?']);
    const refused = await mia.submits({ 'Who?': 'Sam', 'Your e-mail?': 'mia at home', 'Your age?': 'old' });
    expect(refused.text).toContain('"mia at home" is no e-mail address');
    expect(refused.text).toContain('"old" is no number');
    await mia.clicks('Answer');
    expect(mia.modal?.fields.map(({ value }) => value)).toEqual(['Sam', 'mia at home', 'old']);
    const third = await mia.submits({ 'Your e-mail?': 'mia@example.com', 'Your age?': '31' });
    expect(third.text).toContain('What do you like?');
    expect(rolesOf(guild, mia)).toEqual([]);
    const summary = await mia.picks('Choose one or more', ['Choir', 'Chess']);
    for (const part of ['A friend: Sam', 'mia@example.com', '31', 'Choir, Chess'])
      expect(summary.text).toContain(part);
    const done = await mia.clicks('Confirm');
    expect(done.text).toContain('Your roles: @Member, @Chess players');
    expect(done.message?.buttons).toEqual([]);
    expect(rolesOf(guild, mia).toSorted()).toEqual(['Chess players', 'Member']);
    expect(mia.sees('general').at(-1)?.text).toBe(`Welcome to ${guild.name}, @mia!`);
    const report = await ann.waitsFor('log', 'Onboarding finished');
    expect(report.text).toContain('A friend: Sam');
    expect(report.text).not.toContain('mia@example.com');
    expect(report.text).toContain('One private answer');
  });

  test('may stop anywhere: after a restart, and a week later, the same button goes on', async () => {
    const { guild, sam, niels } = await openTown();
    const step = async (act: () => Promise<{ text: string }>, then: string): Promise<void> => {
      expect((await act()).text).toContain(then);
      await world().restart();
      expect((await sam.clicks('Start onboarding')).text).toContain(then);
    };
    await step(() => sam.clicks('Start onboarding'), '1. Be kind');
    await world().advance(7 * DAY_MS);
    await step(() => sam.clicks('Ik ga akkoord met de regels'), 'How did you find us?');
    await step(() => sam.picks('Kies er één', 'A friend'), 'Who?');
    await sam.clicks('Antwoorden');
    await step(() => sam.submits({ 'Who?': 'Mia', 'Your e-mail?': 'sam@example.be' }), 'What do you like?');
    await step(() => sam.clicks('Overslaan'), 'Klopt dit?');
    const [first, second] = await Promise.all([sam.clicks('Bevestigen'), sam.clicks('Bevestigen')]);
    expect([first.text, second.text].join()).toContain('Je bent binnen!');
    expect(rolesOf(guild, sam)).toEqual(['Member']);
    await world().restart();
    await world().advance(MINUTE_MS);
    expect(sam.sees('general').filter(({ text }) => text.includes('Welcome'))).toHaveLength(1);
    expect(niels.sees('log').filter(({ text }) => text.includes('Onboarding finished'))).toHaveLength(1);
    const accepted = await world()
      .database.db.selectFrom('rule_acceptances')
      .selectAll()
      .where('guild_id', '=', guild.id)
      .execute();
    expect(accepted).toMatchObject([{ user_id: sam.id, version: 1, locale: 'nl' }]);
  });

  test('in two servers at once does not mix them', async () => {
    const one = await openTown();
    const two = await openTown({ questions: [question('Your nickname?')] });
    await one.mia.clicks('Start onboarding');
    await two.mia.clicks('Start onboarding');
    await one.mia.clicks('I accept the rules');
    await two.mia.clicks('Answer');
    const summary = await two.mia.submits({ 'Your nickname?': 'Em' });
    expect(summary.text).toContain('Em');
    await one.mia.picks('Choose one', 'A search');
    await two.mia.clicks('Confirm');
    expect(rolesOf(two.guild, two.mia)).toEqual(['Member']);
    expect(rolesOf(one.guild, one.mia)).toEqual([]);
    expect((await one.mia.clicks('Start onboarding')).text).toContain('Your e-mail?');
  });

  test('ends with the version they began, whatever is published meanwhile', async () => {
    const { guild, ann, mia, sam } = await openTown();
    await mia.clicks('Start onboarding');
    await putDrafts(world().database.db, guild.id, { questions: [question('Your nickname?')] });
    await publish(world().database.db, guild.id, ann.id, world().clock.now());
    await mia.clicks('I accept the rules');
    expect((await mia.picks('Choose one', 'A search')).text).toContain('Your e-mail?');
    expect((await sam.clicks('Start onboarding')).text).toContain('Your nickname?');
  });

  test('goes back, changes an answer, and is not asked the rest again', async () => {
    const { mia } = await openTown();
    await mia.clicks('Start onboarding');
    await mia.clicks('I accept the rules');
    await mia.picks('Choose one', 'A search');
    await mia.clicks('Answer');
    await mia.submits({ 'Your e-mail?': 'mia@example.com' });
    await mia.clicks('Back');
    const back = await mia.clicks('Back');
    expect(back.text).toContain('How did you find us?');
    await mia.picks('Choose one', 'A friend');
    await mia.clicks('Answer');
    await mia.submits({ 'Who?': 'Sam' });
    const summary = await mia.clicks('Skip');
    expect(summary.text).toContain('A friend: Sam');
    const again = await mia.picks('Change an answer', 'What do you like?');
    expect(again.text).toContain('What do you like?');
    expect((await mia.picks('Choose one or more', ['Hiking'])).text).toContain('Hiking');
  });

  test('does it again: sees the old answers, and is asked only what is new', async () => {
    const { guild, ann, mia, chess } = await openTown();
    await mia.clicks('Start onboarding');
    await mia.clicks('I accept the rules');
    await mia.picks('Choose one', 'A search');
    await mia.clicks('Answer');
    await mia.submits({ 'Your e-mail?': 'mia@example.com' });
    await mia.picks('Choose one or more', ['Chess']);
    await mia.clicks('Confirm');
    expect(rolesOf(guild, mia).toSorted()).toEqual(['Chess players', 'Member']);

    expect((await mia.clicks('Start onboarding')).text).toContain(
      'You did this before. These are your answers',
    );
    await mia.picks('Change an answer', 'What do you like?');
    await mia.picks('Choose one or more', ['Choir']);
    await mia.clicks('Confirm');
    expect(rolesOf(guild, mia)).toEqual(['Member']);

    await addQuestion(guild.id, 'Your favourite colour?');
    await publish(world().database.db, guild.id, ann.id, world().clock.now());
    const asked = await mia.clicks('Start onboarding');
    expect(asked.text).toContain('Only what is new or changed is asked');
    expect(asked.text).toContain('Your favourite colour?');
    expect(asked.text).not.toContain('Be kind');
    await mia.clicks('Answer');
    expect((await mia.submits({ 'Your favourite colour?': 'Green' })).text).toContain('mia@example.com');
    expect(chess.name).toBe('Chess players');
  });
});

describe('roles', () => {
  const finish = async (person: Person) => {
    await person.clicks('Start onboarding');
    return person.clicks('I accept the rules');
  };

  test('above the bot: staff are told which and where, once, and it is given when the bot’s is moved', async () => {
    const { guild, ann, mia } = await openTown({ rules: RULES });
    guild.moveRole('Member', guild.record.roles.size - 1);
    await botHears(world(), guild);
    expect((await finish(mia)).text).toContain("I couldn't give you all of your roles yet: @Member");
    const told = await ann.waitsFor('log', 'A role could not be given');
    expect(told.text).toMatch(/@Member, but it is at position \d+ .* my own highest role at \d+/);
    for (let minutes = 0; minutes < 5; minutes += 1) await world().advance(MINUTE_MS);
    expect(ann.sees('log').filter(({ text }) => text.includes('could not be given'))).toHaveLength(1);
    guild.moveRole('Member', 1);
    await eventually(() => expect(rolesOf(guild, mia)).toEqual(['Member']));
  });

  test('that cannot be given for another reason than before are told of again, each of them', async () => {
    const { guild, olivia, mia } = await openTown({ rules: RULES });
    guild.moveRole('Member', guild.record.roles.size - 1);
    guild.setPermissions('Alphapy', ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory']);
    await botHears(world(), guild);
    await finish(mia);
    await olivia.waitsFor('log', 'I lack the permission Manage Roles');
    const attempts = async () =>
      (await world().database.db.selectFrom('onboarding_duties').select('attempts').execute())[0]?.attempts;
    expect(await attempts()).toBe(1);
    // It has its time, and no sweep before that.
    await world().advance(1000);
    expect(await attempts()).toBe(1);
    guild.setPermissions('Alphapy', ['Administrator']);
    await olivia.waitsFor('log', 'it is at position');
    guild.moveRole('Member', 1);
    await botHears(world(), guild);
    await world().advance(1000);
    await eventually(() => expect(rolesOf(guild, mia)).toEqual(['Member']));
  });

  test('and answers stay where only the rules are accepted anew', async () => {
    const { guild, ann, mia } = await openTown();
    await mia.clicks('Start onboarding');
    await mia.clicks('I accept the rules');
    await mia.picks('Choose one', 'A search');
    await mia.clicks('Answer');
    await mia.submits({ 'Your e-mail?': 'mia@example.com' });
    await mia.picks('Choose one or more', ['Chess']);
    await mia.clicks('Confirm');
    await ann.runs('/config set', { setting: 'onboarding.mode', value: 'rules_only' });
    expect((await mia.clicks('Start onboarding')).text).toContain('You have finished onboarding already');
    await putDrafts(world().database.db, guild.id, { rules: [rule('Be kinder')] });
    await publish(world().database.db, guild.id, ann.id, world().clock.now());
    await mia.clicks('Start onboarding');
    await mia.clicks('I accept the rules');
    await world().advance(MINUTE_MS);
    expect(rolesOf(guild, mia).toSorted()).toEqual(['Chess players', 'Member']);
    expect((await ann.runs('/onboarding_answers', { member: 'mia' })).text).toContain('mia@example.com');
  });

  test('wait until a member has come through the server’s own screening', async () => {
    const { guild } = await openTown({ rules: RULES });
    const joan = guild.join('joan', { isPending: true });
    expect((await finish(joan)).text).toContain("completed this server's own membership check");
    await world().advance(MINUTE_MS);
    expect(rolesOf(guild, joan)).toEqual([]);
    guild.passScreening(joan);
    await world().advance(HOUR_MS);
    await eventually(() => expect(rolesOf(guild, joan)).toEqual(['Member']));
  });

  test('that are deleted meanwhile, and members who left, are let go', async () => {
    const { guild, ann, mia, sam } = await openTown({ rules: RULES });
    await sam.clicks('Start onboarding');
    guild.deleteRole('Member');
    await botHears(world(), guild);
    expect((await finish(mia)).text).toContain("A role that you should get can't be given any more.");
    await ann.waitsFor('log', 'should get a role that was deleted');
    guild.leave(sam);
    await world().advance(HOUR_MS);
    const left = await world().database.db.selectFrom('onboarding_duties').selectAll().execute();
    expect(left).toEqual([]);
  });

  test('are given in the end when Discord fails', async () => {
    const { guild, mia } = await openTown({ rules: RULES });
    const { faults } = world().sandbox;
    faults.switchOn({ fault: '500', on: 'PUT /guilds/*/members/*/roles/*', times: 20 });
    expect((await finish(mia)).text).toContain('You get these roles in a moment: @Member');
    expect(rolesOf(guild, mia)).toEqual([]);
    faults.clear();
    await world().restart();
    await world().advance(MINUTE_MS);
    expect(rolesOf(guild, mia)).toEqual(['Member']);
  });
});

describe('a process that dies', () => {
  const duties = () =>
    world().database.db.selectFrom('onboarding_duties').selectAll().orderBy('id').execute();

  test('after the confirmation, or after anything it did for it, does nothing twice', async () => {
    const { guild, mia, ann } = await openTown({ rules: RULES });
    const { db } = world().database;
    const overrides: Overrides = new Map([['onboarding.completion_role_id', guild.role('Member').id]]);
    // It ends as soon as what is confirmed is written.
    const { session } = await begin(
      db,
      { guildId: guild.id, userId: mia.id },
      'rules_with_questions',
      world().clock.now(),
    );
    await db
      .transaction()
      .execute(async (trx) =>
        complete(
          trx,
          await acceptRules(trx, session, 'en-US', world().clock.now()),
          overrides,
          world().clock.now(),
        ),
      );
    const owed = await duties();
    expect(owed.map(({ kind }) => kind).toSorted()).toEqual(['add_role', 'report', 'welcome']);
    await world().advance(MINUTE_MS);
    const seen = () => ({
      roles: rolesOf(guild, mia),
      welcomes: mia.sees('general').filter(({ text }) => text.includes('Welcome')).length,
      reports: ann.sees('log').filter(({ text }) => text.includes('Onboarding finished')).length,
    });
    expect(seen()).toEqual({ roles: ['Member'], welcomes: 1, reports: 1 });
    // And here: everything is done, and none of it struck off.
    await db
      .insertInto('onboarding_duties')
      .values(owed.map(({ id: _id, ...duty }) => duty))
      .execute();
    await world().restart();
    await world().advance(1000);
    expect(seen()).toEqual({ roles: ['Member'], welcomes: 1, reports: 1 });
    expect(await duties()).toEqual([]);
    // And so long ago that Discord has forgotten what it was sent.
    await db
      .insertInto('onboarding_duties')
      .values(owed.map(({ id: _id, ...duty }) => ({ ...duty, attempts: 1 })))
      .execute();
    await world().advance(HOUR_MS);
    expect(seen()).toEqual({ roles: ['Member'], welcomes: 1, reports: 1 });
    expect(await duties()).toEqual([]);
  });
});

describe('what cannot be', () => {
  test('is refused with a sentence: off, not ready, somebody else’s buttons, buttons of another version', async () => {
    const { guild, ann, mia, sam } = await openTown();
    const started = await mia.clicks('Start onboarding');
    const [accept] = started.message?.buttons ?? [];
    leaveButton(world(), guild, accept?.customId ?? '');
    expect((await sam.clicks('Go')).text).toContain('Deze knoppen zijn van iemand anders');
    const { id } = leaveButton(world(), guild, 'onboarding:0:start');
    expect((await mia.clicks('Go', { on: { id } })).text).toContain('This step is no longer there');
    await ann.runs('/config set', { setting: 'onboarding.mode', value: 'disabled' });
    expect((await sam.clicks('Start onboarding')).text).toContain('De onboarding staat op dit moment uit');
    const empty = plantTown(world());
    const old = leaveButton(world(), empty.guild, 'start_onboarding');
    expect((await empty.mia.clicks('Go', { on: old })).text).toContain("isn't ready in this server yet");
  });

  test('the old bot’s button starts as ours does, and counts as a start button', async () => {
    const { guild, ann, mia } = plantTown(world());
    const old = leaveButton(world(), guild, 'start_onboarding');
    await putDrafts(world().database.db, guild.id, { rules: RULES });
    await publish(world().database.db, guild.id, ann.id, world().clock.now());
    await ann.runs('/config set', { setting: 'system.rules_channel_id', value: '#general' });
    await world().bot.tasks.runAll();
    expect(mia.sees('general').filter(({ buttons }) => buttons.length > 0)).toHaveLength(1);
    expect((await mia.clicks('Go', { on: old })).text).toContain('1. Be kind');
  });

  test('what the start button promises follows the mode and the language', async () => {
    const { ann, mia } = await openTown({ rules: RULES });
    const panel = () => mia.sees('rules').find(({ buttons }) => buttons.length > 0)?.text;
    expect(panel()).toContain('a few questions');
    await ann.runs('/config set', { setting: 'onboarding.mode', value: 'rules_only' });
    await world().advance(MINUTE_MS);
    expect(panel()).not.toContain('a few questions');
    await ann.runs('/config set', { setting: 'system.language', value: 'nl' });
    await world().advance(MINUTE_MS);
    expect(panel()).toContain('Welkom');
  });

  test('a start button that was deleted does not come back by itself', async () => {
    const { guild, mia } = await openTown({ rules: RULES });
    const panels = () => mia.sees('rules').filter(({ buttons }) => buttons.length > 0);
    expect(panels()).toHaveLength(1);
    guild.channel('rules').messages.clear();
    await world().restart();
    await world().advance(MINUTE_MS);
    expect(panels()).toHaveLength(0);
  });
});

test('twenty rules and twenty-five questions of every kind can be gone through', async () => {
  const rules = Array.from({ length: 20 }, (_, index) =>
    rule(`Rule ${index} ${'x'.repeat(80)}`, { description: '🙂 **x** '.repeat(120) }),
  );
  const questions = Array.from({ length: 25 }, (_, index) =>
    index % 3 === 0
      ? question(`Choose ${index} ${'ש'.repeat(100)}`, {
          options: Array.from({ length: 25 }, (__, at) => option(`Option ${at} of ${index}`)),
        })
      : question(`Say ${index} ${'q'.repeat(30)}`, { type: index % 3 === 1 ? 'paragraph' : 'text' }),
  );
  const { mia } = await openTown({ rules, questions });
  let shown = await mia.clicks('Start onboarding');
  let pages = 1;
  while (shown.message?.buttons.some(({ label }) => label === 'Next') === true) {
    shown = await mia.clicks('Next');
    pages += 1;
  }
  expect(pages).toBeGreaterThan(5);
  shown = await mia.clicks('I accept the rules');
  while (!shown.text.includes('Is this right?')) {
    if (shown.message?.buttons.some(({ label }) => label === 'Answer') === true) {
      const { modal } = await mia.clicks('Answer');
      const typed = (modal?.fields ?? []).map(({ label }) => [label, '*_`'.repeat(90)] as const);
      shown = await mia.submits(Object.fromEntries(typed));
    } else {
      const label = /Choose (\d+)/.exec(shown.text)?.[1] ?? '';
      shown = await mia.picks('Choose one', `Option 3 of ${label}`);
    }
  }
  expect((await mia.clicks('Confirm')).text).toContain("You're in!");
});
