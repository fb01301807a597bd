import {
  ButtonStyle,
  ComponentType,
  type APIComponentInContainer,
  type APIContainerComponent,
} from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { button, noteText, row, textDisplay, type Note } from '#lib/ui/components';
import type { Rule } from '../content.ts';
import { onboardingIds } from '../custom-ids.ts';
import { rulesOf } from './flow.ts';
import type { Session } from './sessions.ts';

/** Of the rules on one page; the rest of Discord's 4,000 is for what stands around them. */
const PAGE_TEXT_MAX = 3400;
/** A text and a picture each, of Discord's 40 components. */
const PAGE_RULES_MAX = 15;

/** A rule as members read it. */
export function ruleText({ title, description }: Rule, number: number): string {
  return [`### ${number}. ${title}`, ...(description === '' ? [] : [description])].join('\n');
}

/** A rule's text and picture. */
export function ruleComponents(rule: Rule, number: number): APIComponentInContainer[] {
  return [
    textDisplay(ruleText(rule, number)),
    ...(rule.imageUrl === null
      ? []
      : [
          {
            type: ComponentType.MediaGallery as const,
            items: [{ media: { url: rule.imageUrl }, description: rule.title }],
          },
        ]),
  ];
}

/** The rules in as few pages as Discord's limits allow. */
export function rulePages(rules: readonly Rule[]): { readonly rule: Rule; readonly number: number }[][] {
  const pages: { rule: Rule; number: number }[][] = [];
  let room = 0;
  for (const [index, rule] of rules.entries()) {
    const number = index + 1;
    const { length } = ruleText(rule, number);
    const last = pages.at(-1);
    if (last === undefined || length > room || last.length === PAGE_RULES_MAX) {
      pages.push([{ rule, number }]);
      room = PAGE_TEXT_MAX - length;
    } else {
      last.push({ rule, number });
      room -= length;
    }
  }
  return pages;
}

/** One page of the rules; the last one has the button that accepts them all. */
export function rulesScreen(
  t: Translate,
  session: Session,
  serverName: string,
  page: number,
  note: Note | null,
): APIContainerComponent {
  const pages = rulePages(rulesOf(session.content, session.mode));
  const at = Math.min(Math.max(0, page), pages.length - 1);
  const isLast = at === pages.length - 1;
  const turn = (to: number): string =>
    onboardingIds.build('rules', { session: session.id, page: String(to) });
  return {
    type: ComponentType.Container,
    components: [
      textDisplay(`## ${t('onboarding:rules.title', { server: safeEmbedText(serverName, 100) })}`),
      ...noteText(note),
      ...(pages[at] ?? []).flatMap(({ rule, number }) => ruleComponents(rule, number)),
      ...(pages.length > 1
        ? [textDisplay(`-# ${t('onboarding:rules.page', { page: at + 1, pages: pages.length })}`)]
        : []),
      row(
        ...(at > 0 ? [button(t('onboarding:rules.previous'), turn(at - 1))] : []),
        isLast
          ? button(
              t('onboarding:rules.accept'),
              onboardingIds.build('accept', { session: session.id }),
              ButtonStyle.Success,
            )
          : button(t('onboarding:rules.next'), turn(at + 1), ButtonStyle.Primary),
      ),
    ],
  };
}
