import { readFile } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { generateTypes } from '#db/generate-types';
import { useDatabase } from '../setup/database.ts';

const database = useDatabase();

test('db/types.ts is what the migrations make; if not: npm run migrate -- types', async () => {
  const written = await readFile(new URL('../../db/types.ts', import.meta.url), 'utf8');
  expect(written).toBe(await generateTypes(database().db as unknown as Kysely<unknown>));
});

test('a type that the generator does not know stops it', async () => {
  await database().pool.query('create table odd (place point)');
  const types = generateTypes(database().db as unknown as Kysely<unknown>);
  await expect(types).rejects.toThrow('odd.place has the type point');
});
