import {
  MessageFlags,
  type APIModalInteractionResponseCallbackData,
  type AnySelectMenuInteraction,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type CacheType,
  type Interaction,
  type InteractionEditReplyOptions,
  type InteractionReplyOptions,
  type InteractionUpdateOptions,
  type ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';

/** A button or a select of any kind. */
export type ComponentInteraction<Cached extends CacheType = CacheType> =
  | ButtonInteraction<Cached>
  | AnySelectMenuInteraction<Cached>;

/** Every interaction that has room for a message; autocomplete has none. */
export type Answerable = Exclude<Interaction, AutocompleteInteraction>;

/** Discord waits three seconds for a first response; this leaves time for the deferral itself to arrive. */
const DEFER_AFTER_MS = 1_500;

const deferrals = new WeakMap<object, Promise<unknown>>();
/** Interactions whose first response may be under way; a deferral could overtake it, and Discord would take that one. */
const answering = new WeakSet();

/** Whether an interaction came from a component of a message, which it may change in place. */
function changesMessage(interaction: Answerable): interaction is ComponentInteraction {
  return interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());
}

/**
 * Tells Discord that an answer will come, should it not have come after a second and a half. Everything the bot says
 * goes through {@link answer} and {@link update}, which know of it.
 */
export function deferWhenSlow(interaction: Answerable, onError: (error: unknown) => void): void {
  const timer = setTimeout(() => {
    if (interaction.replied || interaction.deferred || answering.has(interaction)) return;
    const deferral = changesMessage(interaction)
      ? interaction.deferUpdate()
      : interaction.deferReply({ flags: MessageFlags.Ephemeral });
    deferrals.set(interaction, deferral.then(undefined, onError));
  }, DEFER_AFTER_MS);
  timer.unref();
}

/** To be called before every response: waits for a deferral that went before, and lets none come after. */
async function begin(interaction: Answerable): Promise<void> {
  await deferrals.get(interaction);
  answering.add(interaction);
}

/** Answers one person, whether nothing, a deferral or an answer went before. */
export async function answer(interaction: Answerable, options: InteractionReplyOptions): Promise<void> {
  await begin(interaction);
  const ephemeral: InteractionReplyOptions = {
    ...options,
    flags: [MessageFlags.Ephemeral, ...(options.flags === undefined ? [] : [options.flags].flat())] as never,
  };
  if (interaction.replied || (interaction.deferred && changesMessage(interaction)))
    await interaction.followUp(ephemeral);
  else if (interaction.deferred) await interaction.editReply(options as InteractionEditReplyOptions);
  else await interaction.reply(ephemeral);
}

/** Changes the message whose component was used. */
export async function update(interaction: Answerable, options: InteractionUpdateOptions): Promise<void> {
  if (!changesMessage(interaction)) throw new TypeError('only a component of a message can change it');
  await begin(interaction);
  if (interaction.deferred || interaction.replied) await interaction.editReply(options);
  else await interaction.update(options);
}

/**
 * Makes this process the one that acts. Discord tells every process of the bot (two run while one replaces the other) and
 * takes one first response; before what must not be done twice, this settles who does it.
 * @throws DiscordAPIError in the processes that came second.
 */
export async function claim(interaction: Answerable): Promise<void> {
  await begin(interaction);
  if (interaction.deferred || interaction.replied) return;
  if (changesMessage(interaction)) await interaction.deferUpdate();
  else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
}

/** {@link claim} for a command whose answer everybody in the channel is to see. What had to be deferred before stays private. */
export async function claimInPublic(interaction: ChatInputCommandInteraction): Promise<void> {
  await begin(interaction);
  if (!interaction.deferred && !interaction.replied) await interaction.deferReply();
}

/**
 * Makes this process the one that acts, as {@link claim} does, and answers with a message of its own, even to a component: what it says comes later.
 * @param waiting what it says meanwhile, where Discord shows nothing itself.
 * @returns the id by which the interaction's webhook edits that message.
 * @throws DiscordAPIError in the processes that came second.
 */
export async function claimMessage(
  interaction: Answerable,
  waiting: InteractionReplyOptions,
): Promise<string> {
  await begin(interaction);
  if (interaction.replied || (interaction.deferred && changesMessage(interaction)))
    return (await interaction.followUp({ ...waiting, flags: MessageFlags.Ephemeral })).id;
  if (!interaction.deferred) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  return '@original';
}

/**
 * Opens a modal, which only a first response can do.
 * @throws UserError when a deferral was that already; trying again is usually fast enough.
 */
export async function openModal(
  interaction: Exclude<Answerable, ModalSubmitInteraction>,
  modal: APIModalInteractionResponseCallbackData,
): Promise<void> {
  await begin(interaction);
  if (interaction.deferred) throw new UserError('common:tooSlowForModal');
  await interaction.showModal(modal);
}

/** Whether Discord has had a first response to an interaction. */
export function isAnswered(interaction: Interaction): boolean {
  if (interaction.isAutocomplete()) return interaction.responded;
  if (!interaction.isRepliable()) return true;
  return interaction.replied || interaction.deferred;
}
