// This module reads as much HTML as our own pages need: attributes of a tag, and the words of a piece.

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return entities[name ?? ''] ?? whole;
  });
}

/** The attributes of a tag by name; one without a value is ''. */
function attributes(tag: string): Record<string, string> {
  const found = [...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, decode(value)]);
  return Object.fromEntries(found) as Record<string, string>;
}

/** The HTML without the elements whose text nobody reads; one that has no end stays. */
function withoutUnread(html: string): string {
  let kept = '';
  let from = 0;
  // An element that is never closed is looked for once, so that the time grows with the text and no faster.
  const endless = new Set<string>();
  for (const { 1: name = '', index } of html.matchAll(/<(script|style|svg|head)\b/g)) {
    if (index < from || endless.has(name)) continue;
    const close = `</${name}>`;
    const end = html.indexOf(close, index);
    if (end < 0) {
      endless.add(name);
      continue;
    }
    kept += `${html.slice(from, index)} `;
    from = end + close.length;
  }
  return kept + html.slice(from);
}

/** The words of a piece of HTML, in one line. */
export function textOf(html: string): string {
  return decode(withoutUnread(html).replace(/<[^<>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

/** The elements of this name, none inside another: attributes, and what stands in it; nothing where it has no end. */
export function elementsOf(html: string, name: string): { attributes: Record<string, string>; inner: string }[] {
  const found = [];
  let endless = false;
  for (let at = html.indexOf(`<${name}`); at >= 0; at = html.indexOf(`<${name}`, at + 1)) {
    if (!/[\s>]/.test(html.charAt(at + name.length + 1))) continue;
    const open = html.indexOf('>', at);
    if (open < 0) break;
    const close: number = endless ? -1 : html.indexOf(`</${name}>`, open);
    endless = close < 0;
    found.push({
      attributes: attributes(html.slice(at + name.length + 1, open)),
      inner: close < 0 ? '' : html.slice(open + 1, close),
    });
  }
  return found;
}
