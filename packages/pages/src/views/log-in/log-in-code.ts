// This page is the second step of logging in: the code after the password, by itself or within an app's dialog.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { inside } from '../../parts/words/address.ts';
import { appHeading, developmentNotice } from '../../parts/app-heading.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { plainName } from '../../parts/words/name.ts';
import { type CodeError, codeErrors, codeField } from '../../parts/forms/one-time-code.ts';
import type { AppIdentity, FormProps, PageProps } from '../../props.ts';

/** Sends `code` and `decision` (`continue`; with an app also `cancel`). */
export interface LogInCodeProps extends PageProps {
  form: FormProps;
  error?: CodeError;
  /** The app that asks, when the page is part of a dialog. */
  app?: AppIdentity;
  /** Path of the log-in page, to begin again as somebody else. */
  logIn?: string;
}

export function logInCode(props: LogInCodeProps): string {
  const { app, error, platform } = props;
  const heading = app
    ? appHeading(app, 'Enter your code')
    : html`<div class="title"><h1>Enter your code</h1><p class="soft">Your password was right. One more step to ${plainName(platform.name)}.</p></div>`;
  return cardPage(
    platform,
    { title: 'Enter your code' },
    html`${heading}
${app ? developmentNotice(app) : ''}${error ? banner('danger', codeErrors[error], { id: 'problem' }) : ''}
${form(
  props.form,
  html`<div class="fields">${codeField({ ...(error ? { explainedBy: 'problem' } : {}), autofocus: true })}</div>
<div class="actions">${button('Continue', { decision: 'continue' })}${app ? button('Cancel', { look: 'quiet', decision: 'cancel' }) : ''}</div>`,
  { className: 'stack' },
)}
${props.logIn ? html`<p class="or"><a class="nowrap" href="${inside(props.logIn)}">Start again</a></p>` : ''}`,
  );
}
