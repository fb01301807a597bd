import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { closeSync, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** A PostgreSQL server of our own that lasts as long as the tests: on 127.0.0.1 only, its data in a temporary directory. */
export interface Cluster {
  /** Of the superuser and the database `postgres`. */
  readonly url: string;
  start(): Promise<void>;
  /** Ends the server, and with it all connections; the data stays. */
  stop(): Promise<void>;
  /** Ends the server and deletes its data. */
  remove(): Promise<void>;
}

/** Names the folder that clusters are made in. Whoever sets it ends them with {@link endClusters}: a test process may be killed. */
export const CLUSTERS_FOLDER = 'TEST_CLUSTERS_FOLDER';

const OLDEST_VERSION = 15;
const USER = 'alphapy';
const PASSWORD = 'only/for@tests';
const START_TIMEOUT_MS = 30_000;
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=64MB',
];
/** No test has to outlive a power cut, so none waits for the disk. */
const CARELESS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

const run = promisify(execFile);

interface ClusterOptions {
  /** Waits for the disk, as a server in use does. */
  readonly isCareful?: boolean;
}

/**
 * Makes a cluster and starts it.
 * @throws when this machine has no PostgreSQL that is new enough; the message says how to get one.
 */
export async function createCluster({ isCareful = false }: ClusterOptions = {}): Promise<Cluster> {
  const binaries = findBinaries();
  const user = plainUser();
  const directory = await mkdtemp(
    path.join(process.env[CLUSTERS_FOLDER] ?? os.tmpdir(), 'alphapy-postgres-'),
  );
  const data = path.join(directory, 'data');
  const logFile = path.join(directory, 'log');
  const passwordFile = path.join(directory, 'password');
  await writeFile(passwordFile, PASSWORD);
  await writeFile(logFile, '');
  if (user) for (const file of [directory, passwordFile, logFile]) await chown(file, user.uid, user.gid);
  const initdbArguments = [
    '-D',
    data,
    '-U',
    USER,
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ];
  await run(path.join(binaries, 'initdb'), [...initdbArguments, '--auth=password', '--no-sync'], {
    ...user,
    cwd: directory,
  });
  const port = await freePort();
  const url = `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`;

  let server: ChildProcess | undefined;
  const lastResort = (): void => {
    server?.kill('SIGQUIT');
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', lastResort);

  async function start(): Promise<void> {
    const settings = [...SETTINGS, ...(isCareful ? [] : CARELESS)].flatMap((setting) => ['-c', setting]);
    const log = openSync(logFile, 'a');
    // Detached: the terminal's Ctrl-C goes to the tests, and they end the server.
    server = spawn(path.join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
      ...user,
      cwd: directory,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    await waitUntilReady(url, server, logFile);
  }

  async function stop(): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    // "Fast": connections are cut, the data is written.
    server.kill('SIGINT');
    await ended;
  }

  async function remove(): Promise<void> {
    await stop();
    process.removeListener('exit', lastResort);
    await rm(directory, { recursive: true, force: true });
  }

  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return { url, start, stop, remove };
}

/** Ends the servers whose data lie in the folder, whoever started them. */
export async function endClusters(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pidFile = await readFile(path.join(folder, name, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number.parseInt(pidFile, 10);
    if (pid > 0) process.kill(pid, 'SIGQUIT');
  }
}

function findBinaries(): string {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const candidates = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => `/usr/lib/postgresql/${version}/bin`);
  try {
    candidates.push(
      execFileSync('pg_config', ['--bindir'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim(),
    );
  } catch {
    // Not on the path: the folders above may do.
  }
  const found = candidates.find(
    (folder) => existsSync(path.join(folder, 'initdb')) && majorVersion(folder) >= OLDEST_VERSION,
  );
  if (found) return found;
  throw new Error(
    `These tests need the server programs of PostgreSQL ${OLDEST_VERSION} or newer (initdb, postgres): on Debian and Ubuntu apt-get install postgresql, on macOS brew install postgresql.`,
  );
}

function majorVersion(folder: string): number {
  const answer = execFileSync(path.join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/\d+/.exec(answer)?.[0] ?? 0);
}

/** PostgreSQL refuses to run as root; then it runs as a user that may do nothing. */
function plainUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((option) =>
        Number(execFileSync('id', [option, name], { stdio: ['ignore', 'pipe', 'ignore'] })),
      );
      if (uid && gid) return { uid, gid };
    } catch {
      // No such user here.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody"');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function waitUntilReady(url: string, server: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new Client(url);
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) {
        throw new Error(`PostgreSQL did not start: ${await readFile(logFile, 'utf8')}`, { cause: error });
      }
      await sleep(50);
    }
  }
}
