import { PASSAGE_MAX, SEPARATOR, type Passage } from './passage.ts';
import { plainText, truncate } from '#lib/text/sanitize';

const HEADING = /^(#{1,6})[ \t]+(\S.*)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING_MAX = 100;
/** A passage that is so full already ends with its paragraph. */
const FULL_FROM = PASSAGE_MAX * 0.6;

/**
 * The passages of a file of markdown.
 * @param name of the file without its ending; it is the title where the file has no heading of the first level.
 */
export function passagesOfFile(name: string, markdown: string): Passage[] {
  const text = withoutFrontMatter(plainText(markdown));
  const title = sectionsOf(text).find(({ level }) => level === 1)?.heading ?? titleOf(name);
  return passagesOf(title, text);
}

/** The passages of a text, one a heading; what is long becomes several, ended between paragraphs where that is possible. */
export function passagesOf(title: string, markdown: string): Passage[] {
  const sections = sectionsOf(plainText(markdown));
  const above: { level: number; heading: string }[] = [];
  return sections.flatMap(({ level, heading, lines }) => {
    while ((above.at(-1)?.level ?? 0) >= level) above.pop();
    if (heading !== '') above.push({ level, heading });
    const path = [title, ...above.map((one) => one.heading)].filter((one, at, all) => all[at - 1] !== one);
    return chunksOf(lines).map((text) => ({
      source: path.join(SEPARATOR),
      heading: path.at(-1) ?? title,
      text,
    }));
  });
}

function titleOf(name: string): string {
  const words = name.replaceAll(/[-_\s]+/g, ' ').trim();
  return truncate(words.charAt(0).toUpperCase() + words.slice(1), HEADING_MAX);
}

function withoutFrontMatter(text: string): string {
  if (!text.startsWith('---\n')) return text;
  const end = text.indexOf('\n---\n', 3);
  return end === -1 ? text : text.slice(end + '\n---\n'.length);
}

interface Section {
  /** 7 for what stands before the first heading. */
  readonly level: number;
  readonly heading: string;
  readonly lines: string[];
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [{ level: 7, heading: '', lines: [] }];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    fence = fenceAfter(fence, line);
    const [, marks, words] = (fence === null && HEADING.exec(line)) || [];
    if (marks === undefined || words === undefined) {
      sections.at(-1)?.lines.push(line);
      continue;
    }
    const heading = truncate(words.replace(/[ \t]+#*[ \t]*$/, '').replaceAll(/[*_`]/g, ''), HEADING_MAX);
    sections.push({ level: marks.length, heading, lines: [] });
  }
  return sections;
}

/** The marks that a block of code was opened with, once a line was read; null outside of one. */
function fenceAfter(fence: string | null, line: string): string | null {
  const marks = FENCE.exec(line)?.[1];
  if (marks === undefined) return fence;
  if (fence === null) return marks;
  return marks.startsWith(fence) ? null : fence;
}

function chunksOf(lines: readonly string[]): string[] {
  const chunks: string[] = [];
  let fence: string | null = null;
  let current: string[] = [];
  let length = 0;
  const flush = (): void => {
    // A block of code that goes on in the next passage is closed here, and opened again there.
    const text = [...current, ...(fence === null ? [] : [fence])].join('\n').trim();
    if (text !== '' && text !== `${fence}\n${fence}`) chunks.push(text);
    current = fence === null ? [] : [fence];
    length = fence?.length ?? 0;
  };
  for (const line of lines.flatMap(shortLines)) {
    const isFull = length + line.length + 1 > PASSAGE_MAX - (fence?.length ?? 0) - 1;
    if (isFull || (line.trim() === '' && fence === null && length > FULL_FROM)) flush();
    current.push(line);
    length += line.length + 1;
    fence = fenceAfter(fence, line);
  }
  flush();
  return chunks;
}

/** A line as lines that fit into a passage, ended between words where there are any. */
function shortLines(line: string): string[] {
  const most = PASSAGE_MAX / 2;
  const lines: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most);
    const isHalfCharacter = /[\uD800-\uDBFF]/.test(rest.charAt(most - 1));
    const end = space > 0 ? space : isHalfCharacter ? most - 1 : most;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
