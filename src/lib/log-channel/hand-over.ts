import type { ChatInputCommandInteraction } from 'discord.js';
import { answer } from '#lib/ui/answer';
import type { LogChannel, LogEntry } from './log-channel.ts';

/** Gives a person a file of the guild's, with what is said of it, and tells the log channel, whatever its level, who has it. */
export async function handOver(
  logChannel: LogChannel,
  interaction: ChatInputCommandInteraction<'cached'>,
  file: { readonly name: string; readonly attachment: Buffer },
  content: string,
  entry: LogEntry,
): Promise<void> {
  await Promise.all([
    answer(interaction, { content, files: [file] }),
    logChannel.post(interaction.guildId, 'info', entry, { whateverLevel: true }),
  ]);
}
