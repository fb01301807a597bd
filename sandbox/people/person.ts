import type {
  APIApplicationCommandOptionChoice,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { InteractionType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { directChannelsOf } from '../state/channels.ts';
import { startInteraction } from '../state/interactions.ts';
import type { InteractionRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import { placesOf, worldOf } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import { readAutocomplete, readCommand } from './command-input.ts';
import type { ComponentTarget } from './component-search.ts';
import { findButton, findSelect } from './component-search.ts';
import { only, visibleMessages } from './eyes.ts';
import { readMenuCommand } from './menu-command.ts';
import type { FieldInput, SeenModal } from './modal.ts';
import { readSubmission, seeModal } from './modal.ts';
import type { OptionInput, PickContext } from './option-values.ts';
import { outcomeOf } from './outcome.ts';
import type { Reference } from './names.ts';
import { findMember } from './names.ts';
import type { Place } from './places.ts';
import { demand, visibleMessage } from './places.ts';
import { Reply } from './reply.ts';
import { Resolved } from './resolved.ts';
import { seeMessage } from './seen-message.ts';
import type { Picks } from './selecting.ts';
import { pickValues } from './selecting.ts';
import { ThreadUser } from './thread-user.ts';

export interface RunOptions {
  /** Where; the channel of the last act, or the first one in which this person may write, when left out. */
  in?: Place;
  /** As if the server's settings allowed the command to this person although its default permissions do not. */
  allowedBySettings?: boolean;
}

/** Components of which message; the newest visible one that has it when left out. */
export interface OnMessage {
  on?: { readonly id: string } | Reply;
}

interface OpenModal {
  channel: ChannelRecord;
  opener: InteractionRecord;
}

/** A member of a guild, acting and seeing as through Discord's client. */
export class Person extends ThreadUser {
  #modal: OpenModal | null = null;

  /** The modal that is open in front of this person. */
  get modal(): SeenModal | null {
    const modal = this.#modal?.opener.modal;
    return modal ? seeModal(modal) : null;
  }

  /** The same as the bot sent it, for who draws it. */
  get openModal(): APIModalInteractionResponseCallbackData | null {
    return this.#modal?.opener.modal ?? null;
  }

  async runs(
    command: string,
    options: Record<string, OptionInput> = {},
    how: RunOptions = {},
  ): Promise<Reply> {
    const channel = this.goTo(how.in);
    const { name, data } = readCommand(this.#useOf(channel, how), command, options);
    return this.#act(channel, { type: InteractionType.ApplicationCommand, data, commandName: name });
  }

  /** Uses a command from the menu of a message. */
  async usesOnMessage(command: string, { id }: { readonly id: string }): Promise<Reply> {
    const { channel, message } = visibleMessage(this.world, this.guild, this.id, id);
    const { name, data } = readMenuCommand(this.#useOf(channel, {}), command, { message });
    return this.#act(channel, { type: InteractionType.ApplicationCommand, data, commandName: name });
  }

  /** Uses a command from the menu of a member, in a channel. */
  async usesOnMember(command: string, who: Reference, how: RunOptions = {}): Promise<Reply> {
    const channel = this.goTo(how.in);
    const member = findMember(this.world, this.guild, who);
    const { name, data } = readMenuCommand(this.#useOf(channel, how), command, { member });
    return this.#act(channel, { type: InteractionType.ApplicationCommand, data, commandName: name });
  }

  /** The suggestions while typing in the option `focused`; names in this person's language. */
  async autocompletes(
    command: string,
    options: Record<string, OptionInput>,
    focused: string,
    how: RunOptions = {},
  ): Promise<{ name: string; value: string | number }[]> {
    const channel = this.goTo(how.in);
    const { name, data } = readAutocomplete(this.#useOf(channel, how), command, options, focused);
    const interaction = startInteraction(this.world, {
      type: InteractionType.ApplicationCommandAutocomplete,
      userId: this.id,
      channel,
      data,
      commandName: name,
    });
    const outcome = await outcomeOf(this.world, channel, interaction);
    if (outcome.kind !== 'choices') throw new Error(`Loading options failed for ${focused} of ${command}.`);
    return (interaction.choices ?? []).map((choice: APIApplicationCommandOptionChoice) => ({
      name: choice.name_localizations?.[this.user.locale] ?? choice.name,
      value: choice.value,
    }));
  }

  async clicks(button: ComponentTarget, how: OnMessage = {}): Promise<Reply> {
    const { message, component } = findButton(this.#searched(how), button);
    if (component.custom_id === undefined)
      throw new ClientRefusal('A link leaves Discord: the bot hears nothing of it.');
    return this.#act(this.channelOf(message.channelId), {
      type: InteractionType.MessageComponent,
      data: { id: component.id, custom_id: component.custom_id, component_type: component.type },
      source: message,
    });
  }

  async picks(select: ComponentTarget, picks: Picks, how: OnMessage = {}): Promise<Reply> {
    const { message, component } = findSelect(this.#searched(how), select);
    const context = this.#pickContext(this.channelOf(message.channelId), message.authorId);
    const values = pickValues(component, picks, context);
    const resolved = context.resolved?.data;
    return this.#act(this.channelOf(message.channelId), {
      type: InteractionType.MessageComponent,
      data: {
        id: component.id,
        custom_id: component.custom_id,
        component_type: component.type,
        values,
        ...(resolved ? { resolved } : {}),
      },
      source: message,
    });
  }

  /** Fills in the open modal by label or custom id and sends it; fields left out keep what they show. */
  async submits(fields: Record<string, FieldInput> = {}): Promise<Reply> {
    const open = this.#modal;
    if (!open?.opener.modal) throw new ClientRefusal(`No modal is open in front of ${this.name}.`);
    const data = readSubmission(
      open.opener.modal,
      fields,
      this.#pickContext(open.channel, open.opener.applicationId),
    );
    this.#modal = null;
    const source = open.channel.messages.get(open.opener.sourceMessageId ?? '');
    return this.#act(open.channel, {
      type: InteractionType.ModalSubmit,
      data,
      triggeredBy: open.opener,
      ...(source ? { source } : {}),
    });
  }

  /** Closes the open modal; the bot hears nothing. */
  dismisses(): void {
    this.#modal = null;
  }

  async #act(
    channel: ChannelRecord,
    action: Omit<Parameters<typeof startInteraction>[1], 'userId' | 'channel'>,
  ): Promise<Reply> {
    this.channel = channel;
    const refusal = `${this.name} does not see this channel.`;
    demand(this.world, this.guild, this.id, channel, P.ViewChannel, refusal);
    const interaction = startInteraction(this.world, { ...action, userId: this.id, channel });
    const outcome = await outcomeOf(this.world, channel, interaction);
    switch (outcome.kind) {
      case 'failed':
        return new Reply({ failed: outcome.sentence });
      case 'modal':
        this.#modal = { channel, opener: interaction };
        return new Reply({ modal: this.modal ?? undefined });
      case 'message':
      case 'updated':
        return new Reply({
          message: seeMessage(this.world, channel, outcome.message),
          updated: outcome.kind === 'updated',
        });
      default:
        return new Reply({});
    }
  }

  #useOf(channel: ChannelRecord, { allowedBySettings }: RunOptions) {
    const guild = channel.guildId === null ? null : this.guild;
    return { world: this.world, guild, channel, userId: this.id, allowedBySettings };
  }

  #pickContext(channel: ChannelRecord, botId: string): PickContext {
    const guild = channel.guildId === null ? null : this.guild;
    const resolved = new Resolved(worldOf(this.world, botId), guild, this.id);
    return { world: this.world, guild, userId: this.id, channelId: channel.id, resolved };
  }

  /** Visible messages, newest first; only the one that is named when one is. */
  #searched({ on }: OnMessage) {
    const channels = [...placesOf(this.world, this.guild.id), ...directChannelsOf(this.world, this.id)];
    const messages = visibleMessages(this.world, channels, this.id).toReversed();
    return on ? only(messages, on instanceof Reply ? on.message?.id : on.id) : messages;
  }
}
