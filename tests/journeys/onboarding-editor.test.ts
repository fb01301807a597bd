import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/people/person.ts';
import type { Reply } from '../../sandbox/people/reply.ts';
import { createMessage } from '../../sandbox/state/messages.ts';
import { readNewestVersion } from '../../src/lib/onboarding/versions.ts';
import { useBot } from '../setup/bot.ts';
import { botHears, leaveButton, plantTown } from './town.ts';

const world = useBot();

const MODES = { customId: 'onboarding-editor:1:mode:0' };

/** Adds a rule from the list of rules. */
async function addsRule(person: Person, fields: Record<string, string>): Promise<Reply> {
  await person.clicks('Add a rule');
  return person.submits(fields);
}

/** The buttons that can be pressed. */
const pressable = (reply: Reply): string[] =>
  (reply.message?.buttons ?? []).filter(({ disabled }) => !disabled).map(({ label }) => label);

describe('an admin who reads no manual', () => {
  test('sets up rules and questions, publishes them, and a colleague sees all of it in Dutch', async () => {
    const { guild, ann, niels } = plantTown(world(), {
      roles: [
        { name: 'Admins', permissions: ['ManageGuild', 'ManageRoles'], members: ['ann', 'niels'] },
        { name: 'Gamers' },
        { name: 'Makers' },
      ],
    });
    await ann.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });

    const home = await ann.runs('/onboarding');
    expect(home.ephemeral).toBe(true);
    expect(home.text.split('\n')).toEqual([
      '## Onboarding',
      'This is what new members go through. Change what you like; members see it once you press **Publish**.',
      '**Rules**: 0 · **Questions**: 0',
      '**Not published yet**: members see nothing of this.',
      '(Rules, then questions ▾)',
      '**Rules channel**: not set',
      '**Role at the end**: not set',
      '**Welcome channel**: not set',
      '**Channel for answers**: not set',
      '-# Change these with `/config panel`.',
      '**Before it works:**',
      '- There is no rules channel, so members find no button to start with. Choose one with `/config panel`, in the group `system`.',
      "- Nothing is published yet, so members can't start.",
      '- It is set to show rules, but there are none. Add some and publish, or choose something else above.',
      '- It is set to ask questions, but there are none. Add some and publish, or choose something else above.',
      '[Rules] [Questions] [Preview] [Publish]',
      '[Post the start button] [Figures]',
    ]);
    expect((await ann.clicks('Publish')).text).toContain('⚠️ There are no rules and no questions yet');

    // Rules: one of her own, beside five that come by themselves.
    expect((await ann.clicks('Rules')).text).toContain('There are no rules yet.');
    expect(await ann.clicks('Begin with five rules')).toMatchObject({ updated: true });
    const added = await addsRule(ann, {
      Title: '  Kittens   only ',
      Description: 'No **dogs**.\nSee <#1>.',
      Image: 'https://example.com/kitten.png',
    });
    expect(added.text).toContain('## Rule 6 of 6\n✅ Added.');
    expect(added.text).toContain('### 6. Kittens only\nNo **dogs**.');
    expect(JSON.stringify(added.message?.components)).toContain('https://example.com/kitten.png');
    expect(pressable(added)).toEqual(['Edit', 'Move up', 'Duplicate', 'Switch off', 'Delete', 'Back']);
    await ann.clicks('Move up');
    expect((await ann.clicks('Move up')).text).toContain('## Rule 4 of 6');
    const off = await ann.clicks('Switch off');
    expect(off.text).toContain("✅ Switched off. Members don't see it any more once you publish.");
    expect(off.text).toContain('⏸️ This one is switched off');
    const rules = await ann.clicks('Back');
    expect(rules.text.split('\n').slice(0, 7)).toEqual([
      '## Rules',
      '**1.** Treat everyone with respect',
      '**2.** No spam or promotion',
      '**3.** Share only educational content',
      '**4.** Kittens only · switched off',
      '**5.** Follow the server guidelines',
      '**6.** No financial advice',
    ]);
    await ann.picks('Open a rule', '1. Treat everyone with respect');
    const copied = await ann.clicks('Duplicate');
    expect(copied.text).toContain('## Rule 2 of 7\n✅ This is the copy.');
    expect((await ann.clicks('Delete')).text).toContain('Delete this rule?');
    expect((await ann.clicks('Keep it')).text).toContain('## Rule 2 of 7');
    await ann.clicks('Delete');
    expect((await ann.clicks('Yes, delete it')).text).toContain('## Rules\n✅ Deleted.\n**1.** Treat');
    await ann.picks('Open a rule', '4. Kittens only');
    expect((await ann.clicks('Edit')).modal?.fields.map(({ label, value }) => [label, value])).toEqual([
      ['Title', 'Kittens only'],
      ['Description', 'No **dogs**.\nSee <#1>.'],
      ['Image', 'https://example.com/kitten.png'],
    ]);
    expect((await ann.submits({ Title: 'Kittens first', Image: '' })).text).toContain(
      '✅ Saved.\n⏸️ This one is switched off',
    );
    await ann.clicks('Switch on');

    // Questions.
    await ann.clicks('Back');
    await ann.clicks('Back');
    await ann.clicks('Questions');
    const begun = await ann.clicks('Begin with four questions');
    expect(begun.text.split('\n').slice(0, 6)).toEqual([
      '## Questions',
      '✅ Added. Look through them and change what you like.',
      '**1.** How did you find this server? · choose one',
      '**2.** Why did you join? · choose several',
      '**3.** How would you like to connect? · choose several',
      '**4.** What is your e-mail address? · an e-mail address · may be skipped · private',
    ]);
    const opened = await ann.clicks('Add a question');
    expect(opened.modal?.fields.map(({ label, required }) => [label, required])).toEqual([
      ['Question', true],
      ['How is it answered?', true],
      ['Help text', false],
      ['For this question', false],
    ]);
    const asked = await ann.submits({
      Question: 'What do you make?',
      'How is it answered?': 'choose one',
      'Help text': 'Think of games.',
      'For this question': ['Private'],
    });
    expect(asked.text).toContain(
      '**What do you make?**\nThink of games.\n-# choose one · may be skipped · private\nThere are no options to choose from yet.',
    );
    expect((await ann.clicks('Back')).text).toContain('**5.** What do you make?');
    await ann.clicks('Back');
    expect((await ann.clicks('Publish')).text).toContain(
      '⚠️ "What do you make?" has no options to choose from yet.',
    );

    // Options, with what they lead to.
    await ann.clicks('Questions');
    await ann.picks('Open a question', '5. What do you make?');
    await ann.clicks('Options');
    await ann.clicks('Add an option');
    const games = await ann.submits({
      Label: 'Games',
      Description: 'Big or small',
      Emoji: '🎮',
      'Follow-up question': 'Which one?',
      Roles: ['Gamers', 'Makers'],
    });
    expect(games.text).toContain(
      [
        '**Label**: Games',
        '**Description**: Big or small',
        '**Emoji**: 🎮',
        '**Follow-up question**: Which one?',
        '**Roles**: @Gamers @Makers',
      ].join('\n'),
    );
    await ann.clicks('Back');
    await ann.clicks('Add an option');
    await ann.submits({ Label: 'Nothing' });
    await ann.clicks('Move up');
    expect((await ann.clicks('Edit')).modal?.fields.map(({ label }) => label)).toEqual([
      'Label',
      'Description',
      'Emoji',
      'Follow-up question',
      'Roles',
    ]);
    expect((await ann.submits({ Label: 'Nothing yet' })).text).toContain('## Option 1 of 2\n✅ Saved.');
    expect((await ann.clicks('Back')).text).toContain('**1.** Nothing yet\n**2.** Games · asks on · 2 roles');

    // Niels sees it in his language.
    expect((await niels.runs('/onboarding')).text).toContain('**Regels**: 6 · **Vragen**: 5');
    await niels.clicks('Vragen');
    const dutch = await niels.picks('Open een vraag', '5. What do you make?');
    expect(dutch.text).toContain('-# één kiezen · mag overgeslagen worden · privé');
    expect(pressable(dutch)).toEqual([
      'Bewerken',
      'Opties',
      'Omhoog',
      'Dupliceren',
      'Uitzetten',
      'Verwijderen',
      'Terug',
    ]);
    expect((await niels.clicks('Opties')).text).toContain('**2.** Games · vraagt door · 2 rollen');
    await niels.picks('Open een optie', '2. Games');
    expect((await niels.clicks('Verwijderen')).text).toContain('Deze optie verwijderen?');
    await niels.clicks('Behouden');

    // She publishes; the log says so; there is nothing to publish until something changes.
    await ann.clicks('Back');
    await ann.clicks('Back');
    await ann.clicks('Back');
    const published = await ann.clicks('Publish');
    expect(published.text).toContain(
      '✅ Version 1 is published. Whoever began before goes on with what they began.',
    );
    expect(published.text).toContain('Members see everything as it is here.');
    expect(ann.sees('log').at(-1)?.text).toContain('Onboarding published');
    expect(ann.sees('log').at(-1)?.text).toContain('Version: 1\nBy: @ann');
    expect((await ann.clicks('Publish')).text).toContain('⚠️ Members see exactly this already');
    const newest = await readNewestVersion(world().database.db, guild.id);
    expect(newest?.content.rules.map(({ title }) => title)).toContain('Kittens first');
    expect(newest?.content.questions.at(-1)?.options).toEqual([
      { value: 'nothing', label: 'Nothing yet', description: null, emoji: null, followup: null, roleIds: [] },
      {
        value: 'games',
        label: 'Games',
        description: 'Big or small',
        emoji: '🎮',
        followup: 'Which one?',
        roleIds: [guild.role('Gamers').id, guild.role('Makers').id],
      },
    ]);
    await ann.clicks('Rules');
    await ann.picks('Open a rule', '1. Treat everyone with respect');
    await ann.clicks('Move down');
    await ann.clicks('Back');
    expect((await ann.clicks('Back')).text).toContain("There are changes since that members don't see yet");
  });

  test('chooses what members go through, and reads what is still missing', async () => {
    const { guild, ann, niels } = plantTown(world(), {
      roles: [
        { name: 'Admins', permissions: ['ManageGuild', 'ManageRoles'], members: ['ann', 'niels'] },
        { name: 'Member' },
      ],
    });
    await ann.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
    await ann.runs('/config set', { setting: 'system.rules_channel_id', value: '#rules' });
    await ann.runs('/config set', { setting: 'onboarding.completion_role_id', value: '@Member' });
    await ann.runs('/onboarding');
    await niels.runs('/onboarding');
    const off = await ann.picks(MODES, 'Nothing: onboarding is off');
    expect(off.text).toContain('✅ **Onboarding**: now Nothing: onboarding is off.');
    expect(off.text).toContain(
      '**Before it works:**\n- Onboarding is switched off. Choose above what members go through.\n[',
    );
    expect(ann.sees('log').at(-1)?.text).toContain('Setting changed');
    // Niels saw it as it was.
    expect((await niels.picks(MODES, 'Alleen de regels')).text).toContain(
      '⚠️ Iemand anders veranderde deze instelling',
    );
    const only = await niels.picks('Niets: onboarding staat uit', 'Alleen de regels');
    expect(only.text).toContain('Er zouden regels getoond worden, maar er zijn er geen.');
    expect(only.text).not.toContain('vragen gesteld');
    await niels.clicks('Regels');
    await niels.clicks('Begin met vijf regels');
    await niels.clicks('Terug');
    const ready = await niels.clicks('Publiceren');
    expect(ready.text).toContain('**Regelkanaal**: #rules\n**Rol aan het einde**: @Member');
    expect(ready.text).not.toContain('Voor het werkt');
    guild.deleteRole('Member');
    await botHears(world(), guild);
    await niels.clicks('Regels');
    expect((await niels.clicks('Terug')).text).toContain('**Voor het werkt:**\n- Er is geen rol "');
  });
});

describe('what Discord could not show', () => {
  test('is refused when it is saved, and what was typed is there to go on from', async () => {
    const { ann } = plantTown(world());
    await ann.runs('/onboarding');
    await ann.clicks('Rules');
    const refused = await addsRule(ann, {
      Title: 'Kittens',
      Description: '```\ncode\n``` and *more*',
      Image: 'kitten.png',
    });
    expect(refused.updated).toBe(true);
    expect(refused.text).toContain('## Not saved yet\n⚠️ "kitten.png" is no address of a picture.');
    await world().restart();
    const again = await ann.clicks('Go on editing');
    expect(again.modal?.title).toBe('Add a rule');
    expect(again.modal?.fields.map(({ value }) => value)).toEqual([
      'Kittens',
      '```\ncode\n``` and *more*',
      'kitten.png',
    ]);
    expect((await ann.submits({ Image: 'https://example.com/kitten.png' })).text).toContain('Rule 1 of 1');

    await ann.clicks('Back');
    await ann.clicks('Back');
    await ann.clicks('Questions');
    await ann.clicks('Add a question');
    const long = 'What would you like to tell us about yourself?';
    const typed = await ann.submits({
      Question: long,
      'How is it answered?': 'a long text',
      'For this question': ['Private'],
    });
    expect(typed.text).toContain('has at most 45 characters, for it is the label of a field; this has 46');
    const filled = await ann.clicks('Go on editing');
    expect(filled.modal?.fields[0]?.value).toBe(long);
    // The kind and the ticks stand as they were chosen.
    const asked = await ann.submits({ Question: 'About you?' });
    expect(asked.text).toContain('-# a long text · may be skipped · private');

    await ann.clicks('Edit');
    await ann.submits({ Question: long, 'How is it answered?': 'choose one' });
    await ann.clicks('Options');
    await ann.clicks('Add an option');
    await ann.submits({ Label: 'Red', 'Follow-up question': 'Which red?' });
    await ann.clicks('Back');
    await ann.clicks('Back');
    await ann.clicks('Edit');
    expect((await ann.submits({ 'How is it answered?': 'choose several' })).text).toContain(
      '⚠️ The option "Red" has a follow-up question',
    );
    await ann.clicks('Go on editing');
    expect((await ann.submits({ 'How is it answered?': 'a number' })).text).toContain(
      '⚠️ This question has 1 option',
    );
    expect((await ann.clicks('Leave it')).text).toContain('-# choose one · may be skipped · private');
  });

  test('roles that the bot cannot give, and emojis that it cannot use', async () => {
    const { ann } = plantTown(world(), {
      roles: [
        { name: 'Bosses', aboveBot: true },
        { name: 'Admins', permissions: ['ManageGuild', 'ManageRoles'], members: ['ann', 'niels'] },
        { name: 'Gamers' },
      ],
      emojis: ['party'],
    });
    await ann.runs('/onboarding');
    await ann.clicks('Questions');
    await ann.clicks('Begin with four questions');
    await ann.picks('Open a question', '2. Why did you join?');
    await ann.clicks('Options');
    await ann.clicks('Add an option');
    const refused = await ann.submits({ Label: 'Games', Emoji: 'party', Roles: ['Gamers', 'Bosses'] });
    expect(refused.text).toContain("⚠️ I can't give @Bosses: it stands above my own highest role.");
    expect(refused.text).toContain('**Roles**\n@Gamers @Bosses');
    await ann.clicks('Go on editing');
    expect((await ann.submits({ Roles: ['Gamers'] })).text).toContain('**Emoji**: <:party:');
    await ann.clicks('Edit');
    expect((await ann.submits({ Emoji: '🎮🎮' })).text).toContain('⚠️ "🎮🎮" is not one emoji.');
    await ann.clicks('Go on editing');
    expect((await ann.submits({ Emoji: '<:other:123456789012345678>' })).text).toContain(
      'it belongs to a server that I am not in',
    );
    await ann.clicks('Go on editing');
    expect((await ann.submits({ Emoji: '🎮', Label: 'To learn' })).text).toContain(
      '⚠️ There is an option "To learn" already',
    );
    await ann.clicks('Go on editing');
    expect((await ann.submits({ Label: 'To play' })).text).toContain(
      '**Label**: To play\n**Description**: none\n**Emoji**: 🎮\n**Follow-up question**: none\n**Roles**: @Gamers',
    );
  });
});

describe('two admins at once', () => {
  test('nothing is overwritten, and what is gone is said to be', async () => {
    const { ann, niels } = plantTown(world());
    await ann.runs('/onboarding');
    await ann.clicks('Rules');
    await addsRule(ann, { Title: 'First' });
    await ann.clicks('Back');
    await addsRule(ann, { Title: 'Second' });
    await niels.runs('/onboarding');
    await niels.clicks('Regels');
    await niels.picks('Open een regel', '2. Second');

    // Both edit; Ann is first.
    await ann.clicks('Edit');
    await niels.clicks('Bewerken');
    await ann.submits({ Title: 'Hers' });
    const late = await niels.submits({ Titel: 'Zijn', Beschrijving: 'Iets' });
    expect(late.text).toContain('⚠️ Dit is veranderd terwijl je ernaar keek');
    expect(late.text).toContain('**Zo is het nu:**\n**Hers**');
    const again = await niels.clicks('Verder bewerken');
    expect(again.modal?.fields.map(({ value }) => value)).toEqual(['Zijn', 'Iets', '']);
    expect((await niels.submits()).text).toContain('✅ Opgeslagen.');

    // Her buttons are of what she saw.
    expect((await ann.clicks('Move up')).text).toContain('⚠️ This was changed while you were looking');
    expect((await ann.clicks('Move up')).text).toContain('## Rule 1 of 2');
    expect((await niels.clicks('Verwijderen')).text).toContain('## Regel 1 van 2');
    await niels.clicks('Ja, verwijderen');
    const gone = await ann.clicks('Switch off');
    expect(gone.text).toContain(
      '## Rules\n⚠️ This one is not there any more: somebody deleted it meanwhile.',
    );
    expect(gone.text).toContain('**1.** First');

    // What she was typing becomes a new one.
    await ann.picks('Open a rule', '1. First');
    await ann.clicks('Edit');
    await niels.picks('Open een regel', '1. First');
    await niels.clicks('Verwijderen');
    await niels.clicks('Ja, verwijderen');
    expect((await ann.submits({ Title: 'Saved after all' })).text).toContain('⚠️ This one is not there any');
    expect((await ann.clicks('Go on editing')).modal?.title).toBe('Add a rule');
    expect((await ann.submits()).text).toContain('## Rule 1 of 1\n✅ Added.');

    // Options of a question that is being deleted.
    await ann.clicks('Back');
    await ann.clicks('Back');
    await ann.clicks('Questions');
    await ann.clicks('Begin with four questions');
    await ann.picks('Open a question', '1. How did you find this server?');
    await ann.clicks('Options');
    await ann.picks('Open an option', '1. Invited by a member');
    await ann.clicks('Edit');
    await niels.clicks('Terug');
    await niels.clicks('Vragen');
    await niels.picks('Open een vraag', '1. How did you find this server?');
    await niels.clicks('Opties');
    await niels.picks('Open een optie', '1. Invited by a member');
    await niels.clicks('Verwijderen');
    await niels.clicks('Ja, verwijderen');
    expect((await ann.submits({ Label: 'By a friend' })).text).toContain(
      '⚠️ This option is not there any more',
    );
    await ann.clicks('Go on editing');
    expect((await ann.submits()).text).toContain('## Option 4 of 4\n✅ Added.');
    await ann.clicks('Edit');
    await niels.clicks('Terug');
    await niels.clicks('Verwijderen');
    await niels.clicks('Ja, verwijderen');
    const lost = await ann.submits({ Label: 'By a neighbour' });
    expect(lost.text).toContain('⚠️ This one is not there any more');
    expect(lost.text).toContain('By a neighbour');
    expect(pressable(lost)).toEqual(['Leave it']);
    expect((await ann.clicks('Leave it')).text).toContain('## Questions\n**1.** Why did you join?');
  });
});

describe('components that live long, or come from elsewhere', () => {
  test('every button works after a restart, an old one says what to do', async () => {
    const { guild, ann, niels } = plantTown(world());
    await ann.runs('/onboarding');
    await ann.clicks('Rules');
    await ann.clicks('Begin with five rules');
    await ann.picks('Open a rule', '1. Treat everyone with respect');
    await ann.clicks('Edit');
    await world().restart();
    expect((await ann.submits({ Title: 'Be nice' })).text).toContain('✅ Saved.');
    await world().restart();
    expect((await ann.clicks('Move down')).text).toContain('## Rule 2 of 5');

    for (const customId of [
      'onboarding-editor:0:home',
      'onboarding-editor:1:list:answers',
      'onboarding-editor:1:show:rules:0',
      'onboarding-editor:1:show:rules:2147483648',
      "onboarding-editor:1:move:rules:1:1' or 1=1:up",
      'onboarding-editor:1:move:rules:1:1:sideways',
      'onboarding-editor:1:save:rules:1:1',
      'onboarding-editor:1:open:rules',
      'onboarding-editor:1:dance',
    ]) {
      const on = leaveButton(world(), guild, customId);
      expect(await ann.clicks('Go', { on })).toMatchObject({
        text: 'This message is from an older version of the bot. Use `/onboarding` for a new one.',
        ephemeral: true,
      });
    }
    const on = leaveButton(world(), guild, 'onboarding-editor:0:home');
    expect((await niels.clicks('Go', { on })).text).toContain('Gebruik `/onboarding` voor een nieuw.');
  });

  test('without Manage Server nobody reaches anything of it', async () => {
    const { guild, ann, mia, sam } = plantTown(world());
    const only = "Only the server's owner and members with the permission Manage Server can use this.";
    expect((await mia.runs('/onboarding', {}, { allowedBySettings: true })).text).toBe(only);
    await ann.runs('/onboarding');
    await ann.clicks('Rules');
    await ann.clicks('Begin with five rules');
    for (const customId of [
      'onboarding-editor:1:home',
      'onboarding-editor:1:publish',
      'onboarding-editor:1:list:rules',
      'onboarding-editor:1:add:questions',
      'onboarding-editor:1:defaults:questions',
      'onboarding-editor:1:delete:rules:1:1',
    ]) {
      const on = leaveButton(world(), guild, customId);
      expect(await mia.clicks('Go', { on })).toMatchObject({ text: only, ephemeral: true, modal: null });
    }
    const on = leaveButton(world(), guild, 'onboarding-editor:1:publish');
    expect((await sam.clicks('Go', { on })).text).toContain('Alleen de eigenaar van de server');

    // Ann opens a modal, and loses her role before she sends it.
    await ann.clicks('Add a rule');
    guild.takeRole('ann', 'Admins');
    expect((await ann.submits({ Title: 'Mine' })).text).toContain(only);
    expect(await readNewestVersion(world().database.db, guild.id)).toBeNull();
  });

  test('what belongs to another server is not there', async () => {
    const [one, other] = [plantTown(world()), plantTown(world())];
    await one.ann.runs('/onboarding');
    await one.ann.clicks('Rules');
    await addsRule(one.ann, { Title: 'Of one' });
    const [row] = await world()
      .database.db.selectFrom('guild_rules')
      .select(['id', 'updated_at'])
      .where('guild_id', '=', one.guild.id)
      .execute();
    const seen = row?.updated_at.getTime();
    await other.ann.runs('/onboarding');
    for (const action of [`edit:rules:${row?.id}`, `delete:rules:${row?.id}:${seen}`]) {
      const button = {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: 'Go',
        custom_id: `onboarding-editor:1:${action}`,
      };
      const on = createMessage(world().sandbox.world, other.guild.channel('general'), {
        authorId: world().sandbox.world.application.botId,
        flags: MessageFlags.IsComponentsV2,
        components: [{ type: ComponentType.ActionRow, components: [button] }],
      });
      const reply = await other.ann.clicks('Go', { on });
      expect(reply.text).toContain('This one is not there any more');
      expect(reply.text).not.toContain('Of one');
    }
  });
});
