// On these pages the first administrator of an installation is made: it works once, for half an hour, and only while
// there is no administrator (threats SC-05).
import { firstAdministrator, message, type NewAccountErrors } from '@hallpass/pages';
import { keyedHashText } from '../../hash.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { change } from '../../liveness/change.ts';
import type { Installation } from '../../installation/installation.ts';
import * as people from '../../store/people/people.ts';
import * as singleUse from '../../store/codes/single-use.ts';
import { html, linkPage, pageProps } from '../answers.ts';
import { type SiteRequest, queryOf, setSession } from '../site-request.ts';
import { browserForm } from '../forms.ts';
import { paths } from '../paths.ts';
import { newAccount } from './sign-up.ts';

const LIFE = 30 * 60;
const form = /^[\w-]{43}$/;

const hashOf = ({ keys }: Installation, key: string): string => keyedHashText(keys.link, `administrator_link:${key}`);

/** True when somebody looks after this installation already. */
export const hasAdministrator = ({ db }: Installation): Promise<boolean> => people.hasAdministrator(db.read);

/** Path and query of a new link. */
export async function createAdministratorLink(installation: Installation): Promise<string> {
  const { clock, random } = installation.world;
  const key = Buffer.from(random.bytes(32)).toString('base64url');
  await change(installation, ({ tx }) =>
    singleUse.insert(tx, {
      hash: hashOf(installation, key),
      kind: 'administrator_link',
      app_id: null,
      person_id: null,
      payload: '{}',
      expires_at: clock.now() + LIFE,
      used_at: null,
      tries: 0,
    }),
  );
  return `${paths.setUp}?key=${key}`;
}

async function usable(ask: SiteRequest, key: string): Promise<boolean> {
  if (!form.test(key)) return false;
  const row = await singleUse.find(ask.installation.db.read, hashOf(ask.installation, key));
  return (
    row !== undefined &&
    row.kind === 'administrator_link' &&
    row.used_at === null &&
    row.expires_at > ask.installation.world.clock.now() &&
    !(await hasAdministrator(ask.installation))
  );
}

const unavailable = (ask: SiteRequest): HttpResponse => linkPage(ask, 'administrator');

export async function setUpShown(ask: SiteRequest, errors?: NewAccountErrors): Promise<HttpResponse> {
  const { values } = ask.form;
  const key = values.get('key') ?? queryOf(ask).get('key') ?? '';
  if (!(await usable(ask, key))) return unavailable(ask);
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
  if (!(await usable(ask, key))) return unavailable(ask);
  const entered = await newAccount(
    ask,
    true,
    async ({ tx }) =>
      !(await people.hasAdministrator(tx)) &&
      singleUse.consume(tx, hashOf(installation, key), installation.world.clock.now()),
  );
  if (entered === 'refused') return unavailable(ask);
  if ('errors' in entered) return setUpShown(ask, entered.errors);
  setSession(ask, entered);
  return html(ask, message({ ...pageProps(ask), message: 'administrator_ready', home: paths.home }));
}
