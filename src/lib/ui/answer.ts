import {
  MessageFlags,
  type AnySelectMenuInteraction,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type CacheType,
  type Interaction,
  type InteractionEditReplyOptions,
  type InteractionReplyOptions,
  type InteractionUpdateOptions,
} from 'discord.js';

/** A button or a select of any kind. */
export type ComponentInteraction<Cached extends CacheType = CacheType> =
  | ButtonInteraction<Cached>
  | AnySelectMenuInteraction<Cached>;

/** Every interaction that has room for a message; autocomplete has none. */
export type Answerable = Exclude<Interaction, AutocompleteInteraction>;

/** Discord waits three seconds for a first response; this leaves time for the deferral itself to arrive. */
const DEFER_AFTER_MS = 1_500;

const deferrals = new WeakMap<object, Promise<unknown>>();

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
    if (interaction.replied || interaction.deferred) return;
    const deferral = changesMessage(interaction)
      ? interaction.deferUpdate()
      : interaction.deferReply({ flags: MessageFlags.Ephemeral });
    deferrals.set(interaction, deferral.then(undefined, onError));
  }, DEFER_AFTER_MS);
  timer.unref();
}

/** Answers one person, whether nothing, a deferral or an answer went before. */
export async function answer(interaction: Answerable, options: InteractionReplyOptions): Promise<void> {
  await deferrals.get(interaction);
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
  await deferrals.get(interaction);
  if (interaction.deferred || interaction.replied) await interaction.editReply(options);
  else await interaction.update(options);
}

/** Whether Discord has had a first response to an interaction. */
export function isAnswered(interaction: Interaction): boolean {
  if (interaction.isAutocomplete()) return interaction.responded;
  if (!interaction.isRepliable()) return true;
  return interaction.replied || interaction.deferred;
}
