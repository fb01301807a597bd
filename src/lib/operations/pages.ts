/**
 * Blocks of text packed into as few pages as hold them, in order. A block that is longer than a page is cut, at the last line or space
 * that fits.
 * @param most of a page, in UTF-16 units.
 * @param separator between two blocks of a page.
 */
export function packed(blocks: readonly string[], most: number, separator: string): string[] {
  const pages: string[] = [];
  let page = '';
  for (const part of blocks.flatMap((block) => pieces(block, most))) {
    const longer = page === '' ? part : page + separator + part;
    if (longer.length <= most) {
      page = longer;
    } else {
      pages.push(page);
      page = part;
    }
  }
  return page === '' ? pages : [...pages, page];
}

function pieces(text: string, most: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const line = rest.lastIndexOf('\n', most);
    const space = rest.lastIndexOf(' ', most);
    const isSurrogate = /[\uD800-\uDBFF]/.test(rest.charAt(most - 1));
    const end = line > 0 ? line : space > 0 ? space : most - (isSurrogate ? 1 : 0);
    found.push(rest.slice(0, end));
    rest = rest.slice(line > 0 || space > 0 ? end + 1 : end);
  }
  return rest === '' ? found : [...found, rest];
}
