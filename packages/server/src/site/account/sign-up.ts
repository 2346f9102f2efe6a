// On these pages people make new accounts: by themselves, or on the way through a dialog.
import { message, type NewAccountErrors, signUp as signUpView, tooManyRequests } from '@hallpass/pages';
import { newHash, passwordFault } from '../../people/passwords.ts';
import { addPerson, birthdayOf, emailOf, nameOf } from '../../people/people.ts';
import { enter, type LoginResult } from '../../people/sign-in/sign-in.ts';
import { maySignUp, SIGN_UP_WINDOW } from '../../people/sign-up-budget.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { change, type Change } from '../../liveness/change.ts';
import { answerDialog, whoAsks } from '../../login/dialog.ts';
import { findInteraction } from '../../login/interactions.ts';
import * as people from '../../store/people/people.ts';
import { html, pageProps, redirect } from '../answers.ts';
import { type SiteRequest, queryOf, setSession } from '../site-request.ts';
import { answerTo, askingOf } from '../dialog/dialog.ts';
import { appIdentity } from '../dialog/dialog-views.ts';
import { browserForm } from '../forms.ts';
import { goOn, paths } from '../paths.ts';
import { leadingTo, nextOf, purposeOf } from './purpose.ts';

export async function signUpShown(ask: SiteRequest, errors?: NewAccountErrors): Promise<HttpResponse> {
  if (!ask.installation.settings.openSignUp) return closed(ask);
  const { values } = ask.form;
  const { interaction } = await findInteraction(
    ask.installation,
    ask.browser.hash,
    values.get('interaction') ?? queryOf(ask).get('interaction'),
  );
  const asks = interaction && (await whoAsks(askingOf(ask), interaction.request));
  const next = nextOf(ask);
  const body = signUpView({
    ...pageProps(ask),
    form: browserForm(ask, paths.signUp, interaction?.id, next === paths.home ? {} : { next }),
    purpose: purposeOf(next),
    app: asks && appIdentity(asks.app),
    errors,
    values: { name: values.get('name'), email: values.get('email'), birthday: values.get('birthday') },
    logIn: interaction ? goOn(interaction.id) : leadingTo(paths.logIn, next),
  });
  return html(ask, body, { dialog: asks?.target });
}

const closed = (ask: SiteRequest): HttpResponse =>
  html(ask, message({ ...pageProps(ask), message: 'sign_up_closed', logIn: paths.logIn }));

export async function signUpSent(ask: SiteRequest): Promise<HttpResponse> {
  if (!ask.installation.settings.openSignUp) return closed(ask);
  const interaction = ask.form.values.get('interaction');
  if (interaction !== undefined && ask.form.values.get('decision') === 'cancel')
    return answerTo(ask, await answerDialog(askingOf(ask), interaction, { is: 'cancel' }));
  const entered = await newAccount(ask, false, (making) => maySignUp(ask.installation, making, ask.visitor.ipPrefix));
  if (entered === 'refused') return tooManyAccounts(ask);
  if ('errors' in entered) return signUpShown(ask, entered.errors);
  setSession(ask, entered);
  return redirect(ask, interaction === undefined ? nextOf(ask) : goOn(interaction));
}

const tooManyAccounts = (ask: SiteRequest): HttpResponse =>
  html(ask, tooManyRequests({ ...pageProps(ask), retryAfter: SIGN_UP_WINDOW }), {
    status: 429,
    headers: { 'retry-after': String(SIGN_UP_WINDOW) },
  });

/**
 * Checks the fields, makes the account and logs it in. `may` is asked last, within the change, whether it may be made
 * at all: `refused` where not.
 */
export async function newAccount(
  ask: SiteRequest,
  administrator: boolean,
  may: (making: Change) => Promise<boolean>,
): Promise<LoginResult | 'refused' | { errors: NewAccountErrors }> {
  const { installation, form } = ask;
  const checked = checkFields(ask);
  if ('errors' in checked) return checked;
  const password = await newHash(installation, form.values.get('password') ?? '');
  const { name, email, profile } = checked;
  const made = await change(installation, async (making) => {
    if (await people.byEmail(making.tx, email)) return undefined;
    if (!(await may(making))) return 'refused' as const;
    const person = await addPerson(installation, making, { name, email, password, profile, administrator });
    making.event({
      name: administrator ? 'administrator.created' : 'auth.signup',
      outcome: 'ok',
      actorKind: 'person',
      actorId: person.id,
      targetId: person.id,
      ipPrefix: ask.visitor.ipPrefix,
    });
    return enter(installation, making, { person }, ask.visitor, ask.signedIn);
  }).catch(async (error: unknown) => {
    // Two sign-ups with one address at the same moment: the second is refused by the database.
    if (await people.byEmail(installation.db.read, email)) return undefined;
    throw error;
  });
  return made ?? { errors: { email: 'taken' } };
}

function checkFields({
  installation,
  form,
}: SiteRequest): { errors: NewAccountErrors } | { name: string; email: string; profile: people.Profile } {
  const field = (name: string): string => form.values.get(name) ?? '';
  const errors: NewAccountErrors = {};
  const name = nameOf(field('name'));
  if (name.fault) errors.name = name.fault;
  const email = emailOf(field('email'));
  if (email === undefined) errors.email = field('email') === '' ? 'missing' : 'not_valid';
  const fault = passwordFault(field('password'));
  if (fault) errors.password = fault;
  const born = field('birthday') === '' ? undefined : birthdayOf(field('birthday'), installation.world.clock.now());
  if (born?.fault) errors.birthday = born.fault;
  if (name.name === undefined || email === undefined || Object.keys(errors).length > 0) return { errors };
  return { name: name.name, email, profile: born?.birthday === undefined ? {} : { birthday: born.birthday } };
}
