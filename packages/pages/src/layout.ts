// This is the document around every view. Two frames: a calm card for one question, and the signed-in part with its
// menu. Nothing in it needs a script, an inline style or anything from another host, so the policy of WP-01 holds as it
// is.
import { type Html, html, markup } from './html.ts';
import { inside } from './parts/words/address.ts';
import { avatar } from './parts/avatar.ts';
import { banner } from './parts/banner.ts';
import { brand, tabIcon } from './parts/brand.ts';
import { button } from './parts/forms/button.ts';
import { doneWords } from './parts/words/done.ts';
import { form } from './parts/forms/form.ts';
import { type IconName, icon } from './parts/icons.ts';
import { name, plainName } from './parts/words/name.ts';
import type { AccountPaths, AccountProps, Platform } from './props.ts';
import { stylesheetPath } from './stylesheet.ts';

function page(platform: Platform, title: string, body: Html, language = 'en'): string {
  const ribbon = platform.emulator
    ? html`<aside class="ribbon" aria-label="About this place">Emulator: nothing here is real. Use no password of yours.</aside>`
    : '';
  return String(html`${markup('<!doctype html>')}
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${plainName(title)} · ${plainName(platform.name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${tabIcon}">
<link rel="stylesheet" href="${stylesheetPath}">
</head>
<body>
${ribbon}${body}
</body>
</html>
`);
}

interface CardOptions {
  /** The title of the browser tab; the view shows its own h1. */
  title: string;
  /** The tag of the language that the page speaks; English without it. */
  language?: string;
}

/** One question on one card: log-in, consent, errors. */
export function cardPage(platform: Platform, options: CardOptions, content: Html): string {
  return page(
    platform,
    options.title,
    html`<div class="stage">
<header class="stage-head"><span class="brand">${brand(platform)}</span></header>
<main class="card">${content}</main>
</div>`,
    options.language,
  );
}

const menu: readonly [place: keyof AccountPaths, text: string, icon: IconName][] = [
  ['home', 'Home', 'home'],
  ['apps', 'Apps and websites', 'apps'],
  ['sessions', 'Your devices', 'desktop'],
  ['password', 'Password', 'key'],
  ['twoFactor', 'Two-factor log-in', 'phone'],
  ['secure', 'Secure your account', 'shield'],
  ['console', 'For developers', 'program'],
];

interface AccountOptions {
  title: string;
  current: keyof AccountPaths;
}

/** A page of the signed-in part: bar, menu, content with its own h1. */
export function accountPage(props: AccountProps, options: AccountOptions, content: Html): string {
  const { platform, person, paths } = props;
  const items = menu.map(([place, text, picture]) => {
    const path = paths[place];
    if (!path) return '';
    const here = place === options.current ? html` aria-current="page"` : '';
    return html`<li${place === 'home' ? html` class="up"` : ''}><a href="${inside(path)}"${here}>${icon(picture)}${text}</a></li>`;
  });
  const done = props.done ? banner('good', doneWords[props.done]) : '';
  return page(
    platform,
    options.title,
    html`<a class="skip" href="#content">Skip to the content</a>
<header class="bar"><a class="brand" href="${inside(paths.home)}">${brand(platform)}</a>
<div class="me">${avatar('person', person, 'tiny')}${name(person.name)}${form(props.logOut, button('Log out', { look: 'quiet', size: 'small' }))}</div></header>
<div class="account">
<nav class="menu${options.current === 'home' ? ' at-home' : ''}" aria-label="Your account"><ul>${items}</ul></nav>
<main class="content" id="content" tabindex="-1">${done}${content}</main>
</div>`,
  );
}
