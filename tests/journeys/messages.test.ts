import { describe, expect, test } from 'vitest';
import { useBot } from '../setup/bot.ts';
import { botHears, leaveButton, plantTown, type Town } from './town.ts';

const world = useBot();

/** A town with a log channel. */
async function plant(): Promise<Town> {
  const town = plantTown(world());
  await town.olivia.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
  return town;
}
const logged = ({ ann }: Town, title: string) => ann.sees('log').filter(({ text }) => text.includes(title));
const posted = ({ mia }: Town, place: string) =>
  mia.sees(place).filter(({ authorId }) => authorId === world().sandbox.world.application.botId);

describe('/sendto', () => {
  test('writes in a channel for an admin, and says in the log channel who did', async () => {
    const town = await plant();
    const { ann, niels, mia } = town;
    const done = await ann.runs('/sendto', { channel: 'events', message: String.raw`**Hello**\nall` });
    expect(done.ephemeral).toBe(true);
    expect(posted(town, 'events').map(({ content }) => content)).toEqual(['**Hello**\nall']);
    expect(done.text).toContain(posted(town, 'events')[0]?.id);
    expect((await niels.runs('/sendto', { channel: 'general', message: 'Dag' })).text).toContain(
      'Geplaatst:',
    );
    expect(logged(town, 'Message posted through the bot').map(({ text }) => text)).toEqual([
      expect.stringContaining('@ann'),
      expect.stringContaining('@niels'),
    ]);
    const refused = await mia.runs(
      '/sendto',
      { channel: 'events', message: 'Hi' },
      { allowedBySettings: true },
    );
    expect(refused.text).toContain('Manage Server');
    expect(posted(town, 'events')).toHaveLength(1);
  });

  test('notifies only whom its author could notify', async () => {
    const town = await plant();
    const { guild, ann, olivia, sam } = town;
    const quiet = guild.createRole({ name: 'Quiet', members: ['sam'] });
    await botHears(world(), guild);
    const message = `@everyone <@&${quiet.id}> <@${sam.id}>`;
    const done = await ann.runs('/sendto', { channel: 'events', message });
    expect(done.text).toContain('Not everyone named in it was notified');
    const owners = await olivia.runs('/sendto', { channel: 'general', message });
    expect(owners.text).not.toContain('Not everyone');
    expect(posted(town, 'events')).toMatchObject([{ mentionsEveryone: false, mentions: ['sam'] }]);
    expect(posted(town, 'general')[0]?.mentions).toContain('@Quiet');
  });

  test('refuses before Discord would, with what to do', async () => {
    const town = await plant();
    const { ann, guild } = town;
    const long = await ann.runs('/sendto', { channel: 'events', message: 'x'.repeat(2_003) });
    expect(long.text).toContain('3 characters too long: it may have 2000');
    expect((await ann.runs('/sendto', { channel: 'events', message: '\u200B' })).text).toContain(
      'nothing to see',
    );
    expect((await ann.runs('/sendto', { channel: 'readonly', message: 'x' })).text).toContain(
      'Give me Send Messages there',
    );
    guild.setOverwrite('events', { role: '@everyone', deny: ['SendMessages'] });
    await botHears(world(), guild);
    expect((await ann.runs('/sendto', { channel: 'events', message: 'x' })).text).toContain(
      'you lack Send Messages',
    );
    expect(posted(town, 'events')).toEqual([]);
  });
});

describe('/embed', () => {
  const WRITTEN = { Title: 'News', Text: 'All **new**', Colour: 'blauw', Footer: 'The team' };

  test('posts what an admin writes, and lets it be edited by its menu and by its link', async () => {
    const town = await plant();
    const { guild, ann, niels, mia } = town;
    expect((await ann.runs('/embed', { channel: 'events' })).modal?.title).toBe('New embed');
    const done = await ann.submits({ ...WRITTEN, Picture: 'https://example.org/a.png' });
    expect(done.text).toContain('Posted:');
    const [embed] = posted(town, 'events');
    expect(embed?.embeds).toMatchObject([
      {
        title: 'News',
        description: 'All **new**',
        color: 0x3498db,
        footer: { text: 'The team' },
        image: { url: 'https://example.org/a.png' },
      },
    ]);
    await world().restart();
    const again = await niels.usesOnMessage('Edit embed', embed!);
    expect(again.modal?.fields.slice(0, 3)).toMatchObject([
      { label: 'Titel', value: 'News' },
      { label: 'Tekst', value: 'All **new**' },
      { label: 'Kleur', value: '#3498db' },
    ]);
    expect((await niels.submits({ Titel: 'Nieuws', Kleur: '' })).text).toContain('Gewijzigd:');
    expect(posted(town, 'events')[0]?.embeds[0]).toMatchObject({
      title: 'Nieuws',
      image: { url: 'https://example.org/a.png' },
    });
    const link = `https://discord.com/channels/${guild.id}/${guild.channel('events').id}/${embed!.id}`;
    await ann.runs('/embed', { edit: link });
    await niels.runs('/embed', { edit: link });
    await niels.submits({ Titel: 'Eerst' });
    const late = await ann.submits({ Title: 'Late' });
    expect(late.text).toContain('Somebody else changed this embed');
    expect(late.message?.attachments).toHaveLength(1);
    expect(posted(town, 'events')[0]?.embeds[0]?.title).toBe('Eerst');
    expect(logged(town, 'Embed edited')).toHaveLength(2);
    expect(logged(town, 'Message posted through the bot')).toHaveLength(1);
    const note = mia.writes('events', 'hi');
    expect((await ann.usesOnMessage('Edit embed', note)).text).toContain("can't edit it");
    const panel = leaveButton(world(), guild, 'x:1:y');
    expect((await ann.usesOnMessage('Edit embed', panel)).text).toContain("can't edit it");
    const [entry] = logged(town, 'Embed edited');
    expect((await ann.usesOnMessage('Edit embed', entry!)).text).toContain("can't edit it");
  });

  test('gives back what it does not take', async () => {
    const town = await plant();
    const { ann } = town;
    for (const [fields, said] of [
      [{ Colour: 'red' }, 'Write a title or a text.'],
      [{ ...WRITTEN, Colour: 'sky' }, '“sky” is no colour'],
      [{ ...WRITTEN, Picture: 'file:///etc/passwd' }, 'is not the address of a picture'],
      [
        { Title: 't'.repeat(256), Text: 'x'.repeat(4_000), Footer: 'f'.repeat(2_000) },
        '256 characters too long',
      ],
    ] as const) {
      await ann.runs('/embed', { channel: 'events' });
      const refused = await ann.submits(fields);
      expect(refused.text).toContain(said);
      expect(refused.message?.attachments).toHaveLength(1);
    }
    expect((await ann.runs('/embed', { channel: 'readonly' })).text).toContain('Send Messages, Embed Links');
    expect(posted(town, 'events')).toEqual([]);
  });

  test('is for whoever is an admin when it is sent', async () => {
    const town = await plant();
    const { guild, ann } = town;
    await ann.runs('/embed', { channel: 'events' });
    guild.takeRole('ann', 'Admins');
    await botHears(world(), guild);
    expect((await ann.submits(WRITTEN)).text).toContain('Manage Server');
    expect(posted(town, 'events')).toEqual([]);
  });
});
