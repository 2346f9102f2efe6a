// This module draws the picture of somebody who has none: a silhouette in a colour of their own. It depends on nothing
// but its address, so it can be drawn without asking who it is, and tells no more than the address did.

/** Largest side, in pixels. */
export const largestPicture = 2048;

/** Path and query of a picture. `seed` is an id that its reader knows already. */
export function avatarPath(seed: string, width: number, height: number): string {
  return `/platform/picture/${encodeURIComponent(seed)}.svg?width=${width}&height=${height}`;
}

/** A number from 0 to 359 that spreads neighbouring ids around the circle of colours. */
function hueOf(seed: string): number {
  let hue = 0;
  for (const character of seed) hue = (hue * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return hue;
}

/** The picture itself, as SVG. */
export function avatarSvg(seed: string, width: number, height: number): string {
  const hue = hueOf(seed);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice">`,
    `<rect width="100" height="100" fill="hsl(${hue} 35% 82%)"/>`,
    `<g fill="hsl(${hue} 30% 55%)"><circle cx="50" cy="38" r="18"/><path d="M14 100a36 36 0 0 1 72 0z"/></g>`,
    '</svg>',
  ].join('');
}
