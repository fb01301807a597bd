import type { Guild } from 'discord.js';
import type { Session } from '#lib/access/sessions';
import { html, type Fragment, type Html } from '#lib/http/html';
import type { Locale, Translate } from '#lib/i18n/translate';
import { discordText } from './discord-text.ts';
import type { Said } from './said.ts';

/** What a page may load: our stylesheet and pictures in the page itself; no script at all. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

export const STYLESHEET_PATH = '/dashboard.css';

/** The pages of a guild, in the order of the menu; the first is its own address. */
export const guildPages = [
  'overview',
  'settings',
  'reminders',
  'tickets',
  'onboarding',
  'faq',
  'commands',
] as const;
export type GuildPage = (typeof guildPages)[number];

/** The address of a page of a guild. */
export function guildPath(guildId: string, page: GuildPage = 'overview'): string {
  return page === 'overview' ? `/guilds/${guildId}` : `/guilds/${guildId}/${page}`;
}

export interface Surroundings {
  readonly t: Translate;
  readonly locale: Locale;
  /** Null: nobody is signed in. */
  readonly session: Session | null;
  /** Path and query of the page, where a change of the language leads back to. */
  readonly address: string;
  readonly guild: { readonly guild: Guild; readonly page: GuildPage; readonly zone: string } | null;
  readonly said: Said | null;
}

/** A whole page. @param title its heading; also the name of the window. */
export function layout(around: Surroundings, title: string, body: Fragment): Html {
  const { t, locale, session, guild, said } = around;
  const name = [title, guild?.guild.name, 'Alphapy'].filter(Boolean).join(' · ');
  const reading = { guild: guild?.guild ?? null, locale, zone: guild?.zone ?? 'UTC' };
  return html`<!doctype html>
    <html lang="${locale === 'en-US' ? 'en' : locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${name}</title>
        <link rel="stylesheet" href="${STYLESHEET_PATH}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">${t('dashboard:skip')}</a>
        <header class="top">
          <div class="inner">
            <a class="brand" href="/">Alphapy</a>
            ${session !== null && guild !== null && html`<a class="switch" href="/">${guild.guild.name}<span class="quiet">${t('dashboard:switchGuild')}</span></a>`}
            <div class="who">
              ${languageForm(around)}${session !== null && html`<form method="post" action="/logout"><input type="hidden" name="csrf" value="${session.csrfToken}" /><span class="name">${session.userName}</span><button class="plain">${t('dashboard:signOut')}</button></form>`}
            </div>
          </div>
        </header>
        ${guild !== null && menu(t, guild)}
        <main id="main" tabindex="-1">
          <h1>${title}</h1>
          ${said !== null && html`<p class="said ${said.kind}" role="${said.kind === 'done' ? 'status' : 'alert'}">${discordText(said.text, reading)}</p>`}
          ${body}
        </main>
        <footer class="bottom">
          <p>
            ${guild === null ? t('dashboard:footer.plain') : t('dashboard:footer.zone', { zone: guild.zone })}
          </p>
        </footer>
      </body>
    </html> `;
}

function languageForm({ locale, session, address }: Surroundings): Html {
  const other: Locale = locale === 'nl' ? 'en-US' : 'nl';
  return html`<form method="post" action="/language">
    ${session !== null && csrfField(session)}<input type="hidden" name="return" value="${address}" /><button
      class="plain"
      name="language"
      value="${other}"
      lang="${other === 'nl' ? 'nl' : 'en'}"
    >
      ${other === 'nl' ? 'Nederlands' : 'English'}
    </button>
  </form>`;
}

function menu(t: Translate, { guild, page }: NonNullable<Surroundings['guild']>): Html {
  const links = guildPages.map(
    (one) =>
      html`<li>
        <a href="${guildPath(guild.id, one)}" ${one === page && html` aria-current="page"`}
          >${t(`dashboard:page.${one}`)}</a
        >
      </li>`,
  );
  return html`<nav class="menu" aria-label="${t('dashboard:menu')}">
    <ul>
      ${links}
    </ul>
  </nav>`;
}

/** Links to other parts of a list. @param label what they are, for who does not see them. */
export function pager(
  t: Translate,
  links: { readonly previous: string | null; readonly next: string | null },
): Html | null {
  const { previous, next } = links;
  if (previous === null && next === null) return null;
  return html`<nav class="pager" aria-label="${t('dashboard:pager.label')}">
    ${previous !== null && html`<a class="button" rel="prev" href="${previous}">${t('dashboard:pager.previous')}</a>`}
    ${next !== null && html`<a class="button" rel="next" href="${next}">${t('dashboard:pager.next')}</a>`}
  </nav>`;
}

/** A choice of what a list shows. */
export function filterLinks(
  label: string,
  links: readonly { readonly href: string; readonly text: string; readonly isCurrent: boolean }[],
): Html {
  return html`<nav class="filters" aria-label="${label}">
    <ul>
      ${links.map(
        ({ href, text, isCurrent }) =>
          html`<li><a href="${href}" ${isCurrent && html` aria-current="true"`}>${text}</a></li>`,
      )}
    </ul>
  </nav>`;
}

/** What every form of a person carries. */
export function csrfField({ csrfToken }: Session): Html {
  return html`<input type="hidden" name="csrf" value="${csrfToken}" />`;
}
