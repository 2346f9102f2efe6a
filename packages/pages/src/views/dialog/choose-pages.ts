// On this page a person chooses which of their Pages, or of the Pages and ad accounts of a business, the app may use.
// Choosing again replaces the earlier choice.
import type { Permission } from '@hallpass/protocol';
import { type Html, html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { type AdAccountChoice, adAccountRows } from '../../parts/forms/ad-account-choice.ts';
import { appHeading } from '../../parts/app-heading.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { icon } from '../../parts/icons.ts';
import { name, plainName } from '../../parts/words/name.ts';
import { ownPages, type PageChoice, pageRows } from '../../parts/forms/page-choice.ts';
import { permissionTitle } from '../../parts/forms/permission.ts';
import { type ListState, tickTools } from '../../parts/forms/tick-tools.ts';
import { who } from '../../parts/who.ts';
import type { AppIdentity, FormProps, PageProps, Person } from '../../props.ts';

/**
 * Sends `pages` and `ad_accounts` (once for each ticked id), `page_scope` (`some` or `all`, for Pages of the person)
 * and `decision` (`continue`, `back`, `cancel`, or one of `tickDecisions` with `filter`, after which the page is shown
 * again).
 */
export interface ChoosePagesProps extends PageProps {
  form: FormProps;
  notYou: FormProps;
  app: AppIdentity;
  person: Person;
  /** Absent where Pages are not asked for. */
  pages?: readonly PageChoice[];
  /** Those of the business; absent where they are not asked for. */
  adAccounts?: readonly AdAccountChoice[];
  /** The business whose Pages and ad accounts they are, by its name; the person's own where absent. */
  business?: string;
  /** True where all Pages of the person were chosen the last time; absent for those of a business. */
  all?: boolean | undefined;
  /** The filter of a long list, as it was sent. */
  list?: ListState | undefined;
  /** The permissions that the choice is for. */
  permissions?: readonly Permission[];
  /** `none`: sent with nothing ticked although there is something. */
  error?: 'none';
}

function nothing({ app, business }: ChoosePagesProps, what: 'Page' | 'ad account'): Html {
  const later = html`Later, when ${what === 'Page' ? 'a' : 'an'} ${what} belongs to it, connect ${name(app.name)} again and choose it.`;
  if (business !== undefined)
    return html`<div class="empty">${icon(what === 'Page' ? 'page' : 'megaphone', 28)}<h2>This business has no ${what}</h2><p class="soft">You can continue without one. ${later}</p></div>`;
  return html`<div class="empty">${icon('page', 28)}<h2>You have no Page here</h2><p class="soft">You can continue without one. Later, when someone gives you a task on a Page or you create one (under Create a Page in your settings), log in to ${name(app.name)} again and choose it.</p></div>`;
}

/** The rows of one kind; with a heading that is seen where there are two kinds. */
function choices(props: ChoosePagesProps, what: 'Page' | 'ad account', seen: boolean): Html {
  const { business, pages = [], adAccounts = [], list } = props;
  if ((what === 'Page' ? pages : adAccounts).length === 0) return nothing(props, what);
  if (business === undefined) return ownPages(html`Which of your Pages`, pages, props.all === true, list);
  const title = html`${what === 'Page' ? 'Pages' : 'Ad accounts'} of ${name(business)}`;
  const rows = what === 'Page' ? pageRows(pages, list) : adAccountRows(adAccounts, list);
  return html`<fieldset class="ticks"><legend class="${seen ? 'small soft' : 'hidden-text'}">${title}</legend>${rows}</fieldset>`;
}

/** The filter of what a business owns; the person's own Pages have theirs inside the choice between some and all. */
function tools({ business, pages = [], adAccounts = [], list }: ChoosePagesProps): Html | '' {
  if (business === undefined) return '';
  const things = adAccounts.length === 0 ? 'Pages' : pages.length === 0 ? 'ad accounts' : 'assets';
  return tickTools([...pages, ...adAccounts], things, list);
}

function question({ app, business, adAccounts, pages }: ChoosePagesProps): Html {
  if (business === undefined) return html`Which Pages may ${name(app.name)} use?`;
  // Short: long names leave little room.
  const what = adAccounts === undefined ? 'Which Pages' : pages === undefined ? 'Which ad accounts' : 'Which assets';
  return html`${what} of ${name(business)} may ${name(app.name)} use?`;
}

export function choosePages(props: ChoosePagesProps): string {
  const { adAccounts, app, business, pages, person } = props;
  const both = pages !== undefined && adAccounts !== undefined;
  const ticked =
    business === undefined
      ? 'For these Pages'
      : both
        ? 'For the assets you tick'
        : pages === undefined
          ? 'For the ad accounts you tick'
          : 'For the Pages you tick';
  const uses = props.permissions?.length
    ? html`<div class="tight"><p class="small soft" id="uses">${ticked}, it asks for:</p><ul class="given" aria-labelledby="uses">${props.permissions.map((one) => html`<li>${permissionTitle(one)}</li>`)}</ul></div>`
    : '';
  const others = both ? 'anything else' : pages === undefined ? 'other ad accounts' : 'other Pages';
  const after =
    business === undefined
      ? 'You can choose again the next time you log in to it, or at any time under Apps and websites.'
      : `It can’t use ${others} of the business. An administrator can change the choice at any time by connecting it again.`;
  const any = (pages?.length ?? 0) + (adAccounts?.length ?? 0) > 0;
  const list = html`<div class="stack">${any ? uses : ''}${tools(props)}${pages ? choices(props, 'Page', both) : ''}${adAccounts ? choices(props, 'ad account', both) : ''}${any ? html`<p class="small soft">${after}</p>` : ''}</div>`;
  const more = html`${button('Back', { look: 'quiet', decision: 'back' })}${button('Cancel', { look: 'quiet', decision: 'cancel' })}`;
  return cardPage(
    props.platform,
    {
      title: adAccounts === undefined ? `Choose Pages for ${plainName(app.name)}` : `Choose for ${plainName(app.name)}`,
    },
    html`${appHeading(app, question(props))}
${props.error ? banner('danger', `Choose at least one${adAccounts === undefined ? ' Page' : pages === undefined ? ' ad account' : ''}, or cancel.`) : ''}
${who(person, props.notYou)}
${form(
  props.form,
  html`${list}
<div class="actions sticky">${button('Continue', { decision: 'continue' })}${more}</div>`,
  { className: 'stack grow' },
)}`,
  );
}
