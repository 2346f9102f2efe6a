// Values of columns, however a file or a driver gives them: JSON as text or as an object, moments as text, numbers or dates.

type Values = Readonly<Record<string, unknown>>;

/** A text or number in a column; undefined for nothing and for what is neither. */
export function textOf(values: Values, column: string): string | undefined {
  const value = values[column];
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

/** A record in a column: an object, or JSON text of one. */
export function recordOf(values: Values, column: string): Values | undefined {
  const value = values[column];
  if (isRecord(value)) return value;
  return typeof value === 'string' ? recordFrom(value) : undefined;
}

/** The record that a JSON text holds; undefined for any other text. */
export function recordFrom(text: string): Values | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True for the ways in which files and drivers write yes. */
export const isYes = (value: unknown): boolean => value === true || value === 1 || value === 't' || value === 'true';

/** Larger numbers are milliseconds: as seconds they would lie in the year 5138. */
const LATEST_SECONDS = 1e11;

/** A moment in epoch seconds. Text without a zone is UTC, as these products write it. */
export function momentOf(values: Values, column: string): number | undefined {
  const value = values[column];
  if (value instanceof Date) return secondsFrom(value.getTime());
  if (typeof value === 'number') return secondsFrom(value > LATEST_SECONDS ? value : value * 1000);
  if (typeof value !== 'string' || value === '') return undefined;
  if (/^\d{9,14}$/.test(value)) return momentOf({ value: Number(value) }, 'value');
  const plain = value.trim().replace(' ', 'T');
  const zoned = /(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(plain) ? plain.replace(/([+-]\d\d)$/, '$1:00') : `${plain}Z`;
  return secondsFrom(Date.parse(zoned));
}

const secondsFrom = (ms: number): number | undefined => (Number.isFinite(ms) ? Math.floor(ms / 1000) : undefined);

/** A moment as these databases take it, in UTC; null for none. */
export const momentText = (seconds: number | undefined): string | null =>
  seconds === undefined ? null : new Date(seconds * 1000).toISOString();
