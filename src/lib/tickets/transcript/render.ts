import type { Ticket } from '../ticket.ts';
import { readHead, type TranscriptDeps, type TranscriptHead } from './head.ts';
import {
  beginConversation,
  dayHtml,
  endHtml,
  eventHtml,
  headPieces,
  messagePieces,
  notesHtml,
  type Piece,
} from './html.ts';
import { transcriptJson } from './json.ts';
import { wholeFile, zippedFile } from './output.ts';
import { storyOf } from './story.ts';

export interface TranscriptOptions {
  /** Who reads it without being staff: what others deleted or said differently before is not for them. Null: staff. */
  readonly forMember?: string | null;
  readonly formats?: readonly ('html' | 'json')[];
  /** The most that one file may have, in bytes. */
  readonly limit?: number;
}

export interface Transcript {
  /** Empty when it is too large even in a zip. */
  readonly files: readonly { readonly name: string; readonly attachment: Buffer }[];
  readonly isZipped: boolean;
  /** What is not in it, in sentences in the guild's language; the HTML says so as well, but for the pictures. */
  readonly missing: readonly string[];
}

/** Discord's limit for a file where the server has no boosts is 10 MiB; the rest of the request needs some of it. */
export const TRANSCRIPT_BYTES_MAX = 10 * 1024 * 1024 - 64 * 1024;

/**
 * Makes a ticket's transcript of what is kept of it at this moment: what was erased since is not in it.
 * The HTML loads nothing and needs neither the channel nor any link to still be there.
 */
export async function renderTranscript(
  deps: TranscriptDeps,
  ticket: Ticket,
  { forMember = null, formats = ['html', 'json'], limit = TRANSCRIPT_BYTES_MAX }: TranscriptOptions = {},
): Promise<Transcript> {
  const head = await readHead(deps, ticket);
  const { t } = head;
  const missing = missingOf(head);
  const files: { name: string; attachment: Buffer }[] = [];
  const name = `ticket-${ticket.id}`;
  let isZipped = false;
  for (const format of formats) {
    const pieces = (): AsyncIterable<Piece> =>
      format === 'html'
        ? transcriptHtml(deps, head, missing, forMember)
        : transcriptJson(deps, head, forMember);
    const whole = await wholeFile(pieces(), { limit, directory: deps.filesDirectory });
    if (whole !== null) {
      files.push({ name: `${name}.${format}`, attachment: whole.file });
      if (whole.picturesLeft > 0)
        missing.push(t('ticket-transcript:missing.pictures', { count: whole.picturesLeft }));
      continue;
    }
    isZipped = true;
    const zip = await zippedFile(`${name}.${format}`, pieces(), limit);
    if (zip === null) return { files: [], isZipped, missing };
    files.push({ name: `${name}-${format}.zip`, attachment: zip });
  }
  return { files, isZipped, missing };
}

function missingOf({ t, unreadable, filesMissing }: TranscriptHead): string[] {
  return [
    ...(unreadable > 0 ? [t('ticket-transcript:missing.unreadable', { count: unreadable })] : []),
    ...(filesMissing > 0 ? [t('ticket-transcript:missing.files', { count: filesMissing })] : []),
  ];
}

async function* transcriptHtml(
  deps: TranscriptDeps,
  head: TranscriptHead,
  missing: readonly string[],
  forMember: string | null,
): AsyncGenerator<Piece> {
  yield* headPieces(head);
  yield notesHtml(missing);
  yield beginConversation(head);
  let day = '';
  for await (const incident of storyOf(deps, head, forMember)) {
    const its = head.names.day(incident.at);
    if (its !== day) yield dayHtml(head, incident.at);
    day = its;
    if (incident.kind === 'event') yield eventHtml(head, incident.event);
    else yield* messagePieces(head, incident.message);
  }
  yield endHtml(head);
}
