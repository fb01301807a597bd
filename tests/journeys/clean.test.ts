import { describe, expect, test } from 'vitest';
import { createMessage } from '../../sandbox/state/messages.ts';
import { DAY_MS, HOUR_MS, useBot } from '../setup/bot.ts';
import { botHears, leaveButton, plantTown, type Town } from './town.ts';

const world = useBot();

/** A town with a log channel, in which Mia manages messages and no server. */
async function plant(): Promise<Town> {
  const town = plantTown(world());
  const { guild, olivia } = town;
  guild.createRole({ name: 'Mods', permissions: ['ManageMessages'], members: ['mia', 'sam'] });
  await botHears(world(), guild);
  await olivia.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
  return town;
}
const texts = ({ ann }: Town, place: string) =>
  ann
    .sees(place)
    .filter(({ ephemeral }) => !ephemeral)
    .map(({ content }) => content);
const logged = ({ ann }: Town) => ann.sees('log').filter(({ text }) => text.includes('Messages deleted'));
/** Lets the channel be full of messages at once. */
const fill = ({ guild, ann }: Town, count: number): void => {
  for (let n = 0; n < count; n += 1)
    createMessage(world().sandbox.world, guild.channel('general'), {
      authorId: ann.id,
      content: `many ${n}`,
    });
};
const clean = { in: 'general' } as const;

describe('/clean', () => {
  test('asks once with the number, deletes, and tells the log channel of whom', async () => {
    const town = await plant();
    const { ann, mia } = town;
    for (const text of ['one', 'two']) ann.writes('general', text);
    mia.writes('general', 'secret three');
    const asked = await mia.runs('/clean', { limit: 2 }, clean);
    expect(asked.ephemeral).toBe(true);
    expect(asked.text).toContain('Delete 2 messages?');
    expect(texts(town, 'general')).toEqual(['one', 'two', 'secret three']);
    await world().restart();
    ann.writes('general', 'newer');
    expect((await mia.clicks('Delete 2 messages', { on: asked })).text).toContain('Deleted 2 messages');
    expect(texts(town, 'general')).toEqual(['one', 'newer']);
    const [entry, ...others] = logged(town);
    expect(others).toEqual([]);
    expect(entry?.text).toMatch(/@mia had 2 messages deleted in #general/);
    expect(entry?.text).toMatch(/@ann: 1/);
    expect(entry?.text).not.toContain('secret');
    expect(JSON.stringify(world().logged)).not.toContain('secret three');
  });

  test('takes a text, a member, bots and pinned ones into account, in Dutch too', async () => {
    const town = await plant();
    const { ann, mia, sam, guild } = town;
    ann.writes('general', 'Buy SPAM `now``');
    mia.writes('general', 'spam `now``');
    leaveButton(world(), guild, 'x:1:y');
    const pinned = ann.writes('general', 'spam `now`` pinned');
    guild.owner.pins(pinned);
    const found = await sam.runs('/clean', { contains: 'spam `NOW``', member: 'ann' }, clean);
    expect(found.text).toContain('1 bericht verwijderen?');
    expect(found.text).toContain('1 vastgezet bericht blijft');
    await sam.clicks('1 bericht verwijderen', { on: found });
    expect(texts(town, 'general').filter((text) => text !== '')).toEqual([
      'spam `now``',
      'spam `now`` pinned',
    ]);
    const bots = await mia.runs('/clean', { bots: true, limit: 100 }, clean);
    expect(bots.text).toMatch(/Delete \d messages?\?/);
    expect((await mia.clicks('Cancel', { on: bots })).text).toContain('Nothing was deleted.');
    const all = await mia.runs('/clean', { pinned: true, contains: 'pinned' }, clean);
    await mia.clicks('Delete 1 message', { on: all });
    expect(texts(town, 'general').filter((text) => text !== '')).toEqual(['spam `now``']);
    expect((await mia.runs('/clean', { contains: 'nowhere' }, clean)).text).toContain('No message here fits');
  });

  test('takes boundaries as links, ids and ages, and old messages one by one', async () => {
    const town = await plant();
    const { ann, mia, guild } = town;
    for (const text of ['a', 'b', 'c']) ann.writes('general', text);
    await world().advance(15 * DAY_MS);
    const middle = ann.writes('general', 'd');
    ann.writes('general', 'e');
    await world().advance(HOUR_MS);
    const link = `https://discord.com/channels/${guild.id}/${guild.channel('general').id}/${middle.id}`;
    const newer = await mia.runs('/clean', { after: link }, clean);
    await mia.clicks('Delete 1 message', { on: newer });
    expect(texts(town, 'general')).toEqual(['a', 'b', 'c', 'd']);
    const old = await mia.runs('/clean', { before: '2 days', limit: 2 }, clean);
    expect(old.text).toContain('2 are more than two weeks old');
    await mia.clicks('Delete 2 messages', { on: old });
    expect(texts(town, 'general')).toEqual(['a', 'd']);
    const mixed = await mia.runs('/clean', {}, clean);
    await mia.clicks('Delete 2 messages', { on: mixed });
    expect(texts(town, 'general')).toEqual([]);
    for (const before of ['yesterday-ish', '900000 weeks', '1d, 2d'])
      expect((await mia.runs('/clean', { before }, clean)).text).toContain('I need a link to a message');
    const elsewhere = link.replace(guild.channel('general').id, guild.channel('events').id);
    expect((await mia.runs('/clean', { before: elsewhere }, clean)).text).toContain('another channel');
  });

  test('deletes many, in a voice chat and a thread too, and one at a time in a channel', async () => {
    const town = await plant();
    const { mia, ann } = town;
    fill(town, 250);
    const first = await mia.runs('/clean', { limit: 1000 }, clean);
    expect(first.text).toContain('Delete 250 messages?');
    const second = await mia.runs('/clean', { limit: 5 }, clean);
    const [done, refused] = await Promise.all([
      mia.clicks('Delete 250 messages', { on: first }),
      mia.clicks('Delete 5 messages', { on: second }),
    ]);
    expect(refused.text).toContain('are being deleted already');
    await mia.waitsFor('reply', /Deleted 250 messages/);
    expect(done.failed).toBeNull();
    expect(texts(town, 'general')).toEqual([]);
    const thread = ann.startsThread('events', 'talk');
    for (const place of ['lounge', thread] as const) {
      ann.writes(place, 'spoken');
      const asked = await mia.runs('/clean', { contains: 'spoken' }, { in: place });
      await mia.clicks('Delete 1 message', { on: asked });
      expect(ann.sees(place).map(({ content }) => content)).not.toContain('spoken');
    }
    expect(texts(town, 'lounge')).toEqual([]);
  });

  test('is for who manages messages there, where the bot may too, and stops when Discord refuses', async () => {
    const town = await plant();
    const { guild, ann, mia } = town;
    fill(town, 150);
    const refused = await ann.runs('/clean', {}, { ...clean, allowedBySettings: true });
    expect(refused.text).toContain('You need the permission Manage Messages in #general');
    const copied = leaveButton(world(), guild, 'messages:1:clean:99999999999999999:11111111111111111::');
    expect((await mia.clicks('Go', { on: copied })).text).toContain('Use `/clean` for a new one');
    const asked = await mia.runs('/clean', { limit: 150 }, clean);
    guild.takeRole('mia', 'Mods');
    await botHears(world(), guild);
    expect((await mia.clicks('Delete 150 messages', { on: asked })).text).toContain(
      'You need the permission',
    );
    guild.giveRole('mia', 'Mods');
    await botHears(world(), guild);
    const fault = world().sandbox.faults.switchOn({ fault: '403', on: 'message changes', times: 'every' });
    const stopped = await mia.clicks('Delete 150 messages', { on: asked });
    expect(stopped.text).toContain('Deleted 0 messages');
    expect(stopped.text).toContain('150 are left: Discord refused');
    world().sandbox.faults.switchOff(fault);
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['ManageMessages'] });
    await botHears(world(), guild);
    expect((await mia.runs('/clean', {}, clean)).text).toContain('Give me Manage Messages there');
  });
});
