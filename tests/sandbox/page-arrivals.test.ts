import { afterEach, beforeEach, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { perform } from '../../sandbox/web/acts.ts';
import { PageWindow } from '../../sandbox/web/page-window.ts';
import type { Frame, FromServer } from '../../sandbox/web/protocol.ts';
import { bareHost } from '../setup/page-host.ts';

const clock = new MovableClock();
let sandbox: Sandbox;
let guild: SandboxGuild;
let window: PageWindow;
let act: (name: string, input?: unknown) => Promise<unknown>;
const frame = {} as Frame;

beforeEach(async () => {
  sandbox = await startSandbox({ clock });
  guild = sandbox.createGuild({
    name: 'Home',
    owner: 'olivia',
    members: ['mia'],
    roles: [{ name: 'Staff', permissions: ['BanMembers', 'KickMembers'], members: ['sam', 'ann'] }],
  });
  const host = bareHost(sandbox, clock);
  window = new PageWindow(host, (sent: FromServer) => {
    if (sent.kind === 'frame') Object.assign(frame, sent.parts);
  });
  act = async (name, input = {}) => {
    const result = await perform({ host, window }, name, input);
    window.refresh();
    return result;
  };
});
afterEach(() => sandbox.close());

const done = { kind: 'done' };

test('the owner makes an invite, sees who used it, and ends it', async () => {
  const channelId = guild.channel('general').id;
  expect(await act('create-invite', { channelId, maxAgeSeconds: 3600, maxUses: 2 })).toEqual(done);
  const [invite] = frame.invites;
  expect(invite).toMatchObject({ channel: 'general', inviter: 'olivia', uses: 0, maxUses: 2 });
  expect(await act('join', { name: 'nora', invite: invite?.code })).toEqual(done);
  expect(window.person.name).toBe('nora');
  // Nora does not manage the server.
  expect(frame.invites).toEqual([]);
  expect(await act('delete-invite', { code: invite?.code })).toMatchObject({ kind: 'refused' });
  window.enter({ userId: guild.owner.id });
  expect(frame.invites).toMatchObject([{ uses: 1 }]);
  expect(await act('delete-invite', { code: invite?.code })).toEqual(done);
  expect(frame.invites).toEqual([]);
  expect(await act('join', { name: 'late', invite: invite?.code })).toEqual({
    kind: 'refused',
    sentence: 'Unknown Invite',
  });
  expect(await act('create-invite', { channelId, maxAgeSeconds: -1, maxUses: 0 })).toMatchObject({
    kind: 'refused',
  });
});

test('a moderator bans those below, in their own name, and takes it back', async () => {
  const [mia, sam, ann] = ['mia', 'sam', 'ann'].map((name) => guild.member(name).id);
  window.enter({ userId: sam });
  const refused = { kind: 'refused', sentence: 'You do not have permission to do that to this member.' };
  for (const userId of [ann, sam, guild.owner.id]) {
    expect(await act('ban', { userId })).toEqual(refused);
    expect(await act('kick', { userId })).toEqual(refused);
  }
  expect(await act('ban', { userId: mia, reason: 'rude' })).toEqual(done);
  expect(frame.bans).toEqual([{ id: mia, name: 'mia', reason: 'rude' }]);
  expect(guild.record.auditLog.at(-1)).toMatchObject({ user_id: sam, target_id: mia, reason: 'rude' });
  expect(await act('join', { name: 'mia' })).toMatchObject({ kind: 'refused' });
  expect(await act('unban', { userId: mia })).toEqual(done);
  expect(frame.bans).toEqual([]);
  expect(await act('join', { name: 'mia' })).toEqual(done);
  expect(await act('ban', { userId: sam })).toMatchObject({ kind: 'refused' });
});
