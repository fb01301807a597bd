import { UserError } from '#lib/errors/user-error';
import { html, type Html } from '#lib/http/html';
import { announceChange } from '#lib/settings/announce';
import { definitionOf, type SettingValue } from '#lib/settings/definitions';
import type { HistoryEntry } from '#lib/settings/queries';
import { displayValue, settingName } from '#lib/settings/values';
import { changeText } from '#lib/settings/views';
import type { DashboardDeps } from './deps.ts';
import { discordText, timeHtml } from './discord-text.ts';
import { csrfField, guildPath, pager } from './layout.ts';
import { peopleNames, type PeopleNames } from './names.ts';
import { readingOf, type GuildCall, type PageReply } from './page-route.ts';

const PAGE_SIZE = 25;
/** An entry's number, as the database keeps it. */
const ENTRY = /^[1-9]\d{0,17}$/;

/** What was changed, the newest first. */
export async function settingsHistoryPage(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, guild, query } = call;
  const before = query['before'] ?? '';
  const [entries, settings] = await Promise.all([
    deps.settings.history(guild.id, { ...(ENTRY.test(before) && { before }), limit: PAGE_SIZE + 1 }),
    deps.settings.list(guild.id),
  ]);
  const shown = entries.slice(0, PAGE_SIZE);
  const names = await peopleNames(
    guild,
    shown.flatMap(({ changedBy }) => changedBy ?? []),
  );
  const newest = new Set(settings.map(({ version }) => version));
  const path = `${guildPath(guild.id, 'settings')}/history`;
  const last = shown.at(-1);
  const body = html`<p><a href="${guildPath(guild.id, 'settings')}">${t('dashboard:settings.back')}</a></p>
    ${
      shown.length === 0
        ? html`<p>${t('config:history.empty')}</p>`
        : html`<ul class="rows">
            ${shown.map((entry) => row(call, entry, names, newest.has(entry.id)))}
          </ul>`
    }
    ${pager(t, {
      previous: ENTRY.test(before) ? path : null,
      next: entries.length > PAGE_SIZE && last !== undefined ? `${path}?before=${last.id}` : null,
    })}`;
  return { kind: 'page', title: t('config:history.title'), body };
}

function row(call: GuildCall, entry: HistoryEntry, names: PeopleNames, mayUndo: boolean): Html {
  const { t, guild, session } = call;
  const reading = readingOf(call);
  const value = (one: SettingValue | null): Html => {
    const byDefault = definitionOf(entry.key).default;
    const text =
      one === null && byDefault !== null
        ? t('config:byDefault', { value: displayValue(t, entry.key, byDefault) })
        : displayValue(t, entry.key, one);
    return discordText(text, reading);
  };
  const who = entry.changedBy === null ? t('config:history.bot') : names(entry.changedBy);
  return html`<li>
    <div class="what">
      <p>
        <span class="title">${settingName(t, entry.key)}</span
        >${entry.changeType === 'undone' && html` <span class="badge">${t('dashboard:settings.undone')}</span>`}
      </p>
      <p>${value(entry.oldValue)} → ${value(entry.newValue)}</p>
      <p class="quiet">#${entry.id} · ${timeHtml(entry.changedAt, reading)} · ${who}</p>
    </div>
    ${
      mayUndo &&
      html`<form class="actions" method="post" action="${guildPath(guild.id, 'settings')}/history">
        ${csrfField(session)}<button
          name="entry"
          value="${entry.id}"
          aria-label="${t('dashboard:settings.undoOne', { setting: settingName(t, entry.key) })}"
        >
          ${t('dashboard:settings.undo')}
        </button>
      </form>`
    }
  </li>`;
}

/** Takes one change back. */
export async function undoSetting(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, guild, form, session } = call;
  const path = `${guildPath(guild.id, 'settings')}/history`;
  const entryId = form.get('entry') ?? '';
  try {
    if (!ENTRY.test(entryId)) throw new UserError('config:nothingToUndo');
    const change = await deps.settings.undo({ guildId: guild.id, entryId, undoneBy: session.userId });
    await announceChange(deps.logChannel, guild.id, change);
    return { kind: 'see', path, say: { kind: 'done', text: changeText(t, change) } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'see', path, say: { kind: 'refused', text: t(error.sentence, error.values) } };
  }
}
