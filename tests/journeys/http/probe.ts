import { container } from '@sapphire/framework';
import type { Route } from '@sapphire/plugin-api';
import { z } from 'zod';
import { ApiRoute, defineRoute, type Reply } from '#lib/http/route';

const path = z.object({ guild_id: z.string() });
const answers = { 204: { description: 'Done.', body: null } };

const reading = defineRoute({
  operation: 'readProbe',
  summary: 'A guild of one’s own.',
  tag: 'probe',
  rule: { who: 'guild-admin', scope: 'settings:read' },
  path,
  answers,
});

const writing = defineRoute({
  operation: 'writeProbe',
  summary: 'Writes in it.',
  tag: 'probe',
  rule: { who: 'guild-admin', scope: 'settings:write' },
  path,
  answers,
});

class ReadProbe extends ApiRoute<typeof reading> {
  public constructor(context: Route.LoaderContext) {
    super(context, reading);
  }

  public override handle(): Promise<Reply> {
    return Promise.resolve({ status: 204 });
  }
}

class WriteProbe extends ApiRoute<typeof writing> {
  public constructor(context: Route.LoaderContext) {
    super(context, writing);
  }

  public override handle(): Promise<Reply> {
    return Promise.resolve({ status: 204 });
  }
}

/** Adds `GET` and `PUT /probe/[guild_id]` to the bot that runs: routes of which a test knows all. */
export async function loadProbe(): Promise<void> {
  await container.stores.loadPiece({ store: 'routes', name: 'probe/[guild_id].get', piece: ReadProbe });
  await container.stores.loadPiece({ store: 'routes', name: 'probe/[guild_id].put', piece: WriteProbe });
}
