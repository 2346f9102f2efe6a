// On this page people log in with e-mail and password: by itself, or as the first step of an app's dialog.
import { type Html, html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { inside } from '../../parts/words/address.ts';
import { appHeading, developmentNotice } from '../../parts/app-heading.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { name, plainName } from '../../parts/words/name.ts';
import type { AppIdentity, FormProps, PageProps } from '../../props.ts';

/** Wrong and unknown read the same (invariant I-15). */
const logInErrors = {
  wrong: 'The e-mail address or the password is not right.',
  missing: 'Enter your e-mail address and your password.',
  expired: 'This page was open for too long. Please log in again.',
  code_expired: 'It took too long to enter the code. Please log in again.',
  session_ended: 'You were logged out. Please log in again.',
  busy: 'Too many people are logging in right now. Please try again in a moment.',
} as const;

export type LogInError = keyof typeof logInErrors;

/** Sends `email`, `password` and `decision` (`continue`; with an app also `cancel`). */
export interface LogInProps extends PageProps {
  form: FormProps;
  error?: LogInError;
  /** The address that was typed before an error. */
  email?: string;
  /** The app that asks, when the page is part of a dialog. */
  app?: AppIdentity;
  /** Path of the sign-up page, where people may make their own account. */
  signUp?: string;
}

function problem(error: LogInError): Html {
  return banner(error === 'wrong' || error === 'missing' ? 'danger' : 'warn', logInErrors[error], { id: 'problem' });
}

export function logIn(props: LogInProps): string {
  const { app, error, platform } = props;
  const wrong = error === 'wrong' || error === 'missing' ? 'problem' : undefined;
  const heading = app
    ? appHeading(app, html`Log in to continue to ${name(app.name)}`)
    : html`<div class="title"><h1>Log in</h1><p class="soft">Welcome back to ${plainName(platform.name)}.</p></div>`;
  const fields = html`<div class="fields">
${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', value: props.email, explainedBy: wrong, autofocus: !props.email })}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', explainedBy: wrong, autofocus: Boolean(props.email) })}
</div>`;
  const actions = html`<div class="actions">${button('Log in', { decision: 'continue' })}${app ? button('Cancel', { look: 'quiet', decision: 'cancel' }) : ''}</div>`;
  const signUp = props.signUp
    ? html`<p class="or">New to ${plainName(platform.name)}? <a class="nowrap" href="${inside(props.signUp)}">Create an account</a></p>`
    : '';
  return cardPage(
    platform,
    { title: app ? `Log in to continue to ${plainName(app.name)}` : 'Log in' },
    html`${heading}
${app ? developmentNotice(app) : ''}${error ? problem(error) : ''}
${form(props.form, html`${fields}${actions}`, { className: 'stack' })}
${signUp}`,
  );
}
