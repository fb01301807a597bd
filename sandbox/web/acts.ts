import { z } from 'zod';
import { ClientRefusal } from '../people/client-refusal.ts';
import { actAs } from '../state/world.ts';
import type { Act, ActContext } from './act.ts';
import { refused } from './act.ts';
import { breakActs } from './break-acts.ts';
import { ownerActs } from './owner-acts.ts';
import { personActs } from './person-acts.ts';
import type { ActResult } from './protocol.ts';
import { worldActs } from './world-acts.ts';

/** All that the page can ask for, by name. */
const acts: Readonly<Record<string, Act>> = { ...personActs, ...ownerActs, ...worldActs, ...breakActs };

/** Does what the page asks for. What Discord's client would refuse is an answer, not an error. */
export async function perform(context: ActContext, name: string, input: unknown): Promise<ActResult> {
  const found = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (found === undefined) return refused(`The sandbox has no act "${name}".`);
  const parsed = found.shape.safeParse(input);
  if (!parsed.success) return refused(z.prettifyError(parsed.error));
  try {
    const actor = { userId: context.window.person.id };
    return await actAs(context.host.sandbox.world, actor, () => found.run(context, parsed.data));
  } catch (error) {
    if (error instanceof ClientRefusal) return refused(error.message);
    throw error;
  }
}
