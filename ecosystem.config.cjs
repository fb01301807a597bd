const { existsSync } = require('node:fs');
const { join } = require('node:path');

// `npm ci` brings a Node that is new enough; without it the one that runs PM2 must be.
const ownNode = join(__dirname, 'node_modules/node/bin/node');

module.exports = {
  apps: [
    {
      name: 'alphapy',
      script: join(__dirname, 'scripts/start.mjs'),
      // Sapphire looks at the package.json of the working directory, and .env and DATA_DIRECTORY are relative to it.
      cwd: __dirname,
      interpreter: existsSync(ownNode) ? ownNode : process.execPath,
      // An orderly stop takes less than 10 s: it finishes what runs and closes the database.
      kill_timeout: 15_000,
      // A configuration that is wrong stays wrong: give up after a few tries, and wait longer each time.
      max_restarts: 10,
      exp_backoff_restart_delay: 1_000,
      time: true,
    },
  ],
};
