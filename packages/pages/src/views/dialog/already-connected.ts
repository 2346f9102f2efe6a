// This page is shown when everything was given before and the person must still say yes: another browser, a native app,
// data access run out.
import type { Permission } from '@hallpass/protocol';
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { appHeading, developmentNotice } from '../../parts/app-heading.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { icon } from '../../parts/icons.ts';
import { name, names, plainName } from '../../parts/words/name.ts';
import { permissionTitle } from '../../parts/forms/permission.ts';
import { who } from '../../parts/who.ts';
import type { AppIdentity, FormProps, PageProps, Person } from '../../props.ts';

/** Sends `decision` (`continue`, `cancel`, or `pages` to choose other Pages). */
export interface AlreadyConnectedProps extends PageProps {
  form: FormProps;
  notYou: FormProps;
  app: AppIdentity;
  person: Person;
  granted: readonly Permission[];
  /** `data_access`: the app's access to data ended after 90 days and is renewed by going on. */
  why?: 'data_access';
  /** True when the person may change which Pages the app uses. */
  canChoosePages?: boolean;
  /** Names of Pages of the person that the app may not use. */
  others?: readonly string[];
}

/** At most so many Pages are named; the others are counted. */
const SHOWN = 3;

export function alreadyConnected(props: AlreadyConnectedProps): string {
  const { app, person } = props;
  const says =
    props.why === 'data_access'
      ? html`You haven’t used ${name(app.name)} for a while, so its access to your data has ended. If you continue, it starts again.`
      : html`You have used ${name(app.name)} with this account before. It gets no new access.`;
  const others = props.others?.length
    ? html`<p>It can’t use ${props.others.length > SHOWN ? html`${props.others.length} of your Pages` : html`your ${props.others.length === 1 ? 'Page' : 'Pages'} ${names(props.others)}`}. You can choose again which Pages it may use.</p>`
    : '';
  return cardPage(
    props.platform,
    { title: `Continue to ${plainName(app.name)}` },
    html`${appHeading(app, html`Continue to ${name(app.name)}?`)}
${developmentNotice(app)}
<p class="soft">${says}</p>
${others}
${who(person, props.notYou)}
<details class="fold"><summary>What it can do${icon('down', 18)}</summary><ul class="given">${props.granted.map((one) => html`<li>${permissionTitle(one)}</li>`)}</ul></details>
${form(
  props.form,
  html`<div class="actions sticky">${button(html`Continue as ${name(person.firstName)}`, { decision: 'continue' })}${props.canChoosePages ? button('Choose Pages', { look: 'quiet', decision: 'pages' }) : ''}${button('Cancel', { look: 'quiet', decision: 'cancel' })}</div>`,
  { className: 'stack grow' },
)}`,
  );
}
