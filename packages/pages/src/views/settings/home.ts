// This is the first page after log-in without an app: who is here, and where to go.
import { type Html, html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { inside } from '../../parts/words/address.ts';
import { avatar } from '../../parts/avatar.ts';
import { type IconName, icon } from '../../parts/icons.ts';
import { name } from '../../parts/words/name.ts';
import type { AccountProps } from '../../props.ts';

export interface HomeProps extends AccountProps {
  /** The number of connected apps. */
  apps: number;
  /** The number of devices that are logged in, this one included. */
  sessions: number;
}

function tile(path: string, picture: IconName, title: string, words: string): Html {
  return html`<li><a class="tile" href="${inside(path)}">${icon(picture, 24)}<span><strong>${title}</strong><span class="small">${words}</span></span></a></li>`;
}

export function home(props: HomeProps): string {
  const { apps, paths, person, sessions } = props;
  return accountPage(
    props,
    { title: 'Home', current: 'home' },
    html`<div class="hello">${avatar('person', person, 'large')}<div><h1>Hello, ${name(person.firstName)}</h1><p class="soft">${name(person.name)}${person.email ? html` · ${name(person.email)}` : ''}</p></div></div>
<ul class="tiles">
${tile(paths.apps, 'apps', 'Apps and websites', apps === 0 ? 'No app can act for you.' : `${apps === 1 ? '1 app' : `${apps} apps`} can act for you. See what each may do.`)}
${tile(paths.sessions, 'desktop', 'Your devices', sessions <= 1 ? 'You are logged in only here.' : `You are logged in on ${sessions}. Log out those you do not know.`)}
${tile(paths.newPage, 'page', 'Create a Page', 'For a business, a club or a cause.')}
${tile(paths.password, 'key', 'Password', 'Change it from time to time, and when in doubt.')}
${tile(paths.twoFactor, 'phone', 'Two-factor log-in', 'A code from your phone, besides the password.')}
${tile(paths.secure, 'shield', 'Secure your account', 'Was somebody in your account? Lock it in one step.')}
${paths.console ? tile(paths.console, 'program', 'For developers', 'Your apps, tokens and tools.') : ''}
</ul>`,
  );
}
