// On this page a person decides whether an app may log in on a device: which app, by whom, what it gets, where and when
// it was asked. It takes more than one click, so that nobody is led through it blindly (threats WP-12; RFC 8628,
// section 5.4).
import { alwaysGranted, inHalves, type Permission } from '@hallpass/protocol';
import { flag, type Html, html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { appHeading, developmentNotice } from '../../parts/app-heading.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { icon } from '../../parts/icons.ts';
import { ago } from '../../parts/words/moment.ts';
import { name, plainName } from '../../parts/words/name.ts';
import { codeErrors, codeField } from '../../parts/forms/one-time-code.ts';
import { ownPages, type PageChoice } from '../../parts/forms/page-choice.ts';
import { choosable, fixed, type PermissionRow, permissionTitle } from '../../parts/forms/permission.ts';
import { who } from '../../parts/who.ts';
import type { AppIdentity, FormProps, PageProps, Person } from '../../props.ts';

const deviceConfirmErrors = {
  not_started: 'Tick the box if you started this yourself, or cancel.',
  no_page: 'Choose at least one Page, or cancel.',
  password_wrong: 'The password is wrong.',
  password_missing: 'Enter your password.',
  code_wrong: codeErrors.wrong,
  code_missing: codeErrors.missing,
} as const;

export type DeviceConfirmError = keyof typeof deviceConfirmErrors;

/**
 * Sends `started` (`yes`), `permissions` and `pages` (once for each tick), `page_scope` (`some` or `all`), `password`
 * and `code` where they are asked, and `decision` (`continue` or `cancel`).
 */
export interface DeviceConfirmProps extends PageProps {
  form: FormProps;
  notYou: FormProps;
  app: AppIdentity;
  person: Person;
  /** The permissions that are asked now. */
  asked: readonly PermissionRow[];
  /** The permissions that the app has already, and the device with it. */
  granted: readonly Permission[];
  /** The Pages to choose from, where a permission about Pages is asked. */
  pages?: readonly PageChoice[];
  /** True where all Pages were chosen the last time. */
  allPages?: boolean;
  request: {
    /** Epoch seconds. */
    at: number;
    /** Network prefix of the device. */
    ipPrefix: string;
    /** The name that the device gives itself. */
    device?: string;
  };
  /** Epoch seconds. */
  now: number;
  /** The code that was typed. */
  code: string;
  /** True where the password must be given once more. */
  password?: boolean;
  /** True where a code of the second factor is asked for with it. */
  secondFactor?: boolean;
  error?: DeviceConfirmError;
}

function aboutRequest({ request, now, code }: DeviceConfirmProps): Html {
  const device = request.device ? html`<li>The device calls itself ${name(request.device)}.</li>` : '';
  return html`<section class="aside"><h2>Where this comes from</h2><ul><li>Code: <code>${name(inHalves(code))}</code></li><li>Requested ${ago(request.at, now)}, from the network <code>${name(request.ipPrefix)}</code>.</li>${device}</ul></section>`;
}

function lists(props: DeviceConfirmProps): Html {
  const { app, asked, granted, pages } = props;
  const rows = asked.map((row) => (row.name === alwaysGranted ? fixed(row, 'Always shared') : choosable(row)));
  const asks = rows.length
    ? html`<h2 id="asked">${name(app.name)} asks for:</h2><ul class="asked" aria-labelledby="asked">${rows}</ul>`
    : '';
  const has = granted.length
    ? html`<details class="fold"${flag('open', rows.length === 0)}><summary>What it can already do${icon('down', 18)}</summary><ul class="given">${granted.map((one) => html`<li>${permissionTitle(one)}</li>`)}</ul></details>`
    : '';
  const choice = pages?.length ? html`${ownPages(html`On which of your Pages?`, pages, props.allPages === true)}` : '';
  return html`<div class="tight">${asks}${has}${choice}</div>`;
}

export function deviceConfirm(props: DeviceConfirmProps): string {
  const { app, error, person } = props;
  const again = props.password
    ? html`<input class="hidden-text" type="text" autocomplete="username" value="${person.email ?? ''}" tabindex="-1" aria-hidden="true" readonly>
${field({ name: 'password', label: 'Your password again', type: 'password', autocomplete: 'current-password', explainedBy: error?.startsWith('password') ? 'problem' : undefined })}
${props.secondFactor ? codeField(error?.startsWith('code') ? { explainedBy: 'problem' } : {}) : ''}`
    : '';
  return cardPage(
    props.platform,
    { title: `Log in to ${plainName(app.name)} on a device` },
    html`${appHeading(app, html`Log in to ${name(app.name)} on another device?`)}
${developmentNotice(app)}
${error ? banner('danger', deviceConfirmErrors[error], { id: 'problem' }) : ''}
${banner('warn', 'Continue only if you started this yourself, on a device in front of you. If someone sent you the code or a link, cancel: they would get into your account.', { title: 'Is it your device?' })}
${who(person, props.notYou)}
${aboutRequest(props)}
${form(
  props.form,
  html`${lists(props)}
<div class="asked must"><label class="row"><input class="tick" type="checkbox" name="started" value="yes"${flag('required', true)}><span class="what"><strong>I started this on a device in front of me</strong><span class="small">Tick this to log in.</span></span></label></div>
${again}
<div class="actions">${button(html`Log in as ${name(person.firstName)}`, { decision: 'continue' })}${button('Cancel', { look: 'quiet', decision: 'cancel' })}</div>`,
  { className: 'stack grow' },
)}`,
  );
}
