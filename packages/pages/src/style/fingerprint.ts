// Files that browsers keep for ever are asked for by a fingerprint of their text.

/**
 * Computes a short name for a text: FNV-1a over its UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/). It tells
 * one version from the next and proves nothing, so it needs no cryptography and runs anywhere.
 *
 * @returns eight hex digits
 */
export function fingerprint(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}
