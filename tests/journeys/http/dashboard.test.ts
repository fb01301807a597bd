import { describe, expect, test } from 'vitest';
import { createSession, sessionCookieName } from '#lib/access/sessions';
import type { Person } from '../../../sandbox/people/person.ts';
import { useBot } from '../../setup/bot.ts';
import { ask, HTTP } from '../../setup/http.ts';
import { botHears, plantTown, reminderNamed, type Town } from '../town.ts';

const world = useBot({ config: { http: HTTP } });

interface Browser {
  readonly csrf: string;
  get(path: string, headers?: Record<string, string>): Promise<Shown>;
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Shown>;
}

interface Shown {
  readonly status: number;
  readonly html: string;
  readonly text: string;
  readonly location: string | null;
  readonly headers: Headers;
}

/** Somebody who is signed in, with a browser that keeps cookies and runs no script. */
async function signIn({ guild }: Town, person: Person): Promise<Browser> {
  const { database, clock } = world();
  const { token, session } = await createSession(database.db, clock, {
    userId: person.id,
    userName: person.name,
    guildIds: [guild.id],
  });
  const jar = new Map([[sessionCookieName('http://localhost'), token]]);
  const send = async (path: string, init: RequestInit): Promise<Shown> => {
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await ask(world, path, {
      ...init,
      headers: { Accept: 'text/html', Cookie: cookies, ...(init.headers as Record<string, string>) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    // How the source is broken into lines is nobody's business.
    const html = (await response.text())
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/> | (?=[<>])/g, (space) => space.trim());
    return {
      status: response.status,
      html,
      text: textOf(html),
      location: response.headers.get('location'),
      headers: response.headers,
    };
  };
  return {
    csrf: session.csrfToken,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, fields, headers = {}) =>
      send(path, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ csrf: session.csrfToken, ...fields }),
      }),
  };
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What a page says, without its tags. */
function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all)
    .replaceAll(/\s+/g, ' ');
}

/** Of a form of one setting, the version that it shows. */
function seen(html: string, key: string): string {
  const form = html.slice(html.indexOf(`id="${key}"`));
  return /name="seen" value="([^"]*)"/.exec(form)?.[1] ?? '';
}

describe('who comes in', () => {
  test('nobody sees how to sign in, and is led there from a page of a server', async () => {
    const { guild } = plantTown(world());
    const home = await ask(world, '/', { headers: { Accept: 'text/html' } });
    expect(home.status).toBe(200);
    expect(home.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'");
    expect(await home.text()).toContain('href="/login"');
    const page = await ask(world, `/guilds/${guild.id}/settings?scope=gpt`);
    expect([page.status, page.headers.get('location')]).toEqual([
      303,
      `/login?return=${encodeURIComponent(`/guilds/${guild.id}/settings?scope=gpt`)}`,
    ]);
  });

  test('an admin picks their server; a member and an admin of another one are refused, everywhere', async () => {
    const town = plantTown(world());
    const other = plantTown(world(), { roles: [] });
    await botHears(world(), other.guild);
    const ann = await signIn(town, town.ann);
    const home = await ann.get('/');
    expect(home.text).toContain('Your servers');
    expect(home.html).toContain(`href="/guilds/${town.guild.id}"`);
    const mia = await signIn(town, town.mia);
    expect((await mia.get('/')).text).toContain('Alphapy is in no server that you may manage.');
    const pages = ['', '/settings', '/settings/history', '/reminders', '/reminders/1', '/reminders/1/delete'];
    const more = ['/tickets', '/tickets/1', '/tickets/1/transcript', '/onboarding', '/faq', '/commands'];
    for (const page of [...pages, ...more]) {
      for (const [browser, guild] of [
        [mia, town.guild],
        [ann, other.guild],
      ] as const) {
        const refused = await browser.get(`/guilds/${guild.id}${page}`);
        expect([page, refused.status]).toEqual([page, 403]);
        expect(refused.text).toContain('You need Manage Server in this server');
        expect(refused.html).toContain('href="/"');
      }
    }
    for (const path of ['/settings', '/settings/history', '/reminders/1', '/reminders/1/delete'])
      expect((await mia.post(`/guilds/${town.guild.id}${path}`, {})).status).toBe(403);
  });

  test('who is no admin any more is refused from then on', async () => {
    const town = plantTown(world());
    const ann = await signIn(town, town.ann);
    const path = `/guilds/${town.guild.id}`;
    expect((await ann.get(path)).status).toBe(200);
    town.guild.takeRole('ann', 'Admins');
    await botHears(world(), town.guild);
    world().clock.advance(20_000);
    expect((await ann.get(path)).status).toBe(403);
  });

  test('a form from elsewhere changes nothing', async () => {
    const town = plantTown(world());
    const ann = await signIn(town, town.ann);
    const fields = { key: 'reminders.offset_minutes', value: '5', seen: '0', csrf: 'guessed' };
    const refused = await ann.post(`/guilds/${town.guild.id}/settings`, fields);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('This form is too old, or did not come from the dashboard.');
    expect((await town.olivia.runs('/config show')).text).toContain(
      '`reminders.offset_minutes` `60` (default)',
    );
  });
});

describe('settings', () => {
  test('one is changed, stands in /config, is taken back and reset', async () => {
    const town = plantTown(world());
    const { guild, ann, olivia } = town;
    await olivia.runs('/config set', {
      setting: 'system.log_channel_id',
      value: `<#${guild.channel('log').id}>`,
    });
    const browser = await signIn(town, ann);
    const path = `/guilds/${guild.id}/settings`;
    const key = 'reminders.default_channel_id';
    const page = await browser.get(`${path}?scope=reminders`);
    expect(page.html).toContain(`<option value="${guild.channel('events').id}">#events</option>`);
    const saved = await browser.post(path, {
      key,
      seen: seen(page.html, key),
      value: guild.channel('events').id,
    });
    expect([saved.status, saved.location]).toEqual([303, `${path}?scope=reminders#${key}`]);
    const after = await browser.get(`${path}?scope=reminders`);
    expect(after.text).toContain('Default channel : now #events.');
    expect(after.html).toContain(`<option value="${guild.channel('events').id}" selected>`);
    expect((await browser.get(`${path}?scope=reminders`)).text).not.toContain('now #events');
    expect((await olivia.runs('/config show')).text).toContain(`\`${key}\` #events`);
    expect(olivia.sees('log').at(-1)?.text).toContain('Setting changed');

    const history = await browser.get(`${path}/history`);
    expect(history.text).toContain('Default channel not set → #events');
    const entry = /name="entry" value="(\d+)"/.exec(history.html)?.[1] ?? '';
    await browser.post(`${path}/history`, { entry });
    expect((await browser.get(`${path}/history`)).text).toContain('Default channel is back to its default');
    expect((await olivia.runs('/config show')).text).toContain(`\`${key}\` not set`);
  });

  test('what /config refuses is refused beside the field in the same words, with what was typed', async () => {
    const town = plantTown(world());
    const { guild, ann } = town;
    const browser = await signIn(town, ann);
    const path = `/guilds/${guild.id}/settings`;
    const cases = [
      ['reminders.offset_minutes', '99999', 'Use a whole number from 0 to 4320.'],
      ['system.timezone', 'Brussel"><script>', 'There is no time zone'],
      ['reminders.enabled', 'perhaps', 'is neither on nor off.'],
      ['system.log_channel_id', guild.channel('readonly').id, "I can't use #readonly"],
      ['system.log_channel_id', '123456789012345678', 'There is no channel'],
      ['onboarding.completion_role_id', guild.role('Alphapy').id, 'belongs to an integration'],
    ] as const;
    for (const [key, value, why] of cases) {
      const reply = await browser.post(path, { key, value, seen: '0' });
      expect([key, reply.status]).toEqual([key, 422]);
      expect(reply.text).toContain(why);
      expect(reply.html).toContain(`id="error-${key}" role="alert"`);
      expect(reply.html).not.toContain('<script');
    }
    expect((await browser.get(`${path}/history`)).text).toContain('Nothing was changed yet.');
  });

  test('who looked at an older value is told, and nothing is overwritten', async () => {
    const town = plantTown(world());
    const browser = await signIn(town, town.ann);
    await town.olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: '30' });
    const reply = await browser.post(`/guilds/${town.guild.id}/settings`, {
      key: 'reminders.offset_minutes',
      value: '45',
      seen: '0',
    });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('Somebody else changed this setting');
    expect((await town.olivia.runs('/config show')).text).toContain('`reminders.offset_minutes` `30`');
  });

  test('they are found by words, and read in Dutch', async () => {
    const town = plantTown(world());
    const browser = await signIn(town, town.niels);
    const path = `/guilds/${town.guild.id}/settings`;
    expect((await browser.get(`${path}?q=lead%20time`)).text).toContain('Minutes ahead');
    const dutch = await browser.get(path, { 'Accept-Language': 'nl-BE,nl;q=0.9,en;q=0.8' });
    expect(dutch.html).toContain('<html lang="nl">');
    expect(dutch.text).toContain('Instellingen');
    const chosen = await browser.post('/language', { language: 'nl', return: `${path}?scope=gpt` });
    expect(chosen.location).toBe(`${path}?scope=gpt`);
    expect((await browser.get(path)).html).toContain('<html lang="nl">');
    for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\r\nX: y'])
      expect((await browser.post('/language', { language: 'nl', return: elsewhere })).location).toBe('/');
  });
});

describe('reminders', () => {
  test('one is changed, paused, resumed and deleted, as the commands would', async () => {
    const town = plantTown(world());
    const { guild, ann, mia } = town;
    await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00', date: 'tomorrow' });
    const id = await reminderNamed(mia, 'Quiz');
    const browser = await signIn(town, ann);
    const list = `/guilds/${guild.id}/reminders`;
    expect((await browser.get(list)).text).toContain('Quiz');
    const page = await browser.get(`${list}/${id}`);
    const value = (name: string): string =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? '';
    const fields = {
      action: 'save',
      seen: value('seen'),
      when: value('when'),
      name: 'Pub <b>quiz</b>',
      message: 'Bring\r\na pen',
      location: 'Café',
      channel: guild.channel('general').id,
    };
    const bad = await browser.post(`${list}/${id}`, { ...fields, when: 'sometime' });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('I can\'t read "sometime" as a time.');
    expect(bad.html).toContain('value="sometime"');
    expect((await browser.post(`${list}/${id}`, fields)).location).toBe(list);
    const after = await browser.get(list);
    expect(after.text).toContain('Reminder changed');
    expect(after.html).toContain('Pub &lt;b&gt;quiz&lt;/b&gt;');
    // What was seen is older than that now.
    expect((await browser.post(`${list}/${id}`, fields)).text).toContain('Somebody else changed reminder');

    await browser.post(`${list}/${id}`, { action: 'pause' });
    expect((await browser.get(`${list}?filter=paused`)).text).toContain('is paused.');
    expect((await mia.runs('/reminder_list')).text).toContain('paused');
    await browser.post(`${list}/${id}`, { action: 'resume' });
    expect((await browser.get(list)).text).toContain('goes on.');

    expect((await browser.get(`${list}/${id}/delete`)).text).toContain('Delete this reminder?');
    await browser.post(`${list}/${id}/delete`, {});
    expect((await browser.get(list)).text).toContain('is deleted.');
    expect((await browser.get(`${list}/${id}`)).status).toBe(404);
  });

  test('what goes to one member alone is nobody else’s to see', async () => {
    const town = plantTown(world());
    await town.mia.runs('/add_reminder', { name: 'Dentist', time: '20:00', date: 'tomorrow', private: true });
    const id = await reminderNamed(town.mia, 'Dentist');
    const browser = await signIn(town, town.ann);
    const list = `/guilds/${town.guild.id}/reminders`;
    expect((await browser.get(list)).text).not.toContain('Dentist');
    expect((await browser.get(`${list}/${id}`)).status).toBe(404);
    expect((await browser.get(`${list}/${id}/delete`)).status).toBe(404);
    await browser.post(`${list}/${id}/delete`, {});
    expect((await town.mia.runs('/reminder_list')).text).toContain('Dentist');
  });
});
