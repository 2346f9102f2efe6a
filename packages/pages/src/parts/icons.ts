// The icons are drawn here: 24 by 24, one stroke, in the colour of the text around them. They never carry meaning
// alone.
import { type Html, markup } from '../html.ts';

const shapes = {
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  cross: '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
  alert: '<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.2m0 2.6v.1"/>',
  note: '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5m0-9v.1"/>',
  stop: '<circle cx="12" cy="12" r="9"/><path d="m5.7 5.7 12.6 12.6"/>',
  lock: '<rect x="5" y="10.5" width="14" height="9.5" rx="2.2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
  person: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>',
  people:
    '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.7-3.6 3.3-5.3 6.5-5.3s5.8 1.7 6.5 5.3M15.5 5.3a3.5 3.5 0 0 1 0 6.4m2.3 3c1.9.8 3.2 2.4 3.7 4.8"/>',
  mail: '<rect x="3.5" y="5.5" width="17" height="13" rx="2.2"/><path d="m4.5 7.5 7.5 6 7.5-6"/>',
  page: '<path d="M5.5 21V4.5m0 .5c4-2.5 8 2 13 0v9c-5 2-9-2.5-13 0"/>',
  chart: '<path d="M4 20h16M7 16.5v-5m5 5v-9m5 9v-12"/>',
  message: '<path d="M4 5.5h16v11h-9l-4.5 3.5v-3.5H4z"/>',
  picture:
    '<rect x="3.5" y="4.5" width="17" height="15" rx="2.2"/><circle cx="8.7" cy="9.5" r="1.6"/><path d="m4 17.5 5.2-4.7 3.6 3 3.2-3.3 4.5 4.5"/>',
  megaphone: '<path d="M4 10v4l3 .3 10 4.2v-13L7 9.7zM8 14.5l1 5h2.5l-1-4"/>',
  briefcase: '<rect x="3.5" y="7.5" width="17" height="12" rx="2.2"/><path d="M9 7.5v-3h6v3m-11.5 5h17"/>',
  calendar: '<rect x="4" y="5.5" width="16" height="14.5" rx="2.2"/><path d="M4 10.2h16M8.5 3.5v4m7-4v4"/>',
  pin: '<path d="M12 21c4.5-4.8 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2 6.2 6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
  key: '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5m-3.5 3.5 3 3"/>',
  shield: '<path d="M12 3.5 4.5 6.3v5.2c0 4.5 3 7.5 7.5 9 4.5-1.5 7.5-4.5 7.5-9V6.3z"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>',
  apps: '<rect x="4" y="4" width="6.5" height="6.5" rx="1.6"/><rect x="13.5" y="4" width="6.5" height="6.5" rx="1.6"/><rect x="4" y="13.5" width="6.5" height="6.5" rx="1.6"/><rect x="13.5" y="13.5" width="6.5" height="6.5" rx="1.6"/>',
  desktop: '<rect x="3" y="4.5" width="18" height="12" rx="2"/><path d="M8.5 20h7M12 16.5V20"/>',
  phone: '<rect x="7" y="2.5" width="10" height="19" rx="2.4"/><path d="M11 18.5h2"/>',
  program: '<path d="m7 8-4 4 4 4m10-8 4 4-4 4M13.5 5l-3 14"/>',
  home: '<path d="m3.5 11.5 8.5-7.5 8.5 7.5M6 9.8V20h12V9.8M10 20v-5.5h4V20"/>',
  search: '<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.5 15.5 5 5"/>',
  compass: '<circle cx="12" cy="12" r="9"/><path d="m15.5 8.5-2 5-5 2 2-5z"/>',
  bug: '<path d="M8 9.5a4 4 0 0 1 8 0v5a4 4 0 0 1-8 0zM9.3 6.4 7.5 4m7.2 2.4L16.5 4M8 12H3.5m17 0H16m-8-3-3.5-2M16 9l3.5-2M8 15.5l-3.5 2m11.5-2 3.5 2M12 12v6"/>',
  upgrade: '<circle cx="12" cy="12" r="9"/><path d="M12 16.5v-9M8.3 11 12 7.3l3.7 3.7"/>',
  building: '<path d="M5 21V5.5L13 3v18m0-12 6 2v10M3 21h18M8 9h2m-2 4h2m-2 4h2"/>',
  eraser:
    '<path d="m10 19.5-5.2-5.2a1.8 1.8 0 0 1 0-2.5l7.4-7.4a1.8 1.8 0 0 1 2.5 0l4.4 4.4a1.8 1.8 0 0 1 0 2.5l-8.2 8.2zM8.5 8.3l7 7M9 19.5h11"/>',
  menu: '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
  down: '<path d="m6.5 9.5 5.5 5.5 5.5-5.5"/>',
} as const;

export type IconName = keyof typeof shapes;

/** An icon for the eye only; say in words beside it what it means. `size` in CSS pixels at the default text size. */
export function icon(name: IconName, size = 20): Html {
  const turn = name === 'down' ? ' class="turn"' : '';
  return markup(
    `<svg${turn} width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes[name]}</svg>`,
  );
}
