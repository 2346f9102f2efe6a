// This module makes the addresses in pages. A link out is http or https; everything else stays on a path of our own.

/** A link to somewhere else (privacy policy, terms), or undefined when it is not a plain http or https address. */
export function outside(url: string | null | undefined): string | undefined {
  const parsed = url ? URL.parse(url) : null;
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return undefined;
  if (parsed.username || parsed.password) return undefined;
  return parsed.href;
}

/** A path of our own as it is; anything that could lead elsewhere becomes the home page (the rule of DL-17). */
export function inside(path: string): string {
  return /^\/(?![/\\])[!-~]*$/.test(path) && !path.includes('\\') ? path : '/';
}
