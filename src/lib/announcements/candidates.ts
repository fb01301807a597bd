import { weekdayOf, type Weekday } from '#lib/time/calendar';
import type {
  ClockMention,
  DateMention,
  InstantMention,
  Mention,
  RecurrenceMention,
} from '#lib/time/mentions/mention';
import {
  decideTime,
  resolveDay,
  resolveToday,
  ruleOf,
  type DecidedTime,
  type Resolved,
} from '#lib/time/mentions/resolve';
import { AND_WORDS, set } from '#lib/time/mentions/vocabulary';
import type { PartOfDay } from '#lib/time/mentions/vocabulary';
import { firstOccurrence } from '#lib/time/mentions/first-occurrence';
import { isMeetingPoint, placeBefore, placeBehind, placeWithin } from './place.ts';
import type { ReadingContext, Silence } from './read.ts';
import type { Sentence } from './sentences.ts';
import { DOUBT, isInviting } from './signs.ts';
import { wallClockOf } from '#lib/time/wall-clock';

interface Base {
  readonly instant: Date;
  /** `HH:MM` in the server's zone. */
  readonly time: string;
  readonly confidence: number;
  /** Why it is not sure, where there is one reason. */
  readonly doubt: Silence | undefined;
  readonly evidence: readonly string[];
  readonly spots: readonly Spot[];
  readonly order: number;
  readonly weight: number;
}

export interface OneOffCandidate extends Base {
  readonly kind: 'one-off';
}

export interface RecurringCandidate extends Base {
  readonly kind: 'recurring';
  readonly rrule: string;
  readonly days: readonly Weekday[] | null;
  readonly from: string | null;
  readonly until: string | null;
}

export type Candidate = OneOffCandidate | RecurringCandidate;

/** A mention where it stands. */
interface Spot<M extends Mention = Mention> {
  readonly sentence: Sentence;
  /** Of the sentence among all. */
  readonly index: number;
  readonly mention: M;
}

export interface Candidates {
  /** The likeliest first. */
  readonly candidates: readonly Candidate[];
  /** Why there is none. */
  readonly reason: Silence;
  readonly evidence: readonly string[];
  placeOf(candidate: Candidate): string | null;
}

const END_BEFORE = set(
  'until till tot untill einde end ends eindigt eindigen sluit sluiten closes gedaan finished finish',
);
const DOORS = set(
  'doors deuren deur inloop ontvangst opening open welkom warmup warm-up soundcheck lobby opbouw check-in checkin verzamelen gathering briefing',
);
const DEADLINE = set(
  'deadline inschrijven register registration registreren sign-up signup rsvp aanmelden uiterlijk before voor vóór closes sluit latest by inschrijvingen laten bestellen order submit indienen',
);
const START = set('start starts begint begin begins kick-off kickoff aanvang aftrap beginnen starten live');
/** A line of more words is no heading. */
const HEADING_WORDS_MAX = 7;
const JUMPS = set('jumps jump springt springen verspringt listen luister skip spoel');
const SIGNING_UP = set(
  'ups signups registration registrations inschrijving inschrijvingen inschrijven aanmelden aanmeldingen registreren rsvp deadline tickets ticketverkoop voorverkoop presale submissions inzendingen bestellen',
);
const NONE_OF = set('no geen');
const NEEDS = set(
  'ervaring experience inkom entry voorkennis inschrijving registration signup sign-up kosten cost spoilers need prep preparation mic camera account ticket tickets reservatie reservering entree',
);
const ASKS_WHEN = set('when wanneer which welke welk what wat');
const ALREADY = set('already al now nu currently momenteel pas only since sinds');
/** A post that names more moments is a list, not an announcement; the rest is not read. */
const MENTIONS_MAX = 60;
/** How many lines apart a day and a time may stand and still belong together. */
const LINES_APART_MAX = 6;

/** What a post may announce. */
export function candidatesOf(sentences: readonly Sentence[], context: ReadingContext): Candidates {
  const reader = new Reader(sentences, context);
  return reader.read();
}

class Reader {
  readonly #sentences: readonly Sentence[];
  readonly #context: ReadingContext;
  readonly #clocks: Spot<ClockMention>[] = [];
  readonly #dates: Spot<DateMention>[] = [];
  readonly #recurrences: Spot<RecurrenceMention>[] = [];
  readonly #instants: Spot<InstantMention>[] = [];
  readonly #candidates: Candidate[] = [];
  #failure: Silence | null = null;
  #failedEvidence: string[] = [];

  constructor(sentences: readonly Sentence[], context: ReadingContext) {
    this.#sentences = sentences;
    this.#context = context;
    let left = MENTIONS_MAX;
    for (const [index, sentence] of sentences.entries()) {
      const isOver = sentence.mentions.some(({ kind }) => kind === 'past');
      for (const mention of sentence.mentions) {
        left -= 1;
        if (left < 0) return;
        const spot = { sentence, index, mention };
        if (isInQuotes(sentence, mention) || isReplaced(sentence, mention)) continue;
        if (mention.kind === 'clock' && !this.#isEnd(spot as Spot<ClockMention>))
          this.#clocks.push(spot as Spot<ClockMention>);
        else if (mention.kind === 'date') this.#dates.push(spot as Spot<DateMention>);
        else if (mention.kind === 'recurrence') this.#recurrences.push(spot as Spot<RecurrenceMention>);
        else if (mention.kind === 'instant') this.#instants.push(spot as Spot<InstantMention>);
      }
      if (isOver) this.#overSentences.add(index);
    }
  }

  readonly #overSentences = new Set<number>();

  /** Lines that begin with a time, from 0:00 on, are the chapters of a video. */
  get #isChapters(): boolean {
    return this.#clocks.some(
      ({ sentence, mention }) =>
        mention.from === 0 &&
        sentence.from === 0 &&
        mention.hour === 0 &&
        mention.minute === 0 &&
        sentence.role === null,
    );
  }

  read(): Candidates {
    this.#readInstants();
    this.#readRecurrences();
    this.#readDates();
    const ranked = this.#candidates.toSorted(
      (a, b) =>
        b.weight - a.weight ||
        Number(b.kind === 'recurring') - Number(a.kind === 'recurring') ||
        a.instant.getTime() - b.instant.getTime() ||
        a.order - b.order,
    );
    const veto = this.#veto(ranked[0]);
    return {
      candidates: veto === null ? ranked : [],
      reason: veto ?? this.#reason(),
      evidence: this.#failedEvidence,
      placeOf: (candidate) => this.#placeOf(candidate),
    };
  }

  #reason(): Silence {
    if (this.#failure !== null) return this.#failure;
    if (this.#overSentences.size > 0) return 'past';
    return this.#dates.length > 0 || this.#recurrences.length > 0 ? 'no-time' : 'no-moment';
  }

  /** What makes the whole post no announcement. */
  #veto(best: Candidate | undefined): Silence | null {
    if (this.#isPoll()) return 'question';
    return this.#vetoOfCancelling(best);
  }

  /** Asks for a moment, and offers several. */
  #isPoll(): boolean {
    const offered = new Set(
      this.#candidates
        .filter(({ kind, spots }) => kind === 'one-off' && spots.length > 1)
        .map(({ instant }) => instant.getTime()),
    );
    if (offered.size < 2) return false;
    return this.#sentences.some(
      ({ signs, isTitle, tokens, from }, index) =>
        signs.isPoll ||
        ((isTitle || index === 0) &&
          signs.isQuestion &&
          ASKS_WHEN.has(tokens.slice(from).find(({ kind }) => kind === 'word')?.text ?? '')),
    );
  }

  #vetoOfCancelling(best: Candidate | undefined): Silence | null {
    const isHeadCancelled = this.#sentences.some(
      ({ isTitle, signs }) => isTitle && signs.isCancelled && !signs.isMoved,
    );
    // "No classes between Christmas and New Year" deep in a post is about something else.
    const cancelled = this.#sentences.filter(
      ({ signs, isTitle, mentions, line }, index) =>
        signs.isCalledOff || (signs.isCancelled && (isTitle || index < 3 || line < 2 || mentions.length > 0)),
    );
    if (cancelled.length === 0) return null;
    if (best === undefined) return 'cancelled';
    const own = best.spots.map(({ sentence }) => sentence);
    const isOwnCancelled = own.some(({ signs }) => signs.isCancelled);
    const isMoved =
      own.some(({ signs }) => signs.isMoved) ||
      this.#sentences.some(({ signs }) => signs.isMoved && !signs.isCancelled);
    if (isOwnCancelled) return isMoved && own.some(({ signs }) => signs.isMoved) ? null : 'cancelled';
    if (isHeadCancelled) return isMoved ? null : 'cancelled';
    // "No session this week. Next one: Friday 20:00." announces; a recurrence that pauses does not.
    if (best.kind === 'recurring') return 'cancelled';
    const first = cancelled[0];
    return isMoved || (first !== undefined && this.#isAfter(best, first)) ? null : 'cancelled';
  }

  #isAfter(candidate: Candidate, sentence: Sentence): boolean {
    const at = this.#sentences.indexOf(sentence);
    return (
      candidate.weight > 1 &&
      candidate.spots.every(({ index }) => index > at) &&
      candidate.spots.some(({ mention }) => mention.kind === 'date' || mention.kind === 'instant')
    );
  }

  #isEnd({ sentence, mention }: Spot<ClockMention>): boolean {
    if (sentence.role === 'end') return true;
    const before = sentence.tokens[mention.from - 1]?.text ?? '';
    if (END_BEFORE.has(before) && mention.from > sentence.from) return true;
    return sentence.mentions.some(
      (other) =>
        other.kind === 'date' &&
        other.role === 'until' &&
        other.to <= mention.from &&
        mention.from - other.to <= 1,
    );
  }

  #readInstants(): void {
    for (const [order, spot] of this.#instants.entries()) {
      const { at } = spot.mention;
      const instant =
        at.is === 'stamp'
          ? new Date(at.seconds * 1000)
          : new Date(this.#context.now.getTime() + at.minutes * 60_000);
      const words = [this.#words(spot)];
      if (instant <= this.#context.now || Number.isNaN(instant.getTime())) {
        this.#fail('past', words);
        continue;
      }
      // A length of time in passing ("in 20 minutes I cook") is an event only in the words of one.
      this.#add(
        {
          kind: 'one-off',
          instant,
          time: wallClockOf(instant, this.#context.zone).time,
          evidence: words,
          spots: [spot],
          order,
        },
        at.is === 'stamp' ? 0.95 : 0.8,
        at.is === 'stamp' ? 3 : 1,
      );
    }
  }

  #readRecurrences(): void {
    for (const [order, spot] of this.#recurrences.entries()) {
      const closed = this.#close(spot);
      if (closed === null) continue;
      const clock = this.#clockFor(spot);
      if (clock === null) {
        this.#fail('no-time', [this.#words(spot)]);
        continue;
      }
      const part = spot.mention.part ?? closed.day?.mention.part ?? this.#partIn(clock);
      const decided = decideTime(clock.mention, part);
      const { rrule, days } = ruleOf(closed.rule);
      const today = wallClockOf(this.#context.now, this.#context.zone).date;
      const start = this.#startOf(spot, decided.time);
      const first = firstOccurrence(closed.rule, decided.time, {
        ...this.#context,
        timeZone: clock.mention.zone ?? this.#context.zone,
        from: start ?? today,
      });
      if (first === null) continue;
      const until = this.#untilOf(spot);
      if (until !== null && until < wallClockOf(first, this.#context.zone).date) {
        this.#fail('past', [this.#words(spot)]);
        continue;
      }
      const spots: Spot[] = [spot, ...(closed.day === null ? [] : [closed.day]), clock];
      const isTogether =
        clock.sentence.line === spot.sentence.line ||
        clock.sentence.role !== null ||
        spot.sentence.role !== null ||
        spot.sentence.isTitle;
      const isRange = spot.sentence.role === null && clock.mention.isRange && isDayRange(spot);
      this.#add(
        {
          kind: 'recurring',
          instant: first,
          time: wallClockOf(first, this.#context.zone).time,
          rrule,
          days: shiftDays(days, first, decided.time, clock.mention.zone, this.#context.zone),
          from: start,
          until,
          evidence: spots.map((each) => this.#words(each)),
          spots,
          order,
        },
        // "Mon–Fri 9:00–17:00" are the hours of something.
        0.92 - (decided.isGuess ? 0.15 : 0) - (closed.day === null ? 0 : 0.05) - (isRange ? 0.45 : 0),
        isTogether ? 2.5 : 1,
      );
    }
  }

  /** The day that "weekly" or "monthly" leaves to another word. */
  #close(
    spot: Spot<RecurrenceMention>,
  ): { rule: Exclude<RecurrenceMention['rule'], { open: true }>; day: Spot<DateMention> | null } | null {
    const { rule } = spot.mention;
    if (!('open' in rule)) return { rule, day: null };
    if (rule.every === 'year') return null;
    const near = this.#dates.filter(
      ({ sentence }) =>
        sentence.line === spot.sentence.line || sentence.role !== null || spot.sentence.isTitle,
    );
    for (const day of near) {
      const { day: reference, role } = day.mention;
      if (rule.every === 'week') {
        if (reference.is === 'weekday' && reference.which === 'bare' && reference.weeks === 0)
          return { rule: { every: 'week', interval: rule.interval, days: this.#weekdaysBeside(day) }, day };
        if ((role === 'from' || spot.sentence.role === 'days') && reference.is === 'calendar') {
          const resolved = resolveDay(
            reference,
            { time: '23:59', daysLater: 0, isGuess: false },
            this.#context,
          );
          if (resolved.ok)
            return {
              rule: { every: 'week', interval: rule.interval, days: [weekdayOf(resolved.date)] },
              day,
            };
        }
      } else if (reference.is === 'day-of-month') {
        return { rule: { every: 'month', day: reference.day }, day };
      }
    }
    return null;
  }

  /** "Monday and Wednesday" near "weekly". */
  #weekdaysBeside(day: Spot<DateMention>): Weekday[] {
    const days = this.#dates
      .filter(
        ({ index, mention }) =>
          index === day.index && mention.day.is === 'weekday' && mention.day.which === 'bare',
      )
      .map(({ mention }) => (mention.day.is === 'weekday' ? mention.day.weekday : 0));
    return [...new Set(days)].sort((a, b) => a - b) as Weekday[];
  }

  #startOf(spot: Spot<RecurrenceMention>, time: string): string | null {
    for (const { mention, index, sentence } of this.#dates) {
      const isStart =
        mention.role === 'from' ||
        sentence.role === 'from' ||
        (sentence.role !== null && mention.day.is === 'calendar' && mention.role !== 'until');
      if (!isStart || (sentence.role === null && Math.abs(index - spot.index) > 3)) continue;
      const resolved = resolveDay(mention.day, { time, daysLater: 0, isGuess: false }, this.#context);
      if (resolved.ok) return resolved.date;
    }
    return null;
  }

  #untilOf(spot: Spot<RecurrenceMention>): string | null {
    for (const { mention, index } of this.#dates) {
      if (mention.role !== 'until' || Math.abs(index - spot.index) > 3) continue;
      const resolved = resolveDay(
        mention.day,
        { time: '23:59', daysLater: 0, isGuess: false },
        this.#context,
      );
      if (resolved.ok) return resolved.date;
    }
    return null;
  }

  #readDates(): void {
    let before: Spot<ClockMention> | null = null;
    for (const [order, clock] of this.#clocks.entries()) {
      const isRepeated = before !== null && this.#isSameMoment(before, clock);
      if (!isRepeated) this.#readClock(clock, order);
      before = clock;
    }
  }

  /** "20:00 CET / 2 pm EST": one moment in two zones. */
  #isSameMoment(before: Spot<ClockMention>, clock: Spot<ClockMention>): boolean {
    if (before.sentence.line !== clock.sentence.line) return false;
    const [zone, other] = [before.mention.zone, clock.mention.zone];
    if (zone === undefined && other === undefined) return false;
    const gap = clock.mention.from - before.mention.to;
    const hasDateBetween = this.#dates.some(
      ({ sentence, mention }) =>
        sentence.line === clock.sentence.line &&
        mention.from >= before.mention.to &&
        mention.to <= clock.mention.from,
    );
    return gap <= 6 && !hasDateBetween && zone !== other;
  }

  #readClock(clock: Spot<ClockMention>, order: number): void {
    const { now } = this.#context;
    const date = this.#dateFor(clock);
    const part = this.#partIn(clock) ?? date?.mention.part;
    const decided = decideTime(clock.mention, part);
    const zone = clock.mention.zone ?? this.#context.zone;
    const words = [...(date === null ? [] : [this.#words(date)]), this.#words(clock)];
    if (this.#isChapters && clock.mention.from === clock.sentence.from) return;
    if (this.#overSentences.has(clock.index) && (date === null || date.index !== clock.index))
      return this.#fail('past', words);
    const resolved =
      date === null ? resolveToday(decided, this.#context, zone) : this.#resolveFirst(date, decided, zone);
    if (!resolved.ok) return this.#fail(resolved.reason, words);
    if (resolved.instant <= now) return this.#fail('past', words);
    let confidence = date === null ? this.#looseConfidence(clock) : 0.9;
    if (resolved.isGuess) confidence -= 0.15;
    if (decided.isGuess) confidence -= 0.15;
    const spots: Spot[] = [...(date === null ? [] : [date]), clock];
    this.#add(
      {
        kind: 'one-off',
        instant: resolved.instant,
        time: wallClockOf(resolved.instant, this.#context.zone).time,
        evidence: words,
        spots,
        order,
      },
      confidence,
      date === null ? 0.5 : date.index === clock.index || date.sentence.role !== null ? 2 : 1.5,
    );
  }

  /** Of days in a row ("4/3, 18/3 en 1/4, telkens om 19u30") the first that is ahead. */
  #resolveFirst(date: Spot<DateMention>, decided: DecidedTime, zone: string): Resolved {
    let first = date;
    for (const other of this.#dates.toReversed()) {
      if (other.index !== date.index || other.mention.to > first.mention.from) continue;
      const between = date.sentence.tokens.slice(other.mention.to, first.mention.from);
      if (between.length === 0 || !between.every(({ text }) => AND_WORDS.has(text))) break;
      first = other;
    }
    for (const { index, mention } of this.#dates) {
      if (index !== date.index || mention.from < first.mention.from || mention.from >= date.mention.from)
        continue;
      const resolved = resolveDay(mention.day, decided, this.#context, zone);
      if (resolved.ok && !resolved.isGuess) return resolved;
    }
    return resolveDay(date.mention.day, decided, this.#context, zone);
  }

  /** A time without any day. */
  #looseConfidence({ sentence }: Spot<ClockMention>): number {
    if (sentence.role === 'time' || sentence.role === 'when') return 0.75;
    if (sentence.isTitle) return 0.65;
    if (this.#overSentences.size > 0) return 0.4;
    return this.#sentences.some(({ signs }) => signs.isEvent) ? 0.6 : 0.4;
  }

  /** The day that a time belongs to. */
  #dateFor(clock: Spot<ClockMention>): Spot<DateMention> | null {
    const usable = this.#dates.filter(({ mention }) => mention.role !== 'until');
    const same = usable.filter(({ index }) => index === clock.index);
    const before = same.findLast(({ mention }) => mention.to <= clock.mention.from);
    const after = same.find(({ mention }) => mention.from >= clock.mention.to);
    if (before !== undefined && after !== undefined) {
      // "20:00 on Friday" after another moment: what stands right behind belongs to it.
      const isRight =
        after.mention.from - clock.mention.to <= 1 && before.mention.to < clock.mention.from - 2;
      return isRight ? after : before;
    }
    if (before !== undefined || after !== undefined) return before ?? after ?? null;
    if (clock.sentence.role === null) {
      const earlier = usable.findLast(
        ({ index, sentence }) => index < clock.index && clock.sentence.line - sentence.line <= 1,
      );
      if (earlier !== undefined) return earlier;
    }
    const labelled = usable.filter(
      ({ sentence }) => sentence.role === 'date' || sentence.role === 'when' || sentence.role === 'days',
    );
    const label = labelled.findLast(({ index }) => index < clock.index) ?? labelled[0];
    if (label !== undefined) return label;
    const earlier = usable.findLast(
      ({ index, sentence }) =>
        index < clock.index &&
        (sentence.isTitle ||
          clock.sentence.role !== null ||
          clock.sentence.line - sentence.line <= LINES_APART_MAX),
    );
    const later = usable.find(
      ({ index, sentence }) =>
        index > clock.index && (clock.sentence.role !== null || sentence.line - clock.sentence.line <= 2),
    );
    return earlier ?? later ?? null;
  }

  /** The time of a recurrence: in its sentence, behind a label, else the nearest. */
  #clockFor(spot: Spot<RecurrenceMention>): Spot<ClockMention> | null {
    const same = this.#clocks.filter(({ index }) => index === spot.index);
    const behind = same.find(({ mention }) => mention.from >= spot.mention.to);
    const own = behind ?? same.at(-1);
    if (own !== undefined) return own;
    const labelled = this.#clocks.find(
      ({ sentence }) => sentence.role === 'time' || sentence.role === 'when',
    );
    if (labelled !== undefined) return labelled;
    const isLabel = spot.sentence.role !== null || spot.sentence.isTitle;
    const near = this.#clocks.filter(
      (clock) =>
        (isLabel || Math.abs(clock.sentence.line - spot.sentence.line) <= 2) &&
        !this.#dates.some(({ index }) => index === clock.index),
    );
    return near.find(({ index }) => index > spot.index) ?? near.at(-1) ?? null;
  }

  #partIn({ sentence, mention }: Spot<ClockMention>): PartOfDay | undefined {
    if (mention.part !== undefined) return mention.part;
    const parts = sentence.mentions.filter(({ kind }) => kind === 'part');
    const part = parts[0];
    if (part?.kind === 'part') return part.part;
    const date = sentence.mentions.find((other) => other.kind === 'date' && other.part !== undefined);
    return date?.kind === 'date' ? date.part : undefined;
  }

  #add(
    candidate: DistributiveOmit<Candidate, 'confidence' | 'weight' | 'doubt'>,
    confidence: number,
    weight: number,
  ): void {
    const { lowered, doubt } = this.#doubts(candidate.spots, confidence);
    this.#candidates.push({
      ...candidate,
      confidence: Math.max(0, Math.min(1, lowered)),
      doubt,
      weight: weight + this.#rank(candidate.spots),
    } as Candidate);
  }

  #doubts(spots: readonly Spot[], confidence: number): { lowered: number; doubt: Silence | undefined } {
    let lowered = confidence;
    let doubt: Silence | undefined;
    const lower = (by: number, why: Silence): void => {
      lowered -= by;
      doubt ??= why;
    };
    const sentences = [...new Set(spots.map(({ sentence }) => sentence))];
    const isLabelled = sentences.some(({ role }) => role !== null);
    const isEvent = isLabelled || this.#sentences.some(({ signs }) => signs.isEvent);
    for (const sentence of sentences) {
      const { signs, tokens, from, to } = sentence;
      const moments = sentence.mentions.filter(({ kind }) => kind === 'clock' || kind === 'date').length;
      if (signs.isChoice && moments > 2) lower(0.6, 'question');
      else if (signs.isQuestion && !isInviting(tokens.slice(from, to))) lower(0.45, 'question');
      const much = isDated(spots) ? 0.15 : 0.45;
      if (this.#isUnderHours(sentence)) lower(0.45, 'hours');
      else if (signs.isHours)
        lower(spots.some(({ mention }) => mention.kind === 'recurrence') ? 0.45 : much, 'hours');
      if (signs.isPlainReport && !isLabelled) lower(0.45, 'report');
      else if (signs.isReport && !isLabelled) lower(much, 'report');
      if (signs.isPast && !isLabelled && !signs.isMoved && !isCertain(spots)) lower(0.45, 'past');
      if (signs.isDoubtful && isNearDoubt(sentence, spots)) lower(0.45, 'unsure');
      if (signs.isConditional && !isLabelled) lower(0.45, 'unsure');
    }
    const clock = spots.find(({ mention }) => mention.kind === 'clock');
    const before = clock?.sentence.tokens[clock.mention.from - 1]?.text ?? '';
    if (
      clock !== undefined &&
      clock.mention.from > clock.sentence.from &&
      (ALREADY.has(before) || isAfterJump(clock))
    )
      lower(0.45, 'report');
    const behind = clock?.sentence.tokens[clock.mention.to];
    // "Donderdag om 20u geen taalcafé"
    if (
      clock !== undefined &&
      behind?.isFirst === false &&
      NONE_OF.has(behind.text) &&
      !NEEDS.has(clock.sentence.tokens[clock.mention.to + 1]?.text ?? '')
    )
      lower(0.6, 'cancelled');
    if (
      !isLabelled &&
      this.#sentences.some(
        ({ isTitle, signs, to, from }, index) =>
          (isTitle || (index === 0 && to - from <= HEADING_WORDS_MAX)) &&
          (signs.isPlainReport || (isTitle && signs.isPast) || (signs.isReport && !isDated(spots))),
      )
    )
      lower(0.45, 'report');
    if (!isEvent && !isWhole(spots)) lower(0.15, 'report');
    return { lowered, doubt };
  }

  /** Below a heading such as "Opening hours". */
  #isUnderHours(sentence: Sentence): boolean {
    if (sentence.role !== null) return false;
    return this.#sentences.some(
      ({ signs, isTitle, line, mentions, from, to }) =>
        signs.isHours &&
        (isTitle ||
          (line < sentence.line &&
            sentence.line - line <= 6 &&
            to - from <= HEADING_WORDS_MAX &&
            mentions.length === 0)),
    );
  }

  /** Of several moments, which one the post is about. */
  #rank(spots: readonly Spot[]): number {
    let rank = 0;
    const clock = spots.find(({ mention }) => mention.kind === 'clock');
    if (clock !== undefined) {
      const { sentence, mention } = clock;
      const before = sentence.tokens
        .slice(Math.max(sentence.from, mention.from - 4), mention.from)
        .map(({ text }) => text);
      if (sentence.role === 'doors' || before.some((word) => DOORS.has(word))) rank -= 1;
      if (
        sentence.role === 'deadline' ||
        before.some((word) => DEADLINE.has(word)) ||
        isAboutSigningUp(clock)
      )
        rank -= 1.2;
      if (before.some((word) => START.has(word))) rank += 0.3;
      if (sentence.role === 'time' || sentence.role === 'when') rank += 1;
    }
    for (const { sentence } of spots) {
      if ((sentence.signs.isPast || sentence.signs.isReport || sentence.signs.isHours) && !isDated(spots))
        rank -= 0.7;
      if (set('if als wie whoever indien').has(sentence.tokens[sentence.from]?.text ?? '')) rank -= 0.6;
      if (sentence.signs.isCancelled) rank -= 1;
      else if (sentence.signs.isMoved) rank += 0.4;
    }
    return rank;
  }

  #fail(reason: Silence, evidence: string[]): void {
    if (this.#failure !== null && this.#failure !== 'no-time') return;
    this.#failure = reason;
    this.#failedEvidence = evidence;
  }

  #words({ sentence, mention }: Spot): string {
    const first = sentence.tokens[mention.from];
    const last = sentence.tokens[mention.to - 1];
    return first === undefined || last === undefined ? '' : sentence.text.slice(first.start, last.end);
  }

  #placeOf(candidate: Candidate): string | null {
    const labelled_ = this.#sentences.find(({ role }) => role === 'place');
    if (labelled_ !== undefined) {
      const text = labelled_.text.replace(/^[^\p{L}\p{N}<#@'\u2019]+/u, '').trim();
      if (text !== '') return text;
    }
    for (const { sentence, mention } of candidate.spots) {
      const place =
        placeBehind(sentence.text, sentence.tokens, mention.to) ??
        placeBefore(sentence.text, sentence.tokens, mention.from);
      if (place !== null) return place;
    }
    for (const { sentence } of candidate.spots) {
      const last = Math.max(
        ...candidate.spots.filter((spot) => spot.sentence === sentence).map(({ mention }) => mention.to),
      );
      const place = placeWithin(sentence, last, false);
      if (place !== null) return place;
    }
    const own = candidate.spots.at(-1);
    if (own === undefined) return null;
    const isHead = candidate.spots.every(({ sentence }) => sentence.isTitle);
    for (const sentence of this.#sentences.slice(own.index + 1)) {
      if (sentence.role !== null || sentence.line - own.sentence.line > 2) continue;
      const place = isHead || isMeetingPoint(sentence) ? placeWithin(sentence, sentence.from, true) : null;
      if (place !== null) return place;
      if (isHead) break;
    }
    return null;
  }
}

/** "21:00 instead of 20:00", "moved from Wednesday 20:00 to Thursday 21:00": the moment that is given up. */
function isReplaced({ tokens, from, to, signs }: Sentence, { from: at }: Mention): boolean {
  const words = (index: number): string => tokens[index]?.text ?? '';
  const first = set('om at op on the de').has(words(at - 1)) ? at - 1 : at;
  if (
    (words(first - 1) === 'of' && words(first - 2) === 'instead') ||
    (words(first - 1) === 'van' && words(first - 2) === 'plaats') ||
    words(first - 1) === 'ipv'
  )
    return true;
  if (!signs.isMoved) return false;
  let isBehind = false;
  for (let index = from; index <= at; index += 1) {
    if (set('from van').has(words(index))) isBehind = true;
    if (isBehind && set('to naar').has(words(index))) isBehind = false;
  }
  if (!isBehind) return false;
  for (let index = at; index < to; index += 1) if (set('to naar').has(words(index))) return true;
  return false;
}

/** Words inside double quotes are what somebody else says or types. */
function isInQuotes({ tokens, from, to }: Sentence, mention: Mention): boolean {
  const isQuote = (index: number): boolean => /^["\u201C\u201D\u201E]$/.test(tokens[index]?.text ?? '');
  let count = 0;
  for (let index = from; index < mention.from; index += 1) if (isQuote(index)) count += 1;
  if (count % 2 === 0) return false;
  for (let index = mention.to; index < Math.min(to, mention.to + 12); index += 1)
    if (isQuote(index)) return true;
  return false;
}

/** Whether the day itself says that it is ahead. */
function isCertain(spots: readonly Spot[]): boolean {
  return spots.some(({ mention }) => {
    if (mention.kind === 'instant' || mention.kind === 'recurrence') return true;
    return mention.kind === 'date' && (mention.day.is !== 'weekday' || mention.day.which === 'next');
  });
}

/** Whether a day is named that is ahead for certain, rather than one that comes each week. */
function isDated(spots: readonly Spot[]): boolean {
  return spots.some(
    ({ mention }) =>
      mention.kind === 'instant' ||
      (mention.kind === 'recurrence' && !('open' in mention.rule)) ||
      (mention.kind === 'date' && (mention.day.is !== 'weekday' || mention.day.which !== 'bare')),
  );
}

/** "the clock jumps from 02:00": what it says about the clock is no event. */
function isAfterJump({ sentence, mention }: Spot): boolean {
  const before = sentence.tokens.slice(Math.max(sentence.from, mention.from - 3), mention.from);
  return before.some(({ text }) => JUMPS.has(text));
}

/** "Sign-ups close Friday at 18:00" */
function isAboutSigningUp({ sentence, mention }: Spot): boolean {
  return sentence.tokens.slice(sentence.from, mention.from).some(({ text }) => SIGNING_UP.has(text));
}

/** Whether a day and a time are said, or a moment that needs neither. */
function isWhole(spots: readonly Spot[]): boolean {
  return (
    spots.length > 1 || spots.some(({ mention }) => mention.kind === 'instant' && mention.at.is === 'stamp')
  );
}

/** Doubt counts before the moment and right behind it; "(probably the second)" later on is about something else. */
function isNearDoubt({ tokens, from }: Sentence, spots: readonly Spot[]): boolean {
  const end = Math.max(...spots.map(({ mention }) => mention.to)) + 3;
  return tokens.slice(from, end).some(({ text }) => DOUBT.has(text));
}

function isDayRange({ mention, sentence }: Spot<RecurrenceMention>): boolean {
  const words = sentence.tokens.slice(mention.from, mention.to).map(({ text }) => text);
  return words.some((word) => set('- to t through thru tot').has(word));
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Days that a foreign zone names may be others here. */
function shiftDays(
  days: readonly Weekday[] | null,
  first: Date,
  time: string,
  timeZone: string | undefined,
  zone: string,
): readonly Weekday[] | null {
  if (days === null || timeZone === undefined) return days;
  const there = wallClockOf(first, timeZone);
  const here = wallClockOf(first, zone);
  if (there.date === here.date || there.time !== time) return days;
  const shift = here.date > there.date ? 1 : -1;
  return days.map((day) => ((day + shift + 7) % 7) as Weekday).toSorted((a, b) => a - b);
}
