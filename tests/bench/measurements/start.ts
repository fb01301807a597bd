import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { systemClock } from '../../../src/lib/time/clock.ts';
import { startChild } from '../child.ts';
import type { Measurement } from '../measurement.ts';
import { figureOf } from '../statistics.ts';
import { plantGuild } from '../world.ts';

/** From the start of the process until commands are answered. */
export const start: Measurement = {
  name: 'start',
  async run({ server, isQuick }) {
    const bare: number[] = [];
    const ours = new Map<string, number[]>();
    for (let run = 0; run < (isQuick ? 1 : 5); run += 1) {
      const sandbox = await startSandbox({ clock: systemClock });
      plantGuild(sandbox, 10);
      const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'alphapy-bench-'));
      const startOurs = async (what: string, url: string): Promise<void> => {
        const bot = await startChild('bot-program', [], {
          BOT_TOKEN: sandbox.token,
          DISCORD_API_URL: sandbox.apiUrl,
          DATABASE_URL: url,
          DATA_DIRECTORY: dataDirectory,
          PORT: '0',
        });
        ours.set(what, [...(ours.get(what) ?? []), bot.readyMs]);
        await bot.end();
      };
      const client = await startChild('bare-program', [sandbox.token, sandbox.apiUrl]);
      bare.push(client.readyMs);
      await client.end();
      const url = await server.createDatabase(false);
      await startOurs('start to ready, PostgreSQL, empty database', url);
      await startOurs('start to ready, PostgreSQL', url);
      await startOurs('start to ready, embedded, empty database', '');
      await startOurs('start to ready, embedded', '');
      await sandbox.close();
      await rm(dataDirectory, { recursive: true, force: true });
    }
    return [...ours].map(([what, runs]) => ({
      what,
      unit: 'ms',
      figure: figureOf(runs),
      bare: { what: 'discord.js alone', figure: figureOf(bare) },
    }));
  },
};
