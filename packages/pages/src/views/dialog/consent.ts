// On this page a person reads what an app asks for, and agrees. What is shown here is what is granted (invariant I-12):
// the rows are the request. Follows the log-in dialog's rules: public_profile cannot be left out, others one by one in
// the classic dialog.
import { alwaysGranted, type Permission } from '@hallpass/protocol';
import { flag, type Html, html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { outside } from '../../parts/words/address.ts';
import { appHeading, developmentNotice } from '../../parts/app-heading.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { icon } from '../../parts/icons.ts';
import { name, plainName } from '../../parts/words/name.ts';
import { choosable, fixed, type PermissionRow, permissionTitle } from '../../parts/forms/permission.ts';
import { who } from '../../parts/who.ts';
import type { AppIdentity, FormProps, PageProps, Person } from '../../props.ts';

/**
 * Sends `permissions` (once for each that stayed ticked; never `public_profile`) and `decision` (`continue`, `pages` to
 * go on with choosing Pages, or `cancel`).
 */
export interface ConsentProps extends PageProps {
  form: FormProps;
  notYou: FormProps;
  app: AppIdentity;
  person: Person;
  /** The permissions that are asked now, in the order of the request. */
  asked: readonly PermissionRow[];
  /** The permissions that the app has already. */
  granted?: readonly Permission[];
  /** `each`: single permissions can be left out. `all`: all or nothing, as in Login for Business. */
  choice?: 'each' | 'all';
  /** True when the choice of Pages comes next. */
  pagesFollow?: boolean;
  /** True when the app may use Pages already, and which can be chosen again. */
  canChoosePages?: boolean;
  /** It is asked of a business, which is chosen next; nothing of the person is. */
  ofBusiness?: boolean;
  /** Host of the registered address the person goes back to. */
  returnsTo?: string;
}

function rows(props: ConsentProps): Html {
  const choice = props.choice ?? 'each';
  const asked = [...props.asked].sort((a, b) => Number(b.name === alwaysGranted) - Number(a.name === alwaysGranted));
  const optional = asked.filter((row) => row.name !== alwaysGranted);
  const edit =
    choice === 'each' && optional.length > 0
      ? html`<details class="fold edit"${flag(
          'open',
          optional.some((row) => row.declinedBefore || row.leftOut),
        )}><summary>Edit what you share${icon('down', 18)}</summary>
<p class="small soft">Untick anything you don’t want to share. You can change this later under Apps and websites.</p></details>`
      : '';
  const list = asked.map((row) => {
    if (row.name === alwaysGranted) return fixed(row, 'Always shared');
    return choice === 'each' ? choosable(row) : fixed(row, 'Needed by this app');
  });
  return html`<h2 id="asked">${name(props.app.name)} asks for:</h2>${edit}<ul class="asked" aria-labelledby="asked">${list}</ul>`;
}

function already(props: ConsentProps): Html | '' {
  if (!props.granted?.length) return '';
  return html`<details class="fold"><summary>What it can already do${icon('down', 18)}</summary><ul class="given">${props.granted.map((one) => html`<li>${permissionTitle(one)}</li>`)}</ul></details>`;
}

/** The app's own pages, for as far as they can be linked safely. */
function legal(app: AppIdentity, returnsTo: string | undefined): Html {
  const privacy = outside(app.privacyUrl);
  const terms = outside(app.termsUrl);
  const link = (href: string, text: string): Html =>
    html`<a href="${href}" target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;
  const links = [privacy && link(privacy, 'privacy policy'), terms && link(terms, 'terms')].filter(
    (one) => one !== undefined && one !== '',
  );
  const own = links.length
    ? html` See its ${links[0]}${links[1] ? html` and ${links[1]}` : ''}.`
    : html` It has no privacy policy.`;
  return html`<p class="legal">${returnsTo ? html`You’ll go back to <strong>${name(returnsTo)}</strong>. ` : ''}${name(app.name)} decides how it uses your data.${own}</p>`;
}

function next({ ofBusiness, pagesFollow }: ConsentProps): Html | '' {
  if (ofBusiness)
    return html`<p class="small soft">Next, you choose the business that connects to it, and which of its assets the app may use. Your own profile isn’t shared.</p>`;
  return pagesFollow ? html`<p class="small soft">Next, you choose which of your Pages it may use.</p>` : '';
}

export function consent(props: ConsentProps): string {
  const { app, person } = props;
  return cardPage(
    props.platform,
    { title: `Continue to ${plainName(app.name)}` },
    html`${appHeading(app, html`Continue to ${name(app.name)}?`)}
${developmentNotice(app)}
${who(person, props.notYou)}
${form(
  props.form,
  html`<div class="tight">${rows(props)}${already(props)}${next(props)}</div>
${legal(app, props.returnsTo)}
<div class="actions sticky">${button(html`Continue as ${name(person.firstName)}`, { decision: 'continue' })}${props.canChoosePages && !props.pagesFollow ? button('Choose Pages', { look: 'quiet', decision: 'pages' }) : ''}${button('Cancel', { look: 'quiet', decision: 'cancel' })}</div>`,
  { className: 'stack grow' },
)}`,
  );
}
