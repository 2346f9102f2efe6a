// A thing that doesn't change is looked into once, and what was found is forgotten with the thing.

/**
 * Makes a function that finds out something of an object, once for each object: a declaration, or a list that is in
 * memory. @param find says the same of the object whenever it is asked, and never undefined
 */
export function oncePer<Thing extends object, Found>(find: (thing: Thing) => Found): (thing: Thing) => Found {
  const known = new WeakMap<Thing, Found>();
  return (thing) => {
    let found = known.get(thing);
    if (found === undefined) {
      found = find(thing);
      known.set(thing, found);
    }
    return found;
  };
}
