// Which of the person's Pages, or of those of a business, the app may use. Choosing again replaces the earlier choice.
import type { Permission } from '@hallpass/protocol';
import { type Html, html } from '../html.ts';
import { cardPage } from '../layout.ts';
import { appHeading } from '../parts/app-heading.ts';
import { banner } from '../parts/banner.ts';
import { button } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { icon } from '../parts/icons.ts';
import { name, plainName } from '../parts/name.ts';
import { type PageChoice, pageRow } from '../parts/page-choice.ts';
import { permissionTitle } from '../parts/permission.ts';
import { who } from '../parts/who.ts';
import type { AppIdentity, FormProps, PageProps, Person } from '../props.ts';

/** Sends `pages` (once for each ticked id) and `decision` (`continue`, `back` or `cancel`). */
export interface ChoosePagesProps extends PageProps {
  form: FormProps;
  notYou: FormProps;
  app: AppIdentity;
  person: Person;
  pages: readonly PageChoice[];
  /** The business whose Pages they are, by its name; the person's own where absent. */
  business?: string;
  /** The permissions that the choice is for. */
  permissions?: readonly Permission[];
  /** `none`: sent without any Page although one is needed. */
  error?: 'none';
}

function nothing(props: ChoosePagesProps): Html {
  if (props.business !== undefined)
    return html`<div class="empty">${icon('page', 28)}<h2>This business has no Page</h2><p class="soft">You can continue without one. Later, when a Page belongs to it, connect ${name(props.app.name)} again and choose it.</p></div>`;
  return html`<div class="empty">${icon('page', 28)}<h2>You have no Page here</h2><p class="soft">You can continue without one. Later, when somebody gives you a task on a Page or you create one, log in to ${name(props.app.name)} again and choose it.</p></div>`;
}

export function choosePages(props: ChoosePagesProps): string {
  const { app, business, pages, person } = props;
  const uses = props.permissions?.length
    ? html`<div class="tight"><p class="small soft" id="uses">On the Pages you tick it asks for:</p><ul class="given" aria-labelledby="uses">${props.permissions.map((one) => html`<li>${permissionTitle(one)}</li>`)}</ul></div>`
    : '';
  const list = pages.length
    ? html`<div class="stack">${uses}<fieldset><legend class="hidden-text">${business === undefined ? 'Your Pages' : html`Pages of ${name(business)}`}</legend><ul class="asked">${pages.map(pageRow)}</ul></fieldset><p class="small soft">${business === undefined ? 'It cannot use your other Pages. You can choose again when you log in to it the next time.' : 'It cannot use other Pages of the business. An administrator can choose again at any time by connecting it again.'}</p></div>`
    : nothing(props);
  const more = html`${button('Back', { look: 'quiet', decision: 'back' })}${button('Cancel', { look: 'quiet', decision: 'cancel' })}`;
  return cardPage(
    props.platform,
    { title: `Choose Pages for ${plainName(app.name)}` },
    html`${appHeading(app, business === undefined ? html`Which Pages may ${name(app.name)} use?` : html`Which Pages of ${name(business)} may ${name(app.name)} use?`)}
${props.error ? banner('danger', 'Choose at least one Page, or cancel.') : ''}
${who(person, props.notYou)}
${form(
  props.form,
  html`${list}
<div class="actions sticky">${button('Continue', { decision: 'continue' })}${more}</div>`,
  { className: 'stack grow' },
)}`,
  );
}
