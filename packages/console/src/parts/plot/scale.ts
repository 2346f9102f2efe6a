// A scale gives numbers and moments their places in a picture: which values the axis names, and where a value stands.

/** Rounds up to a number that people like to read at an axis: 1, 2 or 5 with zeros behind it. */
function niceStep(rough: number): number {
  const size = 10 ** Math.floor(Math.log10(rough));
  return size * ([1, 2, 5, 10].find((nice) => rough <= nice * size) ?? 10);
}

/** The values that the axis names, from 0 up to the first that is not below `most`. @param count about how many */
export function ticksOf(most: number, count = 4): number[] {
  if (!(most > 0)) return [0, 1];
  const step = Math.max(niceStep(most / count), Number.EPSILON);
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) =>
    Number((index * step).toPrecision(12)),
  );
}

/** A function that puts a value between two ends of a picture. */
export function placed(from: number, to: number, start: number, end: number): (value: number) => number {
  const length = to - from || 1;
  return (value) => start + ((value - from) / length) * (end - start);
}

/** A large number as an axis writes it: 1.5K, 2M. */
export const shortNumber = (value: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);

/** Chooses how moments of a span are written below it: hours within two days, days beyond. @param span seconds */
export function momentWords(span: number): Intl.DateTimeFormat {
  return span <= 2 * 86_400
    ? new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit' })
    : new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
}
