import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from '#lib/analytics/version';

/** What the changelog says of a version. */
export interface Release {
  readonly version: string;
  /** The version has no section yet: what is said is what will be in the next one. */
  readonly isUnreleased: boolean;
  /** Paragraphs, headings and list items in Markdown, each without line breaks of its own but in a block of code. */
  readonly blocks: readonly string[];
}

const HEADING = /^##\s+\[?([^\]\s]+)\]?/;
const FENCE = /^\s*(?:```|~~~)/;
const NEW_BLOCK = /^\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|>)/;
/** A link to a file of the project: nothing in Discord can open it. */
const RELATIVE_LINK = /\[([^\]]*)\]\((?!https?:\/\/)([^)\s]*)\)/g;

/** The text of the project's CHANGELOG.md, which lies beside its package.json; null where there is none. */
export async function readChangelog(): Promise<string | null> {
  const folder = projectFolder();
  if (folder === null) return null;
  try {
    return await readFile(path.join(folder, 'CHANGELOG.md'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** What a changelog says of a version, or else of what is not released; null when it says nothing of either. */
export function releaseIn(changelog: string, version: string): Release | null {
  const sections = sectionsOf(changelog);
  for (const name of [version, 'unreleased']) {
    const lines = sections.get(name);
    const blocks = lines === undefined ? [] : blocksOf(lines);
    if (blocks.length > 0) return { version, isUnreleased: name !== version, blocks };
  }
  return null;
}

/** The lines of each section, by its version without a leading `v`. */
function sectionsOf(changelog: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let section: string[] = [];
  let isCode = false;
  for (const line of changelog.split(/\r?\n/)) {
    if (FENCE.test(line)) isCode = !isCode;
    const name = isCode ? undefined : HEADING.exec(line)?.[1];
    if (name === undefined) {
      section.push(line);
    } else {
      section = [];
      sections.set(name.toLowerCase().replace(/^v(?=\d)/, ''), section);
    }
  }
  return sections;
}

/** Lines that were broken to fit an editor are joined again: Discord would show each break. */
function blocksOf(lines: readonly string[]): string[] {
  const blocks: string[] = [];
  let isCode = false;
  let isOpen = false;
  for (const line of lines) {
    const isFence = FENCE.test(line);
    const isNew = !isCode && (!isOpen || isFence || NEW_BLOCK.test(line));
    if (isFence) isCode = !isCode;
    const isBlank = line.trim() === '' && !isCode;
    if (isBlank) isOpen = false;
    else if (isNew) blocks.push(line.trimEnd());
    else
      blocks.push(
        `${blocks.pop() ?? ''}${isCode || isFence ? '\n' : ' '}${isCode || isFence ? line : line.trim()}`,
      );
    // A heading is one line, and what follows a block of code is no part of it.
    if (!isBlank) isOpen = isCode || !(isFence || /^#{1,6}\s/.test(line));
  }
  return blocks.map((block) => (FENCE.test(block) ? block : block.replace(RELATIVE_LINK, '$1: `$2`')));
}
