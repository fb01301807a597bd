import { html, nothing, type TemplateResult } from 'lit';
import type { LoggedLine } from '../web/protocol.ts';
import type { State } from './store.ts';
import { formatLogTime } from './times.ts';

/** The second tab: what the bot asks of Discord with the judge's verdict, and what it writes in its log. */
export function logPage(state: Readonly<State>): TemplateResult {
  document.title = 'Requests and log';
  return html`<div class="log-page">
    ${
      state.isConnected
        ? nothing
        : html`<p class="lost" role="status">The sandbox does not answer; trying again …</p>`
    }
    <main aria-label="Requests">
      <h1>Requests of the bot</h1>
      <p>Newest first. A refused one is what Discord itself would refuse.</p>
      <table>
        <thead>
          <tr>
            <th>Time</th>
            <th>Request</th>
            <th>Answer</th>
            <th>Verdict</th>
          </tr>
        </thead>
        <tbody>
          ${state.requests.toReversed().map(row)}
        </tbody>
      </table>
    </main>
    <section aria-label="The bot's log">
      <h1>The bot's log</h1>
      <pre tabindex="0">${readableLog(state.botLog)}</pre>
    </section>
  </div>`;
}

function row(line: LoggedLine): TemplateResult {
  const isBad = line.problems.length > 0;
  return html`<tr class=${isBad ? 'bad' : ''}>
    <td><time datetime=${line.at}>${formatLogTime(line.at)}</time></td>
    <td>
      <details>
        <summary>${line.method} ${line.path}</summary>
        <pre>${line.body || '(no body)'}</pre>
        <p>Answer</p>
        <pre>${line.answer || '(empty)'}</pre>
      </details>
    </td>
    <td>${line.status ?? 'none'}</td>
    <td>${isBad ? line.problems.join('; ') : 'fine'}</td>
  </tr>`;
}

const LEVELS: Readonly<Record<string, string>> = {
  info: 'info ',
  warn: 'WARN ',
  error: 'ERROR',
  fatal: 'FATAL',
};

/** Lines of JSON as a person reads them, newest first; anything else stays as it is. */
function readableLog(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(readableLine)
    .toReversed()
    .join('\n');
}

function readableLine(line: string): string {
  try {
    const { level, time, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
    const details = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`;
    return `${formatLogTime(String(time))} ${LEVELS[String(level)] ?? String(level)} ${String(msg)}${details}`;
  } catch {
    return line;
  }
}
