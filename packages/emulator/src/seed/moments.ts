// This module reads moments and lengths of time as people write them.

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds of `90m`, `2h`, `3d`; undefined for anything else. */
export function durationOf(value: string): number | undefined {
  return /^\d{1,9} ?[smhd]$/.test(value)
    ? Number.parseInt(value, 10) * units[value.at(-1) as keyof typeof units]
    : undefined;
}

const momentForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Epoch seconds of `2026-11-21T12:00:00Z` (or of epoch seconds); undefined for anything else. */
export function momentOf(value: string | number): number | undefined {
  if (/^\d{9,11}$/.test(String(value))) return Number(value);
  const ms = momentForm.test(String(value)) ? Date.parse(String(value)) : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
