import { ApplicationFlags, GatewayIntentBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { grantedIntents, wantedIntents, type WantedIntent } from '../src/intents.ts';

const { GatewayMessageContent, GatewayMessageContentLimited, GatewayGuildMembers } = ApplicationFlags;

const wanted: readonly WantedIntent[] = [
  { intent: GatewayIntentBits.Guilds },
  {
    intent: GatewayIntentBits.MessageContent,
    privileged: {
      flags: [GatewayMessageContent, GatewayMessageContentLimited],
      offWithout: 'reading announcements',
    },
  },
  {
    intent: GatewayIntentBits.GuildMembers,
    privileged: {
      flags: [GatewayGuildMembers, ApplicationFlags.GatewayGuildMembersLimited],
      offWithout: 'onboarding',
    },
  },
];

describe('privileged intents', () => {
  test.each([
    [
      'all granted',
      GatewayMessageContent | GatewayGuildMembers,
      ['Guilds', 'MessageContent', 'GuildMembers'],
      [],
    ],
    [
      'the limited flag, which bots in few guilds have',
      GatewayMessageContentLimited,
      ['Guilds', 'MessageContent'],
      ['onboarding'],
    ],
    ['none granted', 0, ['Guilds'], ['reading announcements', 'onboarding']],
    [
      'other flags',
      ApplicationFlags.GatewayPresence | ApplicationFlags.Embedded,
      ['Guilds'],
      ['reading announcements', 'onboarding'],
    ],
  ])('%s', (_name, flags, intents, off) => {
    const granted = grantedIntents(wanted, flags);
    expect(granted.intents.map((intent) => GatewayIntentBits[intent])).toEqual(intents);
    expect(granted.notices).toHaveLength(off.length);
    off.forEach((feature, index) => expect(granted.notices[index]).toContain(`this is off: ${feature}. `));
  });

  test('a notice names the intent and where to switch it on', () => {
    expect(grantedIntents(wanted, GatewayGuildMembers).notices).toEqual([
      expect.stringMatching(/^The privileged intent MessageContent is not granted.*Switch it on under "Bot"/),
    ]);
  });
});

test('what the bot asks for has each intent once, and each privileged one says what is off without it', () => {
  const privileged = new Set([
    GatewayIntentBits.MessageContent,
    GatewayIntentBits.GuildMembers,
    GatewayIntentBits.GuildPresences,
  ]);
  const bits = wantedIntents.map(({ intent }) => intent);
  expect(new Set(bits).size).toBe(bits.length);
  for (const { intent, privileged: stated } of wantedIntents)
    expect([GatewayIntentBits[intent], stated !== undefined]).toEqual([
      GatewayIntentBits[intent],
      privileged.has(intent),
    ]);
});
