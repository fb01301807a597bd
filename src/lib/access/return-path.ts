const PATH_MAX = 500;
const HERE = 'http://here.invalid';

/** Where somebody goes on after signing in: a path of ours, as it was asked for; `/` for anything that leads elsewhere. */
export function returnPath(asked: string | undefined): string {
  if (asked === undefined || asked.length > PATH_MAX) return '/';
  // Browsers read a backslash as a slash, and leave tabs and line ends out.
  // oxlint-disable-next-line no-control-regex -- those are what is refused
  if (!/^\/(?![/\\])[^\\\u0000-\u0020\u007f-\uffff]*$/.test(asked) || !URL.canParse(asked, HERE)) return '/';
  const { origin, pathname, search } = new URL(asked, HERE);
  return origin === HERE && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}
