import { z } from 'zod';
import { FaultOrder } from '../faults/order.ts';
import { ClientRefusal } from '../people/client-refusal.ts';
import type { Act } from './act.ts';
import { act, DONE } from './act.ts';

/** What the sandbox lets anybody break; Discord has no such thing. */
export const breakActs = {
  break: act(FaultOrder, ({ host }, order) => {
    host.sandbox.faults.switchOn(order);
    return DONE;
  }),
  mend: act(z.object({ id: z.int() }), ({ host }, { id }) => {
    if (!host.sandbox.faults.switchOff(id)) throw new ClientRefusal('That is over already.');
    return DONE;
  }),
  'mend-all': act(z.object({}), ({ host }) => {
    host.sandbox.faults.clear();
    return DONE;
  }),
} satisfies Record<string, Act>;
