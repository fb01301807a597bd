import { UserError } from '#lib/errors/user-error';
import { html, type Html } from '#lib/http/html';
import { defaultLocale, translator, type SentenceKey } from '#lib/i18n/translate';
import { announceChange } from '#lib/settings/announce';
import { isSettingKey, scopeOf, scopes, settingKeys, type SettingKey } from '#lib/settings/definitions';
import { searchSettings } from '#lib/settings/search';
import type { EffectiveSetting } from '#lib/settings/settings';
import { parseSettingValue, settingDescription, settingName } from '#lib/settings/values';
import { changeText } from '#lib/settings/views';
import type { DashboardDeps } from './deps.ts';
import { discordText } from './discord-text.ts';
import { csrfField, guildPath } from './layout.ts';
import { readingOf, type GuildCall, type PageReply } from './page-route.ts';
import { PageProblem } from './page-problem.ts';
import { settingHint, settingInput } from './setting-inputs.ts';

/** What is typed into a search; nothing longer finds a setting. */
const SEARCH_MAX = 100;

/** Which settings are shown: a group of them, or what a search finds. */
interface Selection {
  readonly scope: string;
  readonly search: string;
}

interface Refused {
  readonly key: SettingKey;
  readonly typed: string;
  readonly why: string;
}

/** The settings of one group, or those that a search finds. */
export function settingsPage(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { query } = call;
  return show(deps, call, selectionOf(query['scope'], query['q']), null);
}

/** Changes one setting. What `/config` refuses is refused here in the same words, beside the field. */
export async function changeSetting(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, form, guild, member, session } = call;
  const key = form.get('key') ?? '';
  if (!isSettingKey(key)) throw new PageProblem(404, 'dashboard:problem.notFound');
  const typed = (form.get('value') ?? '').trim();
  const selection = selectionOf(scopeOf(key), form.get('q') ?? undefined);
  try {
    const isReset = form.get('action') === 'reset' || typed === '';
    const change = await deps.settings.change({
      guildId: guild.id,
      key,
      value: isReset ? null : parseSettingValue(guild, key, typed, member),
      changedBy: session.userId,
      seenVersion: form.get('seen') ?? '',
    });
    await announceChange(deps.logChannel, guild.id, change);
    return {
      kind: 'see',
      path: `${addressOf(guild.id, selection)}#${key}`,
      say: { kind: 'done', text: changeText(t, change) },
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return show(deps, call, selection, { key, typed, why: t(error.sentence, error.values) });
  }
}

function selectionOf(scope: string | undefined, search: string | undefined): Selection {
  const typed = (search ?? '').trim().slice(0, SEARCH_MAX);
  return { scope: scopes.find((one) => one === scope) ?? scopes[0] ?? '', search: typed };
}

function addressOf(guildId: string, { scope, search }: Selection): string {
  const query = new URLSearchParams(search === '' ? [['scope', scope]] : [['q', search]]);
  return `${guildPath(guildId, 'settings')}?${query.toString()}`;
}

async function show(
  deps: DashboardDeps,
  call: GuildCall,
  selection: Selection,
  refused: Refused | null,
): Promise<PageReply> {
  const { t, guild } = call;
  const { scope, search } = selection;
  const keys =
    search === ''
      ? settingKeys.filter((key) => scopeOf(key) === scope)
      : searchSettings(search, [t, translator(defaultLocale)]);
  const all = await deps.settings.list(guild.id);
  const shown = all.filter(({ key }) => keys.includes(key));
  const title = t('dashboard:page.settings');
  const path = guildPath(guild.id, 'settings');
  const body = html`<div class="buttons">
      <form class="search" method="get" action="${path}" role="search">
        <input
          type="search"
          name="q"
          value="${search}"
          maxlength="${SEARCH_MAX}"
          aria-label="${t('dashboard:settings.search')}"
          placeholder="${t('dashboard:settings.search')}"
        /><button>${t('dashboard:settings.find')}</button>
      </form>
      <p><a href="${path}/history">${t('dashboard:settings.history')}</a></p>
    </div>
    <div class="settings">
      <nav class="groups" aria-label="${t('dashboard:settings.groups')}">
        <ul>
          ${scopes.map(
            (one) =>
              html`<li>
                <a
                  href="${addressOf(guild.id, { scope: one, search: '' })}"
                  ${one === scope && search === '' && html` aria-current="page"`}
                  >${t(`settings:scopes.${one}` as SentenceKey)}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      <section aria-labelledby="shown">
        <h2 id="shown">
          ${search === '' ? t(`settings:scopes.${scope}` as SentenceKey) : t('dashboard:settings.found', { count: shown.length, search })}
        </h2>
        ${shown.length === 0 ? html`<p>${t('dashboard:settings.nothingFound')} <a href="${path}">${t('dashboard:settings.all')}</a></p>` : html`<div class="card">${shown.map((setting) => settingForm(call, setting, search, refused?.key === setting.key ? refused : null))}</div>`}
      </section>
    </div>`;
  return { kind: 'page', title, body, status: refused === null ? 200 : 422 };
}

function settingForm(
  call: GuildCall,
  setting: EffectiveSetting,
  search: string,
  refused: Refused | null,
): Html {
  const { t, guild, session } = call;
  const { key, overridden, version } = setting;
  const reading = readingOf(call);
  const id = `value-${key}`;
  const describedBy = [...(refused === null ? [] : [`error-${key}`]), `about-${key}`, `hint-${key}`].join(
    ' ',
  );
  return html`<form class="setting" id="${key}" method="post" action="${guildPath(guild.id, 'settings')}">
    ${csrfField(session)}<input type="hidden" name="key" value="${key}" /><input
      type="hidden"
      name="seen"
      value="${version}"
    /><input type="hidden" name="q" value="${search}" />
    <div>
      <label for="${id}">${settingName(t, key)}</label>
      <p id="about-${key}">${settingDescription(t, key)}</p>
      <p class="hint" id="hint-${key}">${discordText(settingHint(t, key), reading)}</p>
    </div>
    <div class="control">
      ${refused !== null && html`<p class="error" id="error-${key}" role="alert">${discordText(refused.why, reading)}</p>`}
      ${settingInput(t, guild, setting, { id, typed: refused?.typed ?? null, describedBy })}
      <div class="buttons">
        <button
          class="main"
          aria-label="${t('dashboard:settings.saveOne', { setting: settingName(t, key) })}"
        >
          ${t('dashboard:save')}</button
        >${overridden && html`<button name="action" value="reset" aria-label="${t('dashboard:settings.resetOne', { setting: settingName(t, key) })}">${t('config:panel.reset')}</button>`}
      </div>
    </div>
  </form>`;
}
