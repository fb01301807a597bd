/** The bot as it is measured: as in production, or for one measurement without the limits that it keeps by itself. */
import { DefaultRestOptions } from 'discord.js';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/lib/logging/logger.ts';
import { RequestLimits } from '../../src/lib/http/limits.ts';
import { Pace } from '../../src/lib/reminders/pace.ts';
import { systemClock } from '../../src/lib/time/clock.ts';
import { startAlphapy } from '../../src/start.ts';

if (process.argv.includes('--unlimited')) {
  Object.assign(DefaultRestOptions, { globalRequestsPerSecond: 1_000_000 });
  Pace.prototype.take = () => Promise.resolve();
  RequestLimits.prototype.take = () => Promise.resolve({});
}
const bot = await startAlphapy({
  config: readConfig(process.env),
  clock: systemClock,
  log: createLog('warn'),
});
process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
