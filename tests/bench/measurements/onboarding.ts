import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { setTimeout as sleep } from 'node:timers/promises';
import { Settings } from '#lib/settings/settings';
import { systemClock } from '#lib/time/clock';
import { publish } from '#lib/onboarding/versions';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import type { Person } from '../../../sandbox/people/person.ts';
import type { Reply } from '../../../sandbox/people/reply.ts';
import { createMessage } from '../../../sandbox/state/messages.ts';
import { option, putDrafts, question, rule } from '../../lib/onboarding/fixtures.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile } from '../statistics.ts';
import { inWorld, type Server } from '../world.ts';
import { freshCaches } from '../../setup/caches.ts';

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
const PATIENCE_MS = 30_000;

interface Taken {
  /** From a press to the next step, in ms. */
  readonly steps: number[];
  /** From the confirmation until the role is there, in ms. */
  readonly ends: number[];
}

interface Crowd {
  readonly server: Server;
  readonly count: number;
  readonly act: (member: Person, start: string, index: number) => Promise<void>;
}

/** Lets members do something at the same time. @returns the names of those who have the role afterwards. */
async function crowd({ server, count, act }: Crowd): Promise<string[]> {
  let guild: SandboxGuild | undefined;
  let withRole: string[] = [];
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
    await new Settings({ db, clock: systemClock, caches: freshCaches() }).change({
      guildId: guild.id,
      key: 'onboarding.completion_role_id',
      value: guild.role('Member').id,
      changedBy: guild.owner.id,
    });
    const members = guild.record.members;
    const planted = guild;
    const people = Array.from({ length: count }, (_, index) => planted.member(`member-${index}`));
    await Promise.all(people.map((member, index) => act(member, start, index)));
    const roleId = guild.role('Member').id;
    withRole = [...members.values()].filter(({ roles }) => roles.has(roleId)).map(({ id }) => id);
  });
  return withRole;
}

const PAUSE_MS = 1_000;

/** From the first press to the role, with a second between two presses. */
async function goThrough(member: Person, start: string, index: number, taken: Taken): Promise<void> {
  const { steps, ends } = taken;
  await sleep((index * PAUSE_MS) / 50);
  const rules = await timed(steps, member, () => member.clicks('Go', { on: { id: start } }), 'Rule 0');
  const on = { on: rules };
  await sleep(PAUSE_MS);
  await timed(steps, member, () => member.clicks('I accept the rules', on), 'find us');
  await sleep(PAUSE_MS);
  await timed(steps, member, () => member.picks('Choose one', 'A friend', on), 'Your age');
  await sleep(PAUSE_MS);
  await member.clicks('Answer', on);
  await sleep(PAUSE_MS);
  const typed = { 'Your e-mail?': 'mia@example.com', 'Your age?': '31' };
  await timed(steps, member, () => member.submits(typed), 'What do you like');
  await sleep(PAUSE_MS);
  await timed(steps, member, () => member.picks('Choose one or more', ['Choir'], on), 'Is this right');
  await sleep(PAUSE_MS);
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
  if (reply.failed !== null) throw new Error(`${member.name}: ${reply.failed}`);
  const seen = (): boolean =>
    member.sees('rules').some(({ id, text }) => id === reply.message?.id && text.includes(next));
  if (!reply.text.includes(next))
    while (!seen()) {
      if (performance.now() - begun > PATIENCE_MS) throw new Error(`${member.name} waits for "${next}"`);
      await sleep(LOOK_EVERY_MS);
    }
  into.push(performance.now() - begun);
  return reply;
}

/** How long members wait on their way. */
export const onboarding: Measurement = {
  name: 'onboarding',
  async run({ server, isQuick }) {
    const figures = { steps: new Percentiles(), ends: new Percentiles(), starts: new Percentiles() };
    for (let run = 0; run < (isQuick ? 1 : 3); run += 1) {
      const taken: Taken = { steps: [], ends: [] };
      const count = 50;
      const act: Crowd['act'] = (member, start, index) => goThrough(member, start, index, taken);
      const withRole = await crowd({ server, count, act });
      if (withRole.length !== count) throw new Error(`${count - withRole.length} members have no role`);
      figures.steps.add(taken.steps);
      figures.ends.add(taken.ends);
      const starts: number[] = [];
      await crowd({
        server,
        count: isQuick ? 100 : 500,
        act: async (member, start) => {
          await timed(starts, member, () => member.clicks('Go', { on: { id: start } }), 'Rule 0');
        },
      });
      figures.starts.add(starts);
    }
    const { steps, ends, starts } = figures;
    return [
      ...steps.rows('onboarding, 50 presses a second, to the next step'),
      ...ends.rows('onboarding, from the confirmation to the role'),
      ...starts.rows(`onboarding, ${isQuick ? 100 : 500} members at once, from the first press to the rules`),
    ];
  },
};

/** The median and the worst of a hundred, of each run. */
class Percentiles {
  readonly #p50: number[] = [];
  readonly #p99: number[] = [];

  add(samples: readonly number[]): void {
    this.#p50.push(percentile(samples, 0.5));
    this.#p99.push(percentile(samples, 0.99));
  }

  rows(what: string): Row[] {
    return [
      { what: `${what}, p50`, unit: 'ms', figure: figureOf(this.#p50), bare: null },
      { what: `${what}, p99`, unit: 'ms', figure: figureOf(this.#p99), bare: null },
    ];
  }
}
