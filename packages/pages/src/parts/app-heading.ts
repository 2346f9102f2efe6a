// This is the top of a page that speaks for an app: whose app it is, and what it is about.
import { type Html, html } from '../html.ts';
import type { AppIdentity } from '../props.ts';
import { avatar } from './avatar.ts';
import { banner } from './banner.ts';
import { name } from './words/name.ts';

/** `heading` becomes the page's one h1. */
export function appHeading(app: AppIdentity, heading: Html | string): Html {
  return html`<div class="app-heading">${avatar('app', app, 'large')}
<div class="title"><h1>${heading}</h1>${app.owner ? html`<p class="owner">An app by ${name(app.owner)}</p>` : ''}</div></div>`;
}

/** Said wherever a person could give an unfinished app something. */
export function developmentNotice(app: AppIdentity): Html | '' {
  if (!app.development) return '';
  return banner('warn', html`Only people with a role on ${name(app.name)} can use it.`, {
    title: 'This app is in development.',
  });
}
