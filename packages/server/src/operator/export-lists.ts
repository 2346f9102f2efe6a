// The parts of an export of a world share these.

/** The scope of an export says what is in it: its parts refer to nothing else. */
export interface ExportScope {
  has(id: string): boolean;
}

/** Makes something of each item, one after another, and leaves out those of which nothing comes. */
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

/** Orders a list by a word of each item, so that two exports of the same world are the same text. */
export const byId =
  <Item>(idOf: (item: Item) => string) =>
  (a: Item, b: Item): number =>
    idOf(a) < idOf(b) ? -1 : 1;
