import { sql } from 'kysely';
import type { Person } from '../../sandbox/people/person.ts';
import type { World } from '../setup/bot.ts';

/** Where a member's id stands in the database, the task queue's tables included; in a guild's rows only, where one is given. */
export async function tracesOf(
  { database: { db } }: World,
  { id }: Person,
  guild?: { readonly id: string },
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'bullmq')`.execute(
    db,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: hits } = await sql`
      select 1 from ${sql.raw(name)} as one
      where one::text like ${`%${id}%`} and one::text like ${`%${guild?.id ?? ''}%`} limit 1`.execute(db);
    if (hits.length > 0) found.push(name);
  }
  return found;
}

/** Asks for one's data to be erased. @returns the code of the receipt. */
export async function askErasure(person: Person, scope: string): Promise<string> {
  const english = person.locale !== 'nl';
  await person.runs('/privacy');
  await person.clicks(english ? 'Delete my data' : 'Mijn gegevens wissen');
  await person.clicks(scope);
  await person.clicks(english ? 'Go on' : 'Verdergaan');
  const done = await person.clicks(english ? 'Yes, delete my data' : 'Ja, wis mijn gegevens');
  const code = /`([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})`/.exec(done.text)?.[1];
  if (code === undefined) throw new Error(`no code in ${done.text}`);
  return code;
}
