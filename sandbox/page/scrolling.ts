import type { PageMessage } from '../web/protocol.ts';
import type { Store } from './store.ts';

/** Within this many pixels of the beginning, older messages are fetched. */
const NEAR_TOP_PX = 300;
/** Within this many pixels of the end, new messages are followed. */
const NEAR_END_PX = 120;

export function olderWhenAtTop(store: Store): void {
  const box = document.querySelector('.messages');
  if (box !== null && box.scrollTop < NEAR_TOP_PX) void older(store);
}

let isFetching = false;

/** Fetches messages from before those that are shown. */
export async function older(store: Store): Promise<void> {
  if (isFetching || !store.state.hasOlder) return;
  isFetching = true;
  const box = document.querySelector('.messages');
  const fromEnd = box === null ? 0 : box.scrollHeight - box.scrollTop;
  await store.act('older');
  requestAnimationFrame(() => {
    // What was read stays where it is.
    if (box !== null) box.scrollTop = box.scrollHeight - fromEnd;
    isFetching = false;
  });
}

/** Down to the newest message, once what has just come is drawn. */
export function scrollToEnd(): void {
  requestAnimationFrame(() => {
    const box = document.querySelector('.messages');
    if (box !== null) box.scrollTop = box.scrollHeight;
  });
}

let shownChannel = '';
let shownLast = '';

/** Stays at the newest message, unless the person has scrolled up to read. */
export function followEnd(channelId: string, messages: readonly PageMessage[]): void {
  const last = messages.at(-1);
  const key = `${last?.message.id} ${last?.revision}`;
  if (channelId === shownChannel && key === shownLast) return;
  const box = document.querySelector('.messages');
  const isNear = box === null || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  if (isNear || channelId !== shownChannel) scrollToEnd();
  shownChannel = channelId;
  shownLast = key;
}
