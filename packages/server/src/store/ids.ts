// These types are for ids that look alike and mean different things. All are decimal numbers in texts; the types keep
// one from going where another is wanted. They are given where an id comes out of the store or a token; a text from
// outside goes in anywhere and is looked up before it counts.

declare const kind: unique symbol;

/** A text that is known to be an id of this kind, or that nothing is known of. */
type Id<Kind extends string> = string & { readonly [kind]?: Kind };

/** Names a person or system user for the whole platform: no app ever learns it. */
export type PersonId = Id<'person'>;

/** Names one person for one app. */
export type ScopedId = Id<'scoped'>;

export type AppId = Id<'app'>;
export type PageId = Id<'page'>;
export type BusinessId = Id<'business'>;
