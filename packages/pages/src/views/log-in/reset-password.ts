// On these pages somebody who has forgotten the password gets a new one, by a link in a mail. They say the same whether
// there is such an account or not (I-15).
import { type Html, html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { type PasswordError, passwordErrors, passwordHint } from '../../parts/forms/password-rules.ts';
import { notice, wayOn } from '../../parts/notice.ts';
import { inside } from '../../parts/words/address.ts';
import { plainName } from '../../parts/words/name.ts';
import type { FormProps, PageProps } from '../../props.ts';

/** Sends `email`. */
export interface ForgotPasswordProps extends PageProps {
  /** Left out where this platform sends no mail. */
  form?: FormProps;
  email?: string;
  missing?: boolean;
  logIn: string;
}

export function forgotPassword({ platform, form: place, email, missing, logIn }: ForgotPasswordProps): string {
  if (!place)
    return cardPage(
      platform,
      { title: 'Forgot your password?' },
      html`${notice('note', 'key', 'Forgot your password?', html`<p>${plainName(platform.name)} doesn’t send mail. Ask the people who run it for a link to choose a new password.</p>`)}
<div class="actions">${wayOn(logIn, 'Back to the log-in', 'quiet')}</div>`,
    );
  return cardPage(
    platform,
    { title: 'Forgot your password?' },
    html`<div class="title"><h1>Forgot your password?</h1><p class="soft">Enter your e-mail address. We’ll send you a link to choose a new password.</p></div>
${form(
  place,
  html`<div class="fields">${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', value: email, error: missing ? 'Enter your e-mail address.' : undefined, autofocus: true })}</div>
<div class="actions">${button('Send the link')}${wayOn(logIn, 'Cancel', 'quiet')}</div>`,
  { className: 'stack' },
)}`,
  );
}

/** The words of the mail with the link. */
export const resetMail = {
  subject: ({ name }: PageProps['platform']): string => `${plainName(name)}: a new password`,
  asked: ({ name }: PageProps['platform']): string =>
    `Someone asked to reset the password of your account on ${plainName(name)}. If it was you, open the link and choose a new one. It works once, for 30 minutes.`,
  heading: 'Reset your password',
  action: 'Choose a new password',
  otherwise: 'If it wasn’t you, ignore this mail: your password stays as it is.',
};

export interface ResetMailedProps extends PageProps {
  /** Path of the link, where the mail is shown in place of being sent. */
  link?: string;
  logIn: string;
}

export function resetMailed({ platform, link, logIn }: ResetMailedProps): string {
  const mail: Html | '' = link
    ? html`<div class="panel padded"><p><strong>${resetMail.subject(platform)}</strong></p><p>${resetMail.asked(platform)}</p><p><a href="${inside(link)}">${resetMail.action}</a></p><p>${resetMail.otherwise}</p><p class="small soft">This is an emulator: the mail is shown here and isn’t sent.</p></div>`
    : '';
  return cardPage(
    platform,
    { title: 'Check your e-mail' },
    html`${notice('good', 'mail', 'Check your e-mail', html`<p>If there is an account with this address, a link to choose a new password is on its way. The link works once, for 30 minutes.</p>`)}${mail}
<div class="actions">${wayOn(logIn, 'Back to the log-in', 'quiet')}</div>`,
  );
}

/** Sends `new_password`. */
export interface ResetPasswordProps extends PageProps {
  form: FormProps;
  /** The address of the account, for password managers. */
  email: string;
  /** True for an account that has no password yet. */
  first?: boolean;
  error?: PasswordError;
}

export function resetPassword({ platform, form: place, email, first, error }: ResetPasswordProps): string {
  const title = first ? 'Choose a password' : 'Choose a new password';
  const words = first
    ? html`An account on ${plainName(platform.name)} was made for ${email}. You log in with this address and the password.`
    : 'Every device is logged out, and apps that act for you will ask you to log in again.';
  return cardPage(
    platform,
    { title },
    html`<div class="title"><h1>${title}</h1><p class="soft">${words}</p></div>
${form(
  place,
  html`<input class="hidden-text" type="text" autocomplete="username" value="${email}" tabindex="-1" aria-hidden="true" readonly>
<div class="fields">${field({ name: 'new_password', label: first ? 'Password' : 'New password', type: 'password', autocomplete: 'new-password', hint: passwordHint, error: error && passwordErrors[error], autofocus: true })}</div>
<div class="actions">${button('Save the password')}</div>`,
  { className: 'stack' },
)}`,
  );
}
