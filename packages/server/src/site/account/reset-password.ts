// On these pages somebody who has forgotten the password asks for a link and chooses a new one. The answer is the same,
// and takes the same time, whether there is an account or not: the link is made after it is given. The link is in the
// mail alone; no log and no table has it.
import { wholeMail } from '@hallpass/pages/mail';
import { randomHex } from '@hallpass/protocol';
import { forgotPassword, message, resetMail, resetMailed, resetPassword, tooManyRequests } from '@hallpass/pages';
import { newHash, passwordFault } from '../../people/passwords.ts';
import {
  mayAskForReset,
  personOfResetKey,
  RESET_WINDOW,
  resetPath,
  resetKeyFor,
  resetPassword as setByLink,
} from '../../people/password-reset.ts';
import { emailOf } from '../../people/people.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { html, linkPage, pageProps } from '../answers.ts';
import { browserForm } from '../forms.ts';
import { paths } from '../paths.ts';
import { queryOf, setSession, type SiteRequest } from '../site-request.ts';

/** True where a mail can be sent, or is shown in place of being sent. */
const mailIsSent = ({ installation: { world } }: SiteRequest): boolean =>
  world.mail !== undefined || world.explainRefusals === true;

export function forgotShown(ask: SiteRequest, missing = false): HttpResponse {
  return html(
    ask,
    forgotPassword({
      ...pageProps(ask),
      form: mailIsSent(ask) ? browserForm(ask, paths.forgot) : undefined,
      email: ask.form.values.get('email'),
      missing,
      logIn: paths.logIn,
    }),
  );
}

export async function forgotSent(ask: SiteRequest): Promise<HttpResponse> {
  if (!mailIsSent(ask)) return forgotShown(ask);
  const email = emailOf(ask.form.values.get('email') ?? '');
  if (email === undefined) return forgotShown(ask, true);
  if (!(await mayAskForReset(ask.installation, ask.visitor.ipPrefix)))
    return html(ask, tooManyRequests({ ...pageProps(ask), retryAfter: RESET_WINDOW }), {
      status: 429,
      headers: { 'retry-after': String(RESET_WINDOW) },
    });
  const { world } = ask.installation;
  const mailed = mail(ask, email);
  if (world.mail) {
    // Nobody waits for it: the time of the answer would tell whether there is an account.
    mailed.catch((error: unknown) =>
      world.log('warn', 'mail.failed', { kind: 'password_reset', error: error instanceof Error ? error.name : '' }),
    );
    return html(ask, resetMailed({ ...pageProps(ask), logIn: paths.logIn }));
  }
  return html(ask, resetMailed({ ...pageProps(ask), link: await mailed, logIn: paths.logIn }));
}

/** Makes the link and mails it; where no mail server is set, the path of the link comes back. */
async function mail(ask: SiteRequest, email: string): Promise<string | undefined> {
  const { installation, addresses } = ask;
  const { mail: mailer, random } = installation.world;
  const made = await resetKeyFor(installation, email);
  if (!made) return undefined;
  const path = resetPath(made.key);
  if (!mailer) return path;
  const { platform } = pageProps(ask);
  const id = randomHex(random, 16);
  const sent = await mailer.send({
    id,
    to: made.email,
    ...wholeMail({
      language: 'en',
      platform: platform.name,
      subject: resetMail.subject(platform),
      heading: resetMail.heading,
      opening: [resetMail.asked(platform)],
      action: { text: resetMail.action, url: `${addresses.www}${path}` },
      items: [],
      closing: [resetMail.otherwise],
    }),
  });
  installation.world.log('info', `mail.${sent.fault === undefined ? 'sent' : 'failed'}`, {
    kind: 'password_reset',
    ms: sent.ms,
    error: sent.fault,
  });
  return undefined;
}

const keyOf = (ask: SiteRequest): string => ask.form.values.get('key') ?? queryOf(ask).get('key') ?? '';

const unavailable = (ask: SiteRequest): HttpResponse => linkPage(ask, 'password');

export async function resetShown(ask: SiteRequest, error?: ReturnType<typeof passwordFault>): Promise<HttpResponse> {
  const key = keyOf(ask);
  const person = await personOfResetKey(ask.installation, key);
  if (!person) return unavailable(ask);
  const form = browserForm(ask, paths.reset, '', { key });
  return html(
    ask,
    resetPassword({ ...pageProps(ask), form, email: person.email ?? '', first: person.password === null, error }),
  );
}

export async function resetSent(ask: SiteRequest): Promise<HttpResponse> {
  const wanted = ask.form.values.get('new_password') ?? '';
  const key = keyOf(ask);
  const person = await personOfResetKey(ask.installation, key);
  if (!person) return unavailable(ask);
  const fault = passwordFault(wanted);
  if (fault) return resetShown(ask, fault);
  const hash = await newHash(ask.installation, wanted);
  if (!(await setByLink(ask.installation, person, key, hash))) return unavailable(ask);
  setSession(ask, undefined);
  return html(
    ask,
    message({
      ...pageProps(ask),
      message: person.password === null ? 'password_chosen' : 'password_reset',
      logIn: paths.logIn,
    }),
  );
}
