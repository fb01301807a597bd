import { ApplicationFlags, ApplicationFlagsBitField, GatewayIntentBits } from 'discord.js';

export interface WantedIntent {
  readonly intent: GatewayIntentBits;
  /** For a privileged intent: the application's flags that grant it, and what is off without it. */
  readonly privileged?: { readonly flags: readonly ApplicationFlags[]; readonly offWithout: string };
}

/** The least that the features need; an intent is added with the feature that reads its events. */
export const wantedIntents: readonly WantedIntent[] = [
  // Channels, roles and the bot's own permissions, to check settings and targets without asking Discord each time.
  { intent: GatewayIntentBits.Guilds },
  // Emojis of options: Discord refuses a list with one that is gone.
  { intent: GatewayIntentBits.GuildExpressions },
  // Posts in the announcements channel.
  { intent: GatewayIntentBits.GuildMessages },
  {
    intent: GatewayIntentBits.MessageContent,
    privileged: {
      flags: [ApplicationFlags.GatewayMessageContent, ApplicationFlags.GatewayMessageContentLimited],
      offWithout:
        'reminders made from announcements, what members write in transcripts of tickets, and `!sync` without a mention of the bot',
    },
  },
  // Who came by which invite: each one's uses are known from its beginning.
  { intent: GatewayIntentBits.GuildInvites },
  // Who comes and leaves.
  {
    intent: GatewayIntentBits.GuildMembers,
    privileged: {
      flags: [ApplicationFlags.GatewayGuildMembers, ApplicationFlags.GatewayGuildMembersLimited],
      offWithout:
        'counting invites, erasing what members leave behind, and giving roles at once to who comes through screening',
    },
  },
];

function isGranted({ privileged }: WantedIntent, applicationFlags: number): boolean {
  const flags = new ApplicationFlagsBitField(applicationFlags);
  return privileged === undefined || privileged.flags.some((flag) => flags.has(flag));
}

/** The privileged intents that an application with these flags was not granted, and what is off without each. */
export function intentsOff(
  applicationFlags: number,
  wanted: readonly WantedIntent[] = wantedIntents,
): { readonly name: string; readonly offWithout: string }[] {
  return wanted
    .filter((item) => !isGranted(item, applicationFlags))
    .map(({ intent, privileged }) => ({
      name: GatewayIntentBits[intent],
      offWithout: privileged?.offWithout ?? '',
    }));
}

/** The intents to ask for, given what the application was granted, and a sentence for each that is left out. */
export function grantedIntents(
  wanted: readonly WantedIntent[],
  applicationFlags: number,
): { intents: GatewayIntentBits[]; notices: string[] } {
  return {
    intents: wanted.filter((item) => isGranted(item, applicationFlags)).map(({ intent }) => intent),
    notices: intentsOff(applicationFlags, wanted).map(
      ({ name, offWithout }) =>
        `The privileged intent ${name} is not granted, so this is off: ${offWithout}. Switch it on under "Bot" on the application's page and start again.`,
    ),
  };
}
