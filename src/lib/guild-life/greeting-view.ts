import {
  ComponentType,
  ContainerComponent,
  MessageFlags,
  TextDisplayComponent,
  type APIContainerComponent,
  type Message,
} from 'discord.js';
import { ERASED_AFTER_DAYS } from '#db/personal-data';
import { permissionNames } from '#lib/discord/usable';
import type { Translate } from '#lib/i18n/translate';
import type { BotPermission } from '#lib/settings/definitions';
import { setupButton } from '#lib/setup/button';
import { safeEmbedText } from '#lib/text/sanitize';
import { row, textDisplay } from '#lib/ui/components';

/** What a greeting needs in a channel; its components are no embed. */
export const GREETING_PERMISSIONS: readonly BotPermission[] = ['ViewChannel', 'SendMessages'];

const NAME_MAX = 100;

export interface Greeting {
  readonly flags: MessageFlags.IsComponentsV2;
  readonly components: readonly [APIContainerComponent];
  readonly allowedMentions: { readonly parse: [] };
}

const greeting = (components: APIContainerComponent['components']): Greeting => ({
  flags: MessageFlags.IsComponentsV2,
  components: [{ type: ComponentType.Container, components }],
  allowedMentions: { parse: [] },
});

const kept = (t: Translate): string => t('guild-life:greeting.kept', { count: ERASED_AFTER_DAYS.removed });

/** Says in a channel of a guild who has come and what to do next. @param name the bot's own. */
export function greetingInChannel(t: Translate, name: string): Greeting {
  return greeting([
    textDisplay(t('guild-life:greeting.hello', { name: safeEmbedText(name, NAME_MAX) })),
    textDisplay(`${t('guild-life:greeting.about')}\n\n${t('guild-life:greeting.next')}`),
    row(setupButton(t)),
    textDisplay(kept(t)),
  ]);
}

/** The same to the owner of a guild where the bot may write nowhere; the button would do nothing there. @param server its name. */
export function greetingToOwner(t: Translate, server: string): Greeting {
  const nextThere = t('guild-life:greeting.nextThere', {
    permissions: permissionNames(GREETING_PERMISSIONS),
  });
  return greeting([
    textDisplay(t('guild-life:greeting.helloTo', { server: safeEmbedText(server, NAME_MAX) })),
    textDisplay(`${t('guild-life:greeting.about')}\n\n${nextThere}`),
    textDisplay(kept(t)),
  ]);
}

/** Whether a message of the bot is this greeting. */
export function isGreeting({ components: [sent] }: Message, { components: [wanted] }: Greeting): boolean {
  const [first] = sent instanceof ContainerComponent ? sent.components : [];
  const [hello] = wanted.components;
  return (
    first instanceof TextDisplayComponent &&
    hello?.type === ComponentType.TextDisplay &&
    first.content === hello.content
  );
}
