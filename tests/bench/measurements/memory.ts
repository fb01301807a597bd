import { setTimeout as sleep } from 'node:timers/promises';
import { plainGuild } from '../../../sandbox/fixtures.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { startChild } from '../child.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf } from '../statistics.ts';
import { inWorld } from '../world.ts';

/** After the start, garbage is collected and caches are filled. */
const REST_MS = 10_000;

function plant(guilds: number): (sandbox: Sandbox) => void {
  return (sandbox) => {
    for (let number = 0; number < guilds; number += 1) sandbox.createGuild(plainGuild(number));
  };
}

/** Resident memory at rest. */
export const memory: Measurement = {
  name: 'memory',
  async run({ server, isQuick }) {
    const rows: Row[] = [];
    const restMs = isQuick ? 1_000 : REST_MS;
    for (const guilds of isQuick ? [1] : [1, 1_000]) {
      const [postgres, embedded, bare]: [number[], number[], number[]] = [[], [], []];
      for (let run = 0; run < (isQuick ? 1 : 3); run += 1) {
        for (const [into, where] of [
          [postgres, server],
          [embedded, null],
        ] as const)
          await inWorld({ server: where, plant: plant(guilds) }, async ({ bot }) => {
            await sleep(restMs);
            into.push(bot.memoryMb());
          });
        const sandbox = await startSandbox();
        plant(guilds)(sandbox);
        const client = await startChild('bare-program', [sandbox.token, sandbox.apiUrl]);
        await sleep(restMs);
        bare.push(client.memoryMb());
        await client.end();
        await sandbox.close();
      }
      const about = `at rest, ${guilds.toLocaleString('en-US')} guild${guilds > 1 ? 's' : ''}`;
      const alone = { what: 'discord.js alone', figure: figureOf(bare) };
      rows.push(
        { what: `memory ${about}, PostgreSQL`, unit: 'MB', figure: figureOf(postgres), bare: alone },
        {
          what: `memory ${about}, embedded, first start`,
          unit: 'MB',
          figure: figureOf(embedded),
          bare: alone,
        },
      );
    }
    return rows;
  },
};
