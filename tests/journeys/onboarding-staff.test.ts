import { describe, expect, test } from 'vitest';
import { publish } from '#lib/onboarding/versions';
import { readFigures, figuresView } from '#lib/onboarding/staff/figures';
import { button } from '#lib/ui/components';
import { translator } from '#lib/i18n/translate';
import type { Person } from '../../sandbox/people/person.ts';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { option, putDrafts, question, rule } from '../lib/onboarding/fixtures.ts';
import { leaveButton, plantTown } from './town.ts';

const world = useBot();

const QUESTIONS = [
  question('How did you find us?', { options: [option('A friend', { followup: 'Who?' }), option('Search')] }),
  question('Your e-mail?', { type: 'email', isPrivate: true }),
  question('Anything else?', { type: 'paragraph', required: false }),
];

async function openTown() {
  const town = plantTown(world());
  const { guild, ann } = town;
  const { db } = world().database;
  await putDrafts(db, guild.id, { rules: [rule('Be kind')], questions: QUESTIONS });
  await publish(db, guild.id, ann.id, world().clock.now());
  await ann.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
  const { id } = leaveButton(world(), guild, 'start_onboarding');
  return { ...town, start: (person: Person) => person.clicks('Go', { on: { id } }) };
}

/** Goes through it all. */
async function answers(person: Person, { email, more = '' }: { email: string; more?: string }) {
  const dutch = person.name === 'sam';
  await person.clicks(dutch ? 'Ik ga akkoord met de regels' : 'I accept the rules');
  await person.picks(dutch ? 'Kies er één' : 'Choose one', 'A friend');
  await person.clicks(dutch ? 'Antwoorden' : 'Answer');
  await person.submits({ 'Who?': '=1+1', 'Your e-mail?': email, 'Anything else?': more });
  await person.clicks(dutch ? 'Bevestigen' : 'Confirm');
}

describe('staff', () => {
  test('look up what one member answered, and the log says who did', async () => {
    const { mia, ann, niels, sam, start } = await openTown();
    await start(mia);
    await answers(mia, { email: 'mia@example.com' });
    const shown = await ann.runs('/onboarding_answers', { member: 'mia' });
    expect(shown).toMatchObject({ ephemeral: true });
    for (const part of ['A friend: =1+1', 'mia@example.com', 'no answer', 'version 1'])
      expect(shown.text).toContain(part);
    const menu = await niels.usesOnMember('Onboarding answers', 'mia', { in: 'general' });
    expect(menu.text).toContain('mia@example.com');
    expect(menu.text).toContain('geen antwoord');
    await ann.waitsFor('log', '@ann looked up the answers of @mia');
    await ann.waitsFor('log', '@niels looked up the answers of @mia');
    expect((await ann.runs('/onboarding_answers', { member: 'sam' })).text).toContain(
      'has not finished onboarding',
    );
    const how = { allowedBySettings: true };
    expect((await sam.runs('/onboarding_answers', { member: 'mia' })).text).toContain(
      'Dat kan alleen het ticketteam',
    );
    expect((await sam.usesOnMember('Onboarding answers', 'mia', { in: 'general', ...how })).text).toContain(
      'Dat kan alleen het ticketteam',
    );
    expect((await sam.runs('/export_onboarding', {}, how)).text).toContain('Alleen de eigenaar');
  });

  test('need no more than the role of those who help', async () => {
    const { guild, mia, ann, sam, start } = await openTown();
    await start(mia);
    await answers(mia, { email: 'mia@example.com' });
    guild.createRole({ name: 'Helpers', members: ['sam'] });
    await ann.runs('/config set', { setting: 'ticketbot.staff_role_id', value: '@Helpers' });
    expect((await sam.runs('/onboarding_answers', { member: 'mia' })).text).toContain('mia@example.com');
    await ann.waitsFor('log', '@sam looked up the answers of @mia');
  });

  test('see a long answer to its end', async () => {
    const { mia, ann, start } = await openTown();
    await start(mia);
    await answers(mia, { email: 'mia@example.com', more: '🙂*'.repeat(300) });
    const shown = await ann.runs('/onboarding_answers', { member: 'mia' });
    expect(shown.message?.attachments).toEqual([]);
    await start(mia);
    await mia.picks('Change an answer', 'Anything else?');
    await mia.clicks('Answer');
    await mia.submits({ 'Anything else?': 'x'.repeat(1000) });
    await mia.clicks('Confirm');
    expect((await ann.runs('/onboarding_answers', { member: 'mia' })).text).toContain('x'.repeat(900));
  });

  test('export their own server’s answers, safe to open in a spreadsheet', async () => {
    const one = await openTown();
    const two = await openTown();
    await one.start(one.mia);
    await answers(one.mia, { email: 'mia@example.com', more: '@SUM(A1)\n"quoted", é' });
    await two.start(two.sam);
    await answers(two.sam, { email: 'sam@example.be' });
    const reply = await one.ann.runs('/export_onboarding');
    expect(reply).toMatchObject({ ephemeral: true });
    expect(reply.text).toContain('One member');
    const [file] = reply.message?.attachments ?? [];
    const text = await (await fetch(file?.url ?? '')).text();
    expect(text.split('\r\n')[0]).toBe(
      'member id,confirmed at,version,rules accepted at,How did you find us?,Your e-mail?,Anything else?',
    );
    expect(text).toContain(one.mia.id);
    expect(text).toContain(`"'@SUM(A1)\n""quoted"", é"`);
    expect(text).not.toContain('sam@example.be');
    expect((await plantTown(world()).ann.runs('/export_onboarding')).text).toContain('nothing to export');
  });

  test('see how far members come, and how long it takes them', async () => {
    const { guild, mia, sam, olivia, start } = await openTown();
    const { db } = world().database;
    await start(olivia);
    await start(mia);
    await mia.clicks('I accept the rules');
    await start(sam);
    await world().advance(4 * MINUTE_MS);
    await answers(sam, { email: 'sam@example.be' });
    const figures = await readFigures(db, guild.id, 'rules_with_questions');
    expect(figures).toMatchObject({ started: 3, accepted: 2, finished: 1 });
    expect([...(figures?.passed.values() ?? [])]).toEqual([1, 1, 1]);
    expect(figures?.medianMinutes).toBeGreaterThanOrEqual(4);
    const view = JSON.stringify(figures && figuresView(translator('nl'), figures, button('Terug', 'x')));
    expect(view).toContain('67 % (2) · De regels aanvaard');
    expect(view).toContain('33 % (1) · Afgerond');
    expect(view).toContain('4 minuten');
  });
});
