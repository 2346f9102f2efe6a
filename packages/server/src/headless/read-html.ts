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

/** The words of a piece of HTML, in one line. */
export function textOf(html: string): string {
  const words = html.replace(/<(script|style|svg|head)\b.*?<\/\1>/gs, ' ').replace(/<[^<>]*>/g, ' ');
  return decode(words).replace(/\s+/g, ' ').trim();
}

/** The elements of this name, none inside another: attributes, and what stands in it; nothing where it has no end. */
export function elementsOf(html: string, name: string): { attributes: Record<string, string>; inner: string }[] {
  const found = [];
  for (let at = html.indexOf(`<${name}`); at >= 0; at = html.indexOf(`<${name}`, at + 1)) {
    if (!/[\s>]/.test(html.charAt(at + name.length + 1))) continue;
    const open = html.indexOf('>', at);
    if (open < 0) break;
    const close = html.indexOf(`</${name}>`, open);
    found.push({
      attributes: attributes(html.slice(at + name.length + 1, open)),
      inner: close < 0 ? '' : html.slice(open + 1, close),
    });
  }
  return found;
}
