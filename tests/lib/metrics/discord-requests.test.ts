import { expect, test } from 'vitest';
import { routeTemplate } from '#lib/metrics/discord-requests';

test.each([
  ['/api/v10/channels/1234/messages/5678', '/channels/:id/messages/:id'],
  [
    '/v10/channels/1234/messages/5678/reactions/%F0%9F%91%8D/@me',
    '/channels/:id/messages/:id/reactions/:id/@me',
  ],
  ['/api/v10/interactions/1234/aW50ZXJhY3Rpb246/callback', '/interactions/:id/:id/callback'],
  ['/api/v10/webhooks/1234/secret-token/messages/@original', '/webhooks/:id/:id/messages/@original'],
  ['/api/v10/invites/abcdef', '/invites/:id'],
  ['/api/v10/guilds/1234/members/search', '/guilds/:id/members/search'],
  ['/elsewhere/at/all', '/:id/:id/:id'],
])('%s is counted as %s', (path, template) => {
  expect(routeTemplate(path)).toBe(template);
});
