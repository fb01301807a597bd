import {
  chatInputApplicationCommandMention,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
} from 'discord.js';
import { durationText } from '#lib/i18n/durations';
import type { Translate } from '#lib/i18n/translate';
import { row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import { pageButtons } from '#lib/ui/paging';
import type { Release } from './changelog.ts';
import { operationsIds } from './custom-ids.ts';
import { packed } from './pages.ts';
import { CATEGORIES, type Usable } from './usable-commands.ts';

interface Shown {
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
}

/** Of a page, in UTF-16 units: short enough to be read on a phone, and far below what an embed holds. */
const PAGE_MAX = 3_000;
const MINUTE_MS = 60_000;

/** A page of what somebody may use, by category. @param page from 0; one that there is not becomes the nearest. */
export function commandsMessage(t: Translate, usable: readonly Usable[], page: number, at: Date): Shown {
  const blocks = CATEGORIES.flatMap((category) => {
    const lines = usable.filter((one) => one.category === category).map((one) => line(t, one));
    const heading = `**${t(`operations:category.${category}`)}**`;
    return packed(lines, PAGE_MAX - heading.length - 1, '\n').map((part) => `${heading}\n${part}`);
  });
  return pageOf(t, packed(blocks, PAGE_MAX, '\n\n'), page, 'commands', (description, footer) =>
    embed('info', { title: t('operations:commands.title'), description, footer, at }),
  );
}

function line(t: Translate, { mention, description, menu }: Usable): string {
  if (menu !== null) return t(`operations:commands.menu.${menu}`, { name: mention });
  return `${mention} – ${description ?? ''}`;
}

/** A page of what the changelog says. @param page from 0; one that there is not becomes the nearest. */
export function releaseMessage(
  t: Translate,
  { version, isUnreleased, blocks }: Release,
  page: number,
  at: Date,
): Shown {
  const title = t(isUnreleased ? 'operations:release.unreleased' : 'operations:release.title', { version });
  return pageOf(t, packed(blocks, PAGE_MAX, '\n'), page, 'release', (description, footer) =>
    embed('info', { title, description, footer, at }),
  );
}

/** Which version runs, on what, and for how long. @param releaseId of the command that shows the release. */
export function versionEmbed(
  t: Translate,
  running: { readonly version: string; readonly uptimeMs: number; readonly releaseId: string | null },
  at: Date,
): APIEmbed {
  const { version, uptimeMs, releaseId } = running;
  const release =
    releaseId === null ? '`/release`' : chatInputApplicationCommandMention('release', releaseId);
  return embed('status', {
    title: t('operations:version.title', { version }),
    description: t('operations:version.more', { release }),
    fields: [
      { name: t('operations:version.node'), value: process.version, inline: true },
      {
        name: t('operations:version.uptime'),
        value: durationText(t, Math.floor(uptimeMs / MINUTE_MS)),
        inline: true,
      },
    ],
    at,
  });
}

function pageOf(
  t: Translate,
  pages: readonly string[],
  wanted: number,
  action: 'commands' | 'release',
  show: (description: string, footer: string | undefined) => APIEmbed,
): Shown {
  const last = Math.max(0, pages.length - 1);
  const page = Math.min(Math.max(0, wanted), last);
  const to = (number: number): string => operationsIds.build(action, { page: String(number) });
  const footer = last === 0 ? undefined : t('common:paging.page', { page: page + 1, pages: pages.length });
  return {
    embeds: [show(pages[page] ?? '', footer)],
    components: last === 0 ? [] : [row(...pageButtons(t, page, pages.length, to))],
  };
}
