import type { Route } from '@sapphire/plugin-api';
import { topBody, topQuery } from '#lib/analytics/shapes';
import { DAYS, TOP, usageOf } from '#lib/analytics/usage';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getTopCommands',
  summary: 'Which commands are used most.',
  tag: 'metrics',
  rule: { who: 'guild-admin-or-operator', scope: 'metrics:read' },
  query: topQuery,
  answers: { 200: { description: 'By name, the most used first.', body: topBody } },
});

export class TopCommands extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override async handle({ query }: Call<typeof definition>): Promise<Reply> {
    const { guild_id: guildId = null, days = DAYS.default, limit = TOP.default } = query;
    const { commands } = await usageOf(this.container.analytics, {
      guildId,
      things: 'commands',
      days,
      limit,
    });
    const body = {
      commands: Object.fromEntries(commands.map(({ name, uses }) => [name, uses])),
      period_days: days,
      guild_id: guildId,
      total_commands: commands.length,
    };
    return { status: 200, body };
  }
}
