// The theme is the look of the console: Mantine's theme, made from the palette of the pages, so that dialog, settings
// and console are one house.
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { dark, light, type Palette } from '@hallpass/pages/palette';

/**
 * Ten shades between the soft and the strong form of a colour, as Mantine wants them; 6 is the colour itself on light
 * ground.
 */
const shades = (soft: string, main: string, strong: string): MantineColorsTuple => [
  `color-mix(in oklab, ${soft} 60%, white)`,
  soft,
  `color-mix(in oklab, ${soft} 80%, ${main})`,
  `color-mix(in oklab, ${soft} 60%, ${main})`,
  `color-mix(in oklab, ${soft} 40%, ${main})`,
  `color-mix(in oklab, ${soft} 20%, ${main})`,
  main,
  strong,
  `color-mix(in oklab, ${strong} 85%, black)`,
  `color-mix(in oklab, ${strong} 70%, black)`,
];

/**
 * Words on a filled ground have the colour that the palette keeps for them: white in light mode, almost black in dark
 * mode.
 */
const variantColors: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return colours;
  return { ...colours, color: input.color === 'danger' ? 'var(--on-danger)' : 'var(--on-brand)' };
};

/** A window is headed as a card is. */
const windowStyles = {
  title: { fontSize: 'var(--mantine-h4-font-size)', fontWeight: 650, lineHeight: 'var(--mantine-h4-line-height)' },
};

export const theme = createTheme({
  variantColorResolver: variantColors,
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 6 },
  colors: {
    brand: shades(light['good-soft'], light.brand, light['brand-strong']),
    danger: shades(light['danger-soft'], light.danger, light['danger-strong']),
    warn: shades(light['warn-soft'], light.warn, light.warn),
    note: shades(light['note-soft'], light.note, light.note),
  },
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    // A label is permitted only on what has a role.
    Skeleton: { defaultProps: { role: 'group' } },
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
    // The words of a state are written as everywhere else, and not in capitals.
    Badge: { defaultProps: { tt: 'none' } },
    Modal: { styles: windowStyles },
    Drawer: { styles: windowStyles },
  },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  focusRing: 'auto',
  respectReducedMotion: true,
});

const roles = (palette: Palette): Record<string, string> => ({
  '--mantine-color-body': palette.ground,
  '--mantine-color-text': palette.ink,
  '--mantine-color-dimmed': palette.soft,
  '--mantine-color-default': palette.card,
  '--mantine-color-default-hover': palette.hover,
  '--mantine-color-default-color': palette.ink,
  '--mantine-color-default-border': palette.edge,
  '--mantine-color-placeholder': palette.soft,
  '--mantine-color-anchor': palette.link,
  '--mantine-color-error': palette.danger,
  '--mantine-primary-color-filled': palette.brand,
  '--mantine-primary-color-filled-hover': palette['brand-strong'],
  '--mantine-primary-color-contrast': palette['on-brand'],
  '--mantine-color-brand-filled': palette.brand,
  '--mantine-color-brand-filled-hover': palette['brand-strong'],
  '--mantine-color-brand-light': palette['good-soft'],
  '--mantine-color-brand-light-color': palette.good,
  '--mantine-color-brand-light-hover': palette.hover,
  '--mantine-color-brand-outline': palette.brand,
  '--mantine-color-brand-text': palette.link,
  '--mantine-color-danger-filled': palette.danger,
  '--mantine-color-danger-filled-hover': palette['danger-strong'],
  '--mantine-color-danger-light': palette['danger-soft'],
  '--mantine-color-danger-light-hover': palette['danger-soft'],
  '--mantine-color-danger-light-color': palette.danger,
  '--mantine-color-danger-outline': palette.danger,
  '--mantine-color-danger-text': palette.danger,
  '--mantine-color-warn-text': palette.warn,
  '--mantine-color-note-text': palette.note,
  '--mantine-color-warn-light': palette['warn-soft'],
  '--mantine-color-warn-light-color': palette.warn,
  '--mantine-color-note-light': palette['note-soft'],
  '--mantine-color-note-light-color': palette.note,
  ...Object.fromEntries(Object.entries(palette).map(([role, colour]) => [`--${role}`, colour as string])),
});

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: roles(light), dark: roles(dark) });
