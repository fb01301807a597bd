import type { TicketDeps } from '../deps.ts';
import { draftOf } from './draft.ts';
import { proposalButtons, proposalEntry } from './topic-views.ts';
import { claimTopics, settleTopic, type DueTopic } from './topics.ts';

const TOPICS_PER_SWEEP = 10;
const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 6 * 60 * 60_000;
/** A guild that has had no log channel for so long is not waiting for it. */
const LIFE_MS = 7 * 24 * 60 * 60_000;

/** Posts to the log channels what is to be proposed for the FAQ. Never throws for what Discord refuses. */
export async function proposeTopics(deps: TicketDeps): Promise<void> {
  const claimed = await claimTopics(deps.db, deps.clock.now(), TOPICS_PER_SWEEP);
  await Promise.all(claimed.map((topic) => propose(deps, topic)));
}

async function propose(deps: TicketDeps, topic: DueTopic): Promise<void> {
  const { db, clock, log, logChannel } = deps;
  try {
    const draft = await draftOf(db, topic);
    const isPosted =
      draft.tickets.length === 0 ||
      (await logChannel.post(topic.guildId, 'warning', proposalEntry(draft), {
        nonce: topic.nonce,
        components: (t) => proposalButtons(t, topic),
      }));
    const now = clock.now().getTime();
    const isOver = isPosted || now - topic.createdAt.getTime() >= LIFE_MS;
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(topic.attempts - 1, 20), LAST_RETRY_MS);
    await settleTopic(db, topic, isOver ? null : new Date(now + waitMs));
  } catch (error) {
    // The lease runs out by itself and it is tried again; Discord takes a nonce twice for once.
    log.error(
      { err: error, guildId: topic.guildId, topic: topic.id },
      'tickets: a topic could not be posted',
    );
  }
}
