import { describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import { DAY_MS, HOUR_MS, useBot } from '../setup/bot.ts';
import { plantTicketTown } from './ticket-town.ts';
import { leaveButton, plantTown } from './town.ts';

const world = useBot();
const db = () => world().database.db;

const entries = ({ id }: SandboxGuild) =>
  db().selectFrom('faq_entries').selectAll().where('guild_id', '=', id).orderBy('id').execute();
const tickets = ({ id }: SandboxGuild) =>
  db().selectFrom('support_tickets').selectAll().where('guild_id', '=', id).orderBy('id').execute();
const offers = ({ id }: SandboxGuild) =>
  db().selectFrom('faq_offers').selectAll().where('guild_id', '=', id).execute();
const counts = ({ id }: SandboxGuild) =>
  db().selectFrom('faq_counts').select(['offered', 'solved', 'opened']).where('guild_id', '=', id).execute();

const PASSWORD = {
  Question: 'How do I reset my password?',
  Answer: 'Press **Forgot password** and look for the mail, in your spam folder too.',
  'Other words for it': 'forgot, login',
};
const ROLE = {
  Vraag: 'Hoe krijg ik de rol Member?',
  Antwoord: 'Lees de regels en druk op *Ik ga akkoord*.',
  'Andere woorden ervoor': 'rol, regels',
};

/** Writes an entry as an admin does. */
async function adds(person: Person, fields: Record<string, string>): Promise<void> {
  await person.runs('/faq add');
  const done = await person.submits(fields);
  expect(done.text).toMatch(/is in the FAQ now|staat nu in de FAQ/);
}

describe('an admin', () => {
  test('writes an answer, and members find it by what they type in either language', async () => {
    const { guild, ann, niels, mia, sam } = plantTown(world());
    expect((await mia.runs('/faq list')).text).toContain('There are no answers yet.');
    await adds(ann, PASSWORD);
    await adds(niels, { ...ROLE, 'Taal van dit antwoord': 'Nederlands' });
    expect(await entries(guild)).toMatchObject([
      { title: PASSWORD.Question, language: 'en-US', keywords: ['forgot', 'login'], created_by: ann.id },
      { title: ROLE.Vraag, language: 'nl', created_by: niels.id },
    ]);
    for (const query of [
      'forgot my pasword',
      'How can I reset the password??',
      'hoe reset ik mijn wachtwoord',
    ]) {
      const found = await sam.runs('/faq search', { query });
      expect(found.ephemeral).toBe(true);
      expect(found.text).toContain('How do I reset my password?');
    }
    const typed = await mia.autocompletes('/faq search', { query: 'passw' }, 'query');
    expect(typed).toEqual([{ name: PASSWORD.Question, value: PASSWORD.Question }]);
    const all = await mia.autocompletes('/faq view', { entry: '' }, 'entry');
    expect(all.map(({ name }) => name)).toEqual([ROLE.Vraag, PASSWORD.Question]);
    const view = await mia.runs('/faq view', { entry: String(all[1]?.value) });
    expect(view.text).toContain('Press **Forgot password** and look');
    const nothing = await sam.runs('/faq search', { query: 'trampoline' });
    expect(nothing.text).toContain('Niets gevonden voor “trampoline”.');
    const whole = await mia.runs('/faq search', { query: 'member role' });
    expect(whole.text).toContain(ROLE.Vraag);
    expect((await mia.picks('Read a whole answer', ROLE.Vraag)).text).toContain('Ik ga akkoord');
  });

  test('changes, deletes and restores; members may not', async () => {
    const { guild, ann, mia, sam } = plantTown(world());
    await adds(ann, PASSWORD);
    const [entry] = await entries(guild);
    const id = String(entry?.id);
    const modal = await ann.runs('/faq edit', { entry: id });
    expect(modal.modal?.fields).toMatchObject([
      { label: 'Question', value: PASSWORD.Question },
      { label: 'Answer', value: PASSWORD.Answer },
      { label: 'Other words for it', value: 'forgot, login' },
      { label: 'Language of this answer' },
    ]);
    await ann.submits({ Answer: 'Ask Ann.' });
    expect((await mia.runs('/faq view', { entry: id })).text).toContain('Ask Ann.');
    for (const [command, options] of [
      ['/faq add', {}],
      ['/faq edit', { entry: id }],
      ['/faq delete', { entry: id }],
      ['/faq restore', { entry: id }],
    ] as const) {
      const refused = await mia.runs(command, options);
      expect(refused.text).toContain('Manage Server');
      expect(refused.modal).toBeNull();
    }
    expect(await mia.autocompletes('/faq delete', { entry: '' }, 'entry')).toEqual([]);
    const deleted = await ann.runs('/faq delete', { entry: id });
    expect(deleted.text).toContain('For 30 days you can bring it back');
    expect((await mia.runs('/faq view', { entry: id })).text).toContain('This answer is gone.');
    expect((await mia.runs('/faq search', { query: 'password' })).text).toContain('Nothing found');
    expect((await ann.runs('/faq delete', { entry: id })).text).toContain('This answer is gone.');
    const copy = leaveButton(world(), guild, `faq:1:restore:${id}`);
    expect((await sam.clicks('Go', { on: copy })).text).toContain('Manage Server');
    await world().restart();
    expect((await ann.clicks('Go', { on: copy })).text).toContain('is back in the FAQ');
    expect((await ann.runs('/faq restore', { entry: id })).text).toContain('is not deleted');
    await ann.runs('/faq delete', { entry: id });
    const gone = await ann.autocompletes('/faq restore', { entry: 'reset' }, 'entry');
    expect(gone).toEqual([{ name: PASSWORD.Question, value: Number(id) }]);
    await world().advance(31 * DAY_MS);
    expect(await entries(guild)).toEqual([]);
    expect((await ann.runs('/faq restore', { entry: id })).text).toContain('This answer is gone.');
  }, 60_000);

  test('who was slower gets back what they wrote', async () => {
    const { guild, ann, niels } = plantTown(world());
    await adds(ann, PASSWORD);
    const id = String((await entries(guild))[0]?.id);
    await ann.runs('/faq edit', { entry: id });
    await niels.runs('/faq edit', { entry: id });
    await niels.submits({ Antwoord: 'Van Niels' });
    const late = await ann.submits({ Answer: 'From Ann' });
    expect(late.text).toContain('Somebody else changed this answer');
    expect(late.message?.attachments).toHaveLength(1);
    expect((await entries(guild))[0]?.summary).toBe('Van Niels');
    const blank = await (async () => {
      await ann.runs('/faq add');
      return ann.submits({ Question: '   ', Answer: 'Much work' });
    })();
    expect(blank.text).toContain('Write both a question and an answer');
    expect(blank.message?.attachments).toHaveLength(1);
    expect(await entries(guild)).toHaveLength(1);
  });

  test('pages through many, and no other guild sees them', async () => {
    const { guild, ann, mia } = plantTown(world());
    for (let n = 10; n < 22; n += 1) await adds(ann, { ...PASSWORD, Question: `Question ${n}` });
    const first = await mia.runs('/faq list');
    expect(first.text).toContain('Page 1 of 2 · 12 answers');
    expect(first.text).toContain('Question 19');
    const second = await mia.clicks('Next');
    expect(second.text).toContain('Question 21');
    expect(second.text).not.toContain('Question 19');
    const stranger = plantTown(world()).olivia;
    const id = String((await entries(guild))[0]?.id);
    expect((await stranger.runs('/faq view', { entry: id })).text).toContain('This answer is gone.');
    expect((await stranger.runs('/faq delete', { entry: id })).text).toContain('This answer is gone.');
    expect((await stranger.runs('/faq search', { query: 'question' })).text).toContain('Nothing found');
  });
});

describe('before a ticket opens', () => {
  test('an answer that fits is offered, and solves it', async () => {
    const { guild, ann, mia } = await plantTicketTown(world());
    await adds(ann, PASSWORD);
    const offer = await mia.runs('/ticket', { description: 'I forgot my pasword and cannot login' });
    expect(offer.ephemeral).toBe(true);
    expect(offer.text).toContain('I have not opened a ticket yet.');
    expect(offer.text).toContain(PASSWORD.Question);
    expect(await offers(guild)).toMatchObject([{ user_id: mia.id }]);
    const solvedNow = (await mia.clicks('Solved')).text;
    expect(solvedNow).toContain('No ticket was opened');
    expect(solvedNow).toContain(PASSWORD.Question);
    expect(solvedNow).not.toContain('is kept for a day');
    expect(await tickets(guild)).toEqual([]);
    expect(await offers(guild)).toEqual([]);
    expect(await counts(guild)).toEqual([{ offered: 1, solved: 1, opened: 0 }]);

    await mia.runs('/ticket', { description: 'forgot my password again' });
    const [kept] = await offers(guild);
    const [solved, open] = ['solved', 'open'].map((action) =>
      leaveButton(world(), guild, `faq:1:${action}:${kept?.id}`),
    );
    await Promise.all([
      mia.clicks('Go', { on: solved }),
      mia.clicks('Go', { on: solved }),
      mia.clicks('Go', { on: open }),
    ]);
    // Whichever came first, the offer is settled once.
    const [count] = await counts(guild);
    expect((count?.solved ?? 0) + (count?.opened ?? 0)).toBe(2);
    expect(await tickets(guild)).toHaveLength(count?.opened ?? 0);
  });

  test('a form is opened anyway, with all that was typed, after a restart and once', async () => {
    const { guild, niels, sam, mia } = await plantTicketTown(world());
    await adds(niels, ROLE);
    const post = mia.writes('general', 'I have no role');
    await sam.usesOnMessage('Open ticket', post);
    const offer = await sam.submits({ 'Waar gaat het over?': 'Ik krijg de rol member niet' });
    expect(offer.text).toContain('Is dit het antwoord op je vraag?');
    expect(await tickets(guild)).toEqual([]);
    await world().restart();
    const [kept] = await offers(guild);
    // Each its own: the one that opens the ticket takes the button away.
    const copy = () => leaveButton(world(), guild, `faq:1:open:${kept?.id}`);
    // Somebody else's offer is nobody's.
    expect((await mia.clicks('Go', { on: copy() })).text).toContain('already pressed a button');
    const [first, second] = await Promise.all([
      sam.clicks('Go', { on: copy() }),
      sam.clicks('Go', { on: copy() }),
    ]);
    expect(`${first.text} ${second.text}`).toContain('ticket');
    expect(await tickets(guild)).toMatchObject([
      { user_id: sam.id, description: 'Ik krijg de rol member niet', origin_message_id: post.id },
    ]);
    expect(await offers(guild)).toEqual([]);
    expect((await sam.clicks('Go', { on: copy() })).text).toContain('Je hebt hier al op een knop gedrukt');
    expect(await counts(guild)).toEqual([{ offered: 1, solved: 0, opened: 1 }]);
  });

  test('nothing is offered that does not fit, that is deleted, or where it is switched off', async () => {
    const { guild, ann, mia, sam, eve } = await plantTicketTown(world());
    await adds(ann, PASSWORD);
    await mia.runs('/ticket', { description: 'The door of room 12 does not close' });
    expect(await tickets(guild)).toHaveLength(1);
    await ann.runs('/config set', { setting: 'ticketbot.offer_faq', value: 'off' });
    await sam.runs('/ticket', { description: 'forgot my password' });
    expect(await tickets(guild)).toHaveLength(2);
    await ann.runs('/config set', { setting: 'ticketbot.offer_faq', value: 'on' });
    await ann.runs('/faq delete', { entry: String((await entries(guild))[0]?.id) });
    await eve.runs('/ticket', { description: 'forgot my password' });
    expect(await tickets(guild)).toHaveLength(3);
    expect(await counts(guild)).toEqual([]);
  });

  test('an answer that is deleted while it is offered is gone, and the ticket can still be opened', async () => {
    const { guild, ann, mia } = await plantTicketTown(world());
    await adds(ann, { ...PASSWORD, Answer: `Read all of this. ${'It is long. '.repeat(80)}` });
    await mia.runs('/ticket', { description: 'forgot my password' });
    await ann.runs('/faq delete', { entry: String((await entries(guild))[0]?.id) });
    expect((await mia.clicks(`Read: ${PASSWORD.Question}`)).text).toContain('This answer is gone.');
    await mia.clicks('Open the ticket anyway');
    expect(await tickets(guild)).toMatchObject([{ description: 'forgot my password' }]);
  });

  test('what was written is forgotten after a day', async () => {
    const { guild, ann, mia } = await plantTicketTown(world());
    await adds(ann, PASSWORD);
    await mia.runs('/ticket', { description: 'forgot my password' });
    await world().advance(DAY_MS + HOUR_MS);
    expect(await offers(guild)).toEqual([]);
    expect((await mia.clicks('Open the ticket anyway')).text).toContain('more than a day ago');
    expect(await tickets(guild)).toEqual([]);
  });
});

describe('what was searched for in vain', () => {
  const searches = async (person: Person, ...queries: string[]): Promise<void> => {
    for (const query of queries) await person.runs('/faq search', { query });
  };
  const notes = (person: Person, title: string) =>
    person.sees('log').filter(({ text }) => text.includes(title));
  /** Brings the world to a moment after the next Monday at nine. */
  const monday = async (): Promise<void> => {
    const now = world().clock.now();
    const days = (8 - (now.getUTCDay() || 7)) % 7 || 7;
    await world().moveTo(
      new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS + days * DAY_MS + 10 * HOUR_MS),
    );
  };

  test('is told to admins once a week, grouped and without names, and can be answered', async () => {
    const { guild, olivia, ann, mia, sam } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
    await adds(ann, PASSWORD);
    await searches(mia, 'where is the trampoline?', 'parking', `is <@${sam.id}> the painter`);
    await searches(sam, 'the trampoline', 'trampolines', 'forgot password');
    expect(notes(ann, 'Searched for in vain')).toEqual([]);
    await adds(ann, { ...PASSWORD, Question: 'Where can I park?', 'Other words for it': 'parking' });
    await monday();
    await world().advance(60_000);
    const [note, ...others] = notes(ann, 'Searched for in vain');
    expect(others).toEqual([]);
    expect(note?.text).toContain('- where is the trampoline? (3 times)\n- is the painter\n');
    expect(note?.text).not.toContain('parking');
    expect(note?.text).not.toContain('password');
    for (const person of [mia, sam]) expect(note?.text).not.toContain(person.id);

    await world().restart();
    const refused = await mia.picks('Write an answer to…', 'where is the trampoline?', { on: note });
    expect(refused.text).toContain('Manage Server');
    const modal = await ann.picks('Write an answer to…', 'where is the trampoline?', { on: note });
    expect(modal.modal?.fields[0]).toMatchObject({ label: 'Question', value: 'where is the trampoline?' });
    await ann.submits({ Answer: 'Behind the house.' });
    expect((await mia.runs('/faq search', { query: 'trampolines' })).text).toContain('Behind the house.');

    // Nothing new, so no note.
    await monday();
    expect(notes(ann, 'Searched for in vain')).toHaveLength(1);
    await searches(mia, 'swimming pool');
    const [row] = await db().selectFrom('faq_notes').selectAll().where('guild_id', '=', guild.id).execute();
    expect(row?.due_at?.getUTCDay()).toBe(1);
    await monday();
    expect(notes(ann, 'swimming pool')).toHaveLength(1);
    await monday();
    expect(notes(ann, 'Searched for in vain')).toHaveLength(2);
    await world().advance(31 * DAY_MS);
    expect((await ann.picks('Write an answer to…', 'where is the trampoline?', { on: note })).text).toContain(
      'too long ago',
    );
  });

  test('is told in Dutch, and again where Discord failed first', async () => {
    const { guild, olivia, niels, sam } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
    await olivia.runs('/config set', { setting: 'system.language', value: 'nl' });
    await searches(sam, 'zwembad');
    const before = world().clock.now();
    const fault = world().sandbox.faults.switchOn({
      fault: '500',
      on: 'messages',
      containing: 'Tevergeefs gezocht',
      times: 'every',
    });
    await monday();
    world().sandbox.faults.switchOff(fault);
    for (let minute = 0; minute < 3; minute += 1) await world().advance(60_000);
    expect(notes(niels, 'Tevergeefs gezocht').map(({ text }) => text.includes('zwembad'))).toEqual([true]);

    // A process that died between posting and writing that down leaves the row as it was.
    const [told] = await db().selectFrom('faq_notes').selectAll().where('guild_id', '=', guild.id).execute();
    expect(told).toMatchObject({ due_at: null, attempts: 0 });
    await db()
      .updateTable('faq_notes')
      .set({ since: before, due_at: world().clock.now() })
      .where('guild_id', '=', guild.id)
      .execute();
    await world().advance(60_000);
    expect(notes(niels, 'Tevergeefs gezocht')).toHaveLength(1);
  });
});

describe('/export_faq', () => {
  test('gives admins what is in the FAQ of their server as a table, and the log channel says who has it', async () => {
    const { guild, olivia, ann, niels, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
    expect((await ann.runs('/export_faq')).text).toContain('nothing to export');
    await adds(ann, { ...PASSWORD, Answer: '=HYPERLINK("x"),\né' });
    await adds(ann, { ...PASSWORD, Question: 'Deleted?' });
    const [kept, deleted] = await entries(guild);
    await ann.runs('/faq delete', { entry: String(deleted?.id) });
    await adds(plantTown(world()).ann, { ...PASSWORD, Question: 'Elsewhere?' });
    const reply = await niels.runs('/export_faq');
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('Hier is 1 antwoord');
    const [file] = reply.message?.attachments ?? [];
    expect(file?.filename).toBe(`faq-${guild.id}.csv`);
    const table = await (await fetch(file?.url ?? '')).text();
    const at = kept?.created_at.toISOString();
    expect(table).toBe(
      'id,title,summary,keywords,language,created_at,updated_at\r\n' +
        `${kept?.id},${PASSWORD.Question},"'=HYPERLINK(""x""),\né",forgot;login,en-US,${at},${at}\r\n`,
    );
    await ann.waitsFor('log', '@niels has 1 answer as a file');
    expect((await mia.runs('/export_faq', {}, { allowedBySettings: true })).text).toContain('Manage Server');
  });
});
