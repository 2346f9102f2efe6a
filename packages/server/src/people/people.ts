// This module knows what people are called and how they are reached: the one stored form of e-mail addresses and names,
// and new accounts. Limits: section 4.2 of the threat model (names of 200 code points, NFC, nothing that controls or
// reorders text).
import { actorFacts } from '../installation/events.ts';
import type { Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import * as people from '../store/people/people.ts';
import { type AppId, PersonId } from '../store/ids.ts';

const LONGEST_EMAIL = 254;
const LONGEST_NAME = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const emailForm = /^[^\s@\u0000-\u001f\u007f"(),:;<>[\\\]]+@[^\s@\u0000-\u001f\u007f"(),:;<>[\\\]]+$/u;
/** Controls, line and paragraph separators, and the marks that turn the direction of what stands beside them. */
const notInNames = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** The stored form of an e-mail address: lower case, NFC. Undefined for what is none. */
export function emailOf(text: string): string | undefined {
  if (text.length > 2 * LONGEST_EMAIL) return undefined;
  const email = text.trim().normalize('NFC').toLowerCase();
  return email.length <= LONGEST_EMAIL && emailForm.test(email) ? email : undefined;
}

type NameFault = 'missing' | 'too_long' | 'not_allowed';

/** The stored form of a name, or why it cannot be one. */
export function nameOf(text: string): { name: string; fault?: undefined } | { name?: undefined; fault: NameFault } {
  if (text.length > 8 * LONGEST_NAME) return { fault: 'too_long' };
  if (notInNames.test(text)) return { fault: 'not_allowed' };
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (name === '') return { fault: 'missing' };
  return [...name].length > LONGEST_NAME ? { fault: 'too_long' } : { name };
}

/**
 * Gives a person another name, within a change.
 * @param name in its stored form
 * @param demand is given the person as they are now, and throws where they must not be changed
 */
export async function renamePerson(
  { tx, event }: Change,
  personId: PersonId,
  name: string,
  demand: (present: { name: string }) => void = () => {},
): Promise<void> {
  const present = await people.holdForChange(tx, personId);
  if (present) demand(present);
  await people.setName(tx, personId, name);
  event({
    name: 'account.renamed',
    outcome: 'ok',
    ...actorFacts({ kind: 'person', id: personId }),
    targetId: personId,
  });
}

/**
 * A birthday as forms send it (`2001-02-28`), as the user node shows it (`02/28/2001`); `not_valid` or `future`
 * otherwise.
 */
export function birthdayOf(
  text: string,
  now: number,
): { birthday: string; fault?: undefined } | { birthday?: undefined; fault: 'not_valid' | 'future' } {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const moment = new Date(`${text}T00:00:00Z`);
  if (
    year === undefined ||
    Number.isNaN(moment.getTime()) ||
    moment.toISOString().slice(0, 10) !== text ||
    Number(year) < 1900
  )
    return { fault: 'not_valid' };
  return moment.getTime() / 1000 > now ? { fault: 'future' } : { birthday: `${month}/${day}/${year}` };
}

interface NewPerson {
  name: string;
  /** The address in its stored form; null for people without one. */
  email: string | null;
  /** The hash of the password; null where none is set. */
  password: string | null;
  profile?: people.Profile;
  testUserOf?: AppId;
  administrator?: boolean;
}

/** Inserts an active account. The caller has checked that the address is free, in the same change. */
export async function addPerson(
  installation: Pick<Installation, 'world'>,
  change: Change,
  person: NewPerson,
): Promise<people.Person> {
  const { password } = person;
  return people.insert(change.tx, {
    id: newId(installation, PersonId),
    name: person.name,
    email: person.email,
    password,
    state: 'active',
    testUserOf: person.testUserOf ?? null,
    profile: person.profile ?? {},
    administrator: person.administrator ?? false,
    createdAt: installation.world.clock.now(),
  });
}
