import {
  MessageFlags,
  time,
  type ChatInputCommandInteraction,
  type Client,
  type ModalSubmitInteraction,
} from 'discord.js';
import { consentOf } from '#lib/assistant/consents';
import type { CommandTracker } from '#lib/analytics/tracker';
import type { AssistantDeps } from '#lib/assistant/deps';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import { answer, claim, openModal, update, type ComponentInteraction } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import { agreementOf } from './agreements.ts';
import type { PrivacyId } from './custom-ids.ts';
import { readPublished } from './documents.ts';
import {
  CODE_INPUT,
  confirmView,
  receiptModal,
  receiptView,
  scopeView,
  type EraseScope,
} from './erase-views.ts';
import { collectPersonalData } from './export.ts';
import { exportFile } from './export-file.ts';
import { returnExportTurn, takeExportTurn } from './export-turns.ts';
import { cancelErasure, findReceipt, pendingErasures, requestErasure } from './requests.ts';
import { guildName, homeView, storedView } from './views.ts';

export interface PrivacyDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly assistant: Pick<AssistantDeps, 'provider' | 'alsoSaid'>;
  readonly tracker: Pick<CommandTracker, 'forget'>;
}

/** What Discord takes as a file of a bot anywhere. */
const FILE_MAX_BYTES = 10 * 1024 * 1024;

const V2 = { flags: MessageFlags.IsComponentsV2 } as const;

export const nameOfGuild =
  (client: Client) =>
  (guildId: string): string | undefined =>
    client.guilds.cache.get(guildId)?.name;

type Somewhere = ComponentInteraction | ChatInputCommandInteraction;

async function home(
  { client, db, assistant }: PrivacyDeps,
  t: Translate,
  { guildId, user }: Somewhere,
  note: Note | null,
) {
  const { provider, alsoSaid } = assistant;
  const [pending, published, agreement, agreedAt] = await Promise.all([
    pendingErasures(db, user.id),
    guildId === null ? undefined : readPublished(db, guildId),
    guildId === null ? undefined : agreementOf(db, guildId, user.id),
    guildId === null || provider === null
      ? undefined
      : consentOf(db, { guildId, userId: user.id }, provider, alsoSaid),
  ]);
  const ai = agreedAt === undefined || provider === null ? undefined : { agreedAt, host: provider.host };
  return homeView(t, { pending, published, agreement, ai, nameOf: nameOfGuild(client) }, note);
}

/** What `/privacy` answers. */
export async function showPrivacy(
  deps: PrivacyDeps,
  interaction: ChatInputCommandInteraction,
): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  await answer(interaction, { ...V2, components: await home(deps, t, interaction, null) });
}

/** Does what a button of `/privacy` stands for, for whoever presses it. */
export async function usePrivacyButton(
  deps: PrivacyDeps,
  interaction: ComponentInteraction,
  id: Exclude<PrivacyId, { action: 'agree' | 'withdraw' | 'read' }>,
): Promise<void> {
  // The panel is shown to one person alone; its buttons anywhere else were copied.
  if (!interaction.message.flags.has(MessageFlags.Ephemeral))
    throw new UserError('common:outdated', { command: '/privacy' });
  const t = translator(localeOf(interaction.locale));
  switch (id.action) {
    case 'home':
      return update(interaction, { components: await home(deps, t, interaction, null) });
    case 'stored':
      return update(interaction, { components: storedView(t, Number(id.page)) });
    case 'export':
      return giveExport(deps, t, interaction);
    case 'erase':
      return update(interaction, { components: scopeView(t, interaction.guildId !== null) });
    case 'eraseSure':
    case 'eraseLast': {
      const scope = requireScope(interaction, id.scope);
      const server = guildName(nameOfGuild(deps.client), interaction.guildId ?? '');
      const step = id.action === 'eraseSure' ? 'first' : 'last';
      return update(interaction, { components: confirmView(t, scope, server, step) });
    }
    case 'eraseDo':
      return askErasure(deps, t, interaction, requireScope(interaction, id.scope));
    case 'keep':
      return keepData(deps, t, interaction, id.erasure);
    case 'receipt':
      return openModal(interaction, receiptModal(t));
    case 'readReceipt':
      throw new TypeError('a modal is no component');
  }
}

function requireScope({ guildId }: ComponentInteraction, scope: string): EraseScope {
  if (scope !== 'all' && scope !== 'guild') throw new UserError('common:outdated', { command: '/privacy' });
  if (scope === 'guild' && guildId === null) throw new UserError('common:guildOnly');
  return scope;
}

async function askErasure(
  deps: PrivacyDeps,
  t: Translate,
  interaction: ComponentInteraction,
  scope: EraseScope,
): Promise<void> {
  await claim(interaction);
  const { code } = await requestErasure(deps.db, {
    userId: interaction.user.id,
    guildId: scope === 'guild' ? interaction.guildId : null,
    locale: localeOf(interaction.locale),
    now: deps.clock.now(),
  });
  const note: Note = { kind: 'done', text: t('privacy:erase.asked', { code }) };
  await update(interaction, { components: await home(deps, t, interaction, note) });
}

async function keepData(
  deps: PrivacyDeps,
  t: Translate,
  interaction: ComponentInteraction,
  erasure: string,
): Promise<void> {
  await claim(interaction);
  let note: Note = { kind: 'done', text: t('privacy:erase.cancelled') };
  try {
    await cancelErasure(deps.db, interaction.user.id, erasure);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    note = { kind: 'refused', text: t(error.sentence, error.values) };
  }
  await update(interaction, { components: await home(deps, t, interaction, note) });
}

async function giveExport(
  { client, db, clock }: PrivacyDeps,
  t: Translate,
  interaction: ComponentInteraction,
): Promise<void> {
  await claim(interaction);
  const now = clock.now();
  const userId = interaction.user.id;
  const again = await takeExportTurn(db, userId, now);
  if (again !== null) throw new UserError('privacy:export.wait', { when: time(again, 'R') });
  try {
    const file = await exportFile(await collectPersonalData(db, userId), {
      userId,
      botName: client.user?.username ?? '',
      locale: localeOf(interaction.locale),
      at: now,
      nameOf: nameOfGuild(client),
    });
    if (file.length > FILE_MAX_BYTES) throw new UserError('privacy:export.tooLarge');
    await answer(interaction, {
      content: t('privacy:export.ready'),
      files: [{ attachment: file, name: `my-data-${now.toISOString().slice(0, 10)}.zip` }],
    });
  } catch (error) {
    await returnExportTurn(db, userId);
    throw error;
  }
}

/** Shows the receipt whose code was typed. */
export async function readReceipt(
  { client, db }: PrivacyDeps,
  interaction: ModalSubmitInteraction,
): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  const found = await findReceipt(db, interaction.fields.getTextInputValue(CODE_INPUT));
  if (found === undefined) throw new UserError('privacy:receipt.unknown');
  await answer(interaction, {
    ...V2,
    components: receiptView(t, found.receipt, found.doneAt, nameOfGuild(client)),
  });
}
