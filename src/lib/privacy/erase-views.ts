import {
  ButtonStyle,
  ComponentType,
  TextInputStyle,
  time,
  type APIContainerComponent,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import { ERASED_AFTER_DAYS } from '#db/personal-data';
import type { Translate } from '#lib/i18n/translate';
import { truncate } from '#lib/text/truncate';
import { button, row, textDisplay } from '#lib/ui/components';
import { LABEL_TEXT_MAX, MODAL_TITLE_MAX } from '#lib/ui/limits';
import type { RowCounts } from './erase.ts';
import { privacyIds } from './custom-ids.ts';
import type { Receipt } from './requests.ts';
import { tablesOfPeople, type PeopleTable } from './rules.ts';
import { erasedText, guildName, tableName, type Home } from './views.ts';

/** How far a deletion goes. */
export type EraseScope = 'guild' | 'all';

const back = (t: Translate, label: 'privacy:home.back' | 'privacy:erase.back') =>
  button(t(label), privacyIds.build('home', {}));

/** Asks how far a deletion shall go. @param isInGuild whether there is one to delete from alone. */
export function scopeView(t: Translate, isInGuild: boolean): APIContainerComponent[] {
  const scope = (label: string, of: EraseScope) =>
    button(label, privacyIds.build('eraseSure', { scope: of }), ButtonStyle.Danger);
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${t('privacy:erase.title')}`),
        textDisplay(t('privacy:erase.choose')),
        row(
          ...(isInGuild ? [scope(t('privacy:erase.scopeGuild'), 'guild')] : []),
          scope(t('privacy:erase.scopeAll'), 'all'),
          back(t, 'privacy:home.back'),
        ),
      ],
    },
  ];
}

/** Asks whether it shall be, the first time and the last. @param server the guild's name, where it is one. */
export function confirmView(
  t: Translate,
  scope: EraseScope,
  server: string,
  step: 'first' | 'last',
): APIContainerComponent[] {
  const isFirst = step === 'first';
  const text = scope === 'all' ? t('privacy:erase.sureAll') : t('privacy:erase.sureGuild', { server });
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${t('privacy:erase.title')}`),
        textDisplay(
          isFirst ? text : `${text}\n${t('privacy:erase.last', { count: ERASED_AFTER_DAYS.asked })}`,
        ),
        row(
          button(
            isFirst ? t('privacy:erase.continue') : t('privacy:erase.do'),
            privacyIds.build(isFirst ? 'eraseLast' : 'eraseDo', { scope }),
            ButtonStyle.Danger,
          ),
          back(t, 'privacy:erase.back'),
        ),
      ],
    },
  ];
}

/** The id of the input in the modal. */
export const CODE_INPUT = 'code';
const CODE_INPUT_MAX = 40;

/** The modal in which the code of a receipt is typed. */
export function receiptModal(t: Translate): APIModalInteractionResponseCallbackData {
  return {
    custom_id: privacyIds.build('readReceipt', {}),
    title: truncate(t('privacy:receipt.title'), MODAL_TITLE_MAX),
    components: [
      {
        type: ComponentType.Label,
        label: truncate(t('privacy:receipt.ask'), LABEL_TEXT_MAX),
        component: {
          type: ComponentType.TextInput,
          custom_id: CODE_INPUT,
          style: TextInputStyle.Short,
          required: true,
          max_length: CODE_INPUT_MAX,
        },
      },
    ],
  };
}

/** What was deleted, and what of it was kept and why. Components V2. */
export function receiptView(
  t: Translate,
  receipt: Receipt,
  doneAt: Date,
  nameOf: Home['nameOf'],
): APIContainerComponent[] {
  const { guildId } = receipt;
  const values = { asked: time(new Date(receipt.requestedAt)), done: time(doneAt) };
  const list = (counts: RowCounts, line: (table: PeopleTable, count: number) => string) =>
    tablesOfPeople.flatMap((table) => {
      const count = counts[table] ?? 0;
      return count > 0 ? [`- ${line(table, count)}`] : [];
    });
  const deleted = list(receipt.deleted, (table, count) =>
    t('privacy:receipt.row', { name: tableName(t, table), count }),
  );
  const kept = list(receipt.kept, (table, count) =>
    t('privacy:receipt.keptRow', { name: tableName(t, table), count, why: erasedText(t, table) }),
  );
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${t('privacy:receipt.title')}`),
        textDisplay(
          guildId === null
            ? t('privacy:receipt.scopeAll', values)
            : t('privacy:receipt.scopeGuild', { ...values, server: guildName(nameOf, guildId) }),
        ),
        textDisplay(
          [
            `**${t('privacy:receipt.deleted')}**`,
            ...(deleted.length > 0 ? deleted : [t('privacy:receipt.nothingDeleted')]),
          ].join('\n'),
        ),
        textDisplay(
          [
            `**${t('privacy:receipt.kept')}**`,
            ...(kept.length > 0 ? kept : [t('privacy:receipt.nothingKept')]),
          ].join('\n'),
        ),
        textDisplay(`-# ${t('privacy:receipt.discord')}`),
      ],
    },
  ];
}
