import { describe, expect, test } from 'vitest';
import { addEntry } from '#lib/faq/queries';
import { erasePerson } from '#lib/privacy/erase';
import { topicIds } from '#lib/tickets/topics/custom-ids';
import { readSummary } from '#lib/tickets/topics/summaries';
import { closedChannel, plantHelpTown } from '../lib/tickets/fixtures-topics.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { leaveButton } from './town.ts';

const world = useBot();

const db = () => world().database.db;
const entries = (guildId: string) =>
  db().selectFrom('faq_entries').selectAll().where('guild_id', '=', guildId).execute();
const topics = (guildId: string) =>
  db().selectFrom('ticket_topics').selectAll().where('guild_id', '=', guildId).execute();

const FORGOTTEN = [
  'I forgot my password',
  'forgot my pasword, the reset mail never comes',
  'Cannot log in, password forgotten and no reset mail',
  'wachtwoord vergeten!',
] as const;

describe('a closed ticket', () => {
  test('is summed up in its channel, letter for letter and without a ping', async () => {
    const { guild, mia, sue, opens, says, closes } = await plantHelpTown(world());
    const ticket = await opens(mia, 'My *key* does not work @everyone');
    await world().advance(5 * MINUTE_MS);
    await says(ticket, mia, 'It is the key of the shed <@1>');
    await says(ticket, sue, 'Turn it twice to the left and then push');
    await says(ticket, mia, 'That works');
    await says(ticket, sue, 'bye!');
    await closes(ticket, 'Solved');
    const text = mia.sees(closedChannel(ticket)).at(-1)?.text ?? '';
    for (const part of [
      `What ticket ${ticket.id} was about`,
      'About: My \\*key\\* does not work',
      'First message: It is the key of the shed',
      'Last message: That works',
      '4 messages by 2 people',
      'First answer of staff: after 5 minutes',
      'Closed: after 5 minutes',
      'Reason: Solved',
      '@sue\nTurn it twice to the left and then push',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('@everyone');
    expect(text).not.toContain('AI');
    const kept = await readSummary(db(), guild.id, ticket.id);
    expect(kept).toMatchObject({ source: 'plain', answeredBy: sue.id, userId: mia.id });
    expect(kept?.text).toContain('My *key* does not work @everyone');
    expect(kept?.text).not.toContain('Turn it twice');
  });

  test('is summed up though nothing was said in it, and again when it was opened and closed again', async () => {
    const { guild, sam, sue, opens, closes } = await plantHelpTown(world(), 'nl');
    const ticket = await opens(sam, 'Mijn fiets is stuk');
    await closes(ticket);
    const said = () =>
      sam
        .sees(closedChannel(ticket))
        .filter(({ text }) => text.includes(`Waar ticket ${ticket.id} over ging`));
    expect(said()).toHaveLength(1);
    expect(said()[0]?.text).toContain('Er zijn geen berichten bewaard.');
    await sue.runs('/ticket_reopen', { ticket: String(ticket.id) });
    await world().advance(HOUR_MS);
    await closes(ticket, 'Nu echt');
    expect(said()).toHaveLength(2);
    expect((await readSummary(db(), guild.id, ticket.id))?.text).toContain('Reden: Nu echt');
  });

  test('of a member who is erased meanwhile is not summed up', async () => {
    const { guild, mia, opens, closes } = await plantHelpTown(world());
    const ticket = await opens(mia, 'My bicycle is broken');
    await closes(ticket, undefined, () =>
      db()
        .transaction()
        .execute((trx) => erasePerson(trx, mia.id, guild.id)),
    );
    expect(await readSummary(db(), guild.id, ticket.id)).toBeUndefined();
  });

  test('is summed up once where Discord failed first', async () => {
    const { guild, mia, opens, closes } = await plantHelpTown(world());
    const ticket = await opens(mia, 'My bicycle is broken');
    const fault = world().sandbox.faults.switchOn({
      fault: '500',
      on: 'messages',
      containing: 'What ticket',
      times: 'every',
    });
    await closes(ticket);
    world().sandbox.faults.switchOff(fault);
    const first = await readSummary(db(), guild.id, ticket.id);
    for (let minute = 0; minute < 5; minute += 1) await world().advance(MINUTE_MS);
    const said = mia.sees(closedChannel(ticket)).filter(({ text }) => text.includes('What ticket'));
    expect(said).toHaveLength(1);
    expect(await readSummary(db(), guild.id, ticket.id)).toEqual(first);
  });
});

/** Three members who ask the same within a week, in two languages. */
async function askThrice(town: Awaited<ReturnType<typeof plantHelpTown>>) {
  const { mia, sam, ann, helps } = town;
  const people = [mia, sam, ann];
  const tickets = [];
  for (const [index, person] of people.entries()) {
    tickets.push(
      await helps(person, FORGOTTEN[index] ?? '', `Press Forgot password and look in your spam (${index})`),
    );
    await world().advance(DAY_MS);
  }
  return tickets;
}

describe('three tickets about the same', () => {
  test('are proposed for the FAQ, and an admin adds the draft', async () => {
    const town = await plantHelpTown(world());
    const { guild, ann, mia, olivia } = town;
    const [one, two, three] = await askThrice(town);
    const proposal = await ann.waitsFor('log', 'Members ask this again and again');
    for (const part of [
      '3 tickets of the last seven days',
      `**#${one?.id}** I forgot my password`,
      `**#${two?.id}** forgot my pasword`,
      'spam (2)',
    ])
      expect(proposal.text).toContain(part);
    const modal = await ann.clicks('Add to FAQ');
    expect(modal.modal?.title).toBe('Add to FAQ');
    const done = await ann.submits({ Title: 'I forgot my *password*' });
    expect(done.text).toContain('@ann added this to the FAQ.');
    const [entry, ...others] = await entries(guild.id);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      title: 'I forgot my *password*',
      language: 'en-US',
      meanings: ['=forget', '=password'],
      created_by: ann.id,
    });
    expect(entry?.summary).toBe(
      [2, 1, 0].map((n) => `Press Forgot password and look in your spam (${n})`).join('\n\n'),
    );
    const [topic] = await topics(guild.id);
    expect(topic).toMatchObject({
      ticket_ids: [one?.id, two?.id, three?.id],
      faq_entry_id: entry?.id,
      decided_by: ann.id,
      due_at: null,
    });
    const settled = ann.sees('log').find(({ id }) => id === proposal.id);
    expect(settled?.text).toContain('@ann added this to the FAQ.');
    expect(settled?.buttons).toEqual([]);
    await ann.waitsFor('log', 'FAQ entry added');

    // A fourth, and a fifth weeks later, belong to it and are no news.
    const fourth = await town.helps(olivia, FORGOTTEN[3], 'See the FAQ');
    await world().advance(14 * DAY_MS);
    await town.helps(mia, FORGOTTEN[1], 'See the FAQ');
    expect((await topics(guild.id)).map(({ ticket_ids: ids }) => ids.length)).toEqual([5]);
    expect((await topics(guild.id))[0]?.ticket_ids).toContain(fourth.id);
    expect(ann.sees('log').filter(({ text }) => text.includes('again and again'))).toHaveLength(1);
  });

  test('are proposed in Dutch; the buttons work after a restart, for admins alone', async () => {
    const town = await plantHelpTown(world(), 'nl');
    const { guild, niels, sue, mia } = town;
    await askThrice(town);
    const proposal = await niels.waitsFor('log', 'Leden vragen dit telkens opnieuw');
    await world().restart();
    for (const person of [sue, mia]) {
      const refused = await person.clicks('Toevoegen aan FAQ', { on: proposal });
      expect(refused.text).toContain("Only the server's owner");
      expect((await person.clicks('Afwijzen', { on: proposal })).text).toContain('Manage Server');
    }
    await niels.clicks('Toevoegen aan FAQ', { on: proposal });
    const empty = await niels.submits({ Titel: ' ', Antwoord: 'Kijk in je spam' });
    expect(empty.text).toContain('Schrijf een titel en een antwoord');
    await niels.clicks('Toevoegen aan FAQ', { on: proposal });
    const done = await niels.submits({ Titel: 'Wachtwoord vergeten', Antwoord: 'Kijk in je spam' });
    expect(done.text).toContain('@niels heeft dit aan de FAQ toegevoegd.');
    expect(await entries(guild.id)).toMatchObject([
      { title: 'Wachtwoord vergeten', summary: 'Kijk in je spam', created_by: niels.id },
    ]);
  });

  test('make one entry, however many admins add it at once', async () => {
    const town = await plantHelpTown(world());
    const { guild, ann, niels, olivia } = town;
    await askThrice(town);
    const proposal = await ann.waitsFor('log', 'Members ask this again and again');
    for (const person of [ann, niels, olivia]) await person.clicks('Add to FAQ', { on: proposal });
    const said = await Promise.all([
      ann.submits({ Title: 'Of Ann' }),
      niels.submits({ Titel: 'Of Niels' }),
      olivia.submits({ Title: 'Of Olivia' }),
    ]);
    expect(await entries(guild.id)).toHaveLength(1);
    const [entry] = await entries(guild.id);
    const name = [ann, niels, olivia].find(({ id }) => id === entry?.created_by)?.name;
    expect(said.map(({ text }) => text.includes(`@${name} `))).toEqual([true, true, true]);
  });

  test('are dismissed, and not proposed again', async () => {
    const town = await plantHelpTown(world());
    const { guild, ann, mia, sam } = town;
    await askThrice(town);
    const proposal = await ann.waitsFor('log', 'Members ask this again and again');
    const done = await ann.clicks('Dismiss', { on: proposal });
    expect(done.text).toContain('@ann dismissed this proposal. Nothing like it');
    await ann.waitsFor('log', 'FAQ proposal dismissed');
    for (const person of [mia, sam, mia]) await town.helps(person, FORGOTTEN[0], 'See the FAQ');
    expect(await topics(guild.id)).toHaveLength(1);
    expect(await entries(guild.id)).toEqual([]);
  });

  test('are not proposed where one is of another server, older than a week, or answered by the FAQ', async () => {
    const [one, two] = [await plantHelpTown(world()), await plantHelpTown(world())];
    await one.helps(one.mia, FORGOTTEN[0], 'x');
    await one.helps(one.sam, FORGOTTEN[1], 'x');
    await two.helps(two.mia, FORGOTTEN[2], 'x');
    await two.helps(two.sam, FORGOTTEN[3], 'x');
    expect([await topics(one.guild.id), await topics(two.guild.id)]).toEqual([[], []]);
    await world().advance(8 * DAY_MS);
    await one.helps(one.ann, FORGOTTEN[2], 'x');
    expect(await topics(one.guild.id)).toEqual([]);
    await db()
      .insertInto('faq_entries')
      .values({
        guild_id: one.guild.id,
        title: 'Forgot your password?',
        summary: 'Ask for a reset and look in your spam',
        created_by: one.ann.id,
      })
      .execute();
    await one.helps(one.mia, FORGOTTEN[0], 'x');
    await one.helps(one.sam, FORGOTTEN[1], 'x');
    expect(await topics(one.guild.id)).toEqual([]);
  });

  test('of one server are decided there alone, and wait for a log channel', async () => {
    const [one, two] = [await plantHelpTown(world()), await plantHelpTown(world())];
    await one.olivia.runs('/config reset', { setting: 'system.log_channel_id' });
    await askThrice(one);
    const [topic] = await topics(one.guild.id);
    expect(topic?.due_at).not.toBeNull();
    const theirs = leaveButton(world(), two.guild, topicIds.build('add', { topic: String(topic?.id) }));
    expect((await two.ann.clicks('Go', { on: theirs })).text).toBe('This proposal is gone.');
    await one.olivia.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
    await world().advance(DAY_MS);
    await one.ann.waitsFor('log', 'Members ask this again and again');
    expect((await topics(one.guild.id))[0]?.due_at).toBeNull();
  });
});

describe('staff who ask what to reply', () => {
  test('see what was answered to tickets like it, and what the FAQ says', async () => {
    const town = await plantHelpTown(world());
    const { guild, mia, sam, ann, sue, tom, opens, says, helps, closes } = town;
    await helps(sam, FORGOTTEN[0], 'Press **Forgot password** on the site');
    await helps(ann, 'My bicycle is broken', 'Bring it to the shed');
    const other = await plantHelpTown(world());
    await other.helps(other.sam, FORGOTTEN[0], 'Another server says this');
    const entry = { title: 'Password reset', summary: 'The mail comes within an hour', keywords: [] };
    const by = { userId: ann.id, at: world().clock.now() };
    await addEntry(db(), guild.id, { ...entry, language: 'en-US' }, by);
    const ticket = await opens(mia, 'hello');
    await says(ticket, mia, FORGOTTEN[3]);
    const shown = await sue.clicks('Suggest reply');
    expect(shown.ephemeral).toBe(true);
    for (const part of [
      'Press \\*\\*Forgot password\\*\\* on the site',
      'FAQ: Password reset',
      'The mail comes within an hour',
    ])
      expect(shown.text).toContain(part);
    expect(shown.text).not.toMatch(/shed|Another server|AI/);
    expect((await mia.clicks('Suggest reply')).text).toContain('Only');
    await closes(ticket);

    const strange = await opens(mia, 'The moon is too bright');
    await world().advance(MINUTE_MS);
    const nothing = await tom.clicks('Suggest reply');
    expect(nothing.text).toContain('Nog geen gesloten ticket en geen FAQ-item gaat hierover.');
    expect(strange.id).toBeGreaterThan(ticket.id);
  });
});
