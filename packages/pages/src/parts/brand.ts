// The mark is a pass on a strap with a tick on it. Also the browser's tab icon.
import { type Html, html, markup } from '../html.ts';
import type { Platform } from '../props.ts';
import { plainName } from './words/name.ts';

function mark(ground: string, tick: string): string {
  return `<path ${ground} fill-rule="evenodd" d="M8 2h8v3h1.5A3.5 3.5 0 0 1 21 8.5v10a3.5 3.5 0 0 1-3.5 3.5h-11A3.5 3.5 0 0 1 3 18.5v-10A3.5 3.5 0 0 1 6.5 5H8zm2 2v3h4V4z"/><path fill="none" ${tick} stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" d="m8 14.2 2.8 2.8 5.2-5.5"/>`;
}

/** The mark and the name of the platform. */
export function brand(platform: Platform): Html {
  return html`${markup(`<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">${mark('class="pass"', 'class="pass-tick"')}</svg>`)}<span>${plainName(platform.name)}</span>`;
}

/** The mark as a `data:` address (the policy allows images from here and from `data:` only). */
export const tabIcon: string = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${mark('fill="#0b6b4f"', 'stroke="#fff"')}</svg>`,
)}`;
