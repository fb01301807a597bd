import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/people/person.ts';
import { readVersion } from '#lib/analytics/version';
import { CATEGORIES } from '#lib/operations/usable-commands';
import { useBot } from '../setup/bot.ts';
import { plantTicketTown } from './ticket-town.ts';
import { leaveButton, plantTown } from './town.ts';

const world = useBot();

/** All pages that a command shows somebody, as they were sent. */
async function allPages(person: Person, command: string, next = 'Next'): Promise<string> {
  let reply = await person.runs(command);
  expect(reply.ephemeral).toBe(true);
  let text = '';
  for (;;) {
    const [shown] = reply.message?.embeds ?? [];
    text += `${shown?.title}\n${shown?.description}\n`;
    const button = reply.message?.buttons.find(({ label }) => label === next);
    if (button === undefined || button.disabled) return text;
    reply = await person.clicks(next, { on: reply });
  }
}

/** What can be typed, of all that is registered. */
function registered(): string[] {
  return [...world().bot.client.application!.commands.cache.values()]
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap(({ name, options }) => {
      const subs = options.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
      return subs.length > 0 ? subs.map((sub) => `${name} ${sub.name}`) : [name];
    });
}

const typed = (text: string): string[] => [...text.matchAll(/<\/([^:]+):(\d+)>/g)].map(([, name]) => name!);

describe('/commands', () => {
  test('shows a member what they may use, and an admin all but what is for whoever runs the bot', async () => {
    const { olivia, ann, mia } = await plantTicketTown(world());
    const shownToMia = typed(await allPages(mia, '/commands'));
    expect(shownToMia).toEqual(
      expect.arrayContaining(['ticket', 'add_reminder', 'faq search', 'privacy', 'commands', 'help']),
    );
    for (const name of [
      'config set',
      'faq add',
      'faq delete',
      'ticket_claim',
      'export_tickets',
      'ticket_setup',
    ])
      expect(shownToMia).not.toContain(name);
    // Olivia owns the server, but does not run the bot.
    const forAdmins = registered().filter((name) => !/^(migrate|sync)/.test(name));
    expect(forAdmins.length).toBeLessThan(registered().length);
    expect(typed(await allPages(olivia, '/help')).sort()).toEqual(forAdmins.sort());
    // Ann manages the server, but no messages.
    const shownToAnn = typed(await allPages(ann, '/help'));
    expect(forAdmins.filter((name) => !shownToAnn.includes(name))).toEqual(['clean']);
  });

  test('hides from a member what would refuse them', async () => {
    const { guild, mia } = await plantTicketTown(world());
    const shown = typed(await allPages(mia, '/commands'));
    await mia.runs('/ticket', { description: 'My door does not close' });
    const tickets = world().database.db.selectFrom('support_tickets').select('id');
    const [ticket] = await tickets.where('guild_id', '=', guild.id).execute();
    for (const [name, options] of [
      ['ticket_claim', { ticket: ticket!.id }],
      ['ticket_status', { ticket: ticket!.id, status: 'waiting_for_user' }],
      ['ticket_stats', {}],
    ] as const) {
      expect(shown).not.toContain(name);
      expect((await mia.runs(`/${name}`, options)).text).toMatch(/^Only (ticket )?staff/);
    }
    expect((await mia.runs('/faq delete', { entry: 1 })).text).toContain('Manage Server');
  });

  test('shows staff of tickets what they handle them with', async () => {
    const { sue } = await plantTicketTown(world());
    const shown = typed(await allPages(sue, '/commands'));
    expect(shown).toEqual(expect.arrayContaining(['ticket_claim', 'ticket_transfer', 'ticket_stats']));
    expect(shown).not.toContain('ticket_setup');
  });

  test('speaks Dutch, and names what is in menus', async () => {
    const { sam } = plantTown(world());
    const text = await allPages(sam, '/commands', 'Volgende');
    expect(text).toContain('Wat je hier kunt gebruiken');
    expect(text).toContain('**Herinneringen**');
    expect(text).toMatch(/<\/version:\d+> – Zie welke versie van de bot draait/);
    expect(text).toMatch(/\*\*Herinner mij hieraan\*\* – in het menu van een bericht/);
  });

  test('turns its pages after a restart, for whoever asked alone', async () => {
    const { guild, ann, mia } = plantTown(world());
    const first = await ann.runs('/commands');
    await world().restart();
    const second = await ann.clicks('Next', { on: first });
    expect(second.updated).toBe(true);
    expect(second.text).toContain('Page 2 of');
    const copied = leaveButton(world(), guild, 'operations:1:commands:1');
    expect((await mia.clicks('Go', { on: copied })).text).toContain('Use `/commands` for a new one');
    const unknown = leaveButton(world(), guild, 'operations:0:commands');
    expect((await mia.clicks('Go', { on: unknown })).text).toContain('Use `/commands` for a new one');
  });

  test('has a category for each folder of commands', () => {
    const folders = readdirSync(path.resolve(import.meta.dirname, '../../src/commands'));
    expect(folders.filter((folder) => !(CATEGORIES as readonly string[]).includes(folder))).toEqual([]);
  });
});

describe('the bot itself', () => {
  test('/version says what runs, and leads to what is new', async () => {
    const { mia, sam } = plantTown(world());
    const shown = await mia.runs('/version');
    expect(shown.ephemeral).toBe(true);
    expect(shown.text).toContain(`Alphapy ${readVersion()}`);
    expect(shown.text).toContain(process.version);
    expect(shown.message?.embeds[0]?.description).toMatch(/^<\/release:\d+> says what is new/);
    expect((await sam.runs('/version')).text).toContain('Draait al');
  });

  test('/release shows all of the changelog of this version, page by page', async () => {
    const { guild, mia, sam } = plantTown(world());
    const text = await allPages(mia, '/release');
    expect(text).toContain('What is new since');
    expect(text).toContain('- A dashboard in the browser');
    expect(text).toContain('- English and Dutch.');
    expect(text).not.toMatch(/\]\(docs\//);
    expect((await sam.runs('/release')).text).toContain('Wat er nieuw is sinds');
    const copied = leaveButton(world(), guild, 'operations:1:release:0');
    expect((await mia.clicks('Go', { on: copied })).text).toContain('Use `/release` for a new one');
  });
});
