import type { Route } from '@sapphire/plugin-api';
import { z } from 'zod';
import { SCOPES } from '#lib/access/caller';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getCaller',
  summary: 'Who you are here, by the token, the key or the session that you send.',
  tag: 'access',
  rule: { who: 'person', scope: null },
  answers: {
    200: {
      description: 'You are known.',
      body: z.object({
        user_id: z.string(),
        by: z.enum(['supabase', 'session', 'key', 'service']),
        guild_id: z.string().nullable().describe('The guild that a key is bound to.'),
        scopes: z.array(z.enum(SCOPES)).nullable().describe('What a key may do; null: all that you may.'),
      }),
    },
  },
});

export class Me extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ caller }: Call<typeof definition>): Promise<Reply> {
    if (caller.kind === 'nobody') throw new Error('the rule lets nobody pass');
    const isKey = caller.kind === 'key';
    return Promise.resolve({
      status: 200,
      body: {
        user_id: caller.userId,
        by: caller.kind === 'person' ? caller.via : caller.kind,
        guild_id: isKey ? caller.guildId : null,
        scopes: isKey ? caller.scopes : null,
      },
    });
  }
}
