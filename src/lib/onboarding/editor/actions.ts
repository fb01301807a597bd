import type { OnboardingDeps } from '../deps.ts';
import { announceChange } from '#lib/settings/announce';
import { parseSettingValue } from '#lib/settings/values';
import { changeText } from '#lib/settings/views';
import { openModal, update, type ComponentInteraction } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import { refusal, settle } from '#lib/ui/editing';
import { startPreview } from '../flow/actions.ts';
import { postPanel } from '../panel.ts';
import { publish } from '../versions.ts';
import { deleteOption, moveOption } from './changes.ts';
import type { EditorId } from './custom-ids.ts';
import { loadDefaults } from './defaults.ts';
import { publishedLogEntry } from './home-view.ts';
import { outdated, requireId, requireList, requireOneOf, requireVersion } from './ids.ts';
import { modalFor, opensModal, type OpeningId } from './openers.ts';
import { copyRow, deleteRow, moveRow, turnRow, type ListName, type Seen } from './rows.ts';
import {
  showFigures,
  showHome,
  showList,
  showOption,
  showOptions,
  showRow,
  type Screen,
  type Viewer,
} from './screens.ts';

type Component = ComponentInteraction<'cached'>;
type ActingId = Exclude<EditorId, OpeningId>;
/** Shows where the person is, as it is now, with what there is to say. */
type Show = (note: Note | null) => Promise<Screen>;

/** Does what a button or a select of the editor stands for, and shows the result in its place. */
export async function useEditorComponent(
  deps: OnboardingDeps,
  t: Viewer['t'],
  interaction: Component,
  id: EditorId,
): Promise<void> {
  const viewer: Viewer = { deps, guild: interaction.guild, t };
  if (!opensModal(id)) return act(viewer, interaction, id);
  const modal = await modalFor(viewer, id, interaction.message).catch((error: unknown) => refusal(t, error));
  if ('custom_id' in modal) return openModal(interaction, modal);
  await update(interaction, { components: await showAfter(viewer, id)(modal) });
}

/** Where a person is after a modal could not be opened. */
function showAfter(viewer: Viewer, id: OpeningId): Show {
  switch (id.action) {
    case 'add':
      return (note) => showList(viewer, requireList(id.list), note);
    case 'edit':
    case 'again':
      return (note) => showRow(viewer, requireList(id.list), requireId(id.id), note);
    case 'addOption':
      return (note) => showOptions(viewer, requireId(id.question), note);
    case 'editOption':
    case 'againOption':
      return (note) => showOption(viewer, requireId(id.question), id.option, note);
  }
}

async function act(viewer: Viewer, interaction: Component, id: ActingId): Promise<void> {
  switch (id.action) {
    case 'home':
      return show(interaction, showHome(viewer, null));
    case 'list':
      return show(interaction, showList(viewer, requireList(id.list), null));
    case 'open':
      return show(interaction, showRow(viewer, requireList(id.list), requireId(picked(interaction)), null));
    case 'show':
      return show(interaction, showRow(viewer, requireList(id.list), requireId(id.id), null));
    case 'askDelete':
      return show(interaction, showRow(viewer, requireList(id.list), requireId(id.id), null, true));
    case 'options':
      return show(interaction, showOptions(viewer, requireId(id.question), null));
    case 'openOption':
      return show(interaction, showOption(viewer, requireId(id.question), picked(interaction), null));
    case 'showOption':
      return show(interaction, showOption(viewer, requireId(id.question), id.option, null));
    case 'askDeleteOption':
      return show(interaction, showOption(viewer, requireId(id.question), id.option, null, true));
    case 'mode':
      return changeMode(viewer, interaction, id.seen);
    case 'publish':
      return publishDraft(viewer, interaction);
    case 'preview':
      return startPreview(viewer.deps, interaction);
    case 'post':
      return postStartButton(viewer, interaction);
    case 'figures':
      return show(interaction, showFigures(viewer));
    case 'defaults': {
      const list = requireList(id.list);
      const { deps, guild, t } = viewer;
      return change(
        viewer,
        interaction,
        (note) => showList(viewer, list, note),
        async () => {
          await loadDefaults(deps.db, guild.id, list, t, deps.clock.now());
          return t('onboarding-editor:done.defaults');
        },
      );
    }
    case 'move':
    case 'copy':
    case 'turn':
    case 'delete':
      return changeRow(viewer, interaction, id);
    case 'moveOption':
    case 'deleteOption':
      return changeOption(viewer, interaction, id);
    case 'create':
    case 'save':
    case 'createOption':
    case 'saveOption':
      // Only modals have these.
      throw outdated();
  }
}

async function show(interaction: Component, screen: Promise<Screen>): Promise<void> {
  await update(interaction, { components: await screen });
}

/** Changes something in one process only, and shows what there is now: after a refusal as well. */
async function change(
  { t }: Viewer,
  interaction: Component,
  show: Show,
  act: () => Promise<string | Screen>,
): Promise<void> {
  const shown = async (): Promise<Screen> => {
    const done = await act();
    return typeof done === 'string' ? show({ kind: 'done', text: done }) : done;
  };
  await settle(t, interaction, shown, show);
}

async function changeRow(
  viewer: Viewer,
  interaction: Component,
  id: Extract<ActingId, { action: 'move' | 'copy' | 'turn' | 'delete' }>,
): Promise<void> {
  const { deps, guild, t } = viewer;
  const { db } = deps;
  const now = deps.clock.now();
  const list: ListName = requireList(id.list);
  const seen: Seen = { id: requireId(id.id), seen: requireVersion(id.seen) };
  const here: Show = (note) => showRow(viewer, list, seen.id, note);
  switch (id.action) {
    case 'move': {
      const way = requireOneOf(id.way, 'up', 'down');
      return change(viewer, interaction, here, async () => {
        await moveRow(db, guild.id, list, seen, way, now);
        return here(null);
      });
    }
    case 'turn': {
      const to = requireOneOf(id.to, 'on', 'off');
      return change(viewer, interaction, here, async () => {
        await turnRow(db, guild.id, list, seen, to === 'on', now);
        return to === 'on' ? t('onboarding-editor:done.on') : t('onboarding-editor:done.off');
      });
    }
    case 'copy':
      return change(viewer, interaction, here, async () => {
        const copy = await copyRow(db, guild.id, list, seen, now);
        return showRow(viewer, list, copy, { kind: 'done', text: t('onboarding-editor:done.copied') });
      });
    case 'delete':
      return change(viewer, interaction, here, async () => {
        await deleteRow(db, guild.id, list, seen);
        return showList(viewer, list, { kind: 'done', text: t('onboarding-editor:done.deleted') });
      });
  }
}

async function changeOption(
  viewer: Viewer,
  interaction: Component,
  id: Extract<ActingId, { action: 'moveOption' | 'deleteOption' }>,
): Promise<void> {
  const { deps, guild, t } = viewer;
  const now = deps.clock.now();
  const seen = { id: requireId(id.question), seen: requireVersion(id.seen), option: id.option };
  const here: Show = (note) => showOption(viewer, seen.id, seen.option, note);
  if (id.action === 'deleteOption')
    return change(viewer, interaction, here, async () => {
      await deleteOption(deps.db, guild.id, seen, now);
      return showOptions(viewer, seen.id, { kind: 'done', text: t('onboarding-editor:done.optionDeleted') });
    });
  const way = requireOneOf(id.way, 'up', 'down');
  return change(viewer, interaction, here, async () => {
    await moveOption(deps.db, guild.id, seen, way, now);
    return here(null);
  });
}

async function changeMode(viewer: Viewer, interaction: Component, seenVersion: string): Promise<void> {
  const { deps, guild, t } = viewer;
  const mode = picked(interaction);
  await change(
    viewer,
    interaction,
    (note) => showHome(viewer, note),
    async () => {
      const changed = await deps.settings.change({
        guildId: guild.id,
        key: 'onboarding.mode',
        value: parseSettingValue(guild, 'onboarding.mode', mode, null),
        changedBy: interaction.user.id,
        seenVersion,
      });
      await announceChange(deps.logChannel, guild.id, changed);
      return changeText(t, changed);
    },
  );
}

async function publishDraft(viewer: Viewer, interaction: Component): Promise<void> {
  const { deps, guild, t } = viewer;
  const { db, clock, logChannel } = deps;
  await change(
    viewer,
    interaction,
    (note) => showHome(viewer, note),
    async () => {
      const version = await publish(db, guild.id, interaction.user.id, clock.now());
      await logChannel.post(guild.id, 'info', publishedLogEntry(version, interaction.user.id));
      return t('onboarding-editor:done.published', { version });
    },
  );
}

async function postStartButton(viewer: Viewer, interaction: Component): Promise<void> {
  const { deps, guild, t } = viewer;
  await change(
    viewer,
    interaction,
    (note) => showHome(viewer, note),
    async () => {
      const { channelId, link, wasThere } = await postPanel(deps, guild.id);
      return t(wasThere ? 'onboarding:panelThere' : 'onboarding:posted', {
        channel: `<#${channelId}>`,
        link,
      });
    },
  );
}

function picked(interaction: Component): string {
  if (!interaction.isStringSelectMenu()) throw outdated();
  return interaction.values[0] ?? '';
}
