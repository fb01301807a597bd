import { z } from 'zod';
import { ClientRefusal } from '../people/client-refusal.ts';
import type { Reply } from '../people/reply.ts';
import type { FileInput } from '../state/files.ts';
import type { Act } from './act.ts';
import { act, DONE, id, refused } from './act.ts';
import type { PageWindow } from './page-window.ts';
import type { ActResult } from './protocol.ts';
import { search } from './search.ts';

const text = z.string().max(4000);
const path = z.string().min(1).max(100);
/** A file as the page sends it. */
const file = z
  .object({
    filename: z.string().min(1).max(260),
    contentType: z.string().max(100),
    base64: z.base64(),
  })
  .transform(({ base64, ...about }): FileInput => ({ ...about, bytes: Buffer.from(base64, 'base64') }));
const files = z.array(file).max(25);
const value = z.union([z.string().max(6000), z.number(), z.boolean(), z.object({ id }), file]);
const options = z.record(z.string().max(32), value);
const field = z.union([text, z.boolean(), z.array(z.string().max(100)).max(25), files]);
const emoji = z.string().min(1).max(100);
const nothing = z.object({});

/** What anybody does in Discord's client. */
export const personActs = {
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
  search: act(
    z.object({
      kinds: z.array(z.enum(['user', 'role', 'channel'])).max(3),
      words: z.string().max(100),
      channelTypes: z.array(z.number()).max(20).default([]),
    }),
    ({ host, window }, wanted) => ({ kind: 'found', items: search(host.sandbox.world, window, wanted) }),
  ),

  run: act(z.object({ path, options }), async ({ window }, input) =>
    replied(window, await window.person.runs(`/${input.path}`, input.options, here(window))),
  ),
  complete: act(z.object({ path, options, focused: path }), async ({ window }, input) => ({
    kind: 'choices',
    choices: await window.person.autocompletes(`/${input.path}`, input.options, input.focused, here(window)),
  })),
  click: act(z.object({ messageId: id, customId: path }), async ({ window }, { messageId, customId }) =>
    replied(window, await window.person.clicks({ customId }, { on: { id: messageId } })),
  ),
  pick: act(
    z.object({ messageId: id, customId: path, values: z.array(z.string().max(100)).max(25) }),
    async ({ window }, { messageId, customId, values }) =>
      replied(window, await window.person.picks({ customId }, values, { on: { id: messageId } })),
  ),
  'use-on-message': act(z.object({ path, messageId: id }), async ({ window }, { path: name, messageId }) =>
    replied(window, await window.person.usesOnMessage(name, { id: messageId })),
  ),
  'use-on-member': act(z.object({ path, userId: id }), async ({ window }, { path: name, userId }) =>
    replied(window, await window.person.usesOnMember(name, { id: userId }, here(window))),
  ),
  submit: act(z.object({ fields: z.record(path, field) }), async ({ window }, { fields }) =>
    replied(window, await window.person.submits(fields)),
  ),
  dismiss: act(nothing, ({ window }) => {
    window.person.dismisses();
    return DONE;
  }),

  write: act(
    z.object({ content: text, replyTo: id.optional(), files: files.default([]) }),
    ({ window }, { content, replyTo, files: sent }) => {
      const { channel, person } = window;
      if (channel === undefined) throw new ClientRefusal('This channel is gone.');
      person.writes(channel, content, {
        files: sent,
        ...(replyTo === undefined ? {} : { replyTo: { id: replyTo } }),
      });
      return DONE;
    },
  ),
  edit: act(z.object({ messageId: id, content: text }), ({ window }, { messageId, content }) => {
    window.person.edits({ id: messageId }, content);
    return DONE;
  }),
  delete: act(z.object({ messageId: id }), ({ window }, { messageId }) => {
    window.person.deletes({ id: messageId });
    return DONE;
  }),
  react: act(z.object({ messageId: id, emoji }), ({ window }, { messageId, emoji: chosen }) => {
    window.person.reacts({ id: messageId }, chosen);
    return DONE;
  }),
  unreact: act(z.object({ messageId: id, emoji }), ({ window }, { messageId, emoji: chosen }) => {
    window.person.unreacts({ id: messageId }, chosen);
    return DONE;
  }),
  pin: act(z.object({ messageId: id }), ({ window }, { messageId }) => {
    window.person.pins({ id: messageId });
    return DONE;
  }),
  unpin: act(z.object({ messageId: id }), ({ window }, { messageId }) => {
    window.person.unpins({ id: messageId });
    return DONE;
  }),
  post: act(z.object({ name: text, content: text }), ({ window }, { name, content }) => {
    const { channel, person, guild } = window;
    if (channel === undefined) throw new ClientRefusal('This channel is gone.');
    const { id: channelId } = person.posts(channel, name, content);
    return { kind: 'entered', guildId: guild.id, userId: person.id, channelId };
  }),
  'start-thread': act(z.object({ messageId: id, name: text }), ({ window }, { messageId, name }) => {
    const { channel, person } = window;
    if (channel === undefined) throw new ClientRefusal('This channel is gone.');
    person.startsThread(channel, name, { from: { id: messageId } });
    return DONE;
  }),
  'dismiss-message': act(z.object({ messageId: id }), ({ window }, { messageId }) => {
    window.person.dismissesMessage({ id: messageId });
    return DONE;
  }),
} satisfies Record<string, Act>;

function replied({ person }: PageWindow, reply: Reply): ActResult {
  if (reply.failed !== null) return refused(reply.failed);
  const modal = reply.modal === null ? null : person.openModal;
  return modal === null ? DONE : { kind: 'modal', modal };
}

function here({ channel }: PageWindow): { in?: { id: string } } {
  return channel === undefined ? {} : { in: channel };
}
