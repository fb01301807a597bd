import { ApplicationCommandType } from 'discord-api-types/v10';
import type { MemberRecord, MessageRecord } from '../state/records.ts';
import { worldOf } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import type { CommandPayload, CommandUse } from './command-input.ts';
import { checkMayUse, findCommand } from './command-input.ts';
import { Resolved } from './resolved.ts';

/** Whose menu a command is used from. */
export type MenuTarget = { readonly message: MessageRecord } | { readonly member: MemberRecord };

/** What the client sends for a command under "Apps" of a message or a member. Throws what it would say instead. */
export function readMenuCommand(use: CommandUse, name: string, target: MenuTarget): CommandPayload {
  const { world, guild, channel, userId } = use;
  const type = 'message' in target ? ApplicationCommandType.Message : ApplicationCommandType.User;
  const command = findCommand(use, name, type);
  if (!command) throw new ClientRefusal(`There is no "${name}" in this menu.`);
  checkMayUse(use, command);
  const resolved = new Resolved(worldOf(world, command.applicationId), guild, userId);
  if ('message' in target) resolved.addMessage(channel, target.message);
  else resolved.addMember(target.member);
  return {
    name,
    data: {
      id: command.id,
      name: command.name,
      type,
      ...(command.guildId ? { guild_id: command.guildId } : {}),
      target_id: 'message' in target ? target.message.id : target.member.id,
      ...(resolved.data ? { resolved: resolved.data } : {}),
    },
  };
}
