import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import type { TicketDeps } from '../deps.ts';
import { lockOfFile } from './claims.ts';
import { pathOfFile, UNFINISHED } from './download.ts';

const SHA256 = /^[0-9a-f]{64}$/;
/** Far longer than one is being fetched. */
const ABANDONED_AFTER_MS = 60 * 60_000;

/**
 * Removes the bytes that no row names any more: the ticket is gone, or whoever gave the file had it erased; and what was left half
 * fetched. Each folder is looked at by itself, so that it costs little with many files.
 */
export async function removeUnusedFiles({
  db,
  filesDirectory,
  log,
}: Pick<TicketDeps, 'db' | 'filesDirectory' | 'log'>): Promise<void> {
  let removed = 0;
  for (const folder of await namesIn(filesDirectory)) {
    if (folder === UNFINISHED) await removeAbandoned(path.join(filesDirectory, folder));
    if (!/^[0-9a-f]{2}$/.test(folder)) continue;
    const names = (await namesIn(path.join(filesDirectory, folder))).filter((name) => SHA256.test(name));
    for (const sha256 of await unusedOf(db, names)) {
      await removeUnused(db, filesDirectory, sha256);
      removed += 1;
    }
  }
  if (removed > 0) log.info({ removed }, 'tickets: files that nobody needs any more were removed');
}

async function unusedOf(db: Database, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return [];
  const rows = await db
    .selectFrom('ticket_files')
    .select('sha256')
    .distinct()
    .where('sha256', 'in', [...hashes])
    .execute();
  const used = new Set(rows.map((row) => row.sha256));
  return hashes.filter((hash) => !used.has(hash));
}

async function removeUnused(db: Database, directory: string, sha256: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Somebody may give the same file at this moment.
    await lockName(trx, lockOfFile(sha256));
    const used = await trx
      .selectFrom('ticket_files')
      .select('id')
      .where('sha256', '=', sha256)
      .limit(1)
      .executeTakeFirst();
    if (used === undefined) await rm(pathOfFile(directory, sha256), { force: true });
  });
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found !== null && found.mtimeMs < Date.now() - ABANDONED_AFTER_MS) await rm(file, { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Nothing was ever kept.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
