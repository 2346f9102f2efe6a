// A person in front of a dialog: logs in, unticks, chooses, goes on or cancels, until the browser leaves for the app.
import type { HeadlessBrowser } from './browser.ts';
import type { WebForm, WebPage } from './web-page.ts';

export interface LogInData {
  email: string;
  password: string;
  /** The code that their authenticator shows now, where a second factor is on. */
  code?: (() => string) | undefined;
}

/** The decisions of a person; all that is asked is given where nothing is said. */
export interface DialogChoices {
  /** Permissions that are unticked. */
  decline?: readonly string[] | undefined;
  /** Ids of the Pages that are ticked, and no others; those that are ticked already where it is not given. */
  pages?: readonly string[] | undefined;
  /** Ids of the ad accounts that are ticked, and no others. */
  adAccounts?: readonly string[] | undefined;
  /** Id of the business that connects the app. */
  business?: string | undefined;
  /** Cancels where something is asked after the log-in. */
  cancel?: boolean | undefined;
}

/** Path and query of the dialog with these parameters. @param path that of another dialog */
export function dialogUrl(
  params: Readonly<Record<string, string | number | boolean | undefined>>,
  path = '/v25.0/dialog/oauth',
): string {
  const query = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${path}?${query.join('&')}`;
}

/** An app is told this in the address that a browser was sent to. */
export interface DialogAnswer {
  /** The address without query and fragment. */
  address: string;
  query: URLSearchParams;
  fragment: URLSearchParams;
}

export function answerOf(location: string | undefined): DialogAnswer {
  const [before = '', fragment = ''] = (location ?? '').split(/#(.*)/s);
  const [address = '', query = ''] = before.split(/\?(.*)/s);
  return { query: new URLSearchParams(query), fragment: new URLSearchParams(fragment), address };
}

/** The link of a page that leads back to a native app, which a redirect may not do by itself. */
const nativeLink = /^fb\d+/;

/** Reads what the app is told where the browser left for it. @throws Error where it did not */
export function answerIn(page: WebPage): DialogAnswer {
  const left = page.left ?? page.links.find(({ to }) => nativeLink.test(to))?.to;
  if (left === undefined) throw new Error(`the dialog did not send the person back; it says: ${page.innerText}`);
  return answerOf(left);
}

const STEPS = 10;

/** Logs in where the page asks for it. @returns what comes next; @throws Error where it does not ask */
export function logInOn(browser: HeadlessBrowser, person: LogInData): Promise<WebPage> {
  const form = browser.page.forms.find(({ fields }) => fields.some(({ name }) => name === 'password'));
  if (!form) throw new Error(`no form for a password on: ${browser.page.innerText}`);
  return browser.submit(form, { fill: typedBy(person, form) ?? {} });
}

/**
 * Goes on with the dialog that the browser shows, until the browser leaves for the app or there is nothing to go on
 * with: then the page that says so comes back.
 */
export async function goThrough(
  browser: HeadlessBrowser,
  person: LogInData,
  choices: DialogChoices = {},
): Promise<WebPage> {
  for (let steps = 0; steps < STEPS && browser.page.left === undefined; steps++) {
    const { page } = browser;
    const form = page.forms.find(({ buttons }) => buttons.some(isContinue));
    if (!form) return page;
    const typed = typedBy(person, form);
    if (!typed && choices.cancel) return browser.submit(form, { button: 'Cancel' });
    const before = page.html;
    const button = choices.pages === undefined || typed ? undefined : toPagesOf(form);
    const ways = typed ? { fill: typed } : ticksOf(form, choices);
    await browser.submit(form, { button: button ?? continueOf(form), ...ways });
    if (browser.page.left === undefined && browser.page.html === before) return browser.page;
  }
  return browser.page;
}

const isContinue = ({ name, value }: WebForm['buttons'][number]): boolean =>
  name === 'decision' && value === 'continue';
const continueOf = ({ buttons }: WebForm): string => buttons.find(isContinue)?.text ?? '';

/** The button behind which Pages are chosen again where nothing new is asked. */
const toPagesOf = ({ buttons }: WebForm): string | undefined =>
  buttons.find(({ name, value }) => name === 'decision' && value === 'pages')?.text;

/** Returns what is typed where the form asks for somebody; undefined where it asks for something else. */
function typedBy({ email, password, code }: LogInData, { fields }: WebForm): Record<string, string> | undefined {
  const asks = (field: string): boolean => fields.some(({ name, type }) => name === field && type !== 'hidden');
  if (!asks('password') && !asks('code')) return undefined;
  return { email, password, ...(code ? { code: code() } : {}) };
}

function ticksOf({ fields }: WebForm, { decline, pages, adAccounts, business }: DialogChoices) {
  const tick: string[] = [];
  const untick: string[] = [];
  for (const { name, value } of fields) {
    const only = { pages, ad_accounts: adAccounts, business: business === undefined ? undefined : [business] }[name];
    const on = name === 'permissions' ? (decline?.includes(value) ? false : undefined) : only?.includes(value);
    if (on !== undefined) (on ? tick : untick).push(`${name}=${value}`);
  }
  return { tick, untick };
}
