import type { Store } from './store.ts';

/** Within this many pixels of the beginning, older messages are fetched. */
const NEAR_TOP_PX = 300;
/** Within this many pixels of the end, new messages are followed. */
const NEAR_END_PX = 30;

/** Hears of each scrolling of the messages. */
export function scrolled(store: Store, { target }: Event): void {
  const { scrollHeight, scrollTop, clientHeight } = target as Element;
  isFollowing = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  if (scrollTop < NEAR_TOP_PX) void older(store);
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

/** Down to the newest message, once what has just come is drawn; from there on new ones are followed. */
export function scrollToEnd(): void {
  isFollowing = true;
  requestAnimationFrame(() => {
    const box = document.querySelector('.messages');
    if (box !== null) box.scrollTop = box.scrollHeight;
  });
}

let shownChannel = '';
let isFollowing = true;

/** After each drawing: stays at the newest message, unless the person has scrolled up to read. */
export function followEnd(channelId: string): void {
  if (channelId !== shownChannel) isFollowing = true;
  shownChannel = channelId;
  if (isFollowing) scrollToEnd();
}
