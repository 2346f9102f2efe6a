// On this page a dialog stops without going back to the app: no redirect, no code, no token (D-block in the threat
// catalogue).
import { appSettings } from '@hallpass/protocol';
import { type Html, html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { plainName } from '../../parts/words/name.ts';
import { notice, wayOn } from '../../parts/notice.ts';
import { type OtherPerson, whoElse } from '../../parts/who.ts';
import type { PageProps } from '../../props.ts';
import { type BlockedReason, blockedReasons, type BlockedWords } from './blocked-reasons.ts';

interface BlockedDetail {
  appId?: string;
  scopes?: readonly string[];
  address?: string;
  registered?: string;
  differs?: string;
  domain?: string;
}

export interface BlockedProps extends PageProps {
  reason: BlockedReason;
  /** Path of the home page. */
  home: string;
  /**
   * For people with a role on the app, and for everybody in the emulator: what exactly is wrong. Only what has the form
   * of an id, a scope, an address or a domain is shown.
   */
  detail?: BlockedDetail;
  /** True where the dashboard of the app is there to lead to. */
  withConsole?: boolean;
  /** The person who is logged in, if somebody else might go on. */
  me?: OtherPerson;
  /** The server made it, to find the event in the log. */
  reference?: string;
}

export function blocked(props: BlockedProps): string {
  const words: BlockedWords = blockedReasons[props.reason];
  const reference = /^[\w-]{1,64}$/.test(props.reference ?? '')
    ? html`<p class="small soft">Reference: <code>${props.reference}</code></p>`
    : '';
  return cardPage(
    props.platform,
    { title: words.title },
    html`${notice('danger', 'stop', words.title, html`<p>${words.person}</p>`)}
${whoElse(props.me)}
<section class="aside" aria-labelledby="developers"><h2 id="developers">If you build this app</h2>
<p>${words.developer}</p>
${named(props.detail ?? {})}
${words.where ? html`<p class="soft">Where: ${words.where}</p>` : ''}${wayToChange(words, props)}${reference}</section>
<div class="actions">${wayOn(props.home, `Go to ${plainName(props.platform.name)}`, 'quiet')}</div>`,
  );
}

/** Says how the setting is changed in this installation, or for whom that can be said. */
function wayToChange({ setting }: BlockedWords, { detail, platform, withConsole }: BlockedProps): Html | '' {
  if (setting === undefined) return '';
  const { appId } = detail ?? {};
  if (appId === undefined || !appIdForm.test(appId))
    return html`<p class="soft">To see here what exactly is wrong, log in as someone with a role on this app and open the link again.</p>`;
  const { name } = appSettings[setting];
  const elsewhere = platform.emulator
    ? html`In a seed file: <code>${name}</code> of the app.`
    : html`The operator’s command: <code>hallpass app set ${appId} ${name}=…</code>`;
  const page = html`<a href="/console/apps/${appId}/login">Open the app’s login settings</a>. `;
  return html`<p>${withConsole ? page : ''}${elsewhere}</p>`;
}

const appIdForm = /^\d{1,20}$/;
const scopeForm = /^[a-z]+(?:_[a-z]+)*$/;
const addressForm = /^[!-~]{1,500}$/;
const domainForm = /^[\w.-]{1,253}$/;
const MOST_SCOPES = 20;

/** The thing itself, where it has the form of one: text that somebody put into a link is not repeated (WP-06). */
function named({ scopes = [], address, registered, differs, domain }: BlockedDetail): readonly Html[] {
  const lines: Html[] = [];
  const names = scopes.filter((one) => one.length <= 60 && scopeForm.test(one)).slice(0, MOST_SCOPES);
  if (names.length > 0)
    lines.push(
      html`<p>Invalid Scopes: ${names.join(', ')}. This message is only shown to developers. Users of your app will ignore these permissions if present.</p>`,
    );
  if (address !== undefined && addressForm.test(address)) lines.push(html`<p>Sent: <code>${address}</code></p>`);
  if (registered !== undefined && addressForm.test(registered))
    lines.push(
      html`<p>The closest registered address: <code>${registered}</code>. Difference: ${differs ?? 'the spelling'}.</p>`,
    );
  else if (address !== undefined) lines.push(html`<p>The app has no registered address.</p>`);
  if (domain !== undefined && domainForm.test(domain))
    lines.push(html`<p>Domain of the page: <code>${domain}</code></p>`);
  return lines;
}
