// This is the first page of a person's settings: who is here, and where to go.
import { type Html, html } from '../../html.ts';
import { accountPage, reachablePlaces } from '../../layout.ts';
import { inside } from '../../parts/words/address.ts';
import { avatar } from '../../parts/avatar.ts';
import { icon } from '../../parts/icons.ts';
import { name } from '../../parts/words/name.ts';
import { type AccountPlaceKey, plainPaths } from '../../places.ts';
import type { AccountProps } from '../../props.ts';

export interface HomeProps extends AccountProps {
  /** The number of connected apps. */
  apps: number;
  /** The number of devices that are logged in, this one included. */
  sessions: number;
}

export function home(props: HomeProps): string {
  const { apps, person, sessions } = props;
  const state: Partial<Record<AccountPlaceKey, string>> = {
    apps:
      apps === 0
        ? 'No app can act for you.'
        : `${apps === 1 ? '1 app' : `${apps} apps`} can act for you. See what each may do.`,
    sessions:
      sessions <= 1
        ? 'You are logged in only on this device.'
        : `You are logged in on ${sessions} devices. Log out any you don’t recognise.`,
  };
  const tiles = reachablePlaces(props)
    .filter(({ path }) => path !== plainPaths.profile)
    .map(
      ({ key, path, label, words, icon: picture }): Html =>
        html`<li><a class="tile" href="${inside(path)}">${icon(picture)}<span><strong>${label}</strong><span class="small">${state[key] ?? words}</span></span></a></li>`,
    );
  return accountPage(
    props,
    { title: 'Your settings', current: 'profile' },
    html`<div class="hello">${avatar('person', person, 'large')}<div><h1>Hello, ${name(person.firstName)}</h1><p class="soft">${name(person.name)}${person.email ? html` · ${name(person.email)}` : ''}</p></div></div>
<ul class="tiles">
${tiles}
</ul>`,
  );
}
