import { z } from 'zod';
import { ClientRefusal } from '../people/client-refusal.ts';
import type { FieldInput } from '../people/modal.ts';
import type { OptionInput } from '../people/option-values.ts';
import type { Reply } from '../people/reply.ts';
import type { Act, ActContext } from './act.ts';
import { act, DONE } from './act.ts';
import { ownerActs } from './owner-acts.ts';
import type { PageWindow } from './page-window.ts';
import { findPeople } from './people.ts';
import type { ActResult } from './protocol.ts';
import { search } from './search.ts';

const id = z.string().regex(/^\d{1,20}$/);
const text = z.string().max(4000);
const path = z.string().min(1).max(100);
const value = z.union([z.string().max(6000), z.number(), z.boolean(), z.object({ id })]);
const options = z.record(z.string().max(32), value);
const nothing = z.object({});

const personActs = {
  enter: act(
    z.object({ guildId: id.optional(), userId: id.optional(), channelId: id.optional() }),
    ({ window }, to) => {
      window.enter(to);
      return {
        kind: 'entered',
        guildId: window.guild.id,
        userId: window.person.id,
        channelId: window.channel?.id ?? '',
      };
    },
  ),
  older: act(nothing, ({ window }) => {
    window.older();
    return DONE;
  }),
  'find-people': act(z.object({ words: z.string().max(100) }), ({ host, window }, { words }) => ({
    kind: 'found',
    items: findPeople(host.sandbox.world, window.guild.record, words).map((person) => ({
      ...person,
      kind: 'user',
    })),
  })),
  search: act(
    z.object({
      kinds: z.array(z.enum(['user', 'role', 'channel'])).max(3),
      words: z.string().max(100),
      channelTypes: z.array(z.number()).max(20).default([]),
    }),
    ({ host, window }, wanted) => ({ kind: 'found', items: search(host.sandbox.world, window, wanted) }),
  ),

  run: act(z.object({ path, options }), async ({ window }, input) =>
    replied(window, await window.person.runs(`/${input.path}`, toOptions(input.options), here(window))),
  ),
  complete: act(z.object({ path, options, focused: path }), async ({ window }, input) => ({
    kind: 'choices',
    choices: await window.person.autocompletes(
      `/${input.path}`,
      toOptions(input.options),
      input.focused,
      here(window),
    ),
  })),
  click: act(z.object({ messageId: id, customId: path }), async ({ window }, { messageId, customId }) =>
    replied(window, await window.person.clicks({ customId }, { on: { id: messageId } })),
  ),
  pick: act(
    z.object({ messageId: id, customId: path, values: z.array(z.string().max(100)).max(25) }),
    async ({ window }, { messageId, customId, values }) =>
      replied(window, await window.person.picks({ customId }, values, { on: { id: messageId } })),
  ),
  submit: act(
    z.object({
      fields: z.record(path, z.union([text, z.boolean(), z.array(z.string().max(100)).max(25)])),
    }),
    async ({ window }, { fields }) =>
      replied(window, await window.person.submits(fields satisfies Record<string, FieldInput>)),
  ),
  dismiss: act(nothing, ({ window }) => {
    window.person.dismisses();
    return DONE;
  }),

  write: act(z.object({ content: text, replyTo: id.optional() }), ({ window }, { content, replyTo }) => {
    const { channel, person } = window;
    if (channel === undefined) throw new ClientRefusal('This channel is gone.');
    const place = channel.guildId === null ? 'dm' : channel;
    person.writes(place, content, replyTo === undefined ? {} : { replyTo: { id: replyTo } });
    return DONE;
  }),
  edit: act(z.object({ messageId: id, content: text }), ({ window }, { messageId, content }) => {
    window.person.edits({ id: messageId }, content);
    return DONE;
  }),
  delete: act(z.object({ messageId: id }), ({ window }, { messageId }) => {
    window.person.deletes({ id: messageId });
    return DONE;
  }),
  'dismiss-message': act(z.object({ messageId: id }), ({ window }, { messageId }) => {
    window.person.dismissesMessage({ id: messageId });
    return DONE;
  }),
} satisfies Record<string, Act>;

const worldActs = {
  advance: act(
    z.object({
      ms: z
        .number()
        .int()
        .min(1)
        .max(10 * 366 * 86_400_000),
    }),
    async ({ host }, { ms }) => {
      await host.advance(ms);
      return DONE;
    },
  ),
  'advance-to': act(
    z.object({ instant: z.iso.datetime({ offset: true }) }),
    async ({ host }, { instant }) => {
      const ms = Date.parse(instant) - host.clock.now().getTime();
      if (ms <= 0) throw new ClientRefusal('Time does not go back: choose a later moment.');
      await host.advance(ms);
      return DONE;
    },
  ),
  bot: act(z.object({ order: z.enum(['start', 'kill', 'stop']) }), async ({ host }, { order }) => {
    if (host.bot === null) throw new ClientRefusal('The bot is not a process of this sandbox.');
    if (order === 'start' && host.bot.isRunning) throw new ClientRefusal('The bot runs already.');
    await host.bot[order]();
    return DONE;
  }),
} satisfies Record<string, Act>;

/** All that the page can ask for, by name. */
const acts: Readonly<Record<string, Act>> = { ...personActs, ...ownerActs, ...worldActs };

/** Does what the page asks for. What Discord's client would refuse is an answer, not an error. */
export async function perform(context: ActContext, name: string, input: unknown): Promise<ActResult> {
  const found = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (found === undefined) return refused(`The sandbox has no act "${name}".`);
  const parsed = found.shape.safeParse(input);
  if (!parsed.success) return refused(z.prettifyError(parsed.error));
  try {
    return await found.run(context, parsed.data);
  } catch (error) {
    if (error instanceof ClientRefusal) return refused(error.message);
    throw error;
  }
}

function refused(sentence: string): ActResult {
  return { kind: 'refused', sentence };
}

function replied({ person }: PageWindow, reply: Reply): ActResult {
  if (reply.failed !== null) return refused(reply.failed);
  const modal = reply.modal === null ? null : person.openModal;
  return modal === null ? DONE : { kind: 'modal', modal };
}

function here({ channel }: PageWindow): { in?: { id: string } | 'dm' } {
  if (channel === undefined) return {};
  return { in: channel.guildId === null ? 'dm' : channel };
}

function toOptions(sent: Record<string, z.output<typeof value>>): Record<string, OptionInput> {
  return sent;
}
