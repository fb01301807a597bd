import {
  GatewayIntentBits,
  MessageFlags,
  PermissionFlagsBits,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type GuildTextBasedChannel,
} from 'discord.js';
import { missingPermissions, permissionNames } from '#lib/discord/usable';
import { perClient } from '#lib/discord/per-client';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type SentenceKey } from '#lib/i18n/translate';
import { isDrawn } from '#lib/text/one-line';
import { plainText } from '#lib/text/sanitize';
import { answer, claim, update } from '#lib/ui/answer';
import { screen } from '#lib/ui/editing';
import { textDisplay } from '#lib/ui/components';
import { collect } from './clean-collect.ts';
import { deleteAll, type Deleted } from './clean-delete.ts';
import { readBoundary, type CleanFilter } from './clean-filter.ts';
import { askedFor, authorsText, questionMessage } from './clean-view.ts';
import type { MessageDeps } from './deps.ts';

/** How many messages go at once. */
export const CLEAN = { min: 1, max: 1_000, default: 10 } as const;

type Interaction = ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>;

/** The channels that are being cleaned by this process. */
const busy = perClient(() => new Set<string>());

/**
 * Counts what somebody wants to have deleted in the channel where they are, and asks.
 * @throws UserError when they or the bot may not, nothing fits, or it is being done there already.
 */
export async function askClean(
  { clock }: MessageDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  const channel = requireCleanable(interaction);
  requireIdle(channel);
  const filter = readFilter(interaction, channel, clock.now());
  await claim(interaction);
  const most = interaction.options.getInteger('limit') ?? CLEAN.default;
  const found = await collect(channel, filter, most);
  if (found.messages.length === 0) {
    const why: SentenceKey = found.isCutShort ? 'messages:clean.noneNear' : 'messages:clean.none';
    throw new UserError(found.pinned > 0 ? 'messages:clean.onlyPinned' : why);
  }
  const t = translator(localeOf(interaction.locale));
  const where = { channelId: channel.id, now: clock.now() };
  await answer(interaction, {
    flags: MessageFlags.IsComponentsV2,
    components: questionMessage(t, filter, found, where),
    allowedMentions: { parse: [] },
  });
}

/**
 * Deletes what the question was about: nothing newer or older, and nothing that does not fit any more.
 * @throws UserError as {@link askClean}, and for a question that was not asked of this person.
 */
export async function confirmClean(
  deps: MessageDeps,
  interaction: ButtonInteraction<'cached'>,
  asked: {
    readonly newest: string;
    readonly oldest: string;
    readonly user: string;
    readonly flags: string;
  },
): Promise<void> {
  const channel = requireCleanable(interaction);
  const { message, user, guildId } = interaction;
  const isId = (text: string): boolean => /^\d{15,22}$/.test(text);
  const isMine =
    message.flags.has(MessageFlags.Ephemeral) && message.author.id === interaction.client.user.id;
  if (!isMine || !isId(asked.newest) || !isId(asked.oldest) || !(asked.user === '' || isId(asked.user)))
    throw new UserError('common:outdated', { command: '/clean' });
  requireIdle(channel);
  const channels = busy(interaction.client);
  channels.add(channel.id);
  try {
    await claim(interaction);
    const t = translator(localeOf(interaction.locale));
    const say = (heading: string, ...lines: string[]): Promise<void> =>
      update(interaction, {
        flags: MessageFlags.IsComponentsV2,
        components: screen(heading, null, ...lines.map(textDisplay)),
        allowedMentions: { parse: [] },
      });
    const filter: CleanFilter = {
      userId: asked.user === '' ? null : asked.user,
      botsOnly: asked.flags.includes('b'),
      withPinned: asked.flags.includes('p'),
      contains: askedFor.readFrom(message).contains,
      before: String(BigInt(asked.newest) + 1n),
      after: String(BigInt(asked.oldest) - 1n),
    };
    const { messages } = await collect(channel, filter, CLEAN.max);
    const total = messages.length;
    const deleted = await deleteAll(channel, messages, deps.clock.now(), {
      // What is being deleted goes on, whether it can be shown or not.
      onProgress: (count) =>
        say(t('messages:clean.progress', { count, total })).catch((error: unknown) =>
          deps.log.warn({ err: error, guildId }, 'clean: progress could not be shown'),
        ),
      onRefusal: (error) => deps.log.warn({ err: error, guildId, channelId: channel.id }, 'clean: refused'),
    });
    await tell(deps, channel, user.id, deleted);
    const rest =
      deleted.why === null ? [] : [t(`messages:clean.left.${deleted.why}`, { count: deleted.left })];
    await say(t('messages:clean.done', { count: deleted.messages.length }), ...rest);
  } finally {
    channels.delete(channel.id);
  }
}

/** Leaves everything as it is. */
export async function keepAll(interaction: ButtonInteraction<'cached'>): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  await update(interaction, {
    flags: MessageFlags.IsComponentsV2,
    components: screen(t('messages:clean.kept'), null),
  });
}

/** Who had how many messages of whom deleted, and where; never what they said. */
async function tell(
  { logChannel, log }: MessageDeps,
  { id, guildId }: GuildTextBasedChannel,
  by: string,
  { messages, left }: Deleted,
): Promise<void> {
  if (messages.length === 0) return;
  log.info({ guildId, by, channelId: id, count: messages.length, left }, 'clean: messages deleted');
  await logChannel.post(
    guildId,
    'warning',
    (t) => ({
      title: t('messages:clean.log'),
      description: t('messages:clean.logText', {
        by: `<@${by}>`,
        channel: `<#${id}>`,
        count: messages.length,
      }),
      fields: [{ name: t('messages:clean.ofWhom'), value: authorsText(t, messages) }],
    }),
    { whateverLevel: true },
  );
}

function requireCleanable(interaction: Interaction): GuildTextBasedChannel {
  const { channel, memberPermissions } = interaction;
  if (channel === null) throw new UserError('messages:place.gone');
  const mention = `<#${channel.id}>`;
  if (!memberPermissions.has(PermissionFlagsBits.ManageMessages))
    throw new UserError('messages:clean.member', { channel: mention });
  const missing = missingPermissions(channel, ['ViewChannel', 'ReadMessageHistory', 'ManageMessages']);
  if (missing.length > 0)
    throw new UserError('messages:place.bot', { channel: mention, permissions: permissionNames(missing) });
  return channel;
}

function requireIdle({ client, id }: GuildTextBasedChannel): void {
  if (busy(client).has(id)) throw new UserError('messages:clean.busy', { channel: `<#${id}>` });
}

function readFilter(
  { options, client }: ChatInputCommandInteraction<'cached'>,
  channel: GuildTextBasedChannel,
  now: Date,
): CleanFilter {
  const boundary = (name: 'before' | 'after'): string | null => {
    const text = options.getString(name);
    return text === null ? null : readBoundary(text, channel.id, now);
  };
  const typed = options.getString('contains');
  const contains = plainText(typed ?? '').trim();
  if (typed !== null && !isDrawn(contains)) throw new UserError('messages:clean.noText');
  if (contains !== '' && !client.options.intents.has(GatewayIntentBits.MessageContent))
    throw new UserError('messages:clean.noContent');
  return {
    userId: options.getUser('member')?.id ?? null,
    botsOnly: options.getBoolean('bots') ?? false,
    withPinned: options.getBoolean('pinned') ?? false,
    contains,
    before: boundary('before'),
    after: boundary('after'),
  };
}
