import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../../src/lib/database/database.ts';
import { quietLog } from '../setup/quiet-log.ts';
import { createCluster, type Cluster } from '../setup/cluster.ts';
import type { Backend } from './plan.ts';

/** Where a run's database is, as the bot's configuration names it. */
export interface RunDatabase {
  readonly databaseUrl: string | null;
  readonly dataDirectory: string;
  /** Stops the server and starts it again. PostgreSQL only. */
  restart(): Promise<void>;
  /** Ends every connection of the bots. PostgreSQL only. */
  cutConnections(): Promise<void>;
  remove(): Promise<void>;
}

/** Makes databases for runs, one after the other, from one that is migrated already. */
export interface Stage {
  create(name: string): Promise<RunDatabase>;
  close(): Promise<void>;
}

/** @param folder for what it needs on disk. */
export async function openStage(backend: Backend, folder: string): Promise<Stage> {
  return backend === 'postgres' ? onPostgres() : embedded(folder);
}

const TEMPLATE = 'chaos_template';

async function onPostgres(): Promise<Stage> {
  const cluster = await createCluster();
  const urlOf = (name: string): string => {
    const url = new URL(cluster.url);
    url.pathname = name;
    return url.href;
  };
  await administrate(cluster, `create database ${TEMPLATE}`);
  const template = await openDatabase({ url: urlOf(TEMPLATE), dataDirectory: '', log: quietLog });
  await template.close();
  return {
    async create(name) {
      await administrate(cluster, `create database ${name} template ${TEMPLATE}`);
      return {
        databaseUrl: urlOf(name),
        dataDirectory: '',
        async restart() {
          await cluster.stop();
          await cluster.start();
        },
        cutConnections: () =>
          administrate(
            cluster,
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
          ),
        remove: () => administrate(cluster, `drop database if exists ${name} with (force)`),
      };
    },
    close: () => cluster.remove(),
  };
}

async function administrate(cluster: Cluster, statement: string): Promise<void> {
  const client = new Client(cluster.url);
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function embedded(folder: string): Promise<Stage> {
  const template = path.join(folder, 'template');
  await mkdir(template, { recursive: true });
  const database = await openDatabase({ url: null, dataDirectory: template, log: quietLog });
  await database.close();
  const onlyPostgres = (): never => {
    throw new Error('the embedded database lives and dies with its process');
  };
  return {
    async create(name) {
      const directory = path.join(folder, name);
      await cp(template, directory, { recursive: true });
      return {
        databaseUrl: null,
        dataDirectory: directory,
        restart: onlyPostgres,
        cutConnections: onlyPostgres,
        remove: () => rm(directory, { recursive: true, force: true }),
      };
    },
    close: () => rm(template, { recursive: true, force: true }),
  };
}
