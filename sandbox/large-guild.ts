import { MovableClock } from '../src/lib/time/clock.ts';
import type { SandboxGuild } from './people/guild.ts';
import type { ChannelSeed, GuildSeed, MemberSeed, RoleSeed } from './people/seeds.ts';
import { writeHistory } from './large-history.ts';
import type { Sandbox } from './sandbox.ts';

const MEMBERS = 2000;
const DAY_MS = 24 * 60 * 60_000;
/** How long before now the server was made. */
const AGE_MS = 60 * DAY_MS;

const GIVEN_NAMES =
  'ada bram cato daan elif finn gita hugo iris joep kaya lars mira noor otto pien quin rosa sven tess umar vera wout xena yara zeno anke boris chloe dries'.split(
    ' ',
  );
const FAMILY_NAMES =
  'berg bos brandt costa dijk fink fox gallo haas hill jansen klein lang lopez maes marsh meyer moss nagy novak okafor peeters pratt reyes rossi sato silva smit stone suzuki tan thorn ueda vale visser wang weber wolf wood young zeman ziegler aalto adler amari baker bauer beck blum boon braun brook bruno burke byrne camus cerny chen cole conti cruz dahl dean diaz dunn eder egger'.split(
    ' ',
  );

const COLORS = [0xe7_4c_3c, 0xe6_7e_22, 0xf1_c4_0f, 0x2e_cc_71, 0x34_98_db, 0x9b_59_b6];
const HOISTED = ['Founders', 'Moderators', 'Helpers', 'Partners', 'Regulars', 'Newcomers'];
const INTERESTS =
  'Art Baking Birds Board-games Books Chess Climbing Coding Coffee Cycling Dance Design Film Gardening History Hiking Jazz Knitting Languages Maps Maths Music Nature Painting Photos Physics Plants Poetry Puzzles Radio Running Sailing Space Trains'.split(
    ' ',
  );

const CHANNELS: Readonly<Record<string, string>> = {
  Welcome: 'rules announcements introductions roles news suggestions',
  Community: 'general off-topic pictures memes music books films games',
  Help: 'questions bots servers permissions translations reports feedback',
  Projects: 'ideas showcase frontend backend database design hosting reviews',
  Events: 'calendar quiz film-night meetups workshops recordings planning',
  Interests: 'chess cycling coffee gardening photos space trains running',
  Languages: 'english nederlands francais deutsch espanol italiano portugues polski',
  Team: 'staff-room decisions incidents bot-log applications handbook rota archive',
};
const TYPES: Readonly<Record<string, ChannelSeed['type']>> = {
  announcements: 'announcement',
  news: 'announcement',
  meetups: 'voice',
  workshops: 'voice',
  questions: 'forum',
};

/** A server as large as many are: 2,000 members, 40 roles, 60 channels, and 2,000 messages in #general. */
export function plantLargeGuild(sandbox: Sandbox): SandboxGuild {
  const clock = new MovableClock(new Date(sandbox.clock.now().getTime() - AGE_MS));
  const guild = sandbox.createGuild(largeGuild(), clock);
  writeHistory(sandbox, guild, clock);
  return guild;
}

function largeGuild(): GuildSeed {
  const roles: RoleSeed[] = [
    ...HOISTED.map((name, index) => ({ name, color: COLORS[index], hoist: true, mentionable: true })),
    ...INTERESTS.map((name, index) => ({ name, color: index % 3 === 0 ? COLORS[index % COLORS.length] : 0 })),
  ];
  const [founders, moderators] = roles;
  if (founders) founders.permissions = ['ManageGuild'];
  if (moderators) moderators.permissions = ['ManageMessages', 'ModerateMembers'];
  return { name: 'The Large Server', owner: 'olivia', roles, channels: channels(), members: members() };
}

function channels(): ChannelSeed[] {
  return Object.entries(CHANNELS).flatMap(([category, names]): ChannelSeed[] => {
    const overwrites: ChannelSeed['overwrites'] =
      category === 'Team'
        ? [
            { role: '@everyone', deny: ['ViewChannel'] },
            { role: 'Founders', allow: ['ViewChannel'] },
            { role: 'Moderators', allow: ['ViewChannel'] },
          ]
        : undefined;
    return [
      { name: category, type: 'category', overwrites },
      ...names.split(' ').map((name) => ({ name, parent: category, type: TYPES[name], overwrites })),
    ];
  });
}

/** Without the owner. */
function members(): MemberSeed[] {
  return Array.from({ length: MEMBERS - 1 }, (_, index) => {
    const given = GIVEN_NAMES[index % GIVEN_NAMES.length] ?? '';
    const family = FAMILY_NAMES[Math.floor(index / GIVEN_NAMES.length) % FAMILY_NAMES.length] ?? '';
    const roles = [INTERESTS[index % INTERESTS.length] ?? ''];
    const rank = rankOf(index);
    if (rank !== null) roles.push(rank);
    return {
      name: `${given}.${family}`,
      ...(index % 4 === 0 ? { displayName: `${capital(given)} ${capital(family)}` } : {}),
      ...(index % 9 === 0 ? { locale: 'nl' } : {}),
      roles,
    };
  });
}

/** Few founders, many newcomers, and most without any rank. */
function rankOf(index: number): string | null {
  if (index < 3) return 'Founders';
  if (index < 15) return 'Moderators';
  if (index % 40 === 0) return 'Helpers';
  if (index % 97 === 0) return 'Partners';
  if (index % 7 === 0) return 'Regulars';
  return index % 5 === 0 ? 'Newcomers' : null;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
