import { LIMITS } from '../limits.ts';
import type { Findings } from '../problem.ts';
import { isEmpty, isRecord, lengthOf, listOf } from '../values.ts';
import { judgeButton } from './buttons.ts';
import { judgeMediaUrl, judgeUrl } from './embeds.ts';
import { judgeSelect } from './selects.ts';

const ROW = 1;
const BUTTON = 2;
const SECTION = 9;
const TEXT = 10;
const THUMBNAIL = 11;
const GALLERY = 12;
const FILE = 13;
const SEPARATOR = 14;
const CONTAINER = 17;
const SELECTS: ReadonlySet<unknown> = new Set([3, 5, 6, 7, 8]);
const ONLY_WITH_FLAG: ReadonlySet<unknown> = new Set([SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER]);

/** What is counted over all components of a message or modal, nested ones too. */
export class Tally {
  total = 0;
  text = 0;
  readonly #customIds = new Set<string>();
  readonly #ids = new Set<number>();

  /** Counts one component; ids of both kinds must be its own. */
  count(component: Record<string, unknown>, findings: Findings): void {
    this.total += 1;
    const customId = component['custom_id'];
    if (typeof customId === 'string') {
      if (this.#customIds.has(customId)) {
        findings
          .at('custom_id')
          .add('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
      }
      this.#customIds.add(customId);
    }
    const id = component['id'];
    // 0 counts as left out.
    if (typeof id === 'number' && id !== 0) {
      if (this.#ids.has(id))
        findings.at('id').add('COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
      this.#ids.add(id);
    }
  }
}

/** The components of a message. `onlyComponents` undefined: it is not known whether the message has the flag. */
export function judgeMessageComponents(
  components: unknown,
  findings: Findings,
  onlyComponents: boolean | undefined,
): void {
  const list = listOf(components);
  const withFlag = onlyComponents ?? list.some((each) => isRecord(each) && ONLY_WITH_FLAG.has(each['type']));
  const tally = new Tally();
  for (const [index, component] of list.entries()) {
    if (!isRecord(component)) continue;
    const here = findings.at(index);
    if (!withFlag && ONLY_WITH_FLAG.has(component['type'])) here.at('type').choices(component['type'], [ROW]);
    else judgeComponent(component, here, tally);
  }
  if (!withFlag && list.length > LIMITS.component.legacyRows) {
    findings.badLength(1, LIMITS.component.legacyRows);
  }
  if (tally.total > LIMITS.component.total) {
    findings.add(
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The total number of components cannot exceed ${LIMITS.component.total}`,
    );
  }
  if (tally.text > LIMITS.component.text) {
    findings.add(
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Component displayable text size exceeds maximum size of ${LIMITS.component.text}`,
    );
  }
}

function judgeComponent(component: Record<string, unknown>, findings: Findings, tally: Tally): void {
  tally.count(component, findings);
  switch (component['type']) {
    case ROW:
      judgeRow(component, findings, tally);
      break;
    case BUTTON:
      judgeButton(component, findings);
      break;
    case SECTION:
    case CONTAINER:
      judgeChildren(component, findings, tally);
      break;
    case TEXT:
      tally.text += lengthOf(component['content']);
      if (typeof component['content'] === 'string' && component['content'].trim() === '') {
        findings.at('content').required();
      }
      break;
    case THUMBNAIL:
      judgeMedia(component['media'], findings.at('media'));
      break;
    case GALLERY:
      for (const [index, item] of listOf(component['items']).entries()) {
        if (isRecord(item)) judgeMedia(item['media'], findings.at('items', index, 'media'));
      }
      break;
    case FILE:
      if (isRecord(component['file'])) {
        judgeUrl(component['file']['url'], findings.at('file', 'url'), ['attachment:']);
      }
      break;
    default:
      if (SELECTS.has(component['type'])) judgeSelect(component, findings, 'message');
  }
}

function judgeChildren(component: Record<string, unknown>, findings: Findings, tally: Tally): void {
  for (const [index, child] of listOf(component['components']).entries()) {
    if (isRecord(child)) judgeComponent(child, findings.at('components', index), tally);
  }
  const accessory = component['accessory'];
  if (isRecord(accessory)) judgeComponent(accessory, findings.at('accessory'), tally);
}

function judgeRow(row: Record<string, unknown>, findings: Findings, tally: Tally): void {
  const children = listOf(row['components']);
  const selects = children.filter((child) => isRecord(child) && SELECTS.has(child['type'])).length;
  const buttons = children.filter((child) => isRecord(child) && child['type'] === BUTTON).length;
  if (selects > 1 || (selects === 1 && buttons > 0)) {
    findings
      .at('components')
      .add(
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'A row holds either one select or up to five buttons: the width is exceeded.',
      );
  }
  judgeChildren({ components: children }, findings, tally);
}

function judgeMedia(media: unknown, findings: Findings): void {
  if (!isRecord(media)) return;
  if (isEmpty(media['url'])) findings.at('url').required();
  else judgeMediaUrl(media['url'], findings.at('url'));
}
