import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress } from '#lib/http/client-address';

const request = (forwarded: string | string[] | undefined): IncomingMessage =>
  ({
    headers: { 'x-forwarded-for': forwarded },
    socket: { remoteAddress: '192.0.2.9' },
  }) as unknown as IncomingMessage;

test('without a trusted proxy what a client writes counts for nothing', () => {
  expect(clientAddress(request('198.51.100.1'), 0)).toBe('192.0.2.9');
});

test('each trusted proxy adds one address, and what stands before those is the client’s own word', () => {
  expect(clientAddress(request('6.6.6.6, 198.51.100.1'), 1)).toBe('198.51.100.1');
  expect(clientAddress(request('6.6.6.6, 198.51.100.1, 203.0.113.7'), 2)).toBe('198.51.100.1');
});

test('what is no address is not taken for one', () => {
  expect(clientAddress(request('nonsense'), 1)).toBe('192.0.2.9');
  expect(clientAddress(request(undefined), 1)).toBe('192.0.2.9');
});
