// On this page a person changes their e-mail address. Apps that may read it are told, as of a new name.
import { changeEmail as changeEmailView, changeEmailLabels, type ChangeEmailProps } from '@hallpass/pages';
import { notifyEmailChange } from '../../callbacks/notify-app.ts';
import { change } from '../../liveness/change.ts';
import { changeEmail } from '../../people/email-address.ts';
import { emailOf } from '../../people/people.ts';
import { provePassword, stillProven } from '../../people/sign-in/sign-in.ts';
import { renewSession, type SignedInPerson } from '../../people/sign-in/sessions.ts';
import * as people from '../../store/people/people.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { html, redirect } from '../answers.ts';
import { accountProps, filledIn, sessionForm, withDone } from '../forms.ts';
import { paths } from '../paths.ts';
import { type SiteRequest, setSession } from '../site-request.ts';

export function emailShown(
  ask: SiteRequest,
  me: SignedInPerson,
  errors: ChangeEmailProps['errors'] = {},
): HttpResponse {
  const { values, ...filled } = filledIn(ask, me, paths.email, changeEmailLabels);
  return html(
    ask,
    changeEmailView({
      ...accountProps(ask, me),
      ...filled,
      form: sessionForm(ask, me, paths.email),
      mails: ask.installation.world.mail !== undefined,
      typed: values.email,
      errors,
    }),
  );
}

export async function emailSent(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const { installation, visitor, form } = ask;
  const [typed, password] = [form.values.get('email') ?? '', form.values.get('password') ?? ''];
  const email = emailOf(typed);
  if (email === undefined || password === '')
    return emailShown(ask, me, {
      email: email !== undefined ? undefined : typed === '' ? 'missing' : 'not_valid',
      password: password === '' ? 'missing' : undefined,
    });
  const { device, ipPrefix } = visitor;
  const proven = await provePassword(installation, { who: { person: me.person }, password, device, ipPrefix });
  if (!proven) return emailShown(ask, me, { password: 'wrong' });
  if (email === proven.person.email) return emailShown(ask, me, { email: 'same_as_before' });
  const changed = await change(installation, async (making) => {
    if (!(await stillProven(making, proven))) return 'wrong' as const;
    const refusal = await changeEmail(installation, making, proven.person, email);
    if (refusal !== undefined) return refusal;
    await notifyEmailChange(making, proven.person.id, email, installation.world.clock.now());
    return renewSession(installation, making, me.session);
  }).catch(async (error: unknown) => {
    // Two accounts that want one address at the same moment: the second is refused by the database.
    if (await people.byEmail(installation.db.read, email)) return 'taken' as const;
    throw error;
  });
  if (changed === 'wrong') return emailShown(ask, me, { password: 'wrong' });
  if (typeof changed === 'string') return emailShown(ask, me, { email: changed });
  setSession(ask, { cookie: changed.cookie });
  return redirect(ask, withDone(ask, changed.session.hash, paths.email, 'email_changed'));
}
