// A banner is a message on top of a page: colour, icon and words say the same thing.
import { type Html, html } from '../html.ts';
import { type IconName, icon } from './icons.ts';

export type BannerTone = 'danger' | 'warn' | 'good' | 'note';

const moodIcons: Record<BannerTone, IconName> = { danger: 'alert', warn: 'alert', good: 'check', note: 'note' };
const spoken: Record<BannerTone, string> = { danger: 'Problem', warn: 'Please note', good: 'Done', note: 'Note' };

/** `id` lets fields name the banner in `aria-describedby`. A problem is announced at once by screen readers. */
export function banner(mood: BannerTone, says: Html | string, options: { id?: string; title?: string } = {}): Html {
  const id = options.id ? html` id="${options.id}"` : '';
  const title = options.title
    ? html`<strong>${options.title}</strong> `
    : html`<span class="hidden-text">${spoken[mood]}: </span>`;
  return html`<div class="banner ${mood}"${id} role="${mood === 'danger' ? 'alert' : 'status'}">${icon(moodIcons[mood], 22)}<div>${title}${says}</div></div>`;
}
