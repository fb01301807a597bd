import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '#lib/logging/logger';
import { Settings } from '#lib/settings/settings';
import { systemClock } from '#lib/time/clock';
import { publish } from '#lib/onboarding/versions';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import type { Person } from '../../../sandbox/people/person.ts';
import type { Reply } from '../../../sandbox/people/reply.ts';
import { createMessage } from '../../../sandbox/state/messages.ts';
import { option, putDrafts, question, rule } from '../../lib/onboarding/fixtures.ts';
import type { Measurement } from '../measurement.ts';
import { figureOf, percentile } from '../statistics.ts';
import { inWorld, type Server } from '../world.ts';

const CONTENT = {
  rules: Array.from({ length: 5 }, (_, index) => rule(`Rule ${index}`, { description: 'x'.repeat(200) })),
  questions: [
    question('How did you find us?', { options: [option('A friend'), option('A search')] }),
    question('Your e-mail?', { type: 'email' }),
    question('Your age?', { type: 'number' }),
    question('What do you like?', { type: 'multiselect', options: [option('Choir'), option('Chess')] }),
  ],
};

const LOOK_EVERY_MS = 50;

interface Taken {
  /** From a press to the next step, in ms. */
  readonly steps: number[];
  /** From the confirmation until the role is there, in ms. */
  readonly ends: number[];
}

/** Lets so many members go through onboarding, one after the other by so many ms. */
async function crowd(server: Server, count: number, apartMs: number): Promise<Taken> {
  const taken: Taken = { steps: [], ends: [] };
  let guild: SandboxGuild | undefined;
  let start = '';
  const plant = (sandbox: Parameters<Parameters<typeof inWorld>[0]['plant']>[0]): void => {
    guild = sandbox.createGuild({
      name: 'Bench',
      owner: 'olivia',
      members: Array.from({ length: count }, (_, index) => `member-${index}`),
      channels: [{ name: 'rules' }],
    });
    guild.createRole({ name: 'Member' });
    start = createMessage(sandbox.world, guild.channel('rules'), {
      authorId: sandbox.world.application.botId,
      components: [
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.Button,
              style: ButtonStyle.Success,
              label: 'Go',
              custom_id: 'start_onboarding',
            },
          ],
        },
      ],
    }).id;
  };
  await inWorld({ server, plant }, async ({ database }) => {
    if (guild === undefined || database === null) throw new Error('nothing was planted');
    const { db } = database;
    await putDrafts(db, guild.id, CONTENT);
    await publish(db, guild.id, guild.owner.id, new Date());
    // The bot hears of it and forgets what it knew.
    await new Settings({ db, clock: systemClock, log: createLog('silent') }).change({
      guildId: guild.id,
      key: 'onboarding.completion_role_id',
      value: guild.role('Member').id,
      changedBy: guild.owner.id,
    });
    const members = Array.from({ length: count }, (_, index) => guild?.member(`member-${index}`));
    await Promise.all(
      members.map(async (member, index) => {
        await sleep(index * apartMs);
        if (member !== undefined) await goThrough(member, start, taken);
      }),
    );
    const { members: records } = guild.record;
    const roleId = guild.role('Member').id;
    const without = members.filter((member) => !records.get(member?.id ?? '')?.roles.has(roleId));
    if (without.length > 0) throw new Error(`${without.length} members have no role`);
  });
  return taken;
}

async function goThrough(member: Person, start: string, { steps, ends }: Taken): Promise<void> {
  const rules = await timed(steps, member, () => member.clicks('Go', { on: { id: start } }), 'Rule 0');
  const on = { on: rules };
  await timed(steps, member, () => member.clicks('I accept the rules', on), 'find us');
  await timed(steps, member, () => member.picks('Choose one', 'A friend', on), 'Your age');
  // A bot that is too busy to open a window in time asks to try again, and people do.
  do await member.clicks('Answer', on);
  while (member.modal === null);
  const typed = { 'Your e-mail?': 'mia@example.com', 'Your age?': '31' };
  await timed(steps, member, () => member.submits(typed), 'What do you like');
  await timed(steps, member, () => member.picks('Choose one or more', ['Choir'], on), 'Is this right');
  await timed(ends, member, () => member.clicks('Confirm', on), "You're in");
}

/** Until what comes next can be read; where the bot first says that it will come, until it has. */
async function timed(
  into: number[],
  member: Person,
  act: () => Promise<Reply>,
  next: string,
): Promise<Reply> {
  const begun = performance.now();
  const reply = await act();
  const seen = (): boolean =>
    member.sees('rules').some(({ id, text }) => id === reply.message?.id && text.includes(next));
  if (!reply.text.includes(next)) while (!seen()) await sleep(LOOK_EVERY_MS);
  into.push(performance.now() - begun);
  return reply;
}

/** How long members wait on their way. */
export const onboarding: Measurement = {
  name: 'onboarding',
  async run({ server, isQuick }) {
    const cases = [
      { what: '50 members a second', apartMs: 20 },
      { what: '500 members at once', apartMs: 0 },
    ];
    const rows = [];
    for (const { what, apartMs } of cases) {
      const [p50, p99, end99]: number[][] = [[], [], []];
      for (let run = 0; run < (isQuick ? 1 : 3); run += 1) {
        const { steps, ends } = await crowd(server, isQuick ? 50 : 500, apartMs);
        p50?.push(percentile(steps, 0.5));
        p99?.push(percentile(steps, 0.99));
        end99?.push(percentile(ends, 0.99));
      }
      const line = { unit: 'ms', bare: null };
      rows.push(
        { ...line, what: `onboarding, ${what}, a step, p50`, figure: figureOf(p50 ?? []) },
        { ...line, what: `onboarding, ${what}, a step, p99`, figure: figureOf(p99 ?? []) },
        {
          ...line,
          what: `onboarding, ${what}, from the confirmation to the role, p99`,
          figure: figureOf(end99 ?? []),
        },
      );
    }
    return rows;
  },
};
