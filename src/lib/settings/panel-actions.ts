import type { ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import type { Translate } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Clock } from '#lib/time/clock';
import { claim, openModal, update, type ComponentInteraction } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import { announceChange } from './announce.ts';
import { configIds } from './custom-ids.ts';
import {
  definitionOf,
  isSettingKey,
  scopeOf,
  scopes,
  type SettingKey,
  type SettingValue,
} from './definitions.ts';
import { isPicked, pickPanel, scopePanel, valueModal, VALUE_INPUT } from './panel.ts';
import type { EffectiveSetting, Settings } from './settings.ts';
import { parseSettingValue } from './values.ts';
import { changeText, HISTORY_PAGE, historyView } from './views.ts';

interface PanelDeps {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
}

type ConfigId = Exclude<ReturnType<typeof configIds.parse>, 'outdated'>;
type EnterId = Extract<ConfigId, { action: 'enter' }>;
type Component = ComponentInteraction<'cached'>;
type Modal = ModalSubmitInteraction<'cached'>;

/** Does what a button or a select of `/config` stands for, and shows the result in its place. */
export async function useConfigComponent(
  deps: PanelDeps,
  t: Translate,
  interaction: Component,
  id: ConfigId,
): Promise<void> {
  const { settings } = deps;
  const { guild, guildId } = interaction;
  switch (id.action) {
    case 'scope':
      return showScope(deps, t, interaction, pickedValue(interaction), null);
    case 'show':
      return showScope(deps, t, interaction, id.scope, null);
    case 'edit': {
      const setting = await readSetting(settings, guildId, requireKey(id.key));
      if (isPicked(definitionOf(setting.key)))
        return update(interaction, { components: pickPanel(t, setting, null) });
      const customId = configIds.build('enter', { key: setting.key, seen: setting.version });
      return openModal(interaction, valueModal(t, setting, customId));
    }
    case 'toggle':
      return changeInPanel(deps, t, interaction, requireKey(id.key), id.seen, (key) =>
        parseSettingValue(guild, key, id.value, interaction.member),
      );
    case 'pick':
      return changeInPanel(deps, t, interaction, requireKey(id.key), id.seen, (key) =>
        parseSettingValue(guild, key, pickedValue(interaction), interaction.member),
      );
    case 'reset':
      return changeInPanel(deps, t, interaction, requireKey(id.key), id.seen, () => null);
    case 'older': {
      const key = id.key === '' ? null : requireKey(id.key);
      const entries = await settings.history(guildId, {
        ...(key !== null && { key }),
        before: id.before,
        limit: HISTORY_PAGE + 1,
      });
      return update(interaction, historyView(t, entries, key, deps.clock.now()));
    }
    case 'enter':
      throw new TypeError('a modal is no component');
  }
}

/** Sets what was typed in the modal; nothing typed means the default. */
export async function enterConfigValue(
  deps: PanelDeps,
  t: Translate,
  interaction: Modal,
  id: EnterId,
): Promise<void> {
  const typed = interaction.fields.getTextInputValue(VALUE_INPUT).trim();
  await changeInPanel(deps, t, interaction, requireKey(id.key), id.seen, (key) =>
    typed === '' ? null : parseSettingValue(interaction.guild, key, typed, interaction.member),
  );
}

/** A refusal is shown in the panel, above what is in force now, so that the person can go on from there. */
async function changeInPanel(
  deps: PanelDeps,
  t: Translate,
  interaction: Component | Modal,
  key: SettingKey,
  seenVersion: string,
  readValue: (key: SettingKey) => SettingValue | null,
): Promise<void> {
  const { guildId } = interaction;
  await claim(interaction);
  try {
    const value = readValue(key);
    const change = await deps.settings.change({
      guildId,
      key,
      value,
      changedBy: interaction.user.id,
      seenVersion,
    });
    await Promise.all([
      showScope(deps, t, interaction, scopeOf(key), { kind: 'done', text: changeText(t, change) }),
      announceChange(deps.logChannel, guildId, change),
    ]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const note: Note = { kind: 'refused', text: t(error.sentence, error.values) };
    if (!isPicked(definitionOf(key))) return showScope(deps, t, interaction, scopeOf(key), note);
    const setting = await readSetting(deps.settings, guildId, key);
    await update(interaction, { components: pickPanel(t, setting, note) });
  }
}

async function showScope(
  deps: PanelDeps,
  t: Translate,
  interaction: Component | Modal,
  scope: string,
  note: Note | null,
): Promise<void> {
  const shown = scopes.includes(scope) ? scope : (scopes[0] ?? '');
  const settings = await deps.settings.list(interaction.guildId);
  await update(interaction, { components: scopePanel(t, settings, shown, note) });
}

async function readSetting(settings: Settings, guildId: string, key: SettingKey): Promise<EffectiveSetting> {
  const setting = (await settings.list(guildId)).find((item) => item.key === key);
  if (setting === undefined) throw new TypeError(`${key} is no setting`);
  return setting;
}

/** A setting that this version no longer has may still stand on an old panel. */
function requireKey(key: string): SettingKey {
  if (!isSettingKey(key)) throw new UserError('common:outdated', { command: '/config panel' });
  return key;
}

function pickedValue(interaction: Component): string {
  if (!interaction.isAnySelectMenu()) throw new TypeError('not a select');
  return interaction.values[0] ?? '';
}
