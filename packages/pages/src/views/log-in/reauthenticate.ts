// This page asks for the password once more: when an app asks for it (`auth_type=reauthenticate`) and before changes
// that matter.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { appHeading } from '../../parts/app-heading.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { name } from '../../parts/words/name.ts';
import { codeErrors, codeField } from '../../parts/forms/one-time-code.ts';
import { notice } from '../../parts/notice.ts';
import { who } from '../../parts/who.ts';
import type { AppIdentity, FormProps, PageProps, Person } from '../../props.ts';

export const passwordProofErrors = {
  wrong: 'The password is wrong.',
  missing: 'Enter your password.',
} as const;

/** True where a code is asked for besides the password. */
const proofErrors = {
  ...passwordProofErrors,
  code_wrong: codeErrors.wrong,
  code_missing: codeErrors.missing,
} as const;

export type ProofError = keyof typeof proofErrors;
export type PasswordProofError = keyof typeof passwordProofErrors;

/** Sends `password`, `code` where one is asked for, and `decision` (`continue` or `cancel`). */
export interface ReauthenticateProps extends PageProps {
  form: FormProps;
  person: Person;
  /** The app that asks; without one it is the platform itself. */
  app?: AppIdentity;
  notYou?: FormProps;
  /** A second factor is on: its code is asked for too. */
  code?: boolean;
  error?: ProofError;
}

export function reauthenticate(props: ReauthenticateProps): string {
  const { app, error, person } = props;
  const heading = app
    ? html`${appHeading(app, 'Confirm that it’s you')}<p class="soft">${name(app.name)} asks for your password before it continues. The app doesn’t see it.</p>`
    : notice(
        'note',
        'lock',
        'Confirm that it’s you',
        html`<p class="soft">Enter your password to continue. This keeps others from changing your account.</p>`,
      );
  return cardPage(
    props.platform,
    { title: 'Confirm that it’s you' },
    html`${heading}
${error ? banner('danger', proofErrors[error], { id: 'problem' }) : ''}
${who(person, props.notYou)}
${form(
  props.form,
  html`<input class="hidden-text" type="text" autocomplete="username" value="${person.email ?? ''}" tabindex="-1" aria-hidden="true" readonly>
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', explainedBy: error?.startsWith('code') ? undefined : error && 'problem', autofocus: true })}
${props.code ? codeField(error?.startsWith('code') ? { explainedBy: 'problem' } : {}) : ''}
<div class="actions">${button('Continue', { decision: 'continue' })}${button('Cancel', { look: 'quiet', decision: 'cancel' })}</div>`,
  { className: 'stack' },
)}`,
  );
}
