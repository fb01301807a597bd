/** A sentence for the next page that somebody sees: what came of the form that they sent. It may hold Discord's marks and mentions. */
export interface Said {
  readonly kind: 'done' | 'refused';
  readonly text: string;
}

/** Kept in a cookie until then, so that no link can make the dashboard say something. */
export const SAID_COOKIE = 'alphapy_said';
/** Longer than it takes to load a page. */
export const SAID_LASTS_MS = 60_000;
/** A browser keeps cookies of at most 4 KiB. */
const TEXT_MAX = 1_000;

export function writeSaid({ kind, text }: Said): string {
  return Buffer.from(JSON.stringify([kind, text.slice(0, TEXT_MAX)])).toString('base64url');
}

/** @returns null for what {@link writeSaid} does not write. */
export function readSaid(cookie: string | undefined): Said | null {
  if (cookie === undefined || cookie === '') return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cookie, 'base64url').toString());
    const [kind, text] = Array.isArray(parts) ? (parts as readonly unknown[]) : [];
    if ((kind !== 'done' && kind !== 'refused') || typeof text !== 'string') return null;
    return { kind, text };
  } catch {
    return null;
  }
}
