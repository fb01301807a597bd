import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { ApplicationCommandType } from 'discord-api-types/v10';
import { startChild } from '../child.ts';
import type { Measurement } from '../measurement.ts';
import { figureOf, percentile, type Figure } from '../statistics.ts';
import { inWorld, plantGuild } from '../world.ts';

/** A member may add five a minute. */
const ADDS_EACH = 5;

/** From the moment Discord sends the command until the bot's answer reaches it, in ms. */
export async function latencyOf(sandbox: Sandbox, act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  let answeredMs = Number.NaN;
  const stop = sandbox.onRequest(({ path }) => {
    if (/^\/interactions\/.*\/callback$/.test(path)) answeredMs = performance.now() - begun;
  });
  await act();
  stop();
  return answeredMs;
}

interface Percentiles {
  readonly p50: number[];
  readonly p99: number[];
}

function note(into: Percentiles, samples: readonly number[]): void {
  into.p50.push(percentile(samples, 0.5));
  into.p99.push(percentile(samples, 0.99));
}

const figures = ({ p50, p99 }: Percentiles): [Figure, Figure] => [figureOf(p50), figureOf(p99)];

export const commands: Measurement = {
  name: 'commands',
  async run({ server, isQuick }) {
    const [show, add, bare]: Percentiles[] = [0, 1, 2].map(() => ({ p50: [], p99: [] }));
    if (show === undefined || add === undefined || bare === undefined) return [];
    for (let run = 0; run < (isQuick ? 1 : 5); run += 1) {
      let guild: SandboxGuild | undefined;
      const samples = isQuick ? 50 : 400;
      await inWorld(
        { server, plant: (sandbox) => void (guild = plantGuild(sandbox, 20)) },
        async ({ sandbox }) => {
          const planted = guild;
          if (planted === undefined) return;
          const showOnce = () => planted.owner.runs('/config show', {}, { in: 'channel-0' });
          for (let warm = 0; warm < 30; warm += 1) await showOnce();
          note(show, await sample(samples, () => latencyOf(sandbox, showOnce)));
          note(
            add,
            await sample(samples, (index) => {
              const member = planted.member(`member-${Math.floor(index / ADDS_EACH) % 100}`);
              const channel = `channel-${index % 20}`;
              const options = { name: 'Quiz', time: '20:00', days: 'daily', channel };
              return latencyOf(sandbox, () => member.runs('/add_reminder', options, { in: 'channel-0' }));
            }),
          );
        },
      );
      note(bare, await bareLatencies(samples));
    }
    const [bare50, bare99] = figures(bare);
    return (
      [
        ['/config show', show],
        ['/add_reminder', add],
      ] as const
    ).flatMap(([command, percentiles]) => {
      const [p50, p99] = figures(percentiles);
      const line = { unit: 'ms' };
      return [
        {
          ...line,
          what: `${command}, event to callback, p50`,
          figure: p50,
          bare: { what: 'a fixed answer', figure: bare50 },
        },
        {
          ...line,
          what: `${command}, event to callback, p99`,
          figure: p99,
          bare: { what: 'a fixed answer', figure: bare99 },
        },
      ];
    });
  },
};

async function sample(count: number, measure: (index: number) => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < count; index += 1) samples.push(await measure(index));
  return samples;
}

async function bareLatencies(count: number): Promise<number[]> {
  const sandbox = await startSandbox();
  const guild = plantGuild(sandbox, 1);
  const { id } = sandbox.world.application;
  await fetch(`${sandbox.apiUrl}/v10/applications/${id}/commands`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Authorization: `Bot ${sandbox.token}` },
    body: JSON.stringify([
      { name: 'fixed', description: 'A fixed answer', type: ApplicationCommandType.ChatInput },
    ]),
  });
  const client = await startChild('bare-program', [sandbox.token, sandbox.apiUrl]);
  const once = () => guild.owner.runs('/fixed', {}, { in: 'channel-0' });
  for (let warm = 0; warm < 30; warm += 1) await once();
  const samples = await sample(count, () => latencyOf(sandbox, once));
  await client.end();
  await sandbox.close();
  return samples;
}
