/** What the tests of the embedded database let another process do: `lock <directory>` or `write <directory>`. */
import { lockDirectory } from '#lib/database/directory-lock';
import { openDatabase } from '#lib/database/database';
import { quietLog } from '../../setup/quiet-log.ts';

const [task, directory = ''] = process.argv.slice(2);

/** Writes row after row, each in a transaction of its own, and prints the key of each that is committed. */
async function write(): Promise<void> {
  const { db } = await openDatabase({ url: null, dataDirectory: directory, log: quietLog });
  for (let key = 0; ; key++) {
    const row = { guild_id: '1', scope: 'test', key: String(key), value: '1', value_type: 'number' };
    await db.transaction().execute((trx) => trx.insertInto('bot_settings').values(row).execute());
    console.log(key);
  }
}

function lock(): void {
  try {
    lockDirectory(directory);
    console.log('locked');
    setInterval(() => {}, 60_000);
  } catch (error) {
    console.log(error instanceof Error ? error.name : error);
  }
}

if (task === 'write') await write();
else lock();
