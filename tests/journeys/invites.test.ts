import { afterEach, describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import { DAY_MS, MINUTE_MS, useBot, type World } from '../setup/bot.ts';
import { botHears, leaveButton, plantTown, type Town } from './town.ts';
import { breakDatabase, titles } from './trouble.ts';
import { eventually } from '../setup/eventually.ts';

const world = useBot();
/** discord.js tries a request again this often, when Discord fails. */
const ATTEMPTS = 4;

afterEach(() => world().sandbox.faults.clear());

/** How often the bot asked for the invites of a guild, or the uses of its own link, and had an answer. */
function lists({ sandbox }: World, guild: SandboxGuild, what: 'invites' | 'vanity-url' = 'invites'): number {
  const path = `/guilds/${guild.id}/${what}`;
  return sandbox.requests.filter(
    (request) => request.method === 'GET' && request.path.endsWith(path) && request.status === 200,
  ).length;
}

/** A town whose invites the bot knows, and the uses of its own link where it is given one. */
async function watchedTown(
  prepare: (town: Town) => void = () => undefined,
  last: 'invites' | 'vanity-url' = 'invites',
): Promise<Town> {
  const town = plantTown(world());
  prepare(town);
  await eventually(() => expect(lists(world(), town.guild, last)).toBeGreaterThan(0));
  await botHears(world(), town.guild);
  return town;
}

/** Somebody with an account of a year joins. */
function join(guild: SandboxGuild, name: string, invite?: string): Person {
  const createdAt = new Date(world().clock.now().getTime() - 365 * DAY_MS);
  return guild.join({ name, createdAt }, { invite });
}

interface Joined {
  readonly certainty: string;
  readonly reason: string;
  readonly inviter_id: string | null;
  readonly is_rejoin: boolean;
  readonly is_fake: boolean;
}

/** What is written of the joins of a guild, once there are that many, oldest first. */
async function joins(guild: SandboxGuild, count: number): Promise<Joined[]> {
  const read = () =>
    world()
      .database.db.selectFrom('invite_joins')
      .select(['certainty', 'reason', 'inviter_id', 'is_rejoin', 'is_fake'])
      .where('guild_id', '=', guild.id)
      .orderBy('id')
      .execute();
  return eventually(async () => {
    const rows = await read();
    expect(rows).toHaveLength(count);
    return rows;
  });
}

async function leaves(guild: SandboxGuild, count: number): Promise<void> {
  await eventually(async () => {
    const rows = await world()
      .database.db.selectFrom('invite_leaves')
      .select('id')
      .where('guild_id', '=', guild.id)
      .execute();
    expect(rows).toHaveLength(count);
  });
}

const by = (inviter: Person) => ({ certainty: 'certain', inviter_id: inviter.id });
const nobody = (certainty: string, reason: string) => ({ certainty, reason, inviter_id: null });
const announced = (person: Person) => person.sees('events').map(({ text }) => text);

/** A town that announces who joins. */
async function announcingTown(): Promise<Town> {
  const town = await watchedTown();
  await town.olivia.runs('/config set', {
    setting: 'invites.announcement_channel_id',
    value: 'events',
  });
  return town;
}

const endless = { maxAgeSeconds: 0, unique: true } as const;

describe('whoever joins', () => {
  test('counts for who invited them, for certain, and it is said once', async () => {
    const { guild, olivia, mia, sam } = await announcingTown();
    const mias = mia.invites('general', endless).code;
    const sams = sam.invites('general', endless).code;
    join(guild, 'nora', mias);
    expect(await joins(guild, 1)).toEqual([
      { ...by(mia), reason: 'only_one_used', is_rejoin: false, is_fake: false },
    ]);
    await eventually(() =>
      expect(announced(olivia)).toEqual(['@nora joined, invited by @mia, who has now brought 1 member.']),
    );
    expect(olivia.sees('events')[0]?.mentions).toEqual(['nora']);
    join(guild, 'otto', sams);
    expect((await joins(guild, 2))[1]).toMatchObject(by(sam));
    join(guild, 'pia', mias);
    expect((await joins(guild, 3))[2]).toMatchObject(by(mia));
    await eventually(() => expect(announced(olivia)).toHaveLength(3));
    await world().advance(5 * MINUTE_MS);
    expect(announced(olivia)[2]).toContain('has now brought 2 members');
    expect(announced(olivia)).toHaveLength(3);
  });

  test('counts without an announcement channel, and is told in one’s own language', async () => {
    const { guild, sam, niels } = await watchedTown();
    const { code } = sam.invites('general', endless);
    join(guild, 'nora', code);
    await joins(guild, 1);
    expect((await sam.runs('/invites')).text).toContain('**1** lid meegebracht');
    expect((await niels.runs('/invites', { member: guild.member('nora') })).text).toContain(
      'Met de uitnodiging van @sam',
    );
  });

  test('is announced in the words of the server, where only its own places are filled in', async () => {
    const { guild, olivia, mia } = await announcingTown();
    const words =
      '{member} {member_name} {__class__} {0} {} { {{count}} {inviter.id} @everyone by {inviter} ({inviter_name})';
    await olivia.runs('/config set', { setting: 'invites.with_inviter_template', value: words });
    await olivia.runs('/config set', {
      setting: 'invites.no_inviter_template',
      value: 'Hi {member_name}{inviter}',
    });
    const { code } = mia.invites('general', endless);
    const createdAt = new Date('2020-01-01');
    guild.join({ name: 'wanda', displayName: '**W** <@&1>', createdAt }, { invite: code });
    await eventually(() => expect(announced(olivia)).toHaveLength(1));
    const [said] = olivia.sees('events');
    expect(said?.content).toBe(
      `<@${guild.member('wanda').id}> \\*\\*W\\*\\*  {__class__} {0} {} { {1} {inviter.id} @everyone by <@${mia.id}> (mia)`,
    );
    expect([said?.mentionsEveryone, said?.mentions]).toEqual([false, ['wanda']]);
    join(guild, 'otto');
    await eventually(() => expect(announced(olivia)[1]).toBe('Hi otto{inviter}'));
  });

  test('with a new account is taken off again, and says so', async () => {
    const { guild, mia, ann } = await watchedTown();
    guild.join('newcomer', { invite: mia.invites('general', endless).code });
    expect(await joins(guild, 1)).toMatchObject([{ ...by(mia), is_fake: true }]);
    const shown = await mia.runs('/invites');
    expect(shown.text).toContain('**0** members brought');
    expect(shown.text).toContain('1 joined, 1 with a new account');
    const newcomer = await ann.runs('/invites', { member: guild.member('newcomer') });
    expect(newcomer.text).toContain('less than a week old');
  });

  test('and leaves is taken off, and counts once when they come back', async () => {
    const { guild, mia, sam } = await watchedTown();
    const mias = mia.invites('general', endless).code;
    join(guild, 'nora', mias);
    await joins(guild, 1);
    guild.leave('nora');
    await leaves(guild, 1);
    expect((await mia.runs('/invites')).text).toContain('1 joined, 1 left');
    await world().advance(MINUTE_MS);
    join(guild, 'nora', sam.invites('general', endless).code);
    expect((await joins(guild, 2))[1]).toMatchObject({ ...by(sam), is_rejoin: true });
    expect((await mia.runs('/invites')).text).toContain('**1** member brought');
    expect((await sam.runs('/invites')).text).toContain('**0** leden');
    guild.leave('nora');
    await leaves(guild, 2);
    expect((await mia.runs('/invites')).text).toContain('**0** members');
  });

  test('after having been here before anybody counted does not count', async () => {
    const { guild, mia } = await watchedTown();
    guild.leave('ann');
    await leaves(guild, 1);
    join(guild, 'ann', mia.invites('general', endless).code);
    expect(await joins(guild, 1)).toMatchObject([{ ...by(mia), is_rejoin: true }]);
    expect((await mia.runs('/invites')).text).toContain('**0** members');
  });
});

describe('it is never guessed', () => {
  test('two at once through the same invite are both certain', async () => {
    const { guild, mia } = await watchedTown();
    const { code } = mia.invites('general', endless);
    join(guild, 'nora', code);
    join(guild, 'otto', code);
    expect(await joins(guild, 2)).toMatchObject([by(mia), by(mia)]);
    expect((await mia.runs('/invites')).text).toContain('**2** members');
  });

  test('two at once through different invites are ambiguous, and the next one is certain again', async () => {
    const { guild, olivia, ann, mia, sam } = await announcingTown();
    const [mias, sams] = [mia.invites('general', endless).code, sam.invites('general', endless).code];
    join(guild, 'nora', mias);
    join(guild, 'otto', sams);
    const doubt = nobody('ambiguous', 'several_used');
    expect(await joins(guild, 2)).toMatchObject([doubt, doubt]);
    await eventually(() => expect(announced(olivia)).toEqual(['@nora joined.', '@otto joined.']));
    expect((await ann.runs('/invites', { member: guild.member('otto') })).text).toContain(
      'not certain by which one',
    );
    join(guild, 'pia', sams);
    expect((await joins(guild, 3))[2]).toMatchObject(by(sam));
  });

  test('a single use counts, though Discord deletes the invite', async () => {
    const { guild, mia } = await watchedTown();
    join(guild, 'nora', mia.invites('general', { ...endless, maxUses: 1 }).code);
    expect(await joins(guild, 1)).toMatchObject([{ ...by(mia), reason: 'last_use' }]);
  });

  test('an invite that is deleted between the join and the list is not believed', async () => {
    const { guild, mia } = await watchedTown();
    const { code } = mia.invites('general', endless);
    join(guild, 'nora', code);
    guild.owner.revokes(code);
    expect(await joins(guild, 1)).toMatchObject([nobody('ambiguous', 'one_deleted')]);
  });

  test('one that was deleted long before, or whose channel was, plays no part', async () => {
    const { guild, mia, sam } = await watchedTown();
    guild.createChannel({ name: 'soon-gone' });
    const revoked = mia.invites('general', { ...endless, maxUses: 1 }).code;
    mia.invites('soon-gone', { ...endless, maxUses: 1 });
    const { code } = sam.invites('general', endless);
    guild.owner.revokes(revoked);
    guild.deleteChannel('soon-gone');
    await botHears(world(), guild);
    await world().advance(MINUTE_MS);
    join(guild, 'nora');
    expect(await joins(guild, 1)).toMatchObject([nobody('unknown', 'no_trace')]);
    join(guild, 'otto', code);
    expect((await joins(guild, 2))[1]).toMatchObject(by(sam));
  });

  test('an invite that ran out before they came plays no part', async () => {
    const { guild, mia } = await watchedTown();
    mia.invites('general', { maxAgeSeconds: 60, maxUses: 1, unique: true });
    await botHears(world(), guild);
    await world().advance(2 * MINUTE_MS);
    join(guild, 'nora');
    expect(await joins(guild, 1)).toMatchObject([nobody('unknown', 'no_trace')]);
  });

  test('the server’s own link is told from invites', async () => {
    const { guild, mia } = await watchedTown((town) => town.guild.setVanity('town'), 'vanity-url');
    join(guild, 'nora', 'town');
    expect(await joins(guild, 1)).toMatchObject([nobody('vanity', 'own_link')]);
    join(guild, 'otto', 'town');
    join(guild, 'pia', mia.invites('general', endless).code);
    const doubt = nobody('ambiguous', 'several_used');
    expect((await joins(guild, 3)).slice(1)).toMatchObject([doubt, doubt]);
    world().sandbox.faults.switchOn({ fault: '500', on: 'GET /guilds/*/vanity-url', times: ATTEMPTS });
    join(guild, 'quin', 'town');
    expect((await joins(guild, 4))[3]).toMatchObject(nobody('unknown', 'no_answer'));
  });

  test('among 300 invites the one is found', async () => {
    const { guild, mia, olivia } = await watchedTown((town) => {
      for (let count = 0; count < 299; count += 1) town.olivia.invites('general', endless);
    });
    const { code } = mia.invites('general', endless);
    join(guild, 'nora', code);
    expect(await joins(guild, 1)).toMatchObject([by(mia)]);
    join(guild, 'otto', guild.invites[150]?.code);
    expect((await joins(guild, 2))[1]).toMatchObject(by(olivia));
  });

  test('where Discord fails it is not known, and the next one is after a while', async () => {
    const { guild, mia } = await watchedTown();
    const { code } = mia.invites('general', endless);
    await botHears(world(), guild);
    world().sandbox.faults.switchOn({ fault: '500', on: 'GET /guilds/*/invites', times: ATTEMPTS - 1 });
    join(guild, 'nora', code);
    expect(await joins(guild, 1)).toMatchObject([by(mia)]);
    world().sandbox.faults.switchOn({ fault: '500', on: 'GET /guilds/*/invites', times: ATTEMPTS });
    join(guild, 'otto', code);
    expect((await joins(guild, 2))[1]).toMatchObject(nobody('unknown', 'no_answer'));
    const before = lists(world(), guild);
    await world().advance(2 * MINUTE_MS);
    expect(lists(world(), guild)).toBe(before + 1);
    join(guild, 'pia', code);
    expect((await joins(guild, 3))[2]).toMatchObject(by(mia));
  });

  test('without Manage Server it is not known; staff hear of it once, and again when it was mended', async () => {
    const { guild, olivia, mia } = await watchedTown();
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    const { code } = mia.invites('general', endless);
    const revoke = () => {
      world().sandbox.faults.switchOn({
        fault: 'permission revoked',
        guildId: guild.id,
        permission: 'ManageGuild',
      });
      return botHears(world(), guild);
    };
    const trouble = () => titles(olivia, 'log').filter((title) => title === "I can't see who invited whom");
    await revoke();
    join(guild, 'nora', code);
    expect(await joins(guild, 1)).toMatchObject([nobody('unknown', 'no_permission')]);
    await eventually(() => expect(trouble()).toHaveLength(1));
    expect(olivia.sees('log').at(-1)?.text).toContain('give my role Manage Server');
    join(guild, 'otto', code);
    await joins(guild, 2);
    world().sandbox.faults.clear();
    await botHears(world(), guild);
    await world().advance(2 * MINUTE_MS);
    join(guild, 'pia', code);
    expect((await joins(guild, 3))[2]).toMatchObject(by(mia));
    expect(trouble()).toHaveLength(1);
    await eventually(async () => expect(await troubles(guild)).toBe(0));
    await revoke();
    join(guild, 'quin', code);
    await eventually(() => expect(trouble()).toHaveLength(2));
  });

  test('a bot that was away between two joins credits nobody for the first, and the second rightly', async () => {
    const { guild, mia, sam } = await watchedTown();
    const [mias, sams] = [mia.invites('general', endless).code, sam.invites('general', endless).code];
    const before = lists(world(), guild);
    await world().restart(() => join(guild, 'nora', mias));
    await eventually(() => expect(lists(world(), guild)).toBeGreaterThan(before));
    await botHears(world(), guild);
    join(guild, 'otto', sams);
    expect(await joins(guild, 1)).toMatchObject([by(sam)]);
    expect((await mia.runs('/invites')).text).toContain('**0** members');
  });

  test('a database that is away for a moment is waited for', async () => {
    const { guild, mia } = await watchedTown();
    const { code } = mia.invites('general', endless);
    await botHears(world(), guild);
    const mend = breakDatabase(world());
    join(guild, 'nora', code);
    const warned = () => world().logged.filter(({ msg }) => msg.startsWith('invites: joins could not'));
    await eventually(() => expect(warned()).toHaveLength(1));
    mend();
    expect(await joins(guild, 1)).toMatchObject([by(mia)]);
  });

  test('a bot that is stopped just then writes down first who came', async () => {
    const { guild, mia } = await watchedTown();
    join(guild, 'nora', mia.invites('general', endless).code);
    await botHears(world(), guild);
    await world().restart();
    expect(await joins(guild, 1)).toMatchObject([by(mia)]);
  });

  test('switched off nothing is asked and nothing noted, and it goes on when it is switched on again', async () => {
    const { guild, olivia, mia } = await watchedTown();
    const { code } = mia.invites('general', endless);
    await olivia.runs('/config set', { setting: 'invites.enabled', value: 'off' });
    const before = lists(world(), guild);
    join(guild, 'nora', code);
    guild.leave('nora');
    await botHears(world(), guild);
    await world().advance(2 * MINUTE_MS);
    expect(lists(world(), guild)).toBe(before);
    expect((await mia.runs('/inviteleaderboard', { public: false })).text).toContain('not counted here');
    await olivia.runs('/config set', { setting: 'invites.enabled', value: 'on' });
    await world().advance(2 * MINUTE_MS);
    expect(lists(world(), guild)).toBe(before + 1);
    join(guild, 'otto', code);
    expect(await joins(guild, 1)).toMatchObject([by(mia)]);
    await leaves(guild, 0);
  });
});

async function troubles(guild: SandboxGuild): Promise<number> {
  const rows = await world()
    .database.db.selectFrom('invite_troubles')
    .select('kind')
    .where('guild_id', '=', guild.id)
    .execute();
  return rows.length;
}

describe('announcing', () => {
  test('in a channel that is closed to the bot staff hear of once, and it counts all the same', async () => {
    const { guild, olivia, mia } = await announcingTown();
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    guild.setOverwrite('events', { role: 'Alphapy', deny: ['SendMessages'] });
    await botHears(world(), guild);
    const { code } = mia.invites('general', endless);
    join(guild, 'nora', code);
    await joins(guild, 1);
    const told = () => olivia.sees('log').filter(({ text }) => text.includes("I can't announce who joined"));
    await eventually(() => expect(told()).toHaveLength(1));
    expect(told()[0]?.text).toContain('Send Messages');
    join(guild, 'otto', code);
    await joins(guild, 2);
    await world().advance(MINUTE_MS);
    expect(told()).toHaveLength(1);
    expect((await mia.runs('/invites')).text).toContain('**2** members');
  });

  test('what Discord did not take is said later, once; what is too late is not said', async () => {
    const { guild, olivia } = await announcingTown();
    const on = `POST /channels/${guild.channel('events').id}/messages`;
    world().sandbox.faults.switchOn({ fault: '500', on, times: ATTEMPTS });
    join(guild, 'nora');
    await joins(guild, 1);
    await eventually(() => expect(world().sandbox.faults.pending).toEqual([]));
    expect(announced(olivia)).toEqual([]);
    await world().advance(2 * MINUTE_MS);
    await world().advance(2 * MINUTE_MS);
    expect(announced(olivia)).toEqual(['@nora joined.']);
    world().sandbox.faults.switchOn({ fault: '500', on, times: ATTEMPTS });
    join(guild, 'otto');
    await joins(guild, 2);
    await eventually(() => expect(world().sandbox.faults.pending).toEqual([]));
    await world().advance(11 * MINUTE_MS);
    await world().advance(2 * MINUTE_MS);
    expect(announced(olivia)).toEqual(['@nora joined.']);
  });
});

describe('the leaderboard', () => {
  test('has pages and periods, is turned by who asked, and works after a restart', async () => {
    const { guild, olivia, ann, mia, sam } = await watchedTown();
    expect((await mia.runs('/inviteleaderboard', { public: false })).text).toContain('Nobody has brought');
    join(guild, 'nora', mia.invites('general', endless).code);
    await joins(guild, 1);
    const names = ['p01', 'p02', 'p03', 'p04', 'p05', 'p06', 'p07', 'p08', 'p09', 'p10'];
    for (const [index, name] of names.entries())
      await ann.runs('/setinvites', { member: join(guild, name), count: 20 - index });
    await joins(guild, 11);
    const first = await ann.runs('/inviteleaderboard', {});
    expect(first.ephemeral).toBe(false);
    expect(first.text).toContain('**1.** @p01 · **20** · 0 joined, +20 by an admin');
    expect(first.text).toContain('Page 1 of 2');
    expect(first.message?.mentions).toEqual([]);
    const copy = await sam.clicks('Next', { on: first });
    expect([copy.ephemeral, copy.updated]).toEqual([true, false]);
    expect(copy.text).toContain('Pagina 2 van 2');
    await world().restart();
    const second = await ann.clicks('Next', { on: first });
    expect(second.updated).toBe(true);
    expect(second.text).toContain('**11.** @mia · **1** · 1 joined');
    const month = await olivia.runs('/inviteleaderboard', { period: '30', public: false });
    expect(month.ephemeral).toBe(true);
    expect(month.text).toContain('**1.** @mia · **1**');
    expect(month.text).not.toContain('@p01');
    await world().advance(31 * DAY_MS);
    expect((await olivia.runs('/inviteleaderboard', { period: '30', public: false })).text).toContain(
      'Nobody has brought anyone in this time.',
    );
  });

  test('shows nobody who does not want to be, until they do again', async () => {
    const { guild, olivia, ann, mia, sam } = await watchedTown();
    await ann.runs('/setinvites', { member: mia, count: 3 });
    const board = await sam.runs('/inviteleaderboard', {});
    expect(board.text).toContain('@mia');
    expect((await mia.clicks('Hide me', { on: board })).text).not.toContain('@mia');
    await eventually(() => expect(mia.sees('general').at(-1)?.text).toContain('no longer shown'));
    expect(olivia.sees('general').at(-1)?.text).toContain('Nobody has brought');
    expect((await sam.runs('/invites', { member: mia })).text).toContain('wil niet getoond worden');
    expect((await ann.runs('/invites', { member: mia })).text).toContain('Hidden from the leaderboard');
    await olivia.runs('/config set', { setting: 'invites.announcement_channel_id', value: 'events' });
    join(guild, 'nora', mia.invites('general', endless).code);
    await eventually(() => expect(announced(olivia)).toEqual(['@nora joined.']));
    expect((await mia.clicks('Show me')).text).toContain('shown on the leaderboard of this server again');
    expect((await sam.runs('/inviteleaderboard', { public: false })).text).toContain('@mia · **4**');
  });

  test('is not fooled by ids that somebody made up', async () => {
    const { guild, mia } = await watchedTown();
    for (const id of ['page:x:all:1', 'page:1:8:1', 'page:1:all:-1', 'page:1:all', 'hide:1:all:0', 'drop']) {
      const made = leaveButton(world(), guild, `invites:1:${id}`);
      expect((await mia.clicks('Go', { on: made })).text).toContain('/inviteleaderboard');
    }
  });
});

describe('an admin', () => {
  test('sets and resets a count as events, and the log channel says who did', async () => {
    const { guild, ann, niels, mia, olivia } = await watchedTown();
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    const { code } = mia.invites('general', endless);
    join(guild, 'nora', code);
    await joins(guild, 1);
    expect((await ann.runs('/setinvites', { member: mia, count: 10 })).text).toContain(
      '@mia has 10 now; it was 1.',
    );
    join(guild, 'otto', code);
    await joins(guild, 2);
    expect((await mia.runs('/invites')).text).toContain('2 joined, +9 by an admin');
    expect((await niels.runs('/resetinvites', { member: mia })).text).toContain('het was 11');
    expect((await mia.runs('/invites')).text).toContain('**0** members brought');
    expect((await mia.runs('/inviteleaderboard', { period: '7', public: false })).text).not.toContain('@mia');
    const log = olivia.sees('log').map(({ text }) => text);
    expect(log.find((text) => text.includes('Invite count set'))).toMatch(/@mia[^]*1 → 10[^]*@ann/);
    expect(log.find((text) => text.includes('Invite count reset'))).toMatch(/@mia[^]*11 → 0[^]*@niels/);
  });

  test('is who it takes, and keeps within bounds', async () => {
    const { ann, mia } = await watchedTown();
    const refused = await mia.runs('/setinvites', { member: mia, count: 5 }, { allowedBySettings: true });
    expect(refused.text).toContain('Manage Server');
    for (const count of [-1, 1_000_001])
      await expect(ann.runs('/setinvites', { member: mia, count })).rejects.toThrow(/1000000|0/);
    await ann.runs('/setinvites', { member: mia, count: 1_000_000 });
    expect((await mia.runs('/invites')).text).toContain('**1000000** members');
  });
});
