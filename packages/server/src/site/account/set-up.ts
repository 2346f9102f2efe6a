// On these pages the first administrator of an installation is made: it works once, for half an hour, and only while
// there is no administrator (threats SC-05).
import { firstAdministrator, message, type NewAccountErrors } from '@hallpass/pages';
import { readJson, shape } from '@hallpass/protocol';
import { keyedHashText, sameText } from '../../hash.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import type { Installation } from '../../installation/installation.ts';
import * as meta from '../../store/installation/meta.ts';
import * as people from '../../store/people/people.ts';
import type { Query } from '../../store/query.ts';
import { html, linkPage, pageProps } from '../answers.ts';
import { type SiteRequest, queryOf, setSession } from '../site-request.ts';
import { browserForm } from '../forms.ts';
import { paths } from '../paths.ts';
import { newAccount } from './sign-up.ts';

const LIFE = 30 * 60;
const form = /^[\w-]{43}$/;
/** The row of `meta` that says which link is in force. */
const LINK = 'administrator_link';

interface LinkRow {
  /** Names the link: its key follows from this and from a key of the installation, and is stored nowhere. */
  nonce: string;
  /** Epoch seconds. */
  until: number;
}

const linkShape = shape.object<LinkRow>({ nonce: shape.text, until: shape.number });

const keyOf = ({ keys }: Installation, { nonce }: LinkRow): string =>
  keyedHashText(keys.link, `administrator_link:${nonce}`);

/** True when somebody looks after this installation already. */
export const hasAdministrator = ({ db }: Installation): Promise<boolean> => people.hasAdministrator(db.read);

async function linkInForce(q: Query, now: number): Promise<LinkRow | undefined> {
  const stored = await meta.get(q, LINK);
  const row = stored === undefined ? undefined : readJson(linkShape, stored);
  return row && row.until > now ? row : undefined;
}

/**
 * Path and query of the link. While one works there's no second: nodes that start together print the same, and each
 * start makes it work for half an hour from then on.
 */
export async function createAdministratorLink(installation: Installation): Promise<string> {
  const { db, world } = installation;
  const now = world.clock.now();
  const fresh = Buffer.from(world.random.bytes(16)).toString('base64url');
  const row = await db.act(async (act) => {
    await db.inOrder(act, 'hallpass_set_up');
    const { nonce } = (await linkInForce(act.tx, now)) ?? { nonce: fresh };
    const link: LinkRow = { nonce, until: now + LIFE };
    await meta.put(act.tx, LINK, JSON.stringify(link));
    return link;
  });
  return `${paths.setUp}?key=${keyOf(installation, row)}`;
}

/** Finds the link with this key, while it works and nobody is an administrator. */
async function linkOf(installation: Installation, q: Query, key: string): Promise<LinkRow | undefined> {
  const link = form.test(key) ? await linkInForce(q, installation.world.clock.now()) : undefined;
  if (!link || !sameText(installation.keys.link, keyOf(installation, link), key)) return undefined;
  return (await people.hasAdministrator(q)) ? undefined : link;
}

const unavailable = (ask: SiteRequest): HttpResponse => linkPage(ask, 'administrator');

export async function setUpShown(ask: SiteRequest, errors?: NewAccountErrors): Promise<HttpResponse> {
  const { values } = ask.form;
  const key = values.get('key') ?? queryOf(ask).get('key') ?? '';
  if (!(await linkOf(ask.installation, ask.installation.db.read, key))) return unavailable(ask);
  return html(
    ask,
    firstAdministrator({
      ...pageProps(ask),
      form: browserForm(ask, paths.setUp, '', { key }),
      errors,
      values: { name: values.get('name'), email: values.get('email') },
    }),
  );
}

export async function setUpSent(ask: SiteRequest): Promise<HttpResponse> {
  const { installation } = ask;
  const key = ask.form.values.get('key') ?? '';
  if (!(await linkOf(installation, installation.db.read, key))) return unavailable(ask);
  const entered = await newAccount(ask, true, async ({ tx }) => {
    const link = await linkOf(installation, tx, key);
    return link !== undefined && meta.take(tx, LINK, JSON.stringify(link));
  });
  if (entered === 'refused') return unavailable(ask);
  if ('errors' in entered) return setUpShown(ask, entered.errors);
  setSession(ask, entered);
  return html(ask, message({ ...pageProps(ask), message: 'administrator_ready', home: paths.home }));
}
