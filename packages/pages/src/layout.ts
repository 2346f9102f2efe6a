// This is the document around every view. Two frames: a calm card for one question, and the signed-in part, which
// looks like the console and leads to it. Nothing in it needs a script, an inline style or anything from another host, so the policy of WP-01 holds as it
// is.
import { type Html, html, markup } from './html.ts';
import { inside } from './parts/words/address.ts';
import { avatar } from './parts/avatar.ts';
import { banner } from './parts/banner.ts';
import { brand, tabIcon } from './parts/brand.ts';
import { button } from './parts/forms/button.ts';
import { doneWords } from './parts/words/done.ts';
import { form } from './parts/forms/form.ts';
import { flowOf } from './mail/flow.ts';
import { type IconName, icon } from './parts/icons.ts';
import { name, plainName } from './parts/words/name.ts';
import { type AccountPlaceKey, accountPlaces, managePlaces, type PlaceKey, startPath, toolPlaces } from './places.ts';
import type { AccountProps, Platform } from './props.ts';
import { stylesheetPath } from './stylesheet.ts';

function page(platform: Platform, title: string, body: Html, language = 'en'): string {
  const ribbon = platform.emulator
    ? html`<aside class="ribbon" aria-label="About this emulator">Emulator: nothing here is real. Don’t enter a real password.</aside>`
    : '';
  const direction = flowOf(language).direction === 'rtl' ? html` dir="rtl"` : '';
  const colours = platform.colours ? html` data-colours="${platform.colours}"` : '';
  return String(html`${markup('<!doctype html>')}
<html lang="${language}"${direction}${colours}>
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
${ribbon}${withWholeWords(body)}
</body>
</html>
`);
}

/** A browser ends lines after a hyphen: inside of a sentence, “e-mail” stays in one line all the same. */
const withWholeWords = (body: Html): Html =>
  markup(
    String(body).replace(/>[^<]+/g, (text) => text.replace(/(?<!>)e-mails?\b/g, '<span class="nowrap">$&</span>')),
  );

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

const placeIcons: Readonly<Record<PlaceKey, IconName>> = {
  explorer: 'compass',
  debugger: 'bug',
  tokens: 'key',
  versions: 'upgrade',
  myApps: 'apps',
  business: 'briefcase',
  profile: 'person',
  apps: 'apps',
  integrations: 'building',
  sessions: 'desktop',
  deletions: 'eraser',
  newPage: 'page',
  email: 'mail',
  password: 'key',
  twoFactor: 'phone',
  secure: 'shield',
};

/** A place of the settings as it is reached from here; those of the console only where there is one. */
interface ReachablePlace {
  key: AccountPlaceKey;
  path: string;
  label: string;
  words: string;
  icon: IconName;
}

/** The settings of a person, in their order: in the console where it is there, as pages without scripts otherwise. */
export function reachablePlaces({ withConsole = false }: Pick<AccountProps, 'withConsole'>): ReachablePlace[] {
  return accountPlaces.flatMap((place) => {
    const { key, label, words } = place;
    const [rich, plain] = ['console' in place ? place.console : undefined, 'plain' in place ? place.plain : undefined];
    const path = (withConsole ? rich : undefined) ?? plain;
    return path === undefined ? [] : [{ key, label, words, path, icon: placeIcons[key] }];
  });
}

/** The same page in the console, where it shows more. */
function inConsole(current: AccountPlaceKey, { withConsole = false }: AccountProps): Html | '' {
  const place = accountPlaces.find(({ key }) => key === current);
  if (!withConsole || !place || !('console' in place)) return '';
  return html`<p class="small soft">This page works without JavaScript. <a href="${inside(place.console)}">${place.label} in the console</a> shows more.</p>`;
}

/** The column of tools: those of the console, as the console has it. On a narrow window a button opens it. */
function toolMenu(current: AccountPlaceKey): { opener: Html; menu: Html } {
  const item = (path: string, label: string, picture: IconName, here = false) =>
    html`<li><a href="${inside(path)}"${here ? html` aria-current="page"` : ''}>${icon(picture)}${label}</a></li>`;
  const group = (title: string, places: readonly { key: PlaceKey; path: string; label: string }[]) =>
    html`<p>${title}</p><ul>${places.map(({ key, path, label }) => item(path, label, placeIcons[key]))}</ul>`;
  const own = reachablePlaces({ withConsole: true }).map(({ key, path, label, icon: picture }) =>
    item(path, label, picture, key === current),
  );
  return {
    opener: html`<button type="button" class="opener" popovertarget="tools" aria-label="Menu">${icon('menu')}</button>`,
    menu: html`<div class="tools" id="tools" popover><nav aria-label="Tools"><ul>${item(startPath, 'Start', 'home')}</ul>${group('Tools', toolPlaces)}${group('Manage', managePlaces)}</nav><nav aria-label="Your settings"><p>You</p><ul>${own}</ul></nav></div>`,
  };
}

interface AccountOptions {
  title: string;
  current: AccountPlaceKey;
}

/** A page of the signed-in part: bar, tools, the row of settings, and content with its own h1. */
export function accountPage(props: AccountProps, options: AccountOptions, content: Html): string {
  const { platform, person, withConsole = false } = props;
  const sections = reachablePlaces(props).map(({ key, path, label, icon: picture }) => {
    const here = key === options.current ? html` aria-current="page"` : '';
    return html`<a class="section" href="${inside(path)}"${here}>${icon(picture, 16)}${label}</a>`;
  });
  const done = props.done ? banner('good', doneWords[props.done]) : '';
  const tools = withConsole ? toolMenu(options.current) : { opener: '', menu: '' };
  return page(
    platform,
    options.title,
    html`<a class="skip" href="#content">Skip to the content</a>
<header class="bar">${tools.opener}<a class="brand" href="${inside(startPath)}">${brand(platform)}</a>
<div class="me">${avatar('person', person, 'tiny')}${name(person.name)}${form(props.logOut, button('Log out', { look: 'quiet', size: 'small' }))}</div></header>
<div class="account">
${tools.menu}
<div class="column"><nav class="sections" aria-label="Your settings">${sections}</nav>
<main class="content" id="content" tabindex="-1">${done}${content}${inConsole(options.current, props)}</main></div>
</div>`,
  );
}
