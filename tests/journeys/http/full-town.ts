import { container } from '@sapphire/framework';
import { createSession, sessionCookieName } from '#lib/access/sessions';
import { addEntry } from '#lib/faq/queries';
import { publish } from '#lib/onboarding/versions';
import { addEvent } from '#lib/tickets/events';
import type { Person } from '../../../sandbox/people/person.ts';
import { option, putDrafts, question, rule } from '../../lib/onboarding/fixtures.ts';
import { add } from '../../lib/reminders/fixtures.ts';
import { AT, putTicket } from '../../lib/tickets/fixtures-record.ts';
import { putMessages } from '../../lib/tickets/fixtures-transcript.ts';
import { DAY_MS, type World } from '../../setup/bot.ts';
import { botHears, plantTown, type Town } from '../town.ts';

/** What somebody wrote, or called something. @param most as many characters as may be there. */
export type Wording = (what: string, most?: number) => string;

export interface FullTown extends Town {
  /** A member with a name of the wording's. */
  readonly mallory: Person;
  readonly reminderId: number;
  /** With all that was said in it; closed. */
  readonly ticketId: number;
  /** Every page of the dashboard that shows what people wrote, by its path behind the guild's. */
  readonly pages: readonly string[];
}

let towns = 0;

/**
 * A town in which everything that the dashboard shows happened.
 * @param word gives every text that a person or Discord may have chosen; by itself what it is called.
 */
export async function plantFullTown(
  world: World,
  word: Wording = (what) => `the ${what}`,
): Promise<FullTown> {
  const { db } = world.database;
  const town = plantTown(world, { name: word('server') });
  const { guild, mia, ann } = town;
  towns += 1;
  const mallory = guild.join({ name: `mallory${towns}`, displayName: word('member') });
  const role = guild.createRole({ name: word('role') });
  const channel = guild.createChannel({ name: word('channel') });
  await botHears(world, guild);
  const guildId = guild.id;
  const now = world.clock.now();

  const { settings } = container;
  const change = (key: Parameters<typeof settings.change>[0]['key'], value: string) =>
    settings.change({ guildId, key, value, changedBy: mallory.id });
  await change('onboarding.welcome_text', word('welcome before'));
  await change('onboarding.welcome_text', word('welcome'));
  await change('reminders.default_channel_id', channel.id);
  await change('onboarding.completion_role_id', role.id);

  const kept = { guildId, channelId: channel.id, createdBy: mallory.id };
  const { reminder } = await add(db, {
    ...kept,
    name: word('reminder'),
    message: word('reminder message'),
    location: word('reminder place'),
    days: 'monday',
  });
  await add(db, { ...kept, name: word('second reminder'), date: '2026-12-24' });
  const { reminder: paused } = await add(db, { ...kept, name: word('paused reminder'), days: 'daily' });
  await db.updateTable('reminders').set({ paused_at: now }).where('id', '=', paused.id).execute();

  const { id: categoryId } = await db
    .insertInto('ticket_categories')
    .values({ guild_id: guildId, position: 1, name: word('kind', 45) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await putTicket(db, { guildId, userId: mia.id, description: word('open ticket') });
  const asked = {
    guildId,
    userId: mallory.id,
    username: word('opener'),
    description: word('ticket'),
    categoryId,
  };
  const ticket = await putTicket(db, {
    ...asked,
    status: 'closed',
    closeReason: word('reason'),
    form: [
      { kind: 'short', label: word('form question'), value: word('form answer') },
      { kind: 'multiselect', label: 'Which?', values: [word('form choice')] },
    ],
  });
  await db
    .updateTable('support_tickets')
    .set({ claimed_by: mallory.id, closed_by: mallory.id })
    .where('id', '=', ticket.id)
    .execute();
  const about = { guildId, ticketId: ticket.id, actorId: mallory.id, at: now };
  await db
    .transaction()
    .execute((trx) => addEvent(trx, { ...about, kind: 'closed', reason: word('event reason') }));
  const embed = {
    title: word('embed title'),
    description: word('embed text'),
    url: 'javascript:alert(3)',
    fields: [{ name: word('embed field'), value: word('embed value') }],
  };
  const [first = ''] = await putMessages(db, ticket, [
    {
      author_name: word('author'),
      content: `${word('message')} [click](javascript:alert(4)) \`\`\`${word('code')}\`\`\``,
      earlier: [{ content: word('earlier message'), until: now.toISOString() }],
    },
  ]);
  await putMessages(db, ticket, [
    { content: 'Yes', reply_to_id: first, embeds: [embed], stickers: [word('sticker')] },
  ]);
  await db
    .insertInto('ticket_files')
    .values({
      guild_id: guildId,
      ticket_id: ticket.id,
      message_id: first,
      attachment_id: first,
      user_id: mallory.id,
      name: word('file'),
      bytes: '10',
      url: 'https://elsewhere.invalid/file',
      state: 'gone',
      created_at: AT,
    })
    .execute();

  await putDrafts(db, guildId, {
    rules: [rule(word('rule'))],
    questions: [question(word('question'), { options: [option(word('choice'))] })],
  });
  await publish(db, guildId, ann.id, now);
  const [passed] = await db
    .selectFrom('guild_onboarding_questions')
    .select('id')
    .where('guild_id', '=', guildId)
    .execute();
  // Four began, three accepted the rules, two passed the question, one came to the end.
  for (const [index, person] of [mia, town.sam, town.niels, mallory].entries())
    await db
      .insertInto('onboarding_sessions')
      .values({
        guild_id: guildId,
        user_id: person.id,
        mode: 'rules_with_questions',
        version: 1,
        answers: JSON.stringify({}),
        passed: index >= 2 && passed !== undefined ? [passed.id] : [],
        rules_accepted_at: index >= 1 ? now : null,
        finished_at: index === 3 ? now : null,
        started_at: new Date(now.getTime() - 5 * 60_000),
        updated_at: now,
      })
      .execute();

  for (const language of ['en-US', 'nl'] as const)
    await addEntry(
      db,
      guildId,
      {
        title: word(`entry (${language})`),
        summary: word(`answer (${language})`),
        keywords: [word('keyword')],
        language,
      },
      { userId: mallory.id, at: now },
    );
  await db
    .insertInto('faq_search_logs')
    .values(
      [1, 2, 3].map((days) => ({
        guild_id: guildId,
        query: word(days === 3 ? 'snowplough' : 'parking lot'),
        found: 0,
        created_at: new Date(now.getTime() - days * DAY_MS),
      })),
    )
    .execute();

  // Today six, one of them in vain and one a button; yesterday one; two months ago another.
  const uses: readonly {
    readonly name: string;
    readonly ms: number;
    readonly days: number;
    readonly failure: string | null;
    readonly type?: string;
  }[] = [
    ...[100, 200, 1_500].map((ms) => ({ name: 'faq search', ms, days: 0, failure: null })),
    { name: 'faq search', ms: 40, days: 0, failure: 'denied' },
    { name: word('command'), ms: 7, days: 0, failure: null },
    { name: word('button'), ms: 7, days: 0, failure: null, type: 'button' },
    { name: 'gdpr', ms: 7, days: 1, failure: null },
    { name: 'gdpr', ms: 7, days: 60, failure: null },
  ];
  await db
    .insertInto('audit_logs')
    .values(
      uses.map(({ name, ms, days, failure, type = 'slash' }, index) => ({
        guild_id: guildId,
        user_id: index % 2 === 0 ? mia.id : mallory.id,
        command_name: name,
        command_type: type,
        success: failure === null,
        failure,
        duration_ms: ms,
        correlation_id: crypto.randomUUID(),
        created_at: new Date(now.getTime() - days * DAY_MS),
      })),
    )
    .execute();

  const pages = [
    '',
    '/settings?scope=onboarding',
    '/settings?scope=reminders',
    '/settings/history',
    '/reminders',
    `/reminders/${reminder.id}`,
    `/reminders/${reminder.id}/delete`,
    '/tickets?status=all',
    `/tickets/${ticket.id}`,
    `/tickets/${ticket.id}/transcript`,
    '/onboarding',
    '/faq',
    '/commands',
    '/commands?days=90',
  ];
  return { ...town, mallory, reminderId: reminder.id, ticketId: ticket.id, pages };
}

/** What the browser of somebody who is signed in has, without the way there. */
export async function sessionCookie(
  { database, clock }: World,
  { guild }: Town,
  person: Person,
  userName = person.name,
): Promise<{ readonly name: string; readonly value: string }> {
  const { token } = await createSession(database.db, clock, {
    userId: person.id,
    userName,
    guildIds: [guild.id],
  });
  return { name: sessionCookieName('http://localhost'), value: token };
}
