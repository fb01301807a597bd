import { PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import type { PermissionName } from '../permissions.ts';
import { CONNECTION_FAULTS, EVENTS, REQUEST_FAULTS, REQUESTS } from './catalogue.ts';

const DAY_MS = 86_400_000;
const MOST_TIMES = 1_000_000;
/** Longer than any client waits for an answer. */
const LONGEST_WAIT_MS = 10 * 60_000;

const id = z.string().regex(/^\d{1,20}$/);
const permission = z.enum(Object.keys(PermissionFlagsBits) as PermissionName[]);

/**
 * For how long, in real time: what waits and gives up, the bot's HTTP client and its gateway connection, does so in real time as well,
 * and a day that somebody skips on the sandbox's clock should not end what they have just broken.
 */
const forMs = z.int().min(1).max(DAY_MS).optional();

/** With neither of the two it strikes once; with `forMs` alone as often as it can until then; with both whichever is over first. */
const lasting = {
  /** 'every': until it is switched off. */
  times: z.union([z.int().min(1).max(MOST_TIMES), z.literal('every')]).optional(),
  forMs,
};

const requests = z.union([
  z.enum(REQUESTS.map(({ name }) => name)),
  // "POST /channels/*/messages", as in the catalogue.
  z
    .string()
    .max(300)
    .regex(/^(\*|GET|POST|PUT|PATCH|DELETE) \/\S*$/, 'Not a pattern such as "POST /channels/*/messages".'),
]);
const events = z.union([
  z.enum(EVENTS.map(({ name }) => name)),
  z
    .string()
    .max(60)
    .regex(/^([A-Z_]+\*?|\*)$/, 'Not the name of an event such as MESSAGE_CREATE.'),
]);

/** A fault of the catalogue, where it is to strike and for how long. Plain JSON. */
export const FaultOrder = z.discriminatedUnion('fault', [
  z.object({
    fault: z.enum(REQUEST_FAULTS.map(({ name }) => name)),
    on: z.union([requests, z.array(requests).max(20)]).default('all'),
    /** Only requests whose body, as JSON, has this text in it. */
    containing: z.string().max(200).optional(),
    /** In place of the catalogue's, for those that have one. */
    waitMs: z.int().min(1).max(LONGEST_WAIT_MS).optional(),
    ...lasting,
  }),
  z.object({ fault: z.literal('lost events'), on: events.default('all'), ...lasting }),
  z.object({ fault: z.literal('unanswered heartbeats'), ...lasting }),
  z.object({ fault: z.enum(CONNECTION_FAULTS.map(({ name }) => name)) }),
  z.object({ fault: z.literal('server unavailable'), guildId: id, forMs }),
  z.object({
    fault: z.literal('full category'),
    guildId: id,
    /** Left out, a new category is made. */
    categoryId: id.optional(),
    /** How many channels it then has. */
    channels: z.int().min(1).max(50).default(50),
    forMs,
  }),
  z.object({
    fault: z.literal('permission revoked'),
    guildId: id,
    permission,
    /** Left out, in the whole server. */
    channelId: id.optional(),
    forMs,
  }),
]);

export type FaultOrder = z.output<typeof FaultOrder>;
/** An order in which what has a default may be left out. */
export type FaultOrderInput = z.input<typeof FaultOrder>;
type RequestFaultName = (typeof REQUEST_FAULTS)[number]['name'];
export type RequestOrder = Extract<FaultOrder, { fault: RequestFaultName }>;
export type RequestOrderInput = Extract<FaultOrderInput, { fault: RequestFaultName }>;

/** A fault that is switched on, as others are told of it. */
export interface PendingFault {
  readonly id: number;
  readonly order: FaultOrder;
  /** How often it still strikes; null for no limit. */
  readonly left: number | null;
  readonly struck: number;
  /** When it ends by itself: ISO text, in real time; null for never. */
  readonly endsAt: string | null;
}
