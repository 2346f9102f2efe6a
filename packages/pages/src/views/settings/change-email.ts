// On this page a person changes the e-mail address that they log in with. Whoever can change it can take the account over,
// so the password is asked, and the old address hears of it where mail is sent.
import { html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { name } from '../../parts/words/name.ts';
import type { AccountProps, FormProps } from '../../props.ts';
import { type PasswordProofError, passwordProofErrors } from '../log-in/reauthenticate.ts';

const emailErrors = {
  missing: 'Enter the new address.',
  not_valid: 'This doesn’t look like an e-mail address. Example: anna@example.com',
  taken: 'This address can’t be used for your account.',
  same_as_before: 'This is already your address.',
  too_often: 'You’ve tried too often. Try again tomorrow.',
} as const;

export type ChangeEmailError = keyof typeof emailErrors;

/** Labels of the fields that are no secret, by name. */
export const changeEmailLabels = { email: 'New e-mail address' } as const;

/** Sends `email` (the new address) and `password`. */
export interface ChangeEmailProps extends AccountProps {
  form: FormProps;
  /** The address that was typed before. */
  typed?: string | undefined;
  /** True where mails are sent. */
  mails: boolean;
  errors?: { email?: ChangeEmailError | undefined; password?: PasswordProofError | undefined };
}

export function changeEmail(props: ChangeEmailProps): string {
  const { errors = {}, mails, person, typed } = props;
  const hears = mails && person.email ? ' We’ll tell your old address about the change.' : '';
  return accountPage(
    props,
    { title: 'E-mail address', current: 'email' },
    html`<div class="tight"><h1>Change your <span class="nowrap">e-mail</span> address</h1><p class="soft">From then on you log in with the new address, and apps that may read your address see it.${hears}</p></div>
<div class="panel padded narrow">${form(
      props.form,
      html`<p>${person.email ? html`Your address is <strong>${name(person.email)}</strong>.` : 'You have no address yet.'}</p>
${field({
  name: 'email',
  label: changeEmailLabels.email,
  type: 'email',
  autocomplete: 'email',
  value: typed,
  error: errors.email && emailErrors[errors.email],
})}
${field({
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'current-password',
  error: errors.password && passwordProofErrors[errors.password],
})}
<div class="actions">${button('Change address')}</div>`,
      { className: 'stack' },
    )}</div>`,
  );
}
