import { describe, expect, test } from 'vitest';
import { useBot } from '../setup/bot.ts';
import { botHears, leaveButton, plantTown } from './town.ts';

const world = useBot();

/** A town with a category of channels for tickets, and roles for who works on them. */
function plantHelpfulTown() {
  return plantTown(world(), {
    roles: [
      { name: 'Admins', permissions: ['ManageGuild', 'ManageRoles'], members: ['ann', 'niels'] },
      { name: 'Helpers' },
      { name: 'Bosses' },
    ],
    channels: [
      { name: 'general' },
      { name: 'log' },
      { name: 'Support', type: 'category' },
      { name: 'Secret', type: 'category', overwrites: [{ role: 'Alphapy', deny: ['ViewChannel'] }] },
    ],
  });
}

describe('an admin sets tickets up', () => {
  test('with categories, their places and their questions, and a colleague sees it in Dutch', async () => {
    const { ann, niels } = plantHelpfulTown();
    await ann.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
    const home = await ann.runs('/ticket_setup');
    expect(home.ephemeral).toBe(true);
    expect(home.text.split('\n')).toEqual([
      '## Tickets',
      'There are no categories yet, so members open one general kind of ticket. Add a category for each thing that people need help with, each with its own questions.',
      '**Category of tickets**: not set',
      '**Ticket staff**: not set',
      '**Escalation role**: not set',
      '**Open tickets per member**: `1`',
      '-# These hold for every category that has none of its own. Change them with `/config panel`.',
      '**Before it works:**',
      '- There is no place for tickets yet. Choose a category of channels with `/config set`, setting `ticketbot.category_id`.',
      '- There is no staff role, so only admins see tickets. Choose one with `/config set`, setting `ticketbot.staff_role_id`, or in each category.',
      '[Add a category] [Preview] [Look again]',
    ]);
    expect((await ann.clicks('Preview')).modal?.title).toBe('Open a ticket');
    expect((await ann.submits({ 'What is it about?': 'x' })).text).toContain('✅ That was only a preview');

    await ann.clicks('Add a category');
    const added = await ann.submits({ Name: 'Bugs', Description: 'Something is broken', Emoji: '🐞' });
    expect(added.text).toContain('## Category 1 of 1\n✅ Added. Members can open it from now on.');
    expect(added.text).toContain('🐞 **Bugs**\nSomething is broken');
    const place = 'Where its channels are made';
    expect((await ann.picks(place, 'Support')).text).toContain('✅ New tickets get their channel in');
    expect((await ann.picks('Staff role', 'Helpers')).text).toContain('✅ @Helpers sees its new tickets');
    expect((await ann.picks('Role that is called', 'Bosses')).text).toContain('✅ @Bosses is called when');
    expect((await ann.picks('Role that is called', [])).text).toContain("✅ The server's setting says who");

    // Questions.
    expect((await ann.clicks('Questions')).text).toContain('Members are asked one thing: what it is about.');
    await ann.clicks('Add a question');
    const device = await ann.submits({
      Question: 'Which device?',
      'How is it answered?': 'choose one',
      Options: 'iPhone | 12 or newer\nAndroid',
    });
    expect(device.text).toContain(
      '✅ Added.\n**Which device?**\n-# choose one · 2 options\n**1.** iPhone · 12 or newer\n**2.** Android',
    );
    await ann.clicks('Back');
    await ann.clicks('Add a question');
    await ann.submits({ Question: 'A picture', 'How is it answered?': 'files', 'For this question': [] });
    const moved = await ann.clicks('Move up');
    expect(moved.text).toContain('## Question 1 of 2 of "Bugs"');
    const form = await ann.clicks('Back');
    expect(form.text).toContain(
      '**1.** A picture · files · may be left empty\n**2.** Which device? · choose one · 2 options',
    );
    const preview = await ann.clicks('Preview');
    expect(preview.modal?.title).toBe('Bugs');
    expect(preview.modal?.fields.map(({ label, required }) => [label, required])).toEqual([
      ['A picture', false],
      ['Which device?', true],
    ]);
    expect((await ann.submits({ 'Which device?': 'Android' })).text).toContain('no ticket was opened');
    await ann.picks('Open a question', '1. A picture');
    expect((await ann.clicks('Delete')).text).toContain('Delete this question?');
    expect((await ann.clicks('Yes, delete it')).text).toContain('✅ The question is deleted.');

    // A second category, before the first one, switched off and deleted again.
    await ann.clicks('Back');
    await ann.clicks('Back');
    await ann.clicks('Add a category');
    await ann.submits({ Name: 'Billing' });
    expect((await ann.clicks('Move up')).text).toContain('## Category 1 of 2');
    expect((await ann.clicks('Switch off')).text).toContain(
      "✅ Switched off: members can't open it any more.",
    );
    const both = await ann.clicks('Back');
    expect(both.text).toContain(
      '**1.** Billing · asks what it is about · switched off\n**2.** Bugs · 1 question',
    );
    expect(both.text).toContain('✅ Members can open tickets. `/ticket_panel_post`');

    const dutch = await niels.runs('/ticket_setup');
    expect(dutch.text).toContain(
      '**1.** Billing · vraagt waar het over gaat · staat uit\n**2.** Bugs · 1 vraag',
    );
    await niels.picks('Open een categorie', '1. Billing');
    await niels.clicks('Verwijderen');
    expect((await niels.clicks('Ja, verwijderen')).text).toContain('✅ Verwijderd. De tickets ervan blijven');

    // What she still sees is gone.
    await ann.picks('Open a category', '1. Billing', { on: both });
    expect(ann.sees('log').at(-1)?.text).toContain('Ticket category changed');
    const log = ann.sees('log').map(({ text }) => text);
    expect(log.filter((text) => text.includes('Ticket category changed'))).toHaveLength(8);
    expect(log.at(-1)).toContain('Billing');
    expect(log.at(-1)).toContain('@niels');
  });

  test('a refusal names what is wrong and keeps what was typed', async () => {
    const { ann } = plantHelpfulTown();
    await ann.runs('/ticket_setup');
    await ann.clicks('Add a category');
    await ann.submits({ Name: 'Bugs' });
    await ann.clicks('Back');
    await ann.clicks('Add a category');
    const refused = await ann.submits({ Name: 'bugs', Description: 'a `b` ``c``', Emoji: ':nothing:' });
    expect(refused.text).toContain('## Not saved yet\n⚠️ ":nothing:" is not one emoji.');
    expect(refused.text).toContain('**Description**\n```\na `b` `\u200B`c`\u200B`\n```');
    const again = await ann.clicks('Go on editing');
    expect(again.modal?.fields.map(({ value }) => value)).toEqual(['bugs', 'a `b` ``c``', ':nothing:', '']);
    expect((await ann.submits({ Emoji: '' })).text).toContain('There is a category "bugs" already.');
    await ann.clicks('Go on editing');
    expect((await ann.submits({ Name: 'Billing' })).text).toContain('## Category 2 of 2\n✅ Added.');
    await ann.clicks('Questions');
    await ann.clicks('Add a question');
    const empty = await ann.submits({ Question: 'Which?', 'How is it answered?': 'choose several' });
    expect(empty.text).toContain('⚠️ There is nothing to choose from.');
    const open = await ann.clicks('Go on editing');
    expect(open.modal?.fields[0]?.value).toBe('Which?');
    expect((await ann.submits({ Options: 'A\nB' })).text).toContain('choose several · 2 options');
  });

  test('what the bot cannot use is refused, and what is gone later is said', async () => {
    const { guild, ann } = plantHelpfulTown();
    await ann.runs('/ticket_setup');
    await ann.clicks('Add a category');
    await ann.submits({ Name: 'Bugs' });
    const secret = await ann.picks('Where its channels are made', 'Secret');
    expect(secret.text).toContain('⚠️');
    expect(secret.text).toContain('View Channel');
    await ann.picks('Where its channels are made', 'Support');
    await ann.picks('Staff role', 'Helpers');
    expect((await ann.clicks('Back')).text).toContain('✅ Members can open tickets.');
    guild.deleteChannel('Support');
    guild.deleteRole('Helpers');
    await botHears(world(), guild);
    const later = await ann.clicks('Look again');
    expect(later.text).toContain(
      '- The category of channels of **Bugs** was deleted. Open it and choose another one.',
    );
    expect(later.text).toContain('- A role of **Bugs** was deleted.');
    await ann.picks('Open a category', '1. Bugs');
    await ann.clicks('Switch off');
    expect((await ann.clicks('Back')).text).toContain('- All categories are switched off');
  });
});

describe('who is no admin, and ids that somebody made up', () => {
  test('change nothing', async () => {
    const { guild, ann, mia } = plantHelpfulTown();
    await ann.runs('/ticket_setup');
    await ann.clicks('Add a category');
    await ann.submits({ Name: 'Bugs' });
    const button = leaveButton(world(), guild, 'ticket-setup:1:turn:1:1:off');
    expect((await mia.clicks('Go', { on: button })).text).toContain('Manage Server');
    for (const id of ['turn:1:x:off', 'show:0', 'show:99999999999', 'create', 'nothing', 'move:1:1:sideways'])
      expect(
        (await ann.clicks('Go', { on: leaveButton(world(), guild, `ticket-setup:1:${id}`) })).text,
      ).toContain('Use `/ticket_setup` for a new one.');
  });
});
