// This is the body of a page that tells one thing: a sign, a title, a sentence or two, at most a few ways on.
import { type Html, html } from '../html.ts';
import { inside } from './words/address.ts';
import type { BannerTone } from './banner.ts';
import { type IconName, icon } from './icons.ts';

export function notice(mood: BannerTone, picture: IconName, title: Html | string, says: Html): Html {
  return html`<div class="sign ${mood}">${icon(picture, 28)}</div>
<div class="title"><h1>${title}</h1></div>
${says}`;
}

/** A link that looks like a button. */
export function wayOn(path: string, text: Html | string, look: 'main' | 'quiet' = 'main'): Html {
  return html`<a class="${look === 'main' ? 'button' : 'button quiet'}" href="${inside(path)}"><span>${text}</span></a>`;
}
