// These functions serve forms of the signed-in part, and the one sentence that a page says after an act.
import type { AccountProps, DoneKey, FormProps, OtherPerson } from '@hallpass/pages';
import { doneWords, pageScopeName } from '@hallpass/pages';
import { formToken, isFormToken } from '../people/csrf.ts';
import type { SignedInPerson } from '../people/sign-in/sessions.ts';
import { pageProps } from './answers.ts';
import { type SiteRequest, queryOf } from './site-request.ts';
import { paths } from './paths.ts';
import { keptTyped, TYPED_BY, type TypedFields, typedBy, typedText } from './typed-text.ts';

/** A form of the site for whoever is logged in. */
export function sessionForm(
  ask: SiteRequest,
  { session, person }: SignedInPerson,
  action: string,
  about = '',
): FormProps {
  const hidden = { csrf: formToken(ask.installation, session.hash, about), [TYPED_BY]: typedBy(ask, person.id) };
  return { action, hidden: about === '' ? hidden : { ...hidden, interaction: about } };
}

/** A form for a browser in which nobody need be logged in. */
export function browserForm(
  { installation, browser }: SiteRequest,
  action: string,
  about = '',
  also: Record<string, string> = {},
): FormProps {
  const hidden = { csrf: formToken(installation, browser.hash, about), ...also };
  return { action, hidden: about === '' ? hidden : { ...hidden, interaction: about } };
}

/** Returns the text that a form is shown with: as it was just sent, or as it was typed before its session ended. */
export function filledIn(
  ask: SiteRequest,
  { person }: SignedInPerson,
  action: string,
  fields: TypedFields,
): { values: Readonly<Record<string, string>>; done?: DoneKey } {
  if (ask.incoming.method === 'POST') return { values: typedText(ask, fields) };
  const values = keptTyped(ask, action, person.id);
  return Object.keys(values).length > 0 ? { values, done: 'typed_kept' } : { values };
}

/** True when the person chose all their Pages, also those to come, in place of those that are ticked. */
export const meansAllPages = ({ form }: SiteRequest): boolean => form.values.get(pageScopeName) === 'all';

export function personProps({ person }: SignedInPerson): AccountProps['person'] {
  return { id: person.id, name: person.name, firstName: person.firstName || person.name, email: person.email };
}

/**
 * The way on for somebody else than the person who is logged in.
 * @param next the page that they came for, to which another log-in leads back
 */
export function otherPerson(ask: SiteRequest, me: SignedInPerson, next: string): OtherPerson {
  const { action, hidden } = sessionForm(ask, me, paths.switchPerson);
  return { person: personProps(me), notYou: { action, hidden: { ...hidden, next } } };
}

/** Makes the props that every page of the signed-in part is given. */
export function accountProps(ask: SiteRequest, me: SignedInPerson): AccountProps {
  return {
    ...pageProps(ask),
    person: personProps(me),
    withConsole: ask.installation.world.console !== undefined,
    logOut: sessionForm(ask, me, paths.logOut),
    done: doneOf(ask, me),
  };
}

/**
 * Makes the address to go to after an act: the page says what was done, once, and only to the session that did it
 * (threats WP-06).
 */
export function withDone({ installation }: SiteRequest, holder: string, path: string, done: DoneKey): string {
  return `${path}?done=${done}&seal=${formToken(installation, holder, `done:${done}`)}`;
}

function doneOf(ask: SiteRequest, { session }: SignedInPerson): DoneKey | undefined {
  const query = queryOf(ask);
  const done = query.get('done');
  if (done === undefined || !Object.hasOwn(doneWords, done)) return undefined;
  return isFormToken(ask.installation, query.get('seal'), session.hash, `done:${done}`) ? (done as DoneKey) : undefined;
}

/** True when a query holds nothing but that. */
export const isDoneQuery = (query: string): boolean => /^done=[a-z_]+&seal=[\w-]+$/.test(query);
