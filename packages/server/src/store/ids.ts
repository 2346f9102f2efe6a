// Ids that look alike and mean different things. All are decimal numbers in texts; the types keep one from going where
// another is wanted: the id by which an app knows a person never goes where the platform's own is asked for. A value
// gets its type where it comes out of the store or a token, where it is made, or here, where a text from outside is
// looked at. A text of the right form may still name nothing.
import { isId, type Shape, shape } from '@hallpass/protocol';

declare const kinds: unique symbol;

/** A text that names something of this kind. An id of two kinds goes wherever one of them is wanted. */
type Id<Kind extends string> = string & { readonly [kinds]: { readonly [K in Kind]: true } };

/** The readers of one kind of id. */
export interface IdReaders<T extends string> {
  /** Reads a text from outside; undefined for what has not the form of an id. */
  parse(text: string): T | undefined;
  /** Reads a text that we or the operator wrote. @throws TypeError for what has not the form of an id */
  of(text: string): T;
  /** An id that nothing ever has, and that comes before all others. */
  none: T;
  /** The shape of an id in JSON. */
  shape: Shape<T>;
}

function readersOf<T extends string>(name: string): IdReaders<T> {
  const has = (text: string): text is T => isId(text);
  return {
    parse: (text) => (has(text) ? text : undefined),
    of(text) {
      if (!has(text)) throw new TypeError(`This is no id of ${name}: ${JSON.stringify(text.slice(0, 40))}`);
      return text;
    },
    none: '0' as T,
    shape: (value): value is T => shape.text(value) && has(value),
  };
}

/** Names a person or system user for the whole platform: no app ever learns it. */
export type PersonId = Id<'person'>;
export const PersonId = readersOf<PersonId>('a person');

/** Names a system user of a business, which goes wherever a person does. */
export type SystemUserId = Id<'person' | 'system_user'>;
export const SystemUserId = readersOf<SystemUserId>('a system user');

/** Names one person for one app. */
export type ScopedId = Id<'scoped'>;
export const ScopedId = readersOf<ScopedId>('a person, as an app knows them');

/** Names the membership of a person or system user in a business: the id by which the business lists them. */
export type MemberId = Id<'member'>;
export const MemberId = readersOf<MemberId>('a member of a business');

export type AppId = Id<'app'>;
export const AppId = readersOf<AppId>('an app');

/**
 * The dashboard as an app that knows people by ids of its own. No app can have this id, so nothing of it is mistaken
 * for an app's.
 */
export const FIRST_PARTY = AppId.none;

export type PageId = Id<'page'>;
export const PageId = readersOf<PageId>('a Page');

/** The Pages among what a permission is for, each once. */
export const pageIdsIn = (targets: readonly string[]): PageId[] => [
  ...new Set(targets.map(PageId.parse).filter((id) => id !== undefined)),
];

export type BusinessId = Id<'business'>;
export const BusinessId = readersOf<BusinessId>('a business');

/** Names an ad account, without `act_`. */
export type AdAccountId = Id<'ad_account'>;
export const AdAccountId = readersOf<AdAccountId>('an ad account');
