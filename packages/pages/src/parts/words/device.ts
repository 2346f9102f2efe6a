// This module says a browser's User-Agent in words a person knows: "Firefox on Windows". Only names from these tables
// are ever shown.
import type { IconName } from '../icons.ts';

/** First match wins: browsers that pretend to be others stand before those. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/\bcurl\/|\bnode\b|\bpython|\bokhttp\/|\baxios\//i, 'A program'],
];

const systems: readonly [RegExp, string, IconName][] = [
  [/\biPhone\b/, 'iPhone', 'phone'],
  [/\biPad\b/, 'iPad', 'phone'],
  [/\bAndroid\b/, 'Android', 'phone'],
  [/\bWindows\b/, 'Windows', 'desktop'],
  [/\bCrOS\b/, 'ChromeOS', 'desktop'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac', 'desktop'],
  [/\bLinux\b/, 'Linux', 'desktop'],
];

export function device(userAgent: string): { words: string; icon: IconName } {
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(userAgent));
  const icon = system?.[2] ?? (browser === 'A program' ? 'program' : 'desktop');
  if (!browser && !system) return { words: 'An unknown device', icon };
  return { words: system ? `${browser ?? 'A browser'} on ${system[1]}` : (browser ?? 'A browser'), icon };
}
