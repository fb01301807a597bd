import type { REST } from 'discord.js';
import { RESTEvents } from 'discord.js';
import { NoLonger } from '#lib/discord/only-while';
import type { Metrics } from './metrics.ts';

/** The parts of Discord's addresses that are no ids, codes, tokens or names; everything else becomes `:id`. */
const WORDS = new Set(
  `@me @original applications audit-logs auto-moderation bans bot bulk-ban bulk-delete callback channels commands connect crosspost
  current-user-application emojis entitlements events expire followers gateway guild guild-events guilds integrations interactions invites members
  messages mfa new-member-welcome oauth2 onboarding permissions pins polls preview private prune public reactions recipients regions
  requests role-connections roles rules scheduled-events search skus slack github soundboard-sounds sounds stage-instances sticker-packs
  stickers templates thread-members threads tokens typing users vanity-url voice voice-states webhooks welcome-screen widget active
  archived answers`.split(/\s+/),
);

/** What a request to Discord is for: its path without the version, with `:id` for whatever is no fixed part of it. */
export function routeTemplate(pathname: string): string {
  const parts = pathname.replace(/^.*?\/v\d+(?=\/)/, '').split('/');
  return parts.map((part) => (part === '' || WORDS.has(part) ? part : ':id')).join('/');
}

const CALLBACK = /\/interactions\/(\d+)\/[^/]+\/callback$/;
const INVALID = new Set([401, 403, 429]);

/**
 * Counts and times each request of a client to Discord, each repetition for itself.
 * @param onCallback told when Discord took the first response to an interaction, or did not.
 */
export function watchDiscordRequests(
  metrics: Metrics,
  rest: REST,
  onCallback: (interactionId: string, isTaken: boolean) => void,
): void {
  const { options } = rest;
  const make = options.makeRequest;
  options.makeRequest = async (url, init) => {
    const { pathname } = new URL(url);
    const method = init.method ?? 'GET';
    const begun = performance.now();
    const note = (status: string): void =>
      metrics.discordRequests.inc({ method, route: routeTemplate(pathname), status });
    try {
      const response = await make(url, init);
      const ms = performance.now() - begun;
      const { status, headers } = response;
      metrics.windows.discord.note(ms);
      if (status >= 500) metrics.windows.discord.noteFailure();
      metrics.discordTimes.observe({ method }, ms / 1_000);
      note(`${Math.floor(status / 100)}xx`);
      const scope = headers.get('x-ratelimit-scope');
      if (status === 429) metrics.discordRateLimits.inc({ scope: scopeOf(scope) });
      if (INVALID.has(status) && scope !== 'shared') metrics.discordInvalid.inc();
      const interaction = CALLBACK.exec(pathname)?.[1];
      if (interaction !== undefined) onCallback(interaction, response.ok);
      return response;
    } catch (error) {
      // It never left.
      if (error instanceof NoLonger) throw error;
      metrics.windows.discord.note(null);
      metrics.windows.discord.noteFailure();
      note('failed');
      throw error;
    }
  };
  rest.on(RESTEvents.RateLimited, (info) =>
    metrics.discordWaits.inc({ scope: info.global ? 'global' : scopeOf(info.scope) }),
  );
}

function scopeOf(said: string | null): string {
  return said === 'user' || said === 'global' || said === 'shared' ? said : 'unknown';
}
