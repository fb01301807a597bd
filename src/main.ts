import { ConfigError, formerVariableNotices, processEnvironment, readConfig, type Config } from './config.ts';
import { PieceLoadError } from './client.ts';
import { StartError, startAlphapy } from './start.ts';
import { DatabaseStartError } from '#lib/database/errors';
import { createLog } from '#lib/logging/logger';
import { systemClock } from '#lib/time/clock';

/** Says a sentence to the person at the terminal. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function configOrExit(): Config {
  try {
    const environment = processEnvironment();
    for (const notice of formerVariableNotices(environment)) say(notice);
    return readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) say(problem);
    process.exit(1);
  }
}

const config = configOrExit();
const log = createLog(config.logLevel);
// Node would print all that the error holds, members' ids and tokens in it included. PM2 starts the bot again.
process.once('uncaughtException', (error) => {
  log.fatal({ err: error }, 'nothing caught an error, so the bot ends');
  process.exit(1);
});
try {
  const bot = await startAlphapy({ config, clock: systemClock, log });
  const stop = (): void => {
    bot.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  const isPlain =
    error instanceof DatabaseStartError || error instanceof StartError || error instanceof PieceLoadError;
  if (isPlain) say(error.message);
  else log.fatal({ err: error }, 'the start failed');
  process.exit(1);
}
