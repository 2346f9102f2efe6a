// This module takes the page about speed apart: the figures at its head, and what other runs add under headings of
// their own. Each run writes its own part and leaves the others as they are.

/** Finds the lines at which a part begins and ends; both at the end of the page where it is not there. */
function spanOf(page: string, heading: string): [from: number, to: number] {
  const from = page.indexOf(`${heading}\n`);
  if (from < 0) return [page.length, page.length];
  const next = page.indexOf('\n## ', from);
  return [from, next < 0 ? page.length : next + 1];
}

/** The page with a part in its place, or at the end where it is new. */
export function withPart(page: string, heading: string, part: string): string {
  const [from, to] = spanOf(page, heading);
  const texts = [page.slice(0, from), part, page.slice(to)].map((text) => text.trim());
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`;
}

/** The page with other figures at its head. */
export function withFigures(page: string, figures: string): string {
  const parts = page.indexOf('\n## ');
  return `${figures.trim()}\n${parts < 0 ? '' : page.slice(parts)}`;
}
