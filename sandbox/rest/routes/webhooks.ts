import { MessageFlags } from 'discord-api-types/v10';
import { serialiseMessage } from '../../state/message-payloads.ts';
import type { MessageRecord } from '../../state/records.ts';
import { unknownMessage } from '../errors.ts';
import { attachFiles, changesFrom, contentFrom } from '../message-bodies.ts';
import type { RestAnswer, Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';
import type { TokenRequest, WebhookTarget } from '../webhook-targets.ts';
import { reachTarget } from '../webhook-targets.ts';

/* Messages by an id and its token alone: follow-ups of an interaction, and what a webhook posts in its channel. */

interface Reached {
  target: WebhookTarget;
  message: MessageRecord;
}

export const webhookRoutes: readonly Route[] = [
  route(
    'POST',
    '/webhooks/{application}/{token}',
    (request) => {
      const { world, body, query } = request;
      const target = reachTarget(request);
      const { channel } = target;
      const message = target.post(contentFrom(body, attachFiles(request, body, channel)));
      if (!target.alwaysShows && query.get('wait') !== 'true') return noContent;
      return ok(serialiseMessage(world, channel, message));
    },
    { needsToken: false },
  ),

  route(
    'GET',
    '/webhooks/{application}/{token}/messages/@original',
    (request) => show(request, original(request)),
    { needsToken: false },
  ),
  route(
    'PATCH',
    '/webhooks/{application}/{token}/messages/@original',
    (request) => edit(request, original(request)),
    { needsToken: false, about: (request) => ({ messageFlags: flagsOf(original(request)) }) },
  ),
  route(
    'DELETE',
    '/webhooks/{application}/{token}/messages/@original',
    (request) => remove(original(request)),
    { needsToken: false },
  ),

  route(
    'GET',
    '/webhooks/{application}/{token}/messages/{message}',
    (request) => show(request, own(request, request.parameters.message)),
    { needsToken: false },
  ),
  route(
    'PATCH',
    '/webhooks/{application}/{token}/messages/{message}',
    (request) => edit(request, own(request, request.parameters.message)),
    {
      needsToken: false,
      about: (request) => ({ messageFlags: flagsOf(own(request, request.parameters.message)) }),
    },
  ),
  route(
    'DELETE',
    '/webhooks/{application}/{token}/messages/{message}',
    (request) => remove(own(request, request.parameters.message)),
    { needsToken: false },
  ),
];

function original(request: TokenRequest): Reached {
  const target = reachTarget(request);
  const message = target.channel.messages.get(target.originalId ?? '');
  if (!message) throw unknownMessage();
  return { target, message };
}

/** A message that came about through this id and token. */
function own(request: TokenRequest, messageId: string): Reached {
  const target = reachTarget(request);
  const message = target.channel.messages.get(messageId);
  if (!message || !target.owns(message)) throw unknownMessage();
  return { target, message };
}

function show({ world }: TokenRequest, { target, message }: Reached): RestAnswer {
  return ok(serialiseMessage(world, target.channel, message));
}

function edit(request: TokenRequest, { target, message }: Reached): RestAnswer {
  const { world, body } = request;
  const { channel } = target;
  target.edit(message, changesFrom(body, attachFiles(request, body, channel), message.attachments));
  return ok(serialiseMessage(world, channel, message));
}

function remove({ target, message }: Reached): RestAnswer {
  target.remove(message);
  return noContent;
}

/** What the judge must know of the message: a "thinking" one may still become one of components alone. */
function flagsOf({ message: { flags } }: Reached): number | undefined {
  return flags & MessageFlags.Loading ? undefined : flags;
}
