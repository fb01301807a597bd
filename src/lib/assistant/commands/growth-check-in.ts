import type { ChatInputCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { openModal } from '#lib/ui/answer';
import { askInReply } from '../questions.ts';
import { takeTurn } from './cooldown.ts';
import { coachIds } from './custom-ids.ts';
import type { AssistantCommandDeps } from './deps.ts';
import { paragraphInput, typedIn } from './typed.ts';

const FIELD_MAX = 1_000;
/** Longer than a field, for the backslashes. */
const SHOWN_MAX = 1_200;
const fields = ['goal', 'obstacle', 'feeling'] as const;
type Points = Readonly<Record<(typeof fields)[number], string>>;

/**
 * Asks a member what they want, what stands in the way and how they feel.
 * @throws UserError when they did so often enough for now.
 */
export async function openCheckIn(
  { limiter }: AssistantCommandDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  takeTurn(limiter, interaction, 'growthcheckin');
  const t = translator(localeOf(interaction.locale));
  await openModal(interaction, {
    custom_id: coachIds.build('checkIn', {}),
    title: t('assistant-commands:growth.title'),
    components: fields.map((field) =>
      paragraphInput(
        field,
        t(`assistant-commands:growth.field.${field}`),
        t(`assistant-commands:growth.hint.${field}`),
        FIELD_MAX,
      ),
    ),
  });
}

/** Answers a check-in. @throws UserError when there is nothing in it. */
export async function submitCheckIn(
  { assistant }: AssistantCommandDeps,
  interaction: ModalSubmitInteraction<'cached'>,
): Promise<void> {
  const [goal = '', obstacle = '', feeling = ''] = fields.map((field) => typedIn(interaction, field));
  const points: Points = { goal, obstacle, feeling };
  if (fields.every((field) => points[field] === '')) throw new UserError('assistant-commands:nothing');
  const locale = localeOf(interaction.locale);
  await askInReply(assistant, interaction, {
    profile: 'growth-check-in',
    guildId: interaction.guildId,
    userId: interaction.user.id,
    locale,
    quotes: fields.map((from) => ({ from, text: points[from] })),
    plain: plainCheckIn(translator(locale), points),
    sources: [],
  });
}

/** Their own points, and questions to go on with by oneself. */
function plainCheckIn(t: Translate, points: Points): string {
  const shown = fields
    .filter((field) => points[field] !== '')
    .map(
      (field) =>
        `**${t(`assistant-commands:growth.field.${field}`)}**\n${safeEmbedText(points[field], SHOWN_MAX)}`,
    );
  return [...shown, t('assistant-commands:growth.questions'), t('assistant-commands:growth.care')].join(
    '\n\n',
  );
}
