import { ButtonStyle, type APIContainerComponent } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { button, row, textDisplay } from '#lib/ui/components';
import { screen } from '#lib/ui/editing';
import { typedFields } from '#lib/ui/typed';
import type { Collected, Doomed } from './clean-collect.ts';
import { isOld } from './clean-delete.ts';
import type { CleanFilter } from './clean-filter.ts';
import { messagesIds } from './custom-ids.ts';

/** The longest text that can be looked for. */
export const CONTAINS_MAX = 100;
/** Authors that are named; the others are counted together. */
const AUTHORS_MAX = 10;

/** A custom id has no room for what a message is to contain: it stands in the question, and is read from there when it is answered. */
export const askedFor = typedFields(
  { contains: { id: 71, name: 'messages:clean.containing' } },
  CONTAINS_MAX,
);

/** Asks whether what was found is to go. */
export function questionMessage(
  t: Translate,
  filter: CleanFilter,
  { messages, pinned, isCutShort }: Collected,
  where: { readonly channelId: string; readonly now: Date },
): APIContainerComponent[] {
  const { channelId, now } = where;
  const old = messages.filter((one) => isOld(one, now)).length;
  const lines = [
    authorsText(t, messages),
    ...(old > 0 ? [t('messages:clean.old', { count: old })] : []),
    ...(pinned > 0 ? [t('messages:clean.pinned', { count: pinned })] : []),
    ...(isCutShort ? [t('messages:clean.cutShort')] : []),
  ];
  const [newest, oldest] = [messages[0]?.id ?? '', messages.at(-1)?.id ?? ''];
  const flags = `${filter.botsOnly ? 'b' : ''}${filter.withPinned ? 'p' : ''}`;
  const customId = messagesIds.build('clean', { newest, oldest, user: filter.userId ?? '', flags });
  return screen(
    t('messages:clean.ask', { count: messages.length }),
    null,
    textDisplay(t('messages:clean.where', { channel: `<#${channelId}>` })),
    ...askedFor.parts(t, { contains: filter.contains }),
    textDisplay(lines.join('\n')),
    row(
      button(t('messages:clean.confirm', { count: messages.length }), customId, ButtonStyle.Danger),
      button(t('messages:clean.cancel'), messagesIds.build('keep', {})),
    ),
  );
}

/** Of whom messages are, most first, without naming anybody's words. */
export function authorsText(t: Translate, messages: readonly Doomed[]): string {
  const counts = new Map<string, number>();
  for (const { authorId } of messages) counts.set(authorId, (counts.get(authorId) ?? 0) + 1);
  const ordered = [...counts].sort(([, one], [, other]) => other - one);
  const named = ordered.slice(0, AUTHORS_MAX).map(([id, count]) => `<@${id}>: ${count}`);
  const others = ordered.slice(AUTHORS_MAX).reduce((sum, [, count]) => sum + count, 0);
  return [...named, ...(others > 0 ? [t('messages:clean.others', { count: others })] : [])].join(' · ');
}
