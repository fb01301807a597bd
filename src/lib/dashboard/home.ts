import { html } from '#lib/http/html';
import type { Rights } from '#lib/access/authorize';
import type { DashboardDeps } from './deps.ts';
import { guildPath } from './layout.ts';
import type { PageCall, PageReply } from './page-route.ts';

/** Where somebody signs in, or picks one of the servers that they may manage now and the bot is in. */
export async function homePage(
  deps: Pick<DashboardDeps, 'client'> & { readonly rights: Rights },
  { t, session }: PageCall,
): Promise<PageReply> {
  if (session === null)
    return {
      kind: 'page',
      title: t('dashboard:home.title'),
      body: html`<p class="lead">${t('dashboard:home.lead')}</p>
        <p><a class="button main" href="/login">${t('dashboard:signIn')}</a></p>
        <p class="quiet">${t('dashboard:home.whoMay')}</p>`,
    };
  const here = session.guildIds.flatMap((id) => deps.client.guilds.cache.get(id) ?? []);
  const may = await Promise.all(here.map(({ id }) => deps.rights.mayManageGuild(id, session.userId)));
  const guilds = here
    .filter((_guild, index) => may[index] === true)
    .toSorted((one, other) => one.name.localeCompare(other.name));
  return {
    kind: 'page',
    title: t('dashboard:home.pick'),
    body:
      guilds.length === 0
        ? html`<p class="lead">${t('dashboard:home.none')}</p>`
        : html`<ul class="rows">
            ${guilds.map(
              (guild) =>
                html`<li>
                  <div class="what">
                    <p class="title"><a href="${guildPath(guild.id)}">${guild.name}</a></p>
                    <p class="quiet">${t('dashboard:home.members', { count: guild.memberCount })}</p>
                  </div>
                </li>`,
            )}
          </ul>`,
  };
}
