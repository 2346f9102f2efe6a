// On this page a person chooses a new password. It ends every other session and every token that was given with the old
// one (code 190, subcode 460).
import { html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { type PasswordError, passwordErrors, passwordHint } from '../../parts/forms/password-rules.ts';
import { type AccountReach, reachWords } from '../../parts/words/reach.ts';
import type { AccountProps, FormProps } from '../../props.ts';
import { type PasswordProofError, passwordProofErrors } from '../log-in/reauthenticate.ts';

/** Sends `password` (the old one) and `new_password`. */
export interface ChangePasswordProps extends AccountProps {
  form: FormProps;
  reach: AccountReach;
  errors?: { password?: PasswordProofError; new_password?: PasswordError };
}

export function changePassword(props: ChangePasswordProps): string {
  const { errors = {}, person, reach } = props;
  return accountPage(
    props,
    { title: 'Password', current: 'password' },
    html`<div class="tight"><h1>Change your password</h1><p class="soft">${reachWords(reach)}${reach.apps > 0 ? ' They ask you to log in again.' : ''}</p></div>
<div class="panel padded narrow">${form(
      props.form,
      html`<input class="hidden-text" type="text" autocomplete="username" value="${person.email ?? ''}" tabindex="-1" aria-hidden="true" readonly>
${field({
  name: 'password',
  label: 'Current password',
  type: 'password',
  autocomplete: 'current-password',
  error: errors.password && passwordProofErrors[errors.password],
})}
${field({
  name: 'new_password',
  label: 'New password',
  type: 'password',
  autocomplete: 'new-password',
  hint: passwordHint,
  error: errors.new_password && passwordErrors[errors.new_password],
})}
<div class="actions">${button('Change password')}</div>`,
      { className: 'stack' },
    )}</div>`,
  );
}
