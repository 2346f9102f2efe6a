// A browser that somebody has logged in with before keeps a mark of it, so that strangers who guess that person's
// password cannot lock the person out: the browser has a budget of guesses of its own (threats TB-04). The cookie is a
// random id and, for each of a few people, a keyed hash over that id and the person; it logs nobody in.
import { keyedHashText, sameText } from '../../hash.ts';
import type { Installation } from '../../installation/installation.ts';
import type { PersonId } from '../../store/ids.ts';

/** One browser is remembered for so many people. */
const REMEMBERED = 5;
const form = /^[\w-]{22}(?:\.[\w-]{43}){1,5}$/;

const mark = ({ keys }: Pick<Installation, 'keys'>, device: string, personId: PersonId): string =>
  keyedHashText(keys.device, `${device}|${personId}`);

/** The id of the device, when the cookie says that the person has logged in with it. */
export function deviceOf(
  installation: Pick<Installation, 'keys'>,
  cookie: string | undefined,
  personId: PersonId,
): string | undefined {
  if (cookie === undefined || !form.test(cookie)) return undefined;
  const [device = '', ...marks] = cookie.split('.');
  const own = mark(installation, device, personId);
  return marks.some((one) => sameText(installation.keys.compare, one, own)) ? device : undefined;
}

/** The cookie after this person has logged in with the browser. */
export function withPerson(
  installation: Pick<Installation, 'keys' | 'world'>,
  cookie: string | undefined,
  personId: PersonId,
): string {
  const known = cookie !== undefined && form.test(cookie) ? cookie.split('.') : [];
  const device = known[0] ?? Buffer.from(installation.world.random.bytes(16)).toString('base64url');
  const own = mark(installation, device, personId);
  return [device, own, ...known.slice(1).filter((one) => one !== own)].slice(0, 1 + REMEMBERED).join('.');
}
