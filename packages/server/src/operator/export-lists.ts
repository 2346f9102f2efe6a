// The parts of an export of a world share these.

/** The ids of everything that an export has: its parts refer to nothing else. */
export interface Exported {
  has(id: string): boolean;
}

/** One after another: a world is read as it stands, and at leisure. */
export async function each<Item, Made>(
  items: readonly Item[],
  make: (item: Item) => Promise<Made | undefined>,
): Promise<Made[]> {
  const made: Made[] = [];
  for (const item of items) {
    const one = await make(item);
    if (one !== undefined) made.push(one);
  }
  return made;
}

/** Orders a list by a word: an export of the same world is the same text. */
export const byId =
  <Item>(idOf: (item: Item) => string) =>
  (a: Item, b: Item): number =>
    idOf(a) < idOf(b) ? -1 : 1;
