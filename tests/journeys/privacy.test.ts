import { container } from '@sapphire/framework';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../sandbox/people/reply.ts';
import { DAY_MS, HOUR_MS, useBot } from '../setup/bot.ts';
import { askErasure, tracesOf } from './traces.ts';
import { botHears, leaveButton, plantTown, type Town } from './town.ts';

const world = useBot();

const ENGLISH = 'We keep **little**. Ask <@1> or @everyone. {{version}} $t(x)';
const DUTCH = 'We bewaren *weinig*.';

const labels = (reply: Reply): string[] => reply.message?.buttons.map(({ label }) => label ?? '') ?? [];

/** An admin writes both texts, publishes and posts them. */
async function publish({ olivia, guild }: Town, english = ENGLISH, dutch = DUTCH): Promise<Reply> {
  guild.setPermissions('Alphapy', [
    'ViewChannel',
    'SendMessages',
    'EmbedLinks',
    'ReadMessageHistory',
    'PinMessages',
    'ManageMessages',
  ]);
  await olivia.runs('/config set', { setting: 'gdpr.channel_id', value: 'rules' });
  const panel = await olivia.runs('/gdpr');
  const edits = panel.message?.buttons.filter(({ label }) => label === 'Edit') ?? [];
  expect(edits).toHaveLength(2);
  for (const [index, text] of [english, dutch].entries()) {
    await olivia.clicks({ customId: edits[index]?.customId ?? '' }, { on: panel });
    expect((await olivia.submits({ text })).text).toContain('Saved. Members read it once it is published.');
  }
  const published = await olivia.clicks('Publish', { on: panel });
  expect(published.text).toMatch(/Version \d+ is published\./);
  return panel;
}

async function post(town: Town): Promise<{ panel: Reply; posted: { id: string } }> {
  const panel = await publish(town);
  expect((await town.olivia.clicks('Post', { on: panel })).text).toContain('Posted in #rules and pinned.');
  const posted = await town.mia.waitsFor('rules', 'We keep');
  return { panel, posted };
}

const agreements = (guild: string) =>
  world()
    .database.db.selectFrom('privacy_agreements')
    .select(['user_id', 'version', 'locale', 'content_hash', 'withdrawn_at'])
    .where('guild_id', '=', guild)
    .orderBy('id')
    .execute();

describe('the privacy text of a server', () => {
  test('is written, published, posted and pinned; members agree and withdraw', async () => {
    const town = plantTown(world());
    const { guild, mia, sam } = town;
    const { posted } = await post(town);
    const message = mia.sees('rules').find(({ id }) => id === posted.id);
    expect(message?.pinned).toBe(true);
    expect(message?.mentionsEveryone).toBe(false);
    expect(message?.mentions).toEqual([]);
    expect(message?.text).toContain('{{version}} $t(x)');
    expect(message?.buttons.map(({ label }) => label)).toEqual([
      'I agree',
      'Withdraw',
      'In het Nederlands lezen',
    ]);

    expect((await mia.clicks('I agree', { on: posted })).text).toContain('You agreed to version 1.');
    expect((await mia.clicks('I agree', { on: posted })).text).toContain(
      'You have agreed to version 1 already.',
    );
    const inDutch = await sam.clicks('In het Nederlands lezen', { on: posted });
    expect(inDutch.ephemeral).toBe(true);
    expect(inDutch.text).toContain('We bewaren');
    expect((await sam.clicks('Ik ga akkoord', { on: inDutch })).text).toContain(
      'Je ging akkoord met versie 1.',
    );
    const rows = await agreements(guild.id);
    expect(rows.map(({ user_id, version, locale }) => [user_id, version, locale])).toEqual([
      [mia.id, 1, 'en-US'],
      [sam.id, 1, 'nl'],
    ]);
    expect(new Set(rows.map((row) => row.content_hash)).size).toBe(2);

    expect((await sam.clicks('Withdraw', { on: posted })).text).toContain('Je hebt je akkoord ingetrokken.');
    expect((await sam.clicks('Withdraw', { on: posted })).text).toContain('Er is niets om in te trekken');
    expect((await mia.runs('/privacy')).text).toContain(
      'You agreed to the privacy text of this server, version 1',
    );
  });

  test('a change is asked about again: the posted message changes in place, its older buttons lead to the new text', async () => {
    const town = plantTown(world());
    const { olivia, mia, sam } = town;
    const { panel, posted } = await post(town);
    await mia.clicks('I agree', { on: posted });
    const old = await sam.clicks('In het Nederlands lezen', { on: posted });
    await publish(town, 'We keep nothing.', '');
    const now = mia.sees('rules').filter(({ text }) => text.includes('We keep'));
    expect(now.map(({ id }) => id)).toEqual([posted.id]);
    expect(now[0]?.text).toContain('We keep nothing.');
    expect(now[0]?.text).toContain('Version 2');
    expect((await mia.runs('/privacy')).text).toContain(
      'It has changed since: please read it and agree again.',
    );
    const changed = await sam.clicks('Ik ga akkoord', { on: old });
    expect(changed.text).toContain('De tekst is veranderd sinds dat bericht.');
    expect(changed.text).toContain('We keep nothing.');
    expect((await sam.clicks('I agree', { on: changed })).text).toContain('Je ging akkoord met versie 2.');
    expect((await olivia.clicks('Publish', { on: panel })).text).toContain(
      'The text was changed since this panel was shown.',
    );
    expect((await olivia.clicks('Publish', { on: panel })).text).toContain('That is published already.');
  });

  test('the button of the Python bot, which stood under another text, shows the one in force', async () => {
    const town = plantTown(world());
    const { guild, mia } = town;
    const button = leaveButton(world(), guild, 'gdpr_agree');
    expect((await mia.clicks('Go', { on: button })).text).toBe(
      'This server has no privacy text to agree to at the moment.',
    );
    await publish(town);
    const shown = await mia.clicks('Go', { on: button });
    expect(shown).toMatchObject({ ephemeral: true });
    expect(await agreements(guild.id)).toEqual([]);
    expect((await mia.clicks('I agree', { on: shown })).text).toContain('You agreed to version 1.');
    expect(await agreements(guild.id)).toMatchObject([{ user_id: mia.id, version: 1, locale: 'en-US' }]);
    await town.olivia.runs('/config set', { setting: 'gdpr.enabled', value: 'off' });
    expect((await town.sam.clicks('Go', { on: button })).text).toContain(
      'Deze server vraagt op dit moment niet',
    );
  });

  test('what is in the way is said, in Dutch as well, and the text is posted all the same without a pin', async () => {
    const town = plantTown(world());
    const { guild, olivia, niels, mia } = town;
    const empty = await niels.runs('/gdpr');
    expect(empty.text).toContain('Er is niets gepubliceerd.');
    expect((await niels.clicks('Publiceren', { on: empty })).text).toContain(
      'Er is geen tekst om te publiceren.',
    );
    expect((await niels.clicks('Plaatsen', { on: empty })).text).toContain('Kies eerst waar het komt');
    const panel = await publish(town);
    guild.setOverwrite('rules', { role: 'Alphapy', deny: ['SendMessages', 'PinMessages', 'ManageMessages'] });
    await botHears(world(), guild);
    expect((await olivia.clicks('Post', { on: panel })).text).toContain('I cannot write in #rules.');
    guild.setOverwrite('rules', {
      role: 'Alphapy',
      allow: ['SendMessages'],
      deny: ['PinMessages', 'ManageMessages'],
    });
    await botHears(world(), guild);
    expect((await olivia.clicks('Post', { on: panel })).text).toContain('I could not pin it');
    expect(mia.sees('rules').filter(({ text }) => text.includes('We keep'))).toHaveLength(1);
    // Posted again it is the same message.
    await olivia.clicks('Post', { on: panel });
    expect(mia.sees('rules').filter(({ text }) => text.includes('We keep'))).toHaveLength(1);
    await expect(mia.runs('/gdpr')).rejects.toThrow('You do not have permission');
  });

  test('what was published while the bot could not reach the channel is shown when it can', async () => {
    const town = plantTown(world());
    const { guild, olivia, mia } = town;
    const { panel, posted } = await post(town);
    guild.setOverwrite('rules', { role: 'Alphapy', deny: ['ViewChannel'] });
    await botHears(world(), guild);
    await olivia.clicks('Edit', { on: panel });
    await olivia.submits({ text: 'Newer text' });
    expect((await olivia.clicks('Publish', { on: panel })).text).toContain('could not be changed');
    await world().advance(HOUR_MS);
    guild.setOverwrite('rules', { role: 'Alphapy', allow: ['ViewChannel', 'SendMessages'] });
    await botHears(world(), guild);
    const shown = () => mia.sees('rules').find(({ id }) => id === posted.id)?.text;
    expect(shown()).toContain('We keep');
    await world().advance(HOUR_MS);
    expect(shown()).toContain('Newer text');
  });

  test('two admins who write at once: the second gets the text back', async () => {
    const { olivia, ann } = plantTown(world());
    const panel = await olivia.runs('/gdpr');
    const other = await ann.runs('/gdpr');
    await olivia.clicks('Edit', { on: panel });
    await ann.clicks('Edit', { on: other });
    await olivia.submits({ text: 'Mine' });
    const refused = await ann.submits({ text: 'No, mine' });
    expect(refused.text).toContain('Somebody else changed the text in the meantime');
    const file = (await ann.waitsFor('reply', 'privacy-')).attachments[0];
    expect(await (await fetch(file?.url ?? '')).text()).toBe('No, mine');
    expect((await olivia.runs('/gdpr')).text).toContain('> Mine');
  });
});

describe('/privacy', () => {
  test('says in both languages what is stored, why and how long, in a server and in direct messages', async () => {
    const { mia, sam } = plantTown(world());
    const home = await mia.runs('/privacy');
    expect(home.ephemeral).toBe(true);
    expect(home.text).toContain('**Reminders**: to send them when they are due');
    const first = await mia.clicks('What is stored', { on: home });
    expect(first.text).toContain('Kept for 90 days, or as long as there is a reminder of it.');
    let last = first;
    while (labels(last).includes('Next')) last = await mia.clicks('Next', { on: home });
    expect(last.text).toContain('is erased after 30 days, unless you come back');
    expect((await mia.clicks('Back', { on: home })).text).toContain('Your privacy');

    const dm = await sam.runs('/privacy', {}, { in: 'dm' });
    expect(dm.text).toContain('Jouw privacy');
    const scopes = await sam.clicks('Mijn gegevens wissen', { on: dm });
    expect(labels(scopes)).toEqual(['Overal', 'Terug']);
  });

  test('gives one’s data once an hour, without that of others', async () => {
    const town = plantTown(world());
    const { mia, sam } = town;
    await mia.runs('/add_reminder', {
      name: 'Quiz <script>',
      time: '23:00',
      message: `with <@${sam.id}>`,
    });
    await sam.runs('/add_reminder', { name: 'Secret of Sam', time: '23:00', private: true });
    const home = await mia.runs('/privacy');
    await mia.clicks('Export my data', { on: home });
    const { attachments, ephemeral } = await mia.waitsFor('reply', 'Here is all that I hold of you');
    expect(ephemeral).toBe(true);
    const response = await fetch(attachments[0]?.url ?? '');
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    expect(Object.keys(files).sort()).toEqual(['my-data.html', 'my-data.json']);
    const [json, html] = ['my-data.json', 'my-data.html'].map((name) =>
      strFromU8(files[name] ?? new Uint8Array()),
    );
    const data = JSON.parse(json ?? '') as { user_id: string; tables: Record<string, { rows: unknown[] }> };
    expect(data.user_id).toBe(mia.id);
    expect(data.tables['reminders']?.rows).toMatchObject([
      { name: 'Quiz <script>', created_by: mia.id, message: 'with (another member)' },
    ]);
    expect(html).toContain('Quiz &lt;script&gt;');
    expect(html).not.toContain('<script>');
    for (const file of [json, html]) {
      expect(file).not.toContain(sam.id);
      expect(file).not.toContain('Secret of Sam');
    }

    await mia.clicks('Export my data', { on: home });
    await mia.waitsFor('reply', 'You exported your data less than an hour ago.');
    await world().advance(HOUR_MS);
    await mia.clicks('Export my data', { on: home });
    await expect
      .poll(() => mia.sees('general').filter(({ attachments: files }) => files.length > 0).length)
      .toBe(2);
  });
});

describe('deleting one’s data', () => {
  test('is confirmed twice, waits a week, and leaves a receipt; what the server lives on stays without the member', async () => {
    const town = plantTown(world());
    const { guild, mia, sam, olivia } = town;
    const { posted } = await post(town);
    await mia.clicks('I agree', { on: posted });
    await mia.runs('/add_reminder', { name: 'Weekly quiz', time: '23:00', days: 'mon', channel: 'events' });
    await mia.runs('/add_reminder', { name: 'Only for me', time: '2027-03-01 20:00', private: true });
    await sam.runs('/add_reminder', { name: 'Of Sam', time: '23:00', days: 'mon' });
    const code = await askErasure(mia, 'In this server');
    // Pressed twice it is the same.
    expect(await askErasure(mia, 'In this server')).toBe(code);
    expect((await mia.runs('/privacy')).text).toContain(code);
    await world().advance(6 * DAY_MS);
    expect(await tracesOf(world(), mia, guild)).not.toEqual([]);

    await world().restart();
    await world().advance(DAY_MS + 60_000);
    expect(await tracesOf(world(), mia, guild)).toEqual([]);
    const receipt = await mia.waitsFor('dm', 'Receipt');
    expect(receipt.text).toContain(`Data in ${guild.name}`);
    expect(receipt.text).toContain('Agreements to the privacy text: 1');
    expect(receipt.text).toMatch(
      /Kept without your name[^]*Reminders: 1\. A reminder for a channel is for the others/,
    );
    expect(receipt.text).not.toContain('Of Sam');
    const overrides = await container.settings.overrides(guild.id);
    expect(JSON.stringify([...overrides])).not.toContain(mia.id);

    const left = (await olivia.runs('/reminder_list')).text;
    expect(left).toContain('Weekly quiz');
    expect(left).toContain('Of Sam');
    expect(left).not.toContain('Only for me');
    expect((await mia.runs('/privacy')).text).not.toContain(code);

    // Whoever has the code finds it for 30 days.
    await mia.clicks('Look up a receipt');
    expect((await mia.submits({ code: code.toLowerCase().replaceAll('-', ' ') })).text).toContain('Receipt');
    await world().advance(31 * DAY_MS);
    await mia.clicks('Look up a receipt');
    expect((await mia.submits({ code })).text).toContain('There is no receipt with this code.');
  });

  test('everywhere, with direct messages closed, in Dutch; taken back in time it is not done', async () => {
    const [here, there] = [plantTown(world()), plantTown(world())];
    const { niels } = here;
    await niels.runs('/add_reminder', { name: 'Hier', time: '23:00', days: 'ma' });
    await there.niels.runs('/add_reminder', { name: 'Daar', time: '23:00', days: 'ma' });
    await niels.runs('/config set', { setting: 'system.language', value: 'nl' });
    await askErasure(niels, 'In deze server');
    await askErasure(niels, 'Overal');
    const home = await niels.runs('/privacy');
    // The one of a server keeps its day.
    const keepHere = `Mijn gegevens in ${here.guild.name} bewaren`;
    expect(labels(home).filter((label) => label.startsWith('Mijn gegevens'))).toEqual([
      keepHere,
      'Mijn gegevens bewaren',
      'Mijn gegevens exporteren',
      'Mijn gegevens wissen',
    ]);
    await niels.clicks(keepHere, { on: home });
    expect((await niels.clicks('Mijn gegevens bewaren', { on: home })).text).toContain(
      'Je gegevens blijven bewaard.',
    );
    await world().advance(8 * DAY_MS);
    expect(await tracesOf(world(), niels)).toContain('public.reminders');

    niels.acceptsDirectMessages(false);
    const code = await askErasure(niels, 'Overal');
    const stale = await niels.runs('/privacy');
    await world().advance(7 * DAY_MS + 60_000);
    expect(await tracesOf(world(), niels)).toEqual([]);
    expect((await niels.clicks('Mijn gegevens bewaren', { on: stale })).text).toContain(
      'Dat verzoek om te wissen is er niet meer',
    );
    expect((await here.olivia.runs('/config history')).text).toContain('a former member');
    await niels.clicks('Bewijs opzoeken');
    expect((await niels.submits({ code })).text).toMatch(
      /Gegevens in elke server[^]*Herinneringen: 2[^]*Wijzigingen van instellingen: 1/,
    );
    niels.acceptsDirectMessages(true);
  });

  test('buttons that were copied into a channel do nothing', async () => {
    const { guild, mia } = plantTown(world());
    await mia.runs('/add_reminder', { name: 'Quiz', time: '23:00' });
    for (const id of [
      'privacy:1:eraseDo:all',
      'privacy:1:export',
      'privacy:1:keep:1',
      'privacy:9:home',
      'gdpr:1:post',
    ]) {
      const copied = leaveButton(world(), guild, id);
      expect((await mia.clicks('Go', { on: copied })).text).toMatch(
        /older version of the bot|Only the server's owner/,
      );
    }
    const pending = await world()
      .database.db.selectFrom('erasures')
      .select('id')
      .where('user_id', '=', mia.id)
      .execute();
    expect(pending).toEqual([]);
  });
});

describe('leaving', () => {
  test('a member’s data goes 30 days after they left, unless they come back', async () => {
    const { guild, mia, sam } = plantTown(world());
    const pending = () =>
      world().database.db.selectFrom('erasures').select('user_id').where('guild_id', '=', guild.id).execute();
    for (const person of [mia, sam])
      await person.runs('/add_reminder', { name: `Of ${person.name}`, time: '23:00', days: 'mon' });
    guild.leave('mia');
    guild.leave('sam');
    await expect.poll(pending).toHaveLength(2);
    guild.join('sam');
    await expect.poll(pending).toEqual([{ user_id: mia.id }]);
    await world().advance(29 * DAY_MS);
    expect(await tracesOf(world(), mia, guild)).not.toEqual([]);
    await world().advance(DAY_MS);
    expect(await tracesOf(world(), mia, guild)).toEqual([]);
    expect(await tracesOf(world(), sam, guild)).toContain('public.reminders');
  });

  test('who came back while the bot was away keeps their data', async () => {
    const { guild, mia } = plantTown(world());
    await mia.runs('/add_reminder', { name: 'Quiz', time: '23:00', days: 'mon' });
    guild.leave('mia');
    await expect.poll(() => tracesOf(world(), mia, guild)).toContain('public.erasures');
    await world().restart(() => void guild.join('mia'));
    await world().advance(30 * DAY_MS);
    const traces = await tracesOf(world(), mia, guild);
    expect(traces).toContain('public.reminders');
    expect(traces).not.toContain('public.erasures');
  });

  test('a server’s data goes 30 days after it removed the bot, unless it takes it back; an outage is none', async () => {
    const { db } = world().database;
    const [gone, back, away] = [plantTown(world()), plantTown(world()), plantTown(world())];
    const reminders = async ({ guild }: Town): Promise<number> =>
      (await db.selectFrom('reminders').select('id').where('guild_id', '=', guild.id).execute()).length;
    const removed = async (): Promise<number> =>
      (await db.selectFrom('erasures').select('id').where('kind', '=', 'removed').execute()).length;
    for (const { mia } of [gone, back, away])
      await mia.runs('/add_reminder', { name: 'Quiz', time: '23:00', days: 'mon' });
    gone.guild.kickBot();
    back.guild.kickBot();
    await expect.poll(removed).toBe(2);
    const outage = { fault: 'server unavailable', guildId: away.guild.id } as const;
    world().sandbox.faults.switchOn(outage);
    const isAvailable = () => world().bot.client.guilds.cache.get(away.guild.id)?.available;
    await expect.poll(isAvailable).toBe(false);
    world().sandbox.faults.clear();
    await expect.poll(isAvailable).toBe(true);
    expect(await removed()).toBe(2);
    // This one while the bot does not run.
    await world().restart(() => {
      away.guild.kickBot();
      back.guild.inviteBot();
    });
    await expect.poll(removed).toBe(2);
    await world().advance(30 * DAY_MS);
    await world().advance(60_000);
    expect([await reminders(gone), await reminders(back), await reminders(away)]).toEqual([0, 1, 0]);
    expect(await removed()).toBe(0);
  });
});
