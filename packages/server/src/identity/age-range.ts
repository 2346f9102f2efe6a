// An app may be told one of these three ranges of age instead of a date of birth.

interface AgeRange {
  min: number;
  max?: number;
}

/** @param birthday MM/DD/YYYY; undefined for a date without a year @param now epoch seconds */
export function ageRange(birthday: string, now: number): AgeRange | undefined {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(birthday) ?? [];
  if (year === undefined) return undefined;
  const today = new Date(now * 1000);
  const before =
    today.getUTCMonth() + 1 < Number(month) ||
    (today.getUTCMonth() + 1 === Number(month) && today.getUTCDate() < Number(day));
  const years = today.getUTCFullYear() - Number(year) - (before ? 1 : 0);
  if (years >= 21) return { min: 21 };
  return years >= 18 ? { min: 18, max: 20 } : { min: 13, max: 17 };
}
