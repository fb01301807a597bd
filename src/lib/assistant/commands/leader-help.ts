import {
  ButtonStyle,
  ComponentType,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { answer, openModal } from '#lib/ui/answer';
import { button, row } from '#lib/ui/components';
import { askInReply } from '../questions.ts';
import { takeTurn } from './cooldown.ts';
import { coachIds } from './custom-ids.ts';
import type { AssistantCommandDeps } from './deps.ts';
import { paragraphInput, typedIn } from './typed.ts';

const challenges = ['disengaged', 'burnout', 'dropOff', 'selfDoubt'] as const;

const QUESTION = 'question';
const QUESTION_MAX = 1_500;

/**
 * Lets somebody choose what they need help with.
 * @throws UserError when they asked often enough for now, as the others here do.
 */
export async function offerLeaderHelp(
  { limiter }: AssistantCommandDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  takeTurn(limiter, interaction, 'leaderhelp');
  const t = translator(localeOf(interaction.locale));
  await answer(interaction, {
    content: t('assistant-commands:leader.offer'),
    components: [
      row({
        type: ComponentType.StringSelect,
        custom_id: coachIds.build('challenge', {}),
        placeholder: t('assistant-commands:leader.choose'),
        options: challenges.map((challenge) => ({
          value: challenge,
          label: t(`assistant-commands:leader.challenge.${challenge}`),
          description: t(`assistant-commands:leader.hint.${challenge}`),
        })),
      }),
      row(button(t('assistant-commands:leader.own'), coachIds.build('own', {}), ButtonStyle.Secondary)),
    ],
  });
}

/** Helps with one of the challenges. */
export async function helpWithChallenge(
  { assistant, limiter }: AssistantCommandDeps,
  interaction: StringSelectMenuInteraction<'cached'>,
): Promise<void> {
  const challenge = challenges.find((one) => one === interaction.values[0]);
  if (challenge === undefined) throw new UserError('common:outdated', { command: '/leaderhelp' });
  takeTurn(limiter, interaction, 'leaderhelp');
  const locale = localeOf(interaction.locale);
  const t = translator(locale);
  const name = t(`assistant-commands:leader.challenge.${challenge}`);
  await askInReply(assistant, interaction, {
    profile: 'leader-help',
    guildId: interaction.guildId,
    userId: interaction.user.id,
    locale,
    quotes: [{ from: 'challenge', text: `${name}: ${t(`assistant-commands:leader.hint.${challenge}`)}` }],
    plain: `**${name}**\n${t(`assistant-commands:leader.checklist.${challenge}`)}`,
    sources: [],
  });
}

/** Opens the window for a question of their own. */
export async function openLeaderQuestion(
  { limiter }: AssistantCommandDeps,
  interaction: ButtonInteraction<'cached'>,
): Promise<void> {
  takeTurn(limiter, interaction, 'leaderhelp');
  const t = translator(localeOf(interaction.locale));
  await openModal(interaction, {
    custom_id: coachIds.build('ask', {}),
    title: t('assistant-commands:leader.title'),
    components: [
      paragraphInput(
        QUESTION,
        t('assistant-commands:leader.question'),
        t('assistant-commands:leader.questionHint'),
        QUESTION_MAX,
      ),
    ],
  });
}

/** Helps with a question of their own. @throws UserError when there is nothing in it. */
export async function submitLeaderQuestion(
  { assistant }: AssistantCommandDeps,
  interaction: ModalSubmitInteraction<'cached'>,
): Promise<void> {
  const question = typedIn(interaction, QUESTION);
  if (question === '') throw new UserError('assistant-commands:nothing');
  const locale = localeOf(interaction.locale);
  const t = translator(locale);
  await askInReply(assistant, interaction, {
    profile: 'leader-help',
    guildId: interaction.guildId,
    userId: interaction.user.id,
    locale,
    quotes: [{ from: 'question', text: question }],
    plain: [
      `**${t('assistant-commands:leader.question')}**\n${safeEmbedText(question, QUESTION_MAX)}`,
      t('assistant-commands:leader.checklist.own'),
    ].join('\n\n'),
    sources: [],
  });
}
