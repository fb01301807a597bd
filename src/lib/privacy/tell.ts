import { MessageFlags } from 'discord.js';
import { translator, type Locale } from '#lib/i18n/translate';
import { nameOfGuild, type PrivacyDeps } from './actions.ts';
import { receiptView } from './erase-views.ts';
import { refreshPost, stalePosts } from './posts.ts';
import type { Receipt } from './requests.ts';
import { eraseDue } from './sweep.ts';

/** Posts of one run of the task. */
const POSTS_AT_ONCE = 20;

/** Erases what is due and gives each who asked for it the receipt. */
export async function runErasures(deps: PrivacyDeps): Promise<void> {
  await eraseDue({
    ...deps,
    letGo: (person) => deps.tracker.forget(person),
    tell: (...told) => sendReceipt(deps, ...told),
  });
}

/** Lets posted texts show what is published, where whoever published it did not come to that. */
export async function refreshPosts(deps: PrivacyDeps): Promise<void> {
  for (const guildId of await stalePosts(deps.db, POSTS_AT_ONCE))
    await refreshPost(deps, guildId, deps.clock.now());
}

/** To who takes no direct messages there is still the code. */
async function sendReceipt(
  { client, log }: PrivacyDeps,
  userId: string,
  locale: Locale,
  receipt: Receipt,
  doneAt: Date,
): Promise<void> {
  try {
    await client.users.send(userId, {
      flags: MessageFlags.IsComponentsV2,
      components: receiptView(translator(locale), receipt, doneAt, nameOfGuild(client)),
      allowedMentions: { parse: [] },
    });
  } catch (error) {
    log.info({ err: error }, 'privacy: a receipt could not be sent by direct message');
  }
}
