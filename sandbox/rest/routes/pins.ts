import { ChannelType, MessageFlags, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { serialiseMessage } from '../../state/message-payloads.ts';
import { isWritten, MOST_PINS, pinMessage, pinsOf, publishMessage, unpinMessage } from '../../state/pins.ts';
import type { MessageRecord } from '../../state/records.ts';
import type { ChannelRecord } from '../../state/channel-records.ts';
import type { World } from '../../state/world.ts';
import { demandActive, demandInChannel, findMessage, manageChannel } from '../access.ts';
import { DiscordError, notForThisChannelType, systemMessage } from '../errors.ts';
import { mayReadHistory, reachTextChannel, shownToBot } from '../history.ts';
import type { RestAnswer, Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

/** The most in one page, and all that the older path shows. */
const PAGE = 50;

export const pinRoutes: readonly Route[] = [
  route('GET', '/channels/{channel}/messages/pins', ({ world, parameters, query }) => {
    const channel = reachTextChannel(world, parameters.channel);
    const before = query.get('before');
    const pins = readablePins(world, channel).filter(
      ({ pinnedAt }) => before === null || pinnedAt.getTime() < Date.parse(before),
    );
    const items = pins.slice(0, Number(query.get('limit') ?? PAGE)).map((message) => ({
      pinned_at: message.pinnedAt.toISOString(),
      message: shownToBot(world, channel, message),
    }));
    return ok({ items, has_more: items.length < pins.length });
  }),
  route('PUT', '/channels/{channel}/messages/pins/{message}', ({ world, parameters }) =>
    pin(world, parameters.channel, parameters.message),
  ),
  route('DELETE', '/channels/{channel}/messages/pins/{message}', ({ world, parameters }) =>
    unpin(world, parameters.channel, parameters.message),
  ),

  // The paths from before pins came in pages, which Discord still serves.
  route('GET', '/channels/{channel}/pins', ({ world, parameters }) => {
    const channel = reachTextChannel(world, parameters.channel);
    const pins = readablePins(world, channel).slice(0, PAGE);
    return ok(pins.map((message) => shownToBot(world, channel, message)));
  }),
  route('PUT', '/channels/{channel}/pins/{message}', ({ world, parameters }) =>
    pin(world, parameters.channel, parameters.message),
  ),
  route('DELETE', '/channels/{channel}/pins/{message}', ({ world, parameters }) =>
    unpin(world, parameters.channel, parameters.message),
  ),

  route('POST', '/channels/{channel}/messages/{message}/crosspost', ({ world, parameters }) => {
    const channel = manageChannel(world, parameters.channel, P.SendMessages);
    if (channel.type !== ChannelType.GuildAnnouncement) throw notForThisChannelType();
    const message = findMessage(channel, parameters.message);
    if (message.authorId !== world.application.botId) demandInChannel(world, channel, P.ManageMessages);
    if (!isWritten(message)) throw new DiscordError(400, 50068, 'Invalid message type');
    if (message.flags & MessageFlags.Crossposted) {
      throw new DiscordError(400, 40033, 'This message has already been crossposted.');
    }
    publishMessage(world, channel, message);
    return ok(serialiseMessage(world, channel, message));
  }),
];

function readablePins(world: World, channel: ChannelRecord): ReturnType<typeof pinsOf> {
  return mayReadHistory(world, channel) ? pinsOf(channel) : [];
}

function pin(world: World, channelId: string, messageId: string): RestAnswer {
  const { channel, message } = reachPinnable(world, channelId, messageId);
  if (!isWritten(message)) throw systemMessage();
  if (message.pinnedAt === null && pinsOf(channel).length >= MOST_PINS) {
    throw new DiscordError(400, 30003, `Maximum number of pins reached (${MOST_PINS})`);
  }
  pinMessage(world, channel, message, world.application.botId);
  return noContent;
}

function unpin(world: World, channelId: string, messageId: string): RestAnswer {
  const { channel, message } = reachPinnable(world, channelId, messageId);
  unpinMessage(world, channel, message);
  return noContent;
}

function reachPinnable(
  world: World,
  channelId: string,
  messageId: string,
): { channel: ChannelRecord; message: MessageRecord } {
  const channel = reachTextChannel(world, channelId);
  demandInChannel(world, channel, P.ReadMessageHistory | P.PinMessages);
  demandActive(channel);
  return { channel, message: findMessage(channel, messageId) };
}
