// This page is for a locked account: why, and the way to unlock it. Until then its tokens answer with code 190, subcode
// 459.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { notice } from '../../parts/notice.ts';
import { type PasswordError, passwordErrors, passwordHint } from '../../parts/forms/password-rules.ts';
import { who } from '../../parts/who.ts';
import type { FormProps, PageProps, Person } from '../../props.ts';
import { type PasswordProofError, passwordProofErrors } from './reauthenticate.ts';

const checkpointReasons = {
  asked: 'You locked your account because someone else may have been in it.',
  unusual: 'We saw something unusual and locked your account to protect it.',
  operator: 'The people who run this platform locked your account until you show that it’s you.',
} as const;

export type CheckpointReason = keyof typeof checkpointReasons;

/** Sends `password`, and `new_password` where one is asked for. */
export interface CheckpointProps extends PageProps {
  form: FormProps;
  person: Person;
  reason: CheckpointReason;
  notYou?: FormProps;
  /** Unlocking needs a new password too. */
  newPassword?: boolean;
  error?: PasswordProofError;
  newPasswordError?: PasswordError;
}

export function checkpoint(props: CheckpointProps): string {
  const { error, person } = props;
  return cardPage(
    props.platform,
    { title: 'Unlock your account' },
    html`${notice('warn', 'lock', 'Unlock your account', html`<p>${checkpointReasons[props.reason]} Apps can’t act for you while it’s locked.</p>`)}
${error ? banner('danger', passwordProofErrors[error], { id: 'problem' }) : ''}
${who(person, props.notYou)}
${form(
  props.form,
  html`<input class="hidden-text" type="text" autocomplete="username" value="${person.email ?? ''}" tabindex="-1" aria-hidden="true" readonly>
<div class="fields">${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', explainedBy: error && 'problem', autofocus: true })}
${
  props.newPassword
    ? field({
        name: 'new_password',
        label: 'New password',
        type: 'password',
        autocomplete: 'new-password',
        hint: passwordHint,
        error: props.newPasswordError && passwordErrors[props.newPasswordError],
      })
    : ''
}</div>
<div class="actions">${button('Unlock my account')}</div>`,
  { className: 'stack' },
)}`,
  );
}
