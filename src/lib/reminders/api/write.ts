import type { Client, GuildMember } from 'discord.js';
import type { Caller } from '#lib/access/caller';
import type { GuildRights } from '#lib/access/guild-rights';
import { actorOfMember, personOf, requireMember } from '#lib/access/person';
import { isAdmin } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { HttpProblem } from '#lib/http/problem';
import type { Reply } from '#lib/http/route';
import { defaultLocale, translator } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import { effectiveValue, type Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import { createReminder } from '../create.ts';
import { deleteReminder } from '../delete.ts';
import { reachDestination } from '../destination.ts';
import { editReminder, type EditedReminder } from '../edit.ts';
import { changeLines, editedLogEntry } from '../edit-view.ts';
import type { Reminder } from '../queries.ts';
import { chooseAddressee, requireNewTarget } from '../target.ts';
import { createdLogEntry, deletedLogEntry } from '../views.ts';
import { atInstant, inWords, type WhenInput } from '../when.ts';
import { etagOf, findOwn } from './read.ts';
import type { NewReminderBody, ReminderChangeBody } from './shapes.ts';
import { shownReminder } from './view.ts';

/** What the routes of reminders stand on; the container has it all. */
export interface ReminderApiDeps {
  readonly client: Client;
  readonly rights: GuildRights;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
  readonly config: { readonly enableEveryoneMentions: boolean };
}

/** Who makes a reminder, and where it goes. */
export interface PreparedReminder {
  readonly member: GuildMember;
  readonly addressee: Pick<Reminder, 'channelId' | 'recipientId' | 'mentionEveryone'>;
}

/**
 * Checks that the caller could make this reminder with the command as well.
 * @throws UserError or HttpProblem that says why not.
 */
export async function prepareReminder(
  { rights, settings, config }: ReminderApiDeps,
  caller: Caller,
  body: NewReminderBody,
): Promise<PreparedReminder> {
  if (body.user_id !== undefined && body.user_id !== personOf(caller)) throw notForOthers();
  const member = await requireMember(rights, caller, body.guild_id);
  const overrides = await settings.overrides(body.guild_id);
  if (!effectiveValue(overrides, 'reminders.enabled')) throw new UserError('reminders:disabled');
  const addressee = await chooseAddressee(
    {
      guild: member.guild,
      member,
      here: null,
      byDefault: effectiveValue(overrides, 'reminders.default_channel_id'),
      everyone: {
        host: config.enableEveryoneMentions,
        guild: effectiveValue(overrides, 'reminders.allow_everyone_mentions'),
      },
    },
    {
      channelId: body.channel_id ?? null,
      isPrivate: body.private ?? false,
      mentionEveryone: body.mention_everyone ?? false,
    },
  );
  return { member, addressee };
}

function notForOthers(): HttpProblem {
  return new HttpProblem(403, 'Reminders are made and changed in your own name only.');
}

/** Makes a reminder. @throws UserError naming what cannot be used, and what would be. */
export async function makeReminder(
  { clock, logChannel }: ReminderApiDeps,
  db: Database,
  { member, addressee }: PreparedReminder,
  body: NewReminderBody,
): Promise<Reply> {
  const guildId = body.guild_id;
  const created = await createReminder(
    db,
    {
      name: body.name,
      message: body.message ?? null,
      location: body.location ?? null,
      ...(whenOf(body) ?? inWords('')),
    },
    {
      guildId,
      ...addressee,
      createdBy: member.id,
      isAdmin: isAdmin(actorOfMember(member)),
      now: clock.now(),
    },
  );
  const shown = shownReminder(created.reminder, created.next.at(0)?.dueAt ?? null);
  return {
    status: 201,
    body: shown,
    headers: { Location: `/api/reminders/item/${created.reminder.id}`, ...etagOf(shown.version) },
    afterwards: async () => {
      if (addressee.recipientId === null) await logChannel.post(guildId, 'success', createdLogEntry(created));
    },
  };
}

/** When a body says that something happens; null: it says nothing of it. */
function whenOf({ time, days, date, event_time: eventTime, when }: ReminderChangeBody): WhenInput | null {
  if (typeof eventTime === 'string') return atInstant(new Date(eventTime));
  if (when !== undefined) return inWords(when);
  if (time === undefined) return null;
  return { time, date: date ?? null, days: days === undefined ? null : days.join(' ') };
}

const IF_MATCH = /^"([\w-]{1,64})"$/;

/**
 * Changes a reminder.
 * @param ifMatch the header `If-Match`: the version that it was made of.
 * @throws HttpProblem 412 when it is another one by now.
 */
export async function changeReminder(
  deps: ReminderApiDeps,
  db: Database,
  caller: Caller,
  id: number,
  body: ReminderChangeBody,
  ifMatch: string | undefined,
): Promise<Reply> {
  const { clock, logChannel, settings } = deps;
  const { reminder, member, actor } = await findOwn(deps, db, caller, id);
  if (body.user_id !== undefined && body.user_id !== reminder.createdBy) throw notForOthers();
  const { guildId } = reminder;
  const edited = await editReminder(
    db,
    guildId,
    id,
    actor,
    {
      name: body.name,
      message: body.message ?? '',
      location: body.location ?? '',
      when: () => whenOf(body),
      channelId: await newChannel(deps, reminder, member, body.channel_id ?? null),
      seen: versionIn(ifMatch),
    },
    clock.now(),
  ).catch((error: unknown) => {
    if (error instanceof UserError && error.sentence === 'reminders:edit.changed')
      throw new HttpProblem(412, 'It was changed since you read it. Read it again.', { cause: error });
    throw error;
  });
  const { after } = edited;
  const shown = shownReminder(after, edited.next.at(0)?.dueAt ?? null);
  return {
    status: 200,
    body: shown,
    headers: etagOf(shown.version),
    afterwards: () => tellOfEdit({ logChannel, settings }, edited, member.id),
  };
}

function versionIn(ifMatch: string | undefined): string | null {
  if (ifMatch === undefined || ifMatch === '*') return null;
  const version = IF_MATCH.exec(ifMatch)?.[1];
  if (version === undefined) throw new HttpProblem(412, 'If-Match takes one ETag, as it came.');
  return version;
}

async function newChannel(
  { client, config, settings }: ReminderApiDeps,
  reminder: Reminder,
  member: GuildMember,
  channelId: string | null,
): Promise<string | null> {
  if (channelId === null || (reminder.recipientId === null && channelId === reminder.channelId)) return null;
  if (reminder.recipientId !== null) throw new UserError('reminders:privateAlone');
  const { guildId } = reminder;
  await reachDestination(client, { guildId, channelId, recipientId: null });
  requireNewTarget(reminder, channelId, member, {
    host: config.enableEveryoneMentions,
    guild: await settings.get(guildId, 'reminders.allow_everyone_mentions'),
  });
  return channelId;
}

async function tellOfEdit(
  { logChannel, settings }: Pick<ReminderApiDeps, 'logChannel' | 'settings'>,
  edited: EditedReminder,
  by: string,
): Promise<void> {
  const { guildId, recipientId } = edited.after;
  if (recipientId !== null || changeLines(translator(defaultLocale), defaultLocale, edited).length === 0)
    return;
  const language = await settings.get(guildId, 'system.language');
  await logChannel.post(guildId, 'info', editedLogEntry(edited, language, by));
}

/**
 * Deletes a reminder.
 * @param createdBy whose it must be; null: that does not matter.
 * @throws UserError when there is none for the caller.
 */
export async function removeReminder(
  deps: ReminderApiDeps,
  db: Database,
  caller: Caller,
  id: number,
  createdBy: string | null,
): Promise<Reply> {
  const { reminder, actor } = await findOwn(deps, db, caller, id);
  if (createdBy !== null && reminder.createdBy !== createdBy)
    throw new UserError('reminders:noSuchReminder', { id });
  const deleted = await deleteReminder(db, reminder.guildId, id, actor);
  return {
    status: 200,
    body: { success: true },
    afterwards: async () => {
      if (deleted.recipientId === null)
        await deps.logChannel.post(deleted.guildId, 'info', deletedLogEntry(deleted, actor.userId));
    },
  };
}
