import type { Route } from '@sapphire/plugin-api';
import { topBody, topQuery } from '#lib/analytics/shapes';
import { commandCounts, DAYS, TOP } from '#lib/analytics/stats';
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
    const { top } = await commandCounts(this.container.analytics, { guildId, days, limit });
    const body = {
      commands: Object.fromEntries(top.map(({ name, count }) => [name, count])),
      period_days: days,
      guild_id: guildId,
      total_commands: top.length,
    };
    return { status: 200, body };
  }
}
