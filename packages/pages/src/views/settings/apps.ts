// This page is about apps and websites: what acts for the person, since when, with which permissions; and how to take
// it back.
import type { Permission } from '@hallpass/protocol';
import { flag, type Html, html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { outside } from '../../parts/words/address.ts';
import { avatar } from '../../parts/avatar.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { icon } from '../../parts/icons.ts';
import { date } from '../../parts/words/moment.ts';
import { name, names, plainName } from '../../parts/words/name.ts';
import { permissionIcon, permissionTitle } from '../../parts/forms/permission.ts';
import { ownPages, type PageChoice } from '../../parts/forms/page-choice.ts';
import type { ListState } from '../../parts/forms/tick-tools.ts';
import type { AccountProps, AppIdentity, FormProps } from '../../props.ts';

export interface ConnectedPermission {
  name: Permission;
  /** Names of the Pages it is limited to, the first few of many; absent when it is not limited. */
  pages?: readonly string[];
  /** The number of Pages besides those that are named. */
  morePages?: number;
  /** False for what cannot be taken back alone. */
  revocable: boolean;
}

export interface ConnectedApp {
  app: AppIdentity;
  /** Epoch seconds. */
  connectedAt: number;
  /** The permissions that it has now. */
  permissions: readonly ConnectedPermission[];
  /**
   * The Pages that the person can let it use, where a permission about Pages is among them. `all`: those to come, too.
   */
  choice?: { pages: readonly PageChoice[]; all: boolean; list?: ListState | undefined } | undefined;
  /**
   * The page on which the Pages can be chosen, in place of `choice`, if all choices together would make the page too
   * long.
   */
  choiceAt?: string | undefined;
  /** Epoch seconds; in the past when the app's access to data has ended. */
  dataAccessUntil: number;
}

export interface AppsProps extends AccountProps {
  apps: readonly ConnectedApp[];
  /** Epoch seconds. */
  now: number;
  /** Sends `app` and `permission`. */
  revoke: FormProps;
  /** Sends `app`, `pages` (once for each ticked id), `page_scope` (`some` or `all`), `decision` and `filter`. */
  choosePages: FormProps;
  /** Sends `app`, and `delete_data=1` when the person asks the app to delete what it has. */
  remove: FormProps;
  /** Id of the app to show open, after an act. */
  open?: string;
  /** The removal of the open app stands open, with its tick as it was. */
  removing?: { deletesData: boolean };
  /** Addresses of the lists before and after this one, where there are more apps than one page shows. */
  earlier?: string | undefined;
  later?: string | undefined;
}

function permission(one: ConnectedPermission, connected: ConnectedApp, props: AppsProps): Html {
  const title = permissionTitle(one.name);
  const act = one.revocable
    ? form(
        props.revoke,
        button('Take back', {
          look: 'quiet',
          size: 'small',
          label: `Take back: ${title} from ${plainName(connected.app.name)}`,
        }),
        {
          also: { app: connected.app.id, permission: one.name },
        },
      )
    : html`<span class="tag">Always shared</span>`;
  const pages = one.pages
    ? html`<span class="small">${one.pages.length ? html`Only ${names(one.pages)}${one.morePages ? ` and ${one.morePages} more` : ''}` : 'On no Page'}</span>`
    : '';
  return html`<li><div class="row">${icon(permissionIcon(one.name), 22)}<span class="what"><strong>${title}</strong>${pages}</span>${act}</div></li>`;
}

function pageChoices({ app, choice, choiceAt }: ConnectedApp, props: AppsProps): Html | '' {
  if (choiceAt !== undefined) return html`<p class="small"><a href="${choiceAt}">Choose Pages</a></p>`;
  if (!choice?.pages.length) return '';
  return html`<details class="confirm choose"${flag('open', choice.list !== undefined)}><summary><span>Choose Pages</span></summary>
${form(
  props.choosePages,
  html`${ownPages(html`Which of your Pages may ${name(app.name)} use?`, choice.pages, choice.all, choice.list)}
<div class="actions sticky">${button('Save', { size: 'small', decision: 'continue', label: `Save the Pages of ${plainName(app.name)}` })}</div>`,
  { also: { app: app.id } },
)}</details>`;
}

function removal(connected: ConnectedApp, props: AppsProps): Html {
  const { app } = connected;
  const kept = props.open === app.id ? props.removing : undefined;
  return html`<details class="confirm"${flag('open', kept !== undefined)}><summary><span>Remove ${name(app.name)}</span></summary>
${form(
  props.remove,
  html`<p>Remove ${name(app.name)}? Every token it holds for you ends, and so does every Page token that came from one. It may keep the data it already has.</p>
<label class="check"><input class="tick" type="checkbox" name="delete_data" value="1"${flag('checked', kept?.deletesData)}><span>Also ask it to delete the data it has about me</span></label>
${button('Remove app', { look: 'danger', size: 'small', label: `Remove app ${plainName(app.name)}` })}`,
  { also: { app: app.id } },
)}</details>`;
}

function entry(connected: ConnectedApp, props: AppsProps): Html {
  const { app, permissions } = connected;
  const ended = connected.dataAccessUntil <= props.now;
  const data = ended
    ? html`Its access to your data ended on ${date(connected.dataAccessUntil)}. It starts again when you log in to the app.`
    : html`Its access to your data ends on ${date(connected.dataAccessUntil)}, unless you use the app before then.`;
  const privacy = outside(app.privacyUrl);
  return html`<li><details class="app"${flag('open', props.open === app.id)}><summary>${avatar('app', app)}<span class="what"><strong>${name(app.name)}</strong><span class="small soft">Added on ${date(connected.connectedAt)} · <span class="nowrap">${permissions.length === 1 ? '1 permission' : `${permissions.length} permissions`}</span></span>${ended ? html`<span class="tag warn">Access to data ended</span>` : ''}</span>${icon('down')}</summary>
<div class="inside"><p class="small soft">${app.owner ? html`An app by ${name(app.owner)}. ` : ''}${data}${privacy ? html` <a href="${privacy}" target="_blank" rel="noopener noreferrer nofollow">Its privacy policy</a>` : ''}</p>
<ul class="asked" aria-label="What ${plainName(app.name)} may do">${permissions.map((one) => permission(one, connected, props))}</ul>
${pageChoices(connected, props)}
${removal(connected, props)}</div></details></li>`;
}

function otherLists({ earlier, later }: AppsProps): Html | '' {
  if (earlier === undefined && later === undefined) return '';
  const before = earlier === undefined ? '' : html`<a href="${earlier}">Earlier apps</a> `;
  const after = later === undefined ? '' : html`<a href="${later}">Later apps</a>`;
  return html`<p>${before}${after}</p>`;
}

export function apps(props: AppsProps): string {
  const list = props.apps.length
    ? html`<ul class="panel">${props.apps.map((one) => entry(one, props))}</ul>`
    : html`<div class="empty">${icon('apps', 28)}<h2>No apps yet</h2><p class="soft">When you log in to an app or a website with ${plainName(props.platform.name)}, it appears here, and you can take back what you gave it.</p></div>`;
  return accountPage(
    props,
    { title: 'Apps and websites', current: 'apps' },
    html`<div class="tight"><h1>Apps and websites</h1><p class="soft">Apps you have logged in to, and what each may do for you.</p></div>${list}${otherLists(props)}`,
  );
}
