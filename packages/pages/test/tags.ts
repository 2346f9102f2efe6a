// Reads the HTML that the views write, strictly: every tag whole, every attribute in double quotes, nothing else with a
// `<` in it.
import assert from 'node:assert/strict';

export interface Tag {
  name: string;
  closing: boolean;
  attributes: Record<string, string>;
}

const tagPattern = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*)\s*\/?>/g;
const attributePattern = /([a-zA-Z:-]+)(?:="([^"<>]*)")?/g;
const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** Turns the five escapes back into characters. */
function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity);
}

/** The tags of a document in order. Fails where a `<` or `>` is left over: that is how hostile text would break out. */
export function tagsOf(document: string): Tag[] {
  assert.ok(document.startsWith('<!doctype html>\n'), 'a document begins with its type');
  const body = document.slice('<!doctype html>'.length);
  const left = body.replace(tagPattern, '');
  assert.doesNotMatch(left, /[<>]/, 'text outside of tags has no angle bracket');
  return [...body.matchAll(tagPattern)].map(([, slash, name = '', inside = '']) => ({
    name,
    closing: slash === '/',
    attributes: Object.fromEntries(
      [...inside.matchAll(attributePattern)].map(([, key, value = '']) => [key, unescaped(value)]),
    ),
  }));
}

/** Returns what a reader sees, more or less: the text without tags, spaces run together. */
export function textOf(document: string): string {
  const body = document.slice(document.indexOf('<body'));
  return unescaped(body.replace(tagPattern, ' ')).replace(/\s+/g, ' ').trim();
}

/** The forms of a document, each with its own attributes and the tags in it. */
export function formsOf(document: string): { attributes: Record<string, string>; inside: Tag[] }[] {
  const forms: { attributes: Record<string, string>; inside: Tag[] }[] = [];
  let open: (typeof forms)[number] | undefined;
  for (const tag of tagsOf(document)) {
    if (tag.name === 'form') {
      assert.equal(Boolean(open), tag.closing, 'forms are not nested');
      open = tag.closing ? undefined : { attributes: tag.attributes, inside: [] };
      if (open) forms.push(open);
    } else if (open && !tag.closing) open.inside.push(tag);
  }
  return forms;
}
