// On this page people log in with e-mail and password: by itself, or as the first step of an app's dialog.
import { type Html, html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { inside } from '../../parts/words/address.ts';
import { appHeading, developmentNotice } from '../../parts/app-heading.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { span } from '../../parts/words/moment.ts';
import { name, plainName } from '../../parts/words/name.ts';
import type { AppIdentity, FormProps, PageProps } from '../../props.ts';

/** Wrong and unknown read the same (invariant I-15). */
const logInErrors = {
  wrong:
    'The e-mail address or the password is wrong. After ten wrong tries, even the right password is refused for 15 minutes.',
  missing: 'Enter your e-mail address and your password.',
  expired: 'This page was open for too long. Please log in again.',
  code_expired: 'It took too long to enter the code. Please log in again.',
  too_many: 'Too many wrong tries. For 15 minutes, even the right password is refused.',
  busy: 'Too many people are logging in right now. Please try again in a moment.',
} as const;

export type LogInError = keyof typeof logInErrors;

/** The things that people come for who are not logged in yet. */
const logInPurposes = {
  invitation: 'Log in to answer your invitation.',
  device: 'Log in to enter the code from your device.',
  new_page: 'Log in to create a Page.',
  console: 'Log in to use the tools for developers and businesses.',
  settings: 'Log in to see your settings.',
} as const;

export type LogInPurpose = keyof typeof logInPurposes;

/** Sends `email`, `password` and `decision` (`continue`; with an app also `cancel`). */
export interface LogInProps extends PageProps {
  form: FormProps;
  error?: LogInError;
  /** The address that was typed before an error. */
  email?: string;
  /** The app that asks, when the page is part of a dialog. */
  app?: AppIdentity;
  /** Path of the page for a forgotten password. */
  forgot?: string;
  /** Seconds until it makes sense to try again, with `too_many`. */
  retryAfter?: number;
  /** The thing that the person came for, where the log-in leads on to it. */
  purpose?: LogInPurpose;
  /** Path of the sign-up page, where people may make their own account. */
  signUp?: string;
}

function problem(error: LogInError, retryAfter: number | undefined): Html {
  const words =
    error === 'too_many' && retryAfter !== undefined
      ? html`Too many wrong tries. For another ${span(retryAfter)}, even the right password is refused.`
      : logInErrors[error];
  return banner(error === 'wrong' || error === 'missing' ? 'danger' : 'warn', words, { id: 'problem' });
}

export function logIn(props: LogInProps): string {
  const { app, error, platform } = props;
  const wrong = error === 'wrong' || error === 'missing' ? 'problem' : undefined;
  const heading = app
    ? appHeading(app, html`Log in to continue to ${name(app.name)}`)
    : html`<div class="title"><h1>Log in</h1><p class="soft">${props.purpose ? logInPurposes[props.purpose] : html`Welcome back to ${plainName(platform.name)}.`}</p></div>`;
  const fields = html`<div class="fields">
${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', value: props.email, explainedBy: wrong, autofocus: !props.email })}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', explainedBy: wrong, autofocus: Boolean(props.email) })}
</div>`;
  const actions = html`<div class="actions">${button('Log in', { decision: 'continue' })}${app ? button('Cancel', { look: 'quiet', decision: 'cancel' }) : ''}</div>`;
  const forgot = props.forgot
    ? html`<p class="or"><a class="nowrap" href="${inside(props.forgot)}">Forgot password?</a></p>`
    : '';
  const signUp = props.signUp
    ? html`<p class="or">New to ${plainName(platform.name)}? <a class="nowrap" href="${inside(props.signUp)}">Create an account</a></p>`
    : '';
  return cardPage(
    platform,
    { title: app ? `Log in to continue to ${plainName(app.name)}` : 'Log in' },
    html`${heading}
${app ? developmentNotice(app) : ''}${error ? problem(error, props.retryAfter) : ''}
${form(props.form, html`${fields}${actions}`, { className: 'stack' })}
${forgot}${signUp}`,
  );
}
