import type { LoggedRequest } from '../request-log.ts';
import type { Sandbox } from '../sandbox.ts';
import type { LoggedLine } from './protocol.ts';

/** How many past requests a new watcher is shown. */
const SHOWN_AT_FIRST = 200;
/** Of a body, in characters; more is cut off. */
const LONGEST_BODY = 2000;

/** Shows the bot's last requests and from now on each answered one; the result ends that. */
export function followRequests(sandbox: Sandbox, show: (lines: LoggedLine[]) => void): () => void {
  let number = 0;
  const toLine = (request: LoggedRequest): LoggedLine => {
    number += 1;
    return {
      number,
      at: request.at.toISOString(),
      method: request.method,
      path: withoutToken(request.path),
      status: request.status,
      problems: request.problems,
      body: shortened(request.body),
      answer: shortened(request.answer),
    };
  };
  show(sandbox.requests.slice(-SHOWN_AT_FIRST).map(toLine));
  return sandbox.onRequest((request) => show([toLine(request)]));
}

function shortened(body: unknown): string {
  const text = body === undefined ? '' : JSON.stringify(body, null, 1);
  return text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)} …` : text;
}

/** The long token of an interaction says nothing to a reader. */
function withoutToken(path: string): string {
  return path.replace(/[\w-]{60,}/, '…');
}
