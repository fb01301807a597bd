/** One command of the original bot, and what answers to it here. */
export interface Original {
  readonly name: string;
  /** Names of commands here, without the slash; empty: none, `why` says why. */
  readonly here: readonly string[];
  /** What to do with it, where the name alone does not say. */
  readonly how?: string;
  readonly why?: string;
}

const same = (...names: string[]): Original[] => names.map((name) => ({ name, here: [name] }));
const as = (name: string, here: string | readonly string[], how?: string): Original => ({
  name,
  here: [here].flat(),
  ...(how !== undefined && { how }),
});
const none = (name: string, why: string): Original => ({ name, here: [], why });

/** Everything that the original registers besides `/config`: 38 commands. */
export const slashCommands: readonly Original[] = [
  ...same('add_reminder', 'reminder_list', 'reminder_edit', 'reminder_delete', 'debug_parse_embed'),
  ...same('ticket', 'ticket_panel_post', 'ticket_stats'),
  as('ticket_status', ['ticket_status', 'ticket_claim', 'ticket_close', 'ticket_reopen']),
  ...same('faq list', 'faq view', 'faq search', 'faq add', 'faq edit'),
  none('faq reload', 'nothing is kept in memory that could be out of date'),
  ...same('inviteleaderboard', 'setinvites', 'resetinvites'),
  ...same('growthcheckin', 'learn_topic', 'create_caption', 'leaderhelp'),
  none('lotquiz', 'the forex quiz is left out: it is no work of a community bot'),
  ...same('sendto', 'embed', 'clean'),
  none('reload', 'left out: a running bot is not changed from Discord; it is started again'),
  ...same('export_onboarding', 'export_tickets', 'export_faq'),
  ...same('migrate', 'migrate_status'),
  ...same('gptstatus', 'version', 'release', 'health', 'commands', 'command_stats'),
];

const change = (name: string, setting: string, ...changes: readonly string[]): Original[] =>
  changes.map((one) =>
    one === 'reset'
      ? as(`config ${name.replace(/ set_/, ' reset_')}`, 'config reset', `\`setting: ${setting}\``)
      : as(`config ${name}`, 'config set', `\`setting: ${setting}\``),
  );
const pair = (scope: string, name: string, setting: string): Original[] =>
  change(`${scope} set_${name}`, `${scope}.${setting}`, 'set', 'reset');
const toggle = (scope: string, setting: string): Original[] =>
  ['enable', 'disable'].map((name) =>
    as(`config ${scope} ${name}`, 'config set', `\`setting: ${scope}.${setting}\``),
  );
const show = (scope: string): Original => as(`config ${scope} show`, 'config show', `\`scope: ${scope}\``);
const inEditor = (name: string, how: string): Original => as(`config onboarding ${name}`, 'onboarding', how);

/** Its 63 subcommands of `/config`. */
export const configSubcommands: readonly Original[] = [
  as('config scopes', 'config scopes'),
  show('system'),
  ...pair('system', 'log_channel', 'log_channel_id'),
  ...pair('system', 'rules_channel', 'rules_channel_id'),
  ...pair('system', 'onboarding_channel', 'onboarding_channel_id'),
  ...pair('system', 'log_level', 'log_level'),
  show('embedwatcher'),
  ...pair('embedwatcher', 'announcements', 'announcements_channel_id'),
  as('config embedwatcher set_offset', 'config set', '`setting: reminders.offset_minutes`'),
  as('config embedwatcher reset_offset', 'config reset', '`setting: reminders.offset_minutes`'),
  ...pair('embedwatcher', 'non_embed', 'non_embed_enabled'),
  ...pair('embedwatcher', 'process_bot_messages', 'process_bot_messages'),
  show('ticketbot'),
  ...pair('ticketbot', 'category', 'category_id'),
  ...pair('ticketbot', 'staff_role', 'staff_role_id'),
  ...pair('ticketbot', 'escalation_role', 'escalation_role_id'),
  show('gpt'),
  ...pair('gpt', 'model', 'model'),
  ...pair('gpt', 'temperature', 'temperature'),
  show('invites'),
  ...toggle('invites', 'enabled'),
  ...pair('invites', 'channel', 'announcement_channel_id'),
  as(
    'config invites set_template',
    'config set',
    '`setting: invites.with_inviter_template` or `invites.no_inviter_template`',
  ),
  as(
    'config invites reset_template',
    'config reset',
    '`setting: invites.with_inviter_template` or `invites.no_inviter_template`',
  ),
  show('reminders'),
  ...toggle('reminders', 'enabled'),
  ...pair('reminders', 'default_channel', 'default_channel_id'),
  as('config reminders set_everyone', 'config set', '`setting: reminders.allow_everyone_mentions`'),
  show('gdpr'),
  ...toggle('gdpr', 'enabled'),
  ...pair('gdpr', 'channel', 'channel_id'),
  as('config onboarding show', ['config show', 'onboarding'], 'settings, and what members go through'),
  as('config onboarding enable', 'config set', '`setting: onboarding.mode`'),
  as('config onboarding disable', 'config set', '`setting: onboarding.mode`, `value: disabled`'),
  as('config onboarding set_mode', 'config set', '`setting: onboarding.mode`'),
  ...pair('onboarding', 'role', 'completion_role_id'),
  inEditor('add_question', 'Questions'),
  inEditor('delete_question', 'Questions'),
  inEditor('add_rule', 'Rules'),
  inEditor('delete_rule', 'Rules'),
  inEditor('reset_rules', 'Rules'),
  inEditor('reset_questions', 'Questions'),
  inEditor('panel_post', 'post the start button'),
  inEditor('reorder', 'Up and Down of each question'),
];

/** Its text commands. */
export const textCommands: readonly Original[] = [
  { name: '!sync', here: ['sync'] },
  { name: '!postgdpr', here: ['gdpr'], how: 'publish and post the privacy text' },
  none(
    '!import_onboarding',
    'it read the log channel; rows of an old database are to come with `npm run import`',
  ),
  none(
    '!import_invites',
    'it read the announcements; rows of an old database are to come with `npm run import`',
  ),
  none('!migrate_gdpr', 'tables are made and changed at each start'),
];

/** What other work of these days brings: said to be "not yet" until it is registered. */
export const NOT_YET: readonly string[] = [
  'inviteleaderboard',
  'setinvites',
  'resetinvites',
  'migrate',
  'migrate_status',
  'sync',
];
