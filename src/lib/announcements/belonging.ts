import type { ClockMention, DateMention, RecurrenceMention } from '#lib/time/mentions/mention';
import type { PartOfDay } from '#lib/time/mentions/vocabulary';
import type { Moments, Spot } from './moments.ts';

/** How many lines apart a day and a time may stand and still belong together. */
const LINES_APART_MAX = 6;
/** A day that follows its time stands nearer. */
const LINES_BEHIND_MAX = 2;
/** Two times of one moment stand this near: "20:00 CET / 2 pm EST". */
const SAME_MOMENT_TOKENS_MAX = 6;

const isTimeLabel = ({ sentence }: Spot): boolean => sentence.role === 'time' || sentence.role === 'when';
const isDateLabel = ({ sentence }: Spot): boolean =>
  sentence.role === 'date' || sentence.role === 'when' || sentence.role === 'days';

/** The day that a time belongs to. */
export function dateFor(clock: Spot<ClockMention>, moments: Moments): Spot<DateMention> | null {
  const dates = moments.dates.filter(({ mention }) => mention.role !== 'until');
  return dateBeside(clock, dates) ?? dateOnAnotherLine(clock, dates);
}

/** In the same sentence: before the time rather than behind it. */
function dateBeside(
  { index, mention }: Spot<ClockMention>,
  dates: readonly Spot<DateMention>[],
): Spot<DateMention> | null {
  const same = dates.filter((date) => date.index === index);
  const before = same.findLast((date) => date.mention.to <= mention.from);
  const behind = same.find((date) => date.mention.from >= mention.to);
  if (before === undefined || behind === undefined) return before ?? behind ?? null;
  // "20:00 on Friday" after another moment: what stands right behind belongs to it.
  const isRightBehind = behind.mention.from - mention.to <= 1 && before.mention.to < mention.from - 2;
  return isRightBehind ? behind : before;
}

/** The line before, else behind a label, else the nearest before, else the nearest behind. */
function dateOnAnotherLine(
  { index, sentence }: Spot<ClockMention>,
  dates: readonly Spot<DateMention>[],
): Spot<DateMention> | null {
  const before = dates.filter((date) => date.index < index);
  const linesBefore = (date: Spot): number => sentence.line - date.sentence.line;
  const isLabelled = sentence.role !== null;
  const near = isLabelled ? undefined : before.findLast((date) => linesBefore(date) <= 1);
  const label = before.findLast(isDateLabel) ?? dates.find(isDateLabel);
  const earlier = before.findLast(
    (date) => date.sentence.isTitle || isLabelled || linesBefore(date) <= LINES_APART_MAX,
  );
  const later = dates.find(
    (date) => date.index > index && (isLabelled || -linesBefore(date) <= LINES_BEHIND_MAX),
  );
  return near ?? label ?? earlier ?? later ?? null;
}

/** The time of a recurrence: in its sentence, behind a label, else the nearest. */
export function clockFor(
  { index, sentence, mention }: Spot<RecurrenceMention>,
  { clocks, dates }: Moments,
): Spot<ClockMention> | null {
  const same = clocks.filter((clock) => clock.index === index);
  const own = same.find((clock) => clock.mention.from >= mention.to) ?? same.at(-1);
  const labelled = own ?? clocks.find(isTimeLabel);
  if (labelled !== undefined) return labelled;
  const isLabel = sentence.role !== null || sentence.isTitle;
  const near = clocks.filter(
    (clock) =>
      (isLabel || Math.abs(clock.sentence.line - sentence.line) <= LINES_BEHIND_MAX) &&
      !dates.some((date) => date.index === clock.index),
  );
  return near.find((clock) => clock.index > index) ?? near.at(-1) ?? null;
}

/** What the words of its sentence say about the part of the day that a time belongs to. */
export function partFor({ sentence, mention }: Spot<ClockMention>): PartOfDay | undefined {
  if (mention.part !== undefined) return mention.part;
  const part = sentence.mentions.find(({ kind }) => kind === 'part');
  if (part?.kind === 'part') return part.part;
  const date = sentence.mentions.find((other) => other.kind === 'date' && other.part !== undefined);
  return date?.kind === 'date' ? date.part : undefined;
}

/** "20:00 CET / 2 pm EST": one moment in two zones. */
export function isSameMoment(
  before: Spot<ClockMention>,
  { sentence, mention }: Spot<ClockMention>,
  { dates }: Moments,
): boolean {
  const { line } = sentence;
  if (before.sentence.line !== line || before.mention.zone === mention.zone) return false;
  if (mention.from - before.mention.to > SAME_MOMENT_TOKENS_MAX) return false;
  return !dates.some(
    (date) =>
      date.sentence.line === line &&
      date.mention.from >= before.mention.to &&
      date.mention.to <= mention.from,
  );
}
