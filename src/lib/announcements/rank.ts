import { set } from '#lib/time/mentions/vocabulary';
import { isDated, type Spot } from './moments.ts';
import type { Sentence } from './sentences.ts';

const DOORS = set(
  'doors deuren deur inloop ontvangst opening open welkom warmup warm-up soundcheck lobby opbouw check-in checkin verzamelen gathering briefing',
);
const DEADLINE = set(
  'deadline inschrijven register registration registreren sign-up signup rsvp aanmelden uiterlijk before voor vóór closes sluit latest by inschrijvingen laten bestellen order submit indienen',
);
const START = set('start starts begint begin begins kick-off kickoff aanvang aftrap beginnen starten live');
/** "Sign-ups close Friday at 18:00" */
const SIGNING_UP = set(
  'ups signups registration registrations inschrijving inschrijvingen inschrijven aanmelden aanmeldingen registreren rsvp deadline tickets ticketverkoop voorverkoop presale submissions inzendingen bestellen',
);
/** "If you come by car: …" */
const CONDITION = set('if als wie whoever indien');
/** How many words before a time say what happens then. */
const WORDS_BEFORE = 4;
const RANK = {
  doors: -1,
  deadline: -1.2,
  start: 0.3,
  timeLabel: 1,
  notAnnouncing: -0.7,
  condition: -0.6,
  cancelled: -1,
  moved: 0.4,
} as const;

/** Of several moments of a post, which one it is about: the start rather than the doors, and what holds rather than what did. */
export function rankOf(spots: readonly Spot[]): number {
  const clock = spots.find(({ mention }) => mention.kind === 'clock');
  const ofSentences = spots.map(({ sentence }) => rankOfSentence(sentence, isDated(spots)));
  return ofSentences.reduce((sum, rank) => sum + rank, clock === undefined ? 0 : rankOfClock(clock));
}

function rankOfClock({ sentence, mention }: Spot): number {
  const { role, tokens, from } = sentence;
  const words = tokens.slice(from, mention.from).map(({ text }) => text);
  const near = words.slice(-WORDS_BEFORE);
  const has = (said: readonly string[], wanted: ReadonlySet<string>): boolean =>
    said.some((word) => wanted.has(word));
  let rank = 0;
  if (role === 'doors' || has(near, DOORS)) rank += RANK.doors;
  if (role === 'deadline' || has(near, DEADLINE) || has(words, SIGNING_UP)) rank += RANK.deadline;
  if (has(near, START)) rank += RANK.start;
  if (role === 'time' || role === 'when') rank += RANK.timeLabel;
  return rank;
}

function rankOfSentence({ signs, tokens, from }: Sentence, isDatedMoment: boolean): number {
  let rank = 0;
  const isNotAnnouncing = signs.isPast || signs.isReport || signs.isHours;
  if (isNotAnnouncing && !isDatedMoment) rank += RANK.notAnnouncing;
  if (CONDITION.has(tokens[from]?.text ?? '')) rank += RANK.condition;
  if (signs.isCancelled) return rank + RANK.cancelled;
  return signs.isMoved ? rank + RANK.moved : rank;
}
