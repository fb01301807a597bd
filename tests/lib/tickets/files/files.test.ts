import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '#lib/logging/logger';
import { claimFile, settleFile } from '#lib/tickets/files/claims';
import { download, isAttachmentUrl, pathOfFile } from '#lib/tickets/files/download';
import { addFormFiles } from '#lib/tickets/files/rows';
import { pictureType, refusalOf } from '#lib/tickets/files/types';
import { removeUnusedFiles } from '#lib/tickets/files/unused';
import type { Ticket } from '#lib/tickets/ticket';
import { useDatabase } from '../../../setup/database.ts';
import { AT, putTicket } from '../fixtures-record.ts';

const database = useDatabase();
const db = () => database().db;
let directory: string;

beforeEach(async () => {
  await database().empty();
  directory = mkdtempSync(path.join(os.tmpdir(), 'alphapy-files-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('only where Discord keeps attachments is asked for them', () => {
  const ours = [
    'https://cdn.discordapp.com/attachments/1/2/a.png?ex=1',
    'https://media.discordapp.net/attachments/1/2/a.png',
  ];
  const others = [
    'http://cdn.discordapp.com/a',
    'https://cdn.discordapp.com:8443/a',
    'https://cdn.discordapp.com.example/a',
    'https://cdn.discordapp.com@example.com/a',
    'https://user:pass@cdn.discordapp.com/a',
    'https://discord.com/api/v10/users/@me',
    'http://127.0.0.1/a',
    'http://[::1]/a',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '',
  ];
  const api = 'https://discord.com/api';
  expect(ours.filter((url) => !isAttachmentUrl(url, api))).toEqual([]);
  expect(others.filter((url) => isAttachmentUrl(url, api))).toEqual([]);
  expect(isAttachmentUrl('http://127.0.0.1:8080/attachments/1', 'http://127.0.0.1:8080/api')).toBe(true);
  expect(isAttachmentUrl('http://127.0.0.1:8081/attachments/1', 'http://127.0.0.1:8080/api')).toBe(false);
});

test.each([
  ['photo.PNG', null, null],
  ['unnamed', 'image/png', null],
  ['unnamed', null, 'wrong_type'],
  ['letter.docx', null, null],
  ['letter.docm', 'image/png', 'wrong_type'],
  ['page.html', 'text/html', 'wrong_type'],
  ['a.png.exe', 'image/png', 'wrong_type'],
  ['run.sh ', 'text/plain', 'wrong_type'],
] as const)('%s as %s: %s', (name, contentType, refusal) => {
  expect(refusalOf({ name, contentType, bytes: 1 })).toBe(refusal);
});

test('a picture is one by what is in it', () => {
  expect(pictureType(Buffer.from('<svg onload=x>'))).toBeNull();
  expect(pictureType(Buffer.from('GIF89a...'))).toBe('image/gif');
  expect(pictureType(Buffer.from('RIFF1234WEBPVP8 '))).toBe('image/webp');
  expect(pictureType(Buffer.from(''))).toBeNull();
});

describe('a download', () => {
  async function fetched(listener: RequestListener): Promise<unknown> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await download(`http://127.0.0.1:${port}/a`, directory);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  /** All files that are there, finished or not. */
  const left = (): string[] =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);

  test('that breaks off leaves nothing', async () => {
    const result = fetched((_, response) => {
      response.writeHead(200, { 'Content-Length': 1_000 });
      response.write('half', () => response.destroy());
    });
    await expect(result).rejects.toThrow('terminated');
    expect(left()).toEqual([]);
  });

  test('is not led elsewhere', async () => {
    await expect(
      fetched((_, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end()),
    ).rejects.toThrow('fetch failed');
  });

  test('ends when it turns out to be too large, whatever was said before', async () => {
    const result = await fetched((_, response) => {
      const piece = Buffer.alloc(1024 * 1024);
      const write = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    });
    expect(result).toEqual({ kind: 'too_large' });
    expect(left()).toEqual([]);
  });

  test('that is refused is gone or comes later', async () => {
    expect(await fetched((_, response) => response.writeHead(404).end())).toEqual({ kind: 'gone' });
    await expect(fetched((_, response) => response.writeHead(503).end())).rejects.toThrow('503');
  });

  test('has its hash for a name only once it is whole and wanted', async () => {
    const result = (await fetched((_, response) => response.end('hello'))) as {
      sha256: string;
      keep: () => Promise<void>;
      discard: () => Promise<void>;
    };
    const sha256 = createHash('sha256').update('hello').digest('hex');
    expect(result.sha256).toBe(sha256);
    expect(existsSync(pathOfFile(directory, sha256))).toBe(false);
    await result.keep();
    await result.discard();
    expect(left()).toEqual([sha256]);
  });
});

describe('files that nobody needs', () => {
  const sha256 = createHash('sha256').update('hello').digest('hex');
  const deps = () => ({ db: db(), filesDirectory: directory, log: createLog('silent') });
  let ticket: Ticket;

  beforeEach(async () => {
    ticket = await putTicket(db(), { guildId: '1000', userId: '1' });
    await db()
      .transaction()
      .execute((trx) =>
        addFormFiles(
          trx,
          ticket,
          [{ attachmentId: '1', name: 'a.txt', url: 'https://x', contentType: null, bytes: 5 }],
          AT,
        ),
      );
  });

  async function keep(bytes = 5, quotaBytes = 100): Promise<void> {
    const file = await claimFile(db(), AT);
    if (file === undefined) throw new Error('nothing is due');
    const place = path.join(directory, 'unfinished-one');
    writeFileSync(place, 'hello');
    await settleFile(db(), file, {
      sha256,
      bytes,
      quotaBytes,
      keep: async () => {
        const { mkdir, rename } = await import('node:fs/promises');
        await mkdir(path.dirname(pathOfFile(directory, sha256)), { recursive: true });
        await rename(place, pathOfFile(directory, sha256));
      },
    });
  }

  test('are taken on once, and again when whoever had them is dead', async () => {
    expect(await claimFile(db(), AT)).toBeDefined();
    expect(await claimFile(db(), AT)).toBeUndefined();
    expect(await claimFile(db(), new Date(AT.getTime() + 2 * 60_000))).toMatchObject({ attempts: 2 });
  });

  test('go, and never one that a row has just got', async () => {
    for (let round = 0; round < 20; round += 1) {
      await db()
        .updateTable('ticket_files')
        .set({ state: 'due', sha256: null, due_at: AT, leased_until: null })
        .execute();
      await Promise.all([keep(), removeUnusedFiles(deps()), removeUnusedFiles(deps())]);
      expect(existsSync(pathOfFile(directory, sha256))).toBe(true);
    }
    await db().deleteFrom('support_tickets').execute();
    await removeUnusedFiles(deps());
    expect(existsSync(pathOfFile(directory, sha256))).toBe(false);
  });

  test('are not even put there over the quota', async () => {
    await keep(5, 4);
    expect(await db().selectFrom('ticket_files').select(['state', 'sha256']).execute()).toEqual([
      { state: 'over_quota', sha256: null },
    ]);
    expect(existsSync(pathOfFile(directory, sha256))).toBe(false);
  });

  test('that were left half fetched go after an hour', async () => {
    const unfinished = path.join(directory, 'unfinished');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(unfinished);
    for (const name of ['old', 'new']) writeFileSync(path.join(unfinished, name), '');
    const old = new Date(Date.now() - 2 * 60 * 60_000);
    utimesSync(path.join(unfinished, 'old'), old, old);
    await removeUnusedFiles(deps());
    expect(readdirSync(unfinished)).toEqual(['new']);
  });
});
