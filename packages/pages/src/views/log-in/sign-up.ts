// On this page somebody makes a new account on the platform.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { inside } from '../../parts/words/address.ts';
import { appHeading } from '../../parts/app-heading.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { name, plainName } from '../../parts/words/name.ts';
import { type NewAccountErrors, newAccountFields, type NewAccountValues } from '../../parts/forms/new-account.ts';
import type { AppIdentity, FormProps, PageProps } from '../../props.ts';
import type { LogInPurpose } from './log-in.ts';

const signUpPurposes: Record<LogInPurpose, string> = {
  invitation: 'Then you can answer your invitation.',
  device: 'Then you can enter the code from your device.',
  new_page: 'Then you can create a Page.',
  console: 'Then you can use the tools for developers and businesses.',
  settings: 'Then you can see your settings.',
};

/**
 * Sends `name`, `email`, `password`, `birthday` (`YYYY-MM-DD` or empty) and `decision` (`continue`; with an app also
 * `cancel`).
 */
export interface SignUpProps extends PageProps {
  form: FormProps;
  errors?: NewAccountErrors;
  /** The values that were typed before, after an error. */
  values?: NewAccountValues;
  app?: AppIdentity;
  /** The thing that the person came for, where the sign-up leads on to it. */
  purpose?: LogInPurpose;
  /** Path of the log-in page. */
  logIn: string;
}

export function signUp(props: SignUpProps): string {
  const { app, errors, platform } = props;
  const brandName = plainName(platform.name);
  const heading = app
    ? appHeading(app, html`Create an account to continue to ${name(app.name)}`)
    : html`<div class="title"><h1>Create an account</h1><p class="soft">${props.purpose ? `${signUpPurposes[props.purpose]} ` : ''}One account for all apps that work with ${brandName}.</p></div>`;
  const hasErrors = errors && Object.keys(errors).length > 0;
  return cardPage(
    platform,
    { title: 'Create an account' },
    html`${heading}
${hasErrors ? banner('danger', 'Please look at the marked fields.') : ''}
${form(
  props.form,
  html`<div class="fields">${newAccountFields({ errors, values: props.values, birthday: true })}</div>
<div class="actions">${button('Create account', { decision: 'continue' })}${app ? button('Cancel', { look: 'quiet', decision: 'cancel' }) : ''}</div>`,
  { className: 'stack' },
)}
<p class="or">Already have an account? <a class="nowrap" href="${inside(props.logIn)}">Log in</a></p>`,
  );
}
