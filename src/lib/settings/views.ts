import { ButtonStyle, ComponentType, TimestampStyles, time, type APIEmbed, type Guild } from 'discord.js';
import { memberMention } from '#lib/i18n/member-mention';
import type { LogEntry } from '#lib/log-channel/log-channel';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { embed } from '#lib/ui/embeds';
import { configIds } from './custom-ids.ts';
import {
  definitionOf,
  scopeOf,
  scopes,
  settingKeys,
  type SettingKey,
  type SettingValue,
} from './definitions.ts';
import type { HistoryEntry } from './queries.ts';
import type { Change, EffectiveSetting } from './settings.ts';
import { displayValue, plainValue, settingDescription, settingName } from './values.ts';

/** What a group of settings is about. */
export function scopeDescription(t: Translate, scope: string): string {
  return t(`settings:scopes.${scope}` as SentenceKey);
}

/** A value in a sentence, or the default's when the guild has none of its own. */
export function valueOrDefault(t: Translate, key: SettingKey, value: SettingValue | null): string {
  const byDefault = definitionOf(key).default;
  if (value !== null || byDefault === null) return displayValue(t, key, value);
  return t('config:byDefault', { value: displayValue(t, key, byDefault) });
}

/** Settings with their values, one group a field. */
export function settingsView(t: Translate, settings: readonly EffectiveSetting[], at: Date): APIEmbed {
  const shownScopes = scopes.filter((scope) => settings.some(({ key }) => scopeOf(key) === scope));
  return embed('info', {
    title: t('config:show.title'),
    description: t('config:show.hint'),
    fields: shownScopes.map((scope) => ({
      name: scopeDescription(t, scope),
      value: settings
        .filter(({ key }) => scopeOf(key) === scope)
        .map(
          ({ key, value, overridden }) => `\`${key}\` ${valueOrDefault(t, key, overridden ? value : null)}`,
        )
        .join('\n'),
    })),
    at,
  });
}

/** The groups of settings. */
export function scopesView(t: Translate, at: Date): APIEmbed {
  return embed('info', {
    title: t('config:scopes.title'),
    description: scopes
      .map((scope) => {
        const count = settingKeys.filter((key) => scopeOf(key) === scope).length;
        return `**${scope}**: ${scopeDescription(t, scope)} (${t('config:scopes.count', { count })})`;
      })
      .join('\n'),
    at,
  });
}

function changeSentence({ entry }: Change): SentenceKey {
  if (entry === null) return 'config:unchanged';
  return entry.newValue === null ? 'config:backToDefault' : 'config:changed';
}

/** The sentences about a change: what is in force now, and what else followed. */
export function changeText(t: Translate, change: Change): string {
  const values = { setting: settingName(t, change.key), value: displayValue(t, change.key, change.value) };
  const first = t(changeSentence(change), values);
  const redo = change.entry?.changeType === 'undone' ? [t('config:redo', { entry: change.entry.id })] : [];
  return [first, ...change.notes.map((note) => t(note.sentence, note.values)), ...redo].join('\n');
}

function historyLine(t: Translate, entry: HistoryEntry): string {
  const who = entry.changedBy === null ? t('config:history.bot') : memberMention(t, entry.changedBy);
  const values = {
    id: entry.id,
    when: time(entry.changedAt, TimestampStyles.RelativeTime),
    who,
    setting: entry.key,
    from: valueOrDefault(t, entry.key, entry.oldValue),
    to: valueOrDefault(t, entry.key, entry.newValue),
  };
  return t(entry.changeType === 'undone' ? 'config:history.undone' : 'config:history.line', values);
}

/** Entries on one page of the history. */
export const HISTORY_PAGE = 10;

/**
 * One page of the history; a button leads to older ones.
 * @param entries one more than fit on a page, when there are that many.
 */
export function historyView(
  t: Translate,
  entries: readonly HistoryEntry[],
  key: SettingKey | null,
  at: Date,
) {
  const shown = entries.slice(0, HISTORY_PAGE);
  const last = shown.at(-1);
  const hasMore = entries.length > shown.length && last !== undefined;
  return {
    embeds: [
      embed('info', {
        title: t('config:history.title'),
        description:
          shown.length === 0
            ? t('config:history.empty')
            : shown.map((entry) => historyLine(t, entry)).join('\n'),
        at,
      }),
    ],
    components: hasMore
      ? [
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.Button,
                style: ButtonStyle.Secondary,
                label: t('config:history.older'),
                custom_id: configIds.build('older', { key: key ?? '', before: last.id }),
              },
            ],
          } as const,
        ]
      : [],
  };
}

/** A past change in an autocomplete list. */
export function historyChoice(t: Translate, guild: Guild, entry: HistoryEntry): string {
  const byDefault = definitionOf(entry.key).default;
  const plain = (value: SettingValue | null): string =>
    value === null && byDefault !== null
      ? t('config:byDefault', { value: plainValue(t, guild, entry.key, byDefault) })
      : plainValue(t, guild, entry.key, value);
  return `#${entry.id} ${settingName(t, entry.key)}: ${plain(entry.oldValue)} → ${plain(entry.newValue)}`;
}

/** For the log channel: who changed which setting to what. */
export function changedLogEntry(entry: HistoryEntry): LogEntry {
  return (t) => ({
    title: t(entry.changeType === 'undone' ? 'config:log.undone' : 'config:log.changed'),
    description: settingDescription(t, entry.key),
    fields: [
      { name: t('config:log.setting'), value: `\`${entry.key}\``, inline: true },
      { name: t('config:log.from'), value: valueOrDefault(t, entry.key, entry.oldValue), inline: true },
      { name: t('config:log.to'), value: valueOrDefault(t, entry.key, entry.newValue), inline: true },
      {
        name: t('config:log.by'),
        value: entry.changedBy === null ? '' : `<@${entry.changedBy}>`,
        inline: true,
      },
    ],
    footer: `#${entry.id}`,
  });
}
