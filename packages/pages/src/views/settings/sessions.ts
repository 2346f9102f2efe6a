// The devices a person is logged in on, and how to end each one.
import { type Html, html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { device } from '../../parts/words/device.ts';
import { form } from '../../parts/forms/form.ts';
import { icon } from '../../parts/icons.ts';
import { ago, date } from '../../parts/words/moment.ts';
import { name } from '../../parts/words/name.ts';
import { reachWords } from '../../parts/words/reach.ts';
import type { AccountProps, FormProps } from '../../props.ts';

export interface SessionRow {
  /** Public id of the session. */
  id: string;
  /** The browser this page is shown in. */
  current: boolean;
  userAgent: string;
  /** Network prefix, as kept. */
  ipPrefix: string;
  /** Epoch seconds. */
  createdAt: number;
  seenAt: number;
}

export interface SessionsProps extends AccountProps {
  sessions: readonly SessionRow[];
  /** Epoch seconds. */
  now: number;
  /** Sends `session`. */
  end: FormProps;
  /** Ends all but this one. */
  endOthers: FormProps;
  /** Ends every session, this one too, and with them everything that apps were given. */
  endAll?: FormProps;
  /** The number of apps that the person has allowed something. */
  apps: number;
}

/** Networks of this machine itself. */
const loopback: ReadonlySet<string> = new Set(['127.0.0.0/24', '::/64']);

function line(session: SessionRow, props: SessionsProps): Html {
  const { words, icon: picture } = device(session.userAgent);
  const act = session.current
    ? ''
    : form(props.end, button('Log out', { look: 'quiet', size: 'small', label: `Log out: ${words}` }), {
        also: { session: session.id },
      });
  const seen = session.current ? 'Active now' : html`Last active ${ago(session.seenAt, props.now)}`;
  return html`<li class="line"><span class="badge">${icon(picture, 22)}</span><div class="what"><strong>${words}${session.current ? html` <span class="tag good">This device</span>` : ''}</strong><span class="small soft">${seen}${session.ipPrefix ? html` · ${loopback.has(session.ipPrefix) ? 'this computer' : name(session.ipPrefix)}` : ''}</span><span class="small soft">Logged in on ${date(session.createdAt)}</span></div>${act}</li>`;
}

export function sessions(props: SessionsProps): string {
  const list = [...props.sessions].sort((a, b) => Number(b.current) - Number(a.current) || b.seenAt - a.seenAt);
  const others = list.some((one) => !one.current);
  return accountPage(
    props,
    { title: 'Where you’re logged in', current: 'sessions' },
    html`<div class="tight"><h1>Where you’re logged in</h1><p class="soft">If you don’t recognise a device, log it out and change your password.</p></div>
<ul class="panel">${list.map((one) => line(one, props))}</ul>
${
  others
    ? form(
        props.endOthers,
        html`<div class="buttons">${button('Log out everywhere else', { look: 'danger', size: 'small' })}</div>
<p class="small soft">Logging out a device also ends the tokens that apps got from it.</p>`,
        { className: 'tight' },
      )
    : banner('note', 'You are logged in on this device only.')
}
${
  props.endAll
    ? form(
        props.endAll,
        html`<div class="buttons">${button('Log out everywhere, including here', { look: 'quiet', size: 'small' })}</div>
<p class="small soft">${reachWords({ devices: list.filter((one) => !one.current).length, apps: props.apps })} This device is logged out too.</p>`,
        { className: 'tight' },
      )
    : ''
}`,
  );
}
