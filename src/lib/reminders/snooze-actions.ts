import { MessageFlags } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import type { Translate } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import { effectiveValue, type Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import type { Database } from '#lib/database/database';
import { answer, claim, openModal, update, type ComponentInteraction } from '#lib/ui/answer';
import { deliveredPlace, type DeliveredInteraction, type DeliveredPlace } from './delivered-place.ts';
import { requireDirectMessages } from './direct-messages.ts';
import { snoozeReminder } from './snooze.ts';
import { snoozeInstant, snoozePresetOf } from './snooze-times.ts';
import {
  otherTimeModal,
  snoozedMessage,
  snoozeMessage,
  textsOf,
  type SnoozedTexts,
  type SnoozePlace,
  type SnoozeScope,
} from './snooze-view.ts';
import { requireTarget } from './target.ts';
import { createdLogEntry } from './views.ts';

interface SnoozeDeps {
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
}

type Scoped = SnoozePlace & { readonly scope: string };
/** Reads the moment that was chosen, in the guild's zone. */
type ReadAt = (zone: string, now: Date) => Date;

/** Asks whoever pressed Snooze on a delivered message when they want it again. */
export async function askSnooze(
  deps: SnoozeDeps,
  t: Translate,
  interaction: ComponentInteraction,
  id: { readonly guild: string; readonly reminder: string },
): Promise<void> {
  const place = await deliveredPlace(deps.db, interaction, id);
  await answer(
    interaction,
    await question(deps, t, interaction, place, {
      scope: 'person',
      message: interaction.message.id,
      guild: id.guild,
      reminder: id.reminder,
    }),
  );
}

/** Asks the same for the channel, or for the person alone again. */
export async function switchSnooze(
  deps: SnoozeDeps,
  t: Translate,
  interaction: ComponentInteraction,
  id: Scoped,
): Promise<void> {
  requireOwnQuestion(interaction);
  const place = await deliveredPlace(deps.db, interaction, id);
  await update(interaction, await question(deps, t, interaction, place, id));
}

/** Opens the modal for a time that is not offered. */
export async function askOtherTime(
  t: Translate,
  interaction: ComponentInteraction,
  { guild, reminder, message, scope }: Scoped,
): Promise<void> {
  requireOwnQuestion(interaction);
  await openModal(interaction, otherTimeModal(t, { guild, reminder, message }, scopeOf(scope)));
}

/** Stores one of the times that are offered. */
export async function pickSnooze(
  deps: SnoozeDeps,
  t: Translate,
  interaction: ComponentInteraction,
  id: Scoped & { readonly preset: string },
): Promise<void> {
  await chooseSnooze(deps, t, interaction, id, (zone, now) => {
    const preset = snoozePresetOf(id.preset);
    const at = preset === null ? null : snoozeInstant(preset, zone, now);
    if (at === null) throw new UserError('reminders:snooze.past');
    return at;
  });
}

/** Stores what was chosen and says so in place of the question; a refusal leaves the question where it is. */
export async function chooseSnooze(
  deps: SnoozeDeps,
  t: Translate,
  interaction: DeliveredInteraction,
  id: Scoped,
  readAt: ReadAt,
): Promise<void> {
  const { db, settings, clock, logChannel } = deps;
  requireOwnQuestion(interaction);
  const target = scopeOf(id.scope);
  await claim(interaction);
  const place = await deliveredPlace(db, interaction, id);
  const texts = textsToTell(interaction, place);
  const overrides = await settings.overrides(place.guildId);
  if (!effectiveValue(overrides, 'reminders.enabled')) throw new UserError('reminders:disabled');
  const at = readAt(effectiveValue(overrides, 'system.timezone'), clock.now());
  if (target === 'channel') requireForAll(interaction, place);
  else if (!place.isDirect) await requireDirectMessages(interaction.user);
  const reminder = await snoozeReminder(db, {
    ...texts,
    guildId: place.guildId,
    channelId: channelOf(interaction, place),
    at,
    by: interaction.user.id,
    isAdmin: isAdmin(actorOf(interaction)),
    target,
    origin: originOf(interaction, place, id.message),
    now: clock.now(),
  });
  await update(interaction, snoozedMessage(t, reminder, at));
  if (target !== 'channel') return;
  const next = [{ kind: 'event', eventAt: at, dueAt: at, offsetMinutes: 0 }] as const;
  const created = { reminder, next, adjusted: 'none', startsAt: reminder.callTime } as const;
  await logChannel.post(place.guildId, 'success', createdLogEntry(created));
}

async function question(
  { settings, clock }: SnoozeDeps,
  t: Translate,
  interaction: ComponentInteraction,
  place: DeliveredPlace,
  { guild, reminder, message, scope }: Scoped,
) {
  return snoozeMessage(
    t,
    textsToTell(interaction, place),
    { guild, reminder, message },
    { chosen: scopeOf(scope), mayChoose: place.mayManage },
    { zone: await settings.get(place.guildId, 'system.timezone'), now: clock.now() },
  );
}

/** What the reminder says; where it is gone, what its message or the question shows. */
function textsToTell(interaction: DeliveredInteraction, { reminder }: DeliveredPlace): SnoozedTexts {
  const texts = reminder ?? textsOf(interaction.message?.embeds[0]?.data);
  if (texts === null) throw new UserError('reminders:snooze.gone');
  const { name, message, location } = texts;
  return { name, message, location };
}

/** The question is shown to one person alone; its components anywhere else were copied. */
function requireOwnQuestion({ message }: DeliveredInteraction): void {
  if (message?.flags.has(MessageFlags.Ephemeral) !== true)
    throw new UserError('common:outdated', { command: '/add_reminder' });
}

function requireForAll(interaction: DeliveredInteraction, place: DeliveredPlace): void {
  if (!place.mayManage || !interaction.inCachedGuild()) throw new UserError('reminders:snooze.notForAll');
  requireTarget(interaction.guild, interaction.member, channelOf(interaction, place));
}

function channelOf(interaction: DeliveredInteraction, { isDirect, reminder }: DeliveredPlace): string {
  const here = interaction.channelId ?? '';
  return isDirect ? (reminder?.channelId ?? here) : here;
}

/** In a channel the message that Snooze was pressed on; a direct message passes on where it came from itself. */
function originOf(
  interaction: DeliveredInteraction,
  { isDirect, reminder }: DeliveredPlace,
  messageId: string,
): { channelId: string; messageId: string } | null {
  if (!isDirect) return { channelId: interaction.channelId ?? '', messageId };
  const { originChannelId = null, originMessageId = null } = reminder ?? {};
  return originChannelId === null || originMessageId === null
    ? null
    : { channelId: originChannelId, messageId: originMessageId };
}

function scopeOf(scope: string): SnoozeScope {
  return scope === 'channel' ? 'channel' : 'person';
}
