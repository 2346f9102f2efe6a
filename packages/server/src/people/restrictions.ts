// App Restrictions look at a birthday and at where somebody lives, as the profile has them.
import { countryOfPlace, meetsRestrictions, readRestrictions } from '@hallpass/protocol';
import type { App } from '../store/apps/apps.ts';
import type { Person } from '../store/people/people.ts';

/** Full years since a birthday (`02/29/1988`); undefined where it has no year. */
function ageOf(birthday: string | undefined, now: number): number | undefined {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(birthday ?? '') ?? [];
  if (month === undefined || day === undefined) return undefined;
  const today = new Date(now * 1000);
  const years = today.getUTCFullYear() - Number(year);
  const monthDay = (today.getUTCMonth() + 1) * 100 + today.getUTCDate();
  return monthDay < Number(month) * 100 + Number(day) ? years - 1 : years;
}

/** True when the restrictions of the app let the person log in to it. Those that cannot be read let nobody in. */
export function isLetIn({ settings }: App, { profile }: Person, now: number): boolean {
  const restrictions = readRestrictions(settings.restrictions);
  const country = profile.location && countryOfPlace(profile.location.name);
  return restrictions !== undefined && meetsRestrictions(restrictions, { age: ageOf(profile.birthday, now), country });
}
