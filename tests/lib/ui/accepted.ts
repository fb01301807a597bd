import {
  InteractionResponseType,
  MessageFlags,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import { createJudge } from '../../../sandbox/judge/judge.ts';

const judge = createJudge({ openapi: process.env['DISCORD_OPENAPI'] });

interface Message {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly unknown[];
}

/** What Discord would have against a message; empty when it takes it. */
export function problemsOfMessage(body: Message): string[] {
  return judge.request({ method: 'POST', path: '/channels/1328374655667123456/messages', body }).problems;
}

/** The same for one of Components V2. */
export function problemsOfPanel(components: readonly APIMessageTopLevelComponent[]): string[] {
  const body = { flags: MessageFlags.IsComponentsV2, components };
  return judge.request({ method: 'POST', path: '/channels/1328374655667123456/messages', body }).problems;
}

/** The same for a modal. */
export function problemsOfModal(data: APIModalInteractionResponseCallbackData): string[] {
  const body = { type: InteractionResponseType.Modal, data };
  return judge.request({ method: 'POST', path: '/interactions/400/aW50/callback', body }).problems;
}
