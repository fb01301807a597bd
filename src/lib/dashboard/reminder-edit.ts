import type { GuildBasedChannel } from 'discord.js';
import { missingPermissions } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import { html, type Fragment, type Html } from '#lib/http/html';
import { LOCATION_MAX, MESSAGE_MAX, NAME_MAX } from '#lib/reminders/create';
import { deliveryPermissions } from '#lib/reminders/destination';
import { editReminder, readEditable, versionOf } from '#lib/reminders/edit';
import { isAsItWas } from '#lib/reminders/edit-actions';
import { changeLines, editedLogEntry } from '#lib/reminders/edit-view';
import { pauseReminder, resumeReminder } from '#lib/reminders/pause';
import type { Reminder } from '#lib/reminders/queries';
import { requireEveryoneAllowed, requireTarget, TARGET_CHANNEL_TYPES } from '#lib/reminders/target';
import { pausedLogEntry, pausedText, resumedLogEntry, resumedText } from '#lib/reminders/views';
import { inWords, WHEN_MAX } from '#lib/reminders/when';
import { whenText } from '#lib/reminders/when-words';
import { effectiveValue } from '#lib/settings/settings';
import type { DashboardDeps } from './deps.ts';
import { discordText } from './discord-text.ts';
import { csrfField, guildPath } from './layout.ts';
import { pathNumber, readingOf, type GuildCall, type PageReply } from './page-route.ts';
import { PageProblem } from './page-problem.ts';
import { pauseForm, reminderPath } from './reminders.ts';

/** What the fields of the form hold. */
interface Fields {
  readonly name: string;
  readonly when: string;
  readonly message: string;
  readonly location: string;
  readonly channelId: string;
  readonly seen: string;
}

/** One reminder, to change it. */
export async function reminderPage(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, locale, guild, actor, zone } = call;
  const id = pathNumber(call, 'reminder_id');
  const reminder = await readEditable(deps.db, guild.id, id, actor);
  const fields = {
    name: reminder.name,
    when: whenText(t, locale, reminder, zone, deps.clock.now()),
    message: reminder.message,
    location: reminder.location ?? '',
    channelId: reminder.channelId,
    seen: versionOf(reminder),
  };
  return show(call, reminder, fields, null);
}

/** Does what the form of a reminder, or a button for it, says. */
export async function changeReminder(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const action = call.form.get('action');
  switch (action) {
    case 'save':
      return save(deps, call);
    case 'pause':
    case 'resume':
      return pauseOrResume(deps, call, action);
    default:
      throw new PageProblem(422, 'dashboard:problem.refused');
  }
}

async function save(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { db, clock, settings, logChannel } = deps;
  const { t, locale, guild, actor, session, form } = call;
  const id = pathNumber(call, 'reminder_id');
  const now = clock.now();
  const text = (name: string): string => form.get(name) ?? '';
  const fields: Fields = {
    name: text('name'),
    when: text('when').trim(),
    message: text('message'),
    location: text('location'),
    channelId: text('channel'),
    seen: text('seen'),
  };
  const reminder = await readEditable(db, guild.id, id, actor);
  try {
    if (fields.when.length > WHEN_MAX) throw new UserError('reminders:when.unknown', { input: '…' });
    const edited = await editReminder(
      db,
      guild.id,
      id,
      actor,
      {
        name: fields.name,
        message: fields.message,
        location: fields.location,
        when: (before, zone) => (isAsItWas(fields.when, before, zone, now) ? null : inWords(fields.when)),
        channelId: newChannel(deps, call, reminder, fields.channelId),
        seen: fields.seen,
      },
      now,
    );
    const isChanged = changeLines(t, locale, edited).length > 0;
    if (isChanged && edited.after.recipientId === null) {
      const language = await settings.get(guild.id, 'system.language');
      await logChannel.post(guild.id, 'info', editedLogEntry(edited, language, session.userId));
    }
    return {
      kind: 'see',
      path: guildPath(guild.id, 'reminders'),
      say: { kind: 'done', text: t(isChanged ? 'reminders:edit.done' : 'reminders:edit.nothing') },
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return show(call, reminder, fields, t(error.sentence, error.values));
  }
}

/** The channel that was chosen, if it is another one than before; then it must be one that this person may send to. */
function newChannel(
  { config }: DashboardDeps,
  { guild, member, overrides }: GuildCall,
  reminder: Reminder,
  chosen: string,
): string | null {
  if (reminder.recipientId !== null || chosen === reminder.channelId || chosen === '') return null;
  const channel = requireTarget(guild, member, chosen);
  if (reminder.mentionEveryone)
    requireEveryoneAllowed(channel, member, {
      host: config.enableEveryoneMentions,
      guild: effectiveValue(overrides, 'reminders.allow_everyone_mentions'),
    });
  return chosen;
}

async function pauseOrResume(
  { db, clock, logChannel }: DashboardDeps,
  call: GuildCall,
  action: 'pause' | 'resume',
): Promise<PageReply> {
  const { t, guild, actor, session } = call;
  const id = pathNumber(call, 'reminder_id');
  const path = guildPath(guild.id, 'reminders');
  try {
    const now = clock.now();
    let reminder: Reminder;
    let text: string;
    if (action === 'pause') {
      reminder = await pauseReminder(db, guild.id, id, actor, now);
      text = pausedText(t, reminder);
    } else {
      const resumed = await resumeReminder(db, guild.id, id, actor, now);
      reminder = resumed.reminder;
      text = resumedText(t, reminder, resumed.nextDueAt);
    }
    const entry = action === 'pause' ? pausedLogEntry : resumedLogEntry;
    if (reminder.recipientId === null)
      await logChannel.post(guild.id, 'info', entry(reminder, session.userId));
    return { kind: 'see', path, say: { kind: 'done', text } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'see', path, say: { kind: 'refused', text: t(error.sentence, error.values) } };
  }
}

function show(call: GuildCall, reminder: Reminder, fields: Fields, refused: string | null): PageReply {
  const { t, guild, session } = call;
  const { id, recipientId } = reminder;
  const path = reminderPath(guild.id, id);
  const hint = 'when-hint';
  const body = html`<p><a href="${guildPath(guild.id, 'reminders')}">${t('dashboard:reminders.back')}</a></p>
    ${refused !== null && html`<p class="said refused" role="alert">${discordText(refused, readingOf(call))}</p>`}
    <div class="card">
      <form method="post" action="${path}">
        ${csrfField(session)}<input type="hidden" name="seen" value="${fields.seen}" />
        ${field('name', t('reminders:edit.name'), html`<input id="name" name="name" value="${fields.name}" maxlength="${NAME_MAX}" required />`)}
        ${field('when', t('reminders:field.when'), html`<input id="when" name="when" value="${fields.when}" maxlength="${WHEN_MAX}" required aria-describedby="${hint}" />`, html`<p class="hint" id="${hint}">${t('reminders:when.hint')}</p>`)}
        ${recipientId === null && field('channel', t('reminders:field.channel'), channelSelect(call, fields.channelId))}
        ${field(
          'message',
          t('reminders:edit.message'),
          html`<textarea id="message" name="message" maxlength="${MESSAGE_MAX}" rows="6">
${fields.message}</textarea>`,
        )}
        ${field('location', t('reminders:field.where'), html`<input id="location" name="location" value="${fields.location}" maxlength="${LOCATION_MAX}" />`)}
        <div class="buttons">
          <button class="main" name="action" value="save">${t('dashboard:save')}</button>
        </div>
      </form>
    </div>
    <div class="buttons">
      ${pauseForm(call, reminder)}<a class="button" href="${path}/delete">${t('dashboard:delete')}</a>
    </div>`;
  return {
    kind: 'page',
    title: t('reminders:edit.title', { id }),
    body,
    status: refused === null ? 200 : 422,
  };
}

function field(id: string, label: string, input: Html, more?: Fragment): Html {
  return html`<div class="field"><label for="${id}">${label}</label>${input}${more}</div>`;
}

function channelSelect({ t, guild }: GuildCall, now: string): Html {
  const channels = [...guild.channels.cache.values()]
    .filter((channel) => TARGET_CHANNEL_TYPES.some((type) => type === channel.type))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const isGone = !channels.some(({ id }) => id === now);
  return html`<select id="channel" name="channel">
    ${isGone && html`<option value="${now}" selected>${t('dashboard:settings.gone', { id: now })}</option>`}${channels.map(
      (channel) =>
        html`<option value="${channel.id}" ${channel.id === now && html` selected`}>
          ${labelOf(t, channel)}
        </option>`,
    )}
  </select>`;
}

function labelOf(t: GuildCall['t'], channel: GuildBasedChannel): string {
  const name = `#${channel.name}`;
  const isUsable = missingPermissions(channel, deliveryPermissions(channel)).length === 0;
  return isUsable ? name : t('dashboard:settings.unusable', { name });
}
