import type { Gateway } from '../gateway/gateway.ts';
import { serialiseGuildCreate } from '../state/guilds.ts';
import type { GuildRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { dispatch } from '../state/world.ts';
import type { FaultList, Target } from './fault-list.ts';
import { fillCategory } from './full-category.ts';
import { answerOf, meansEvent, meansRequest } from './matching.ts';
import type { FaultOrderInput, PendingFault } from './order.ts';
import { FaultOrder } from './order.ts';
import { revokePermission } from './revoked-permission.ts';

export interface SandboxFaults {
  /** What is switched on, oldest first. */
  readonly pending: readonly PendingFault[];
  /**
   * Switches on a fault of the catalogue.
   * @param onStrike called each time that it strikes.
   * @returns its id; null for one that is over at once.
   * @throws ZodError for a malformed order, Error with a sentence for people when it is impossible as things are.
   */
  switchOn(order: FaultOrderInput, onStrike?: () => void): number | null;
  /** False when it is over already. */
  switchOff(id: number | null): boolean;
  /** Switches all of them off. */
  clear(): void;
}

export function createFaults(world: World, list: FaultList, gateway: Gateway): SandboxFaults {
  return {
    get pending() {
      return list.pending;
    },
    switchOn: (order, onStrike) => switchOn({ world, list, gateway }, FaultOrder.parse(order), onStrike),
    switchOff: (id) => id !== null && list.remove(id),
    clear: () => list.clear(),
  };
}

interface Parts {
  readonly world: World;
  readonly list: FaultList;
  readonly gateway: Gateway;
}

function switchOn(parts: Parts, order: FaultOrder, onStrike: (() => void) | undefined): number | null {
  const { world, list, gateway } = parts;
  const add = (target: Target): number =>
    list.add({ target, order, times: timesOf(order, target), forMs: forMsOf(order), onStrike });
  switch (order.fault) {
    case 'close':
      gateway.closeAll();
      return null;
    case 'reconnect':
      gateway.askAllToReconnect();
      return null;
    case 'invalid session':
      gateway.invalidateAll(false);
      return null;
    case 'invalid session to resume':
      gateway.invalidateAll(true);
      return null;
    case 'lost events':
      return add({ kind: 'event', fits: (name) => meansEvent(order.on, name) });
    case 'unanswered heartbeats':
      return add({ kind: 'heartbeat' });
    case 'server unavailable':
      return add({ kind: 'state', end: takeAway(parts, order) });
    case 'full category':
      return add({ kind: 'state', end: fillCategory(world, findGuild(world, order.guildId), order) });
    case 'permission revoked':
      return add({ kind: 'state', end: revokePermission(world, findGuild(world, order.guildId), order) });
    default:
      return add({ kind: 'request', fits: (one) => meansRequest(order, one), answer: answerOf(order) });
  }
}

function timesOf(order: FaultOrder, { kind }: Target): number {
  const isEndless = kind === 'state' || forMsOf(order) !== undefined;
  const times = ('times' in order ? order.times : undefined) ?? (isEndless ? 'every' : 1);
  return times === 'every' ? Number.POSITIVE_INFINITY : times;
}

function forMsOf(order: FaultOrder): number | undefined {
  return 'forMs' in order ? order.forMs : undefined;
}

function findGuild(world: World, guildId: string): GuildRecord {
  const guild = world.guilds.get(guildId);
  if (!guild) throw new Error('There is no such server.');
  return guild;
}

/** Lets an outage of a guild begin; the result ends it, unless there is another one by then. */
function takeAway({ world, list }: Parts, { guildId }: { guildId: string }): () => void {
  const guild = findGuild(world, guildId);
  if (guild.available) setAvailable(world, guild, false);
  return () => {
    const isAnother = ({ order }: PendingFault): boolean =>
      order.fault === 'server unavailable' && order.guildId === guildId;
    if (!list.pending.some(isAnother)) setAvailable(world, guild, true);
  };
}

function setAvailable(world: World, guild: GuildRecord, available: boolean): void {
  guild.available = available;
  if (available)
    dispatch(world, 'GUILD_CREATE', serialiseGuildCreate(world, guild, true), { guildId: guild.id });
  else dispatch(world, 'GUILD_DELETE', { id: guild.id, unavailable: true }, { guildId: guild.id });
}
