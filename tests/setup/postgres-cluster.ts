/** `npm run test:postgres [-- file …]`: the tests on a PostgreSQL server that is made for the occasion. */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLUSTERS_FOLDER, createCluster, endClusters } from './cluster.ts';

const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

async function main(): Promise<number> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'alphapy-clusters-'));
  // PostgreSQL's user passes through; what lies in it is its own.
  await chmod(folder, 0o711);
  process.env[CLUSTERS_FOLDER] = folder;
  try {
    const cluster = await createCluster();
    const code = await runTests(cluster.url);
    await cluster.remove();
    return code;
  } finally {
    await endClusters(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function runTests(url: string): Promise<number> {
  const vitest = spawn(process.execPath, [VITEST, 'run', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: url },
  });
  // Whoever ends this ends the tests, and their end stops the server.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => vitest.kill(signal));
  return new Promise((resolve, reject) => {
    vitest.once('error', reject);
    vitest.once('exit', (code) => resolve(code ?? 1));
  });
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
