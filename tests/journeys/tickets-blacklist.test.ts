import { describe, expect, test } from 'vitest';
import { bar } from '../../src/lib/tickets/blacklist.ts';
import { useBot } from '../setup/bot.ts';
import { brussels, leaveButton, plantTown } from './town.ts';

const world = useBot();

const short = (local: string): string => `<t:${brussels(local).getTime() / 1000}:f>`;

describe('who may open no tickets', () => {
  test('an admin keeps a member from it, sees it in the list, and lets them again', async () => {
    const { ann, mia, sam } = plantTown(world());
    await ann.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
    expect((await ann.runs('/ticket_blacklist list')).text).toContain('Everybody can open tickets.');

    const added = await ann.runs('/ticket_blacklist add', {
      member: mia,
      reason: 'Only *jokes*',
      until: '3 december',
    });
    expect(added.ephemeral).toBe(true);
    expect(added.text).toBe(
      `@mia can't open tickets until ${short('2026-12-04T00:00')}.\n` +
        'Tickets that are open already stay open.\n' +
        'They read this reason when they try: Only \\*jokes\\*',
    );
    const forGood = await ann.runs('/ticket_blacklist add', { member: sam });
    expect(forGood.text).toContain(`@sam can't open tickets any more.`);
    const list = await ann.runs('/ticket_blacklist list');
    expect(list.text).toContain('@sam · for good · by @ann');
    expect(list.text).toContain(`@mia · until ${short('2026-12-04T00:00')} · by @ann`);
    expect(list.text).toContain('> Only \\*jokes\\*');

    expect((await ann.runs('/ticket_blacklist remove', { member: mia })).text).toBe(
      `@mia can open tickets again.`,
    );
    expect((await ann.runs('/ticket_blacklist remove', { member: mia })).text).toContain(
      'is not on the list',
    );
    const log = ann.sees('log').map(({ text }) => text);
    expect(log.filter((text) => text.includes('Kept from opening tickets'))).toHaveLength(2);
    expect(log.filter((text) => text.includes('May open tickets again'))).toHaveLength(1);
  });

  test('in Dutch, and an end that cannot be read is refused', async () => {
    const { niels, mia } = plantTown(world());
    const refused = await niels.runs('/ticket_blacklist add', { member: mia, until: 'ooit' });
    expect(refused.text).toBe(
      '"ooit" kan ik niet als einde lezen. Schrijf hoe lang, zoals `7 dagen`, of een datum, zoals `3 mei`.',
    );
    expect((await niels.runs('/ticket_blacklist list')).text).toContain('Iedereen kan tickets openen.');
    const added = await niels.runs('/ticket_blacklist add', { member: mia, until: '7 dagen' });
    expect(added.text).toContain('@mia kan geen tickets openen tot <t:17967204');
  });

  test('a long list has pages, and only admins turn them', async () => {
    const { guild, ann, mia } = plantTown(world());
    for (let index = 10; index < 22; index += 1)
      await bar(world().database.db, guild.id, {
        userId: `1328374655667300${index}0`,
        reason: 'x'.repeat(1000),
        addedBy: ann.id,
        addedAt: new Date(world().clock.now().getTime() + index),
        expiresAt: null,
      });
    const first = await ann.runs('/ticket_blacklist list');
    expect(first.text).toContain('Page 1 of 2');
    expect(first.message?.buttons.map(({ disabled }) => disabled)).toEqual([true, false]);
    const second = await ann.clicks('Next');
    expect(second.text).toContain('Page 2 of 2');
    expect(second.text).toContain('<@1328374655667300100>');
    expect((await ann.clicks('Previous')).text).toContain('Page 1 of 2');
    const copied = leaveButton(world(), guild, 'ticket-setup:1:barred:1');
    expect((await mia.clicks('Go', { on: copied })).text).toContain('Manage Server');
    const broken = leaveButton(world(), guild, 'ticket-setup:1:barred:-1');
    expect((await ann.clicks('Go', { on: broken })).text).toContain('/ticket_setup');
  });
});
