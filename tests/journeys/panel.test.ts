import { describe, expect, test } from 'vitest';
import { useBot } from '../setup/bot.ts';
import { leaveButton, plantTown } from './town.ts';

const world = useBot();

/** The line of the panel that names a setting, and what stands beneath it. */
function settingIn(text: string, name: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`**${name}**`));
  return lines.slice(start, start + 4).join('\n');
}

describe('one panel for everything', () => {
  test('an admin looks around and changes each kind of setting with what fits it', async () => {
    const { guild, olivia } = plantTown(world());
    const opened = await olivia.runs('/config panel');
    expect(opened.ephemeral).toBe(true);
    expect(settingIn(opened.text, 'Time zone')).toBe(
      [
        '**Time zone**: `Europe/Brussels`',
        'The zone in which the times of this server are read.',
        '-# `system.timezone` · this is the default',
        '[Change]',
      ].join('\n'),
    );
    expect(opened.text).not.toContain('reminders.');
    const panelId = opened.message?.id;

    const reminders = await olivia.picks('Choose a group of settings', 'reminders');
    expect(reminders).toMatchObject({ updated: true });
    expect(settingIn(reminders.text, 'Reminders')).toContain('[Turn off]');
    expect(reminders.text).not.toContain('system.');

    // On and off: at once.
    const off = await olivia.clicks('Turn off');
    expect(off.text).toContain('✅ **Reminders**: now off.');
    expect(settingIn(off.text, 'Reminders')).toContain('default: on\n[Turn on]');

    // A channel: with a select that offers only fitting ones.
    const pick = await olivia.clicks(changeOf('reminders.default_channel_id'));
    expect(pick.text).toContain(
      '## Default channel\nWhere a reminder goes when its creator names no channel.\nNow: not set',
    );
    await expect(olivia.picks('Choose a value', 'lounge')).rejects.toThrow('not offered');
    const refused = await olivia.picks('Choose a value', 'readonly');
    expect(refused.text).toContain("⚠️ I can't use #readonly: there I lack Send Messages, Embed Links.");
    const picked = await olivia.picks('Choose a value', 'events');
    expect(picked.text).toContain('✅ **Default channel**: now #events.');
    const again = await olivia.clicks(changeOf('reminders.default_channel_id'));
    expect(again.message?.selects[0]?.defaultIds).toEqual([guild.channel('events').id]);
    expect((await olivia.clicks('Reset to default')).text).toContain(
      '✅ **Default channel** is back to its default: not set.',
    );

    // A choice, and the way back without changing anything.
    await olivia.picks('Choose a group of settings', 'system');
    const levels = await olivia.clicks(changeOf('system.log_level'));
    expect(levels.message?.selects[0]?.options.map(({ label, isDefault }) => [label, isDefault])).toEqual([
      ['Everything', true],
      ['All but routine deliveries', false],
      ['Only errors', false],
    ]);
    expect(levels.message?.buttons.map(({ label }) => label)).toEqual(['Back']);
    const back = await olivia.clicks('Back');
    expect(settingIn(back.text, 'Log level')).toContain('this is the default');
    await olivia.clicks(changeOf('system.log_level'));
    expect((await olivia.picks('Choose a value', 'Only errors')).text).toContain(
      '✅ **Log level**: now Only errors.',
    );

    // All of it in the one message.
    const inChannel = olivia.sees().filter(({ ephemeral }) => ephemeral);
    expect(inChannel.map(({ id }) => id)).toEqual([panelId]);
    expect((await olivia.runs('/config history')).text.split('\n')).toHaveLength(5);
  });

  test('a number and a zone are typed, with what is wrong said in place', async () => {
    const { olivia, niels } = plantTown(world());
    await olivia.runs('/config panel');
    await olivia.picks('Choose a group of settings', 'reminders');

    const opened = await olivia.clicks(changeOf('reminders.offset_minutes'));
    expect(opened.modal).toMatchObject({
      title: 'Minutes ahead',
      fields: [
        {
          label: 'Minutes ahead',
          description: 'A whole number from 0 to 4320. Empty: the default, 60.',
          value: '60',
          required: false,
        },
      ],
    });
    const bad = await olivia.submits({ 'Minutes ahead': '4321' });
    expect(bad).toMatchObject({ updated: true });
    expect(bad.text).toContain('⚠️ "4321" doesn\'t fit. Use a whole number from 0 to 4320.');
    expect(settingIn(bad.text, 'Minutes ahead')).toContain('**Minutes ahead**: `60`');

    await olivia.clicks(changeOf('reminders.offset_minutes'));
    const good = await olivia.submits({ 'Minutes ahead': '180' });
    expect(good.text).toContain('✅ **Minutes ahead**: now `180`.');
    expect(settingIn(good.text, 'Minutes ahead')).toContain('**Minutes ahead**: `180`');
    expect(settingIn(good.text, 'Minutes ahead')).toContain('default: `60`');

    await olivia.clicks(changeOf('reminders.offset_minutes'));
    expect((await olivia.submits({ 'Minutes ahead': '' })).text).toContain(
      '✅ **Minutes ahead** is back to its default: `60`.',
    );

    await niels.runs('/config panel');
    const inDutch = await niels.clicks(changeOf('system.timezone'));
    expect(inDutch.modal?.fields[0]).toMatchObject({
      label: 'Tijdzone',
      description: 'Een naam zoals Europe/Brussels. Leeg: de standaard, Europe/Brussels.',
    });
    expect((await niels.submits({ Tijdzone: 'Europa/Brussel' })).text).toContain(
      '⚠️ Er is geen tijdzone "Europa/Brussel".',
    );
    await niels.clicks(changeOf('system.timezone'));
    expect((await niels.submits({ Tijdzone: 'america/new_york' })).text).toContain(
      '✅ **Tijdzone**: nu `America/New_York`.',
    );
  });
});

describe('two admins at once', () => {
  test('who was second is told, sees what it is now, and overwrites nothing', async () => {
    const { olivia, ann, niels } = plantTown(world());
    for (const admin of [olivia, ann, niels]) {
      await admin.runs('/config panel');
      await admin.picks({ customId: 'config:1:scope' }, 'reminders');
    }
    const meanwhile =
      '⚠️ Somebody else changed this setting while you were looking at it. This is what it is now; change it again if you want something else.';

    // A toggle: both see "on".
    await ann.clicks('Turn off');
    const late = await olivia.clicks('Turn off');
    expect(late.text).toContain(meanwhile);
    expect(settingIn(late.text, 'Reminders')).toContain('**Reminders**: off');
    expect((await niels.clicks('Uitzetten')).text).toContain('⚠️ Iemand anders veranderde deze instelling');
    expect((await olivia.clicks('Turn on')).text).toContain('✅ **Reminders**: now on.');

    // A select.
    for (const admin of [olivia, ann]) await admin.clicks(changeOf('reminders.default_channel_id'));
    await ann.picks('Choose a value', 'events');
    const lateChannel = await olivia.picks('Choose a value', 'general');
    expect(lateChannel.text).toContain(meanwhile);
    expect(lateChannel.text).toContain('Now: #events');
    expect((await olivia.picks('Choose a value', 'general')).text).toContain(
      '✅ **Default channel**: now #general.',
    );

    // A modal, and a reset.
    for (const admin of [olivia, ann]) await admin.clicks(changeOf('reminders.offset_minutes'));
    await ann.submits({ 'Minutes ahead': '5' });
    const lateNumber = await olivia.submits({ 'Minutes ahead': '15' });
    expect(lateNumber.text).toContain(meanwhile);
    expect(settingIn(lateNumber.text, 'Minutes ahead')).toContain('`5`');

    const history = await olivia.runs('/config history');
    expect(history.text).toContain('@ann: `reminders.offset_minutes` from `60` (default) to `5`');
    expect(history.text).not.toContain('`15`');
  });
});

describe('components that live long, or come from elsewhere', () => {
  test('a panel goes on working after the bot was stopped and started again', async () => {
    const { olivia, mia } = plantTown(world());
    await olivia.runs('/config panel');
    await olivia.picks('Choose a group of settings', 'reminders');
    await olivia.clicks(changeOf('reminders.offset_minutes'));
    for (const [setting, value] of [
      ['system.timezone', 'Europe/London'],
      ['system.log_level', 'critical'],
      ['reminders.allow_everyone_mentions', 'on'],
    ] as const)
      await olivia.runs('/config set', { setting, value });
    const registrations = () =>
      world().sandbox.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'));
    expect(registrations()).toHaveLength(1);

    await world().restart(() => expect(world().sandbox.connectedSessions).toBe(0));

    expect(registrations()).toHaveLength(2);
    const { text } = await olivia.runs('/config show');
    expect(text).toContain('`system.timezone` `Europe/London`\n');
    expect(text).toContain('`system.log_level` Only errors\n');
    expect(text).toContain('`reminders.allow_everyone_mentions` on');
    expect((await olivia.submits({ 'Minutes ahead': '20' })).text).toContain(
      '✅ **Minutes ahead**: now `20`.',
    );
    expect((await olivia.clicks('Turn off')).text).toContain('✅ **Reminders**: now off.');
    expect((await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00' })).text).toContain(
      'Reminders are switched off in this server.',
    );
  });

  test('a button of an older version, or of a setting that is gone, says what to do', async () => {
    const { guild, olivia, niels } = plantTown(world());
    const outdated = 'This message is from an older version of the bot. Use `/config panel` for a new one.';
    for (const customId of [
      'config:0:edit:system.timezone',
      'config:1:edit:system.colour',
      'config:1:toggle',
      'config:1:dance:x',
    ]) {
      const on = leaveButton(world(), guild, customId);
      expect(await olivia.clicks('Go', { on })).toMatchObject({ text: outdated, ephemeral: true });
    }
    const on = leaveButton(world(), guild, 'config:0:edit:system.timezone');
    expect((await niels.clicks('Go', { on })).text).toBe(
      'Dit bericht is van een oudere versie van de bot. Gebruik `/config panel` voor een nieuw.',
    );
  });

  test('without Manage Server nobody changes anything by a component', async () => {
    const { guild, olivia, ann, mia, sam } = plantTown(world());
    await olivia.runs('/config panel');
    // The ids of a real panel, where a member can reach them.
    const customIds = [
      'config:1:toggle:reminders.enabled:0:off',
      'config:1:reset:reminders.enabled:0',
      'config:1:show:system',
      'config:1:older::5',
      'config:1:edit:system.timezone',
    ];
    for (const customId of customIds) {
      const on = leaveButton(world(), guild, customId);
      expect(await mia.clicks('Go', { on })).toMatchObject({
        text: "Only the server's owner and members with the permission Manage Server can use this.",
        ephemeral: true,
        modal: null,
      });
    }
    expect((await sam.clicks({ customId: 'config:1:show:system' })).text).toContain(
      'Alleen de eigenaar van de server',
    );

    // Ann opens a modal, and loses her role before she sends it.
    await ann.clicks({ customId: 'config:1:edit:system.timezone' });
    guild.takeRole('ann', 'Admins');
    expect((await ann.submits({ 'Time zone': 'UTC' })).text).toContain("Only the server's owner");
    expect((await olivia.runs('/config history')).text).toContain('Nothing was changed yet.');
  });
});

const changeOf = (setting: string) => ({ customId: `config:1:edit:${setting}` });
