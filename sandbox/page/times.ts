/** The sandbox's clock minus this computer's, in ms; kept here for all times that are shown relative to now. */
let aheadMs = 0;

export function setClockAhead(ms: number): void {
  aheadMs = ms;
}

let language = 'en-GB';

/** The person's Discord, whose language timestamps are shown in. American English is shown with British dates. */
export function setLanguage(locale: string): void {
  language = locale === 'en-US' ? 'en-GB' : locale;
}

export function sandboxNow(): Date {
  return new Date(Date.now() + aheadMs);
}

/** Discord's timestamp styles. */
const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { day: '2-digit', month: '2-digit', year: 'numeric' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  S: {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeStyle: undefined,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
};

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** `<t:…>` as the client shows it, in this browser's zone. `seconds`: Unix time. */
export function formatTimestamp(seconds: number, style: string): string {
  if (style === 'R') return relative(seconds - sandboxNow().getTime() / 1000);
  return new Intl.DateTimeFormat(language, STYLES[style] ?? STYLES['f']).format(new Date(seconds * 1000));
}

function relative(seconds: number): string {
  const [unit, size] = UNITS.find(([, one]) => Math.abs(seconds) >= one) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: '2-digit', year: 'numeric' });

/** When a message was written: the time alone, if it was today. */
export function formatMessageTime(instant: string): string {
  const at = new Date(instant);
  const time = TIME.format(at);
  const day = DAY.format(at);
  if (day === DAY.format(sandboxNow())) return `Today at ${time}`;
  return `${day} ${time}`;
}

const SECONDS = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** For a list of what happened: hours, minutes and seconds. */
export function formatLogTime(instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? '' : SECONDS.format(at);
}
