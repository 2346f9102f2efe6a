// The palette holds the colours, as data: light and dark have the same roles. A test computes the contrast of every
// pair that meets on a page.

export interface Palette {
  /** Behind the card. */
  ground: string;
  card: string;
  /** Boxes set into the card. */
  sunk: string;
  /** Rows under the pointer. */
  hover: string;
  ink: string;
  soft: string;
  /** Hairlines that carry no meaning. */
  line: string;
  /** Borders of things one can use: 3:1 on the card. */
  edge: string;
  brand: string;
  'brand-strong': string;
  'on-brand': string;
  link: string;
  focus: string;
  danger: string;
  'danger-strong': string;
  'on-danger': string;
  'danger-soft': string;
  warn: string;
  'warn-soft': string;
  good: string;
  'good-soft': string;
  note: string;
  'note-soft': string;
}

export const light: Palette = {
  ground: '#eff2ee',
  card: '#ffffff',
  sunk: '#f5f7f4',
  hover: '#e6ece6',
  ink: '#14201b',
  soft: '#526059',
  line: '#dfe5df',
  edge: '#7b8981',
  brand: '#0b6b4f',
  'brand-strong': '#08543e',
  'on-brand': '#ffffff',
  link: '#0a6349',
  focus: '#3b54d6',
  danger: '#b3261e',
  'danger-strong': '#8f1d17',
  'on-danger': '#ffffff',
  'danger-soft': '#fdecea',
  warn: '#704600',
  'warn-soft': '#fff3d9',
  good: '#0b6b4f',
  'good-soft': '#e3f4ec',
  note: '#24478a',
  'note-soft': '#e9f0fb',
};

export const dark: Palette = {
  ground: '#0d1210',
  card: '#161d1a',
  sunk: '#1d2522',
  hover: '#222b27',
  ink: '#ecf2ee',
  soft: '#a7b5ae',
  line: '#2b3631',
  edge: '#74847c',
  brand: '#4fd1a5',
  'brand-strong': '#74e2bd',
  'on-brand': '#04231a',
  link: '#74e2bd',
  focus: '#a3b5ff',
  danger: '#ffb4ab',
  'danger-strong': '#ffcdc7',
  'on-danger': '#470c07',
  'danger-soft': '#381a18',
  warn: '#ffd58a',
  'warn-soft': '#31260f',
  good: '#7fe0bb',
  'good-soft': '#122d25',
  note: '#b5cffa',
  'note-soft': '#182639',
};

/** Behind a letter avatar; its letter is white in both modes. Which one is chosen by the id. */
export const tones: readonly string[] = [
  '#1c6a86',
  '#74499e',
  '#a63f3b',
  '#3b6a27',
  '#835400',
  '#2c5bb0',
  '#9a3a71',
  '#4a5864',
];

/** Text or border on what it is seen against, with the least contrast WCAG 2.2 AA asks for (4.5 text, 3 controls). */
export const pairs: readonly [foreground: keyof Palette, background: keyof Palette, atLeast: number][] = [
  ...(['ground', 'card', 'sunk', 'hover'] as const).flatMap((on): [keyof Palette, keyof Palette, number][] => [
    ['ink', on, 7],
    ['soft', on, 4.5],
    ['link', on, 4.5],
    ['danger', on, 4.5],
    ['edge', on, 3],
    ['focus', on, 3],
  ]),
  ['on-brand', 'brand', 4.5],
  ['on-brand', 'brand-strong', 4.5],
  ['on-danger', 'danger', 4.5],
  ['on-danger', 'danger-strong', 4.5],
  ['brand', 'card', 3],
  ['brand', 'sunk', 3],
  ['danger', 'danger-soft', 4.5],
  ['ink', 'danger-soft', 7],
  ['warn', 'warn-soft', 4.5],
  ['ink', 'warn-soft', 7],
  ['good', 'good-soft', 4.5],
  ['ink', 'good-soft', 7],
  ['note', 'note-soft', 4.5],
  ['ink', 'note-soft', 7],
];

function declarations(palette: Palette): string {
  return Object.entries(palette)
    .map(([role, colour]) => `--${role}:${colour}`)
    .join(';');
}

/** The palette as custom properties, light or dark as the system or the person has it; one class for each avatar tone. */
export const paletteCss: string = [
  `:root{color-scheme:light dark;${declarations(light)}}`,
  `@media (prefers-color-scheme:dark){:root:not([data-colours=light]){${declarations(dark)}}}`,
  `:root[data-colours=dark]{color-scheme:dark;${declarations(dark)}}`,
  ':root[data-colours=light]{color-scheme:light}',
  ...tones.map((colour, i) => `.tone-${i}{background:${colour}}`),
  '',
].join('\n');
