import { ChatInputCommandInteraction, Client, type ClientOptions } from 'discord.js';
import {
  ApplicationCommandType,
  InteractionType,
  Locale,
  type APIChatInputApplicationCommandInteraction,
} from 'discord-api-types/v10';
import { CommandTracker } from '../../../src/lib/analytics/tracker.ts';
import { Uses } from '../../../src/lib/analytics/use.ts';
import { openDatabase } from '../../../src/lib/database/database.ts';
import { createLog } from '../../../src/lib/logging/logger.ts';
import { Acknowledgements } from '../../../src/lib/metrics/acknowledgements.ts';
import { Metrics } from '../../../src/lib/metrics/metrics.ts';
import { systemClock } from '../../../src/lib/time/clock.ts';
import { quietLog } from '../../setup/quiet-log.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf } from '../statistics.ts';

const RUNS = 20;
/** One fewer than what is written at once without being asked. */
const BATCH = 999;
const EPOCH_MS = 1_420_070_400_000n;

/** What it costs a command that it is counted: while it is answered, and when what was counted is written. */
export const tracking: Measurement = {
  name: 'tracking',
  async run({ server, isQuick }) {
    const database = await openDatabase({
      url: await server.createDatabase(true),
      dataDirectory: '',
      log: quietLog,
      migrate: false,
    });
    const log = createLog('warn', { write: (line) => void process.stdout.write(line) });
    const client = new Client({ intents: [] } as unknown as ClientOptions);
    const metrics = new Metrics('0.0.0');
    const acknowledgements = new Acknowledgements(metrics, systemClock);
    const counting: number[] = [];
    const writing: number[] = [];
    let number = 0;
    for (let run = 0; run <= (isQuick ? 2 : RUNS); run += 1) {
      const tracker = new CommandTracker({ db: database.db, log });
      const uses = new Uses(systemClock, (use) => tracker.add(use));
      const interactions = Array.from({ length: BATCH }, () => interactionOf(client, (number += 1)));
      const begun = performance.now();
      for (const interaction of interactions) {
        acknowledgements.arrived(interaction);
        uses.arrived(interaction);
        acknowledgements.answered(interaction.id, true);
        uses.ended(interaction, null);
      }
      const counted = performance.now();
      await tracker.flush();
      const written = performance.now();
      // The first one compiles.
      if (run === 0) continue;
      counting.push((1_000 * (counted - begun)) / BATCH);
      writing.push((1_000 * (written - counted)) / BATCH);
    }
    await client.destroy();
    await database.close();
    return [
      row('to count a command: its time to an answer, its use', counting),
      row('to write a counted use, a thousand at once', writing),
    ];
  },
};

const row = (what: string, runs: readonly number[]): Row => ({
  what,
  unit: 'µs',
  figure: figureOf(runs),
  bare: null,
});

/** As it comes from the gateway. */
function interactionOf(client: Client, number: number): ChatInputCommandInteraction {
  const id = String(((BigInt(Date.now()) - EPOCH_MS) << 22n) + BigInt(number % 4_000));
  const data = {
    id,
    application_id: '1',
    type: InteractionType.ApplicationCommand,
    token: 'token',
    version: 1,
    user: { id: '2', username: 'mia', discriminator: '0', global_name: 'Mia', avatar: null },
    channel: { id: '3', type: 1 },
    channel_id: '3',
    locale: Locale.Dutch,
    app_permissions: '0',
    entitlements: [],
    authorizing_integration_owners: {},
    attachment_size_limit: 10_485_760,
    data: { id: '4', type: ApplicationCommandType.ChatInput, name: 'reminder_list' },
  };
  return Reflect.construct(ChatInputCommandInteraction, [
    client,
    data as unknown as APIChatInputApplicationCommandInteraction,
  ]) as ChatInputCommandInteraction;
}
