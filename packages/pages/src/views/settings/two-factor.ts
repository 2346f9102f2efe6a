// This page is about two-factor authentication in the settings: whether it is on, and the way to turn it on or off.
import { html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { type CodeError, codeField } from '../../parts/forms/one-time-code.ts';
import type { AccountProps, FormProps } from '../../props.ts';
import { type PasswordProofError, passwordProofErrors } from '../log-in/reauthenticate.ts';

/** Off: sends `password`. On: sends `password`, `code` and `decision` (`new_codes` or `turn_off`). */
export interface TwoFactorProps extends AccountProps {
  /** The number of recovery codes that are left; undefined where no second factor is on. */
  recoveryCodes?: number;
  form: FormProps;
  errors?: { password?: PasswordProofError; code?: CodeError };
}

export function twoFactor(props: TwoFactorProps): string {
  const { errors = {}, person, recoveryCodes } = props;
  const on = recoveryCodes !== undefined;
  const password = html`<input class="hidden-text" type="text" autocomplete="username" value="${person.email ?? ''}" tabindex="-1" aria-hidden="true" readonly>
${field({
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'current-password',
  error: errors.password && passwordProofErrors[errors.password],
})}`;
  const left = recoveryCodes === 1 ? '1 recovery code is left.' : `${recoveryCodes} recovery codes are left.`;
  const state = on
    ? banner(recoveryCodes < 3 ? 'warn' : 'good', left, { title: 'Two-factor authentication is on.' })
    : banner('note', 'Only your password protects your account.', { title: 'Two-factor authentication is off.' });
  const fields = on
    ? html`${password}${codeField(errors.code ? { error: errors.code } : {})}
<div class="actions">${button('Make new recovery codes', { look: 'quiet', decision: 'new_codes' })}${button('Turn off', { look: 'quiet danger', decision: 'turn_off' })}</div>`
    : html`${password}<div class="actions">${button('Turn on')}</div>`;
  return accountPage(
    props,
    { title: 'Two-factor authentication', current: 'twoFactor' },
    html`<div class="tight"><h1>Two-factor authentication</h1><p class="soft">After your password we ask for a code from an app on your phone. Someone who learns your password still cannot log in.</p></div>
${props.done ? '' : state}
<div class="panel padded narrow">${form(props.form, fields, { className: 'stack' })}</div>
${on ? html`<p class="small soft">New recovery codes replace all earlier ones. Some businesses require two-factor authentication: without it you can’t work on their Pages.</p>` : ''}`,
  );
}
