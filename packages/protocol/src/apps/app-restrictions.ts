// Restrictions say which people may use an app: from which age, in which countries, and that it is about alcohol. They are
// kept and sent as one JSON text, as `restrictions` of the app documents it, with these keys:
// `{"age":"18+","location":"PT,BR","type":"alcohol","unlocated":true}`. People who work on the app are never kept out.
// Source: the fields of the application node; App Restrictions of the Advanced settings. `unlocated` is ours.

export interface AppRestrictions {
  /** Years: the least, and the most where there is one. */
  age?: { least: number; most?: number };
  /** ISO 3166-1 codes of the countries in which it may be used; everywhere without. */
  countries?: readonly string[];
  /** It is about alcohol: from the drinking age of the person's country on. */
  alcohol: boolean;
  /** People whose country is not known may use it, too. */
  unlocated: boolean;
}

/** A person, as far as restrictions ask. Undefined for what the platform does not know. */
export interface RestrictedPerson {
  /** Years. */
  age: number | undefined;
  /** ISO 3166-1 code. */
  country: string | undefined;
}

/** Ages from which people may buy alcohol, where it is not 18. */
// biome-ignore format: it is read as a table
const drinkingAges: Readonly<Record<string, number>> = {
  CA: 19, IS: 20, JP: 20, KR: 19, LK: 21, LT: 20, NI: 19, PY: 20, TH: 20, US: 21,
};
const USUAL_DRINKING_AGE = 18;
/** For people whose country is not known: the highest of all. */
const STRICTEST_DRINKING_AGE = 21;

/** Groups of countries, and codes that stand for none. */
const noCountries: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'ZZ', 'QO', 'XA', 'XB']);

/** Names are asked of the ECMAScript runtime when somebody needs one: that keeps the start short. */
let regionNames: Intl.DisplayNames | undefined;

/** The English name of a country; undefined where the code is none, or one that has become another. */
export function countryName(code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code) || noCountries.has(code)) return undefined;
  if (Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`) return undefined;
  regionNames ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  return regionNames.of(code);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
let listed: readonly (readonly [code: string, name: string])[] | undefined;

/** The countries with their codes, in the order of their English names. */
export function countries(): readonly (readonly [code: string, name: string])[] {
  listed ??= letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = countryName(code);
      return name === undefined ? [] : [[code, name] as const];
    })
    .toSorted(([, a], [, b]) => a.localeCompare(b, 'en'));
  return listed;
}

/** Reads the country off the name of a place, such as "Lisbon, Portugal"; undefined where it names none. */
export function countryOfPlace(place: string): string | undefined {
  const last = (place.split(',').at(-1) ?? '').trim().toLowerCase();
  return countries().find(([, name]) => name.toLowerCase() === last)?.[0];
}

const known: ReadonlySet<string> = new Set(['age', 'location', 'type', 'unlocated']);

function ageOf(text: unknown): AppRestrictions['age'] | undefined {
  const [, least, most] = (typeof text === 'string' && /^(\d{1,2})(?:\+|-(\d{1,3}))$/.exec(text)) || [];
  if (least === undefined || Number(least) < 1) return undefined;
  if (most === undefined) return { least: Number(least) };
  return Number(most) >= Number(least) ? { least: Number(least), most: Number(most) } : undefined;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the JSON text; no text restricts nobody. Undefined for what says anything else than these keys can. */
export function readRestrictions(text: string): AppRestrictions | undefined {
  if (text === '') return { alcohol: false, unlocated: false };
  const said = parsed(text);
  if (!said || !Object.keys(said).every((key) => known.has(key))) return undefined;
  const { age, location, type, unlocated = false } = said;
  const ages = age === undefined ? undefined : ageOf(age);
  const codes = typeof location === 'string' ? location.split(',').map((code) => code.trim().toUpperCase()) : undefined;
  if (age !== undefined && !ages) return undefined;
  if (location !== undefined && !codes?.every((code) => countryName(code) !== undefined)) return undefined;
  if ((type !== undefined && type !== 'alcohol') || typeof unlocated !== 'boolean') return undefined;
  return {
    ...(ages ? { age: ages } : {}),
    ...(codes ? { countries: [...new Set(codes)] } : {}),
    alcohol: type === 'alcohol',
    unlocated,
  };
}

/** Writes the JSON text; empty where nobody is restricted. */
export function restrictionsText({ age, countries: codes, alcohol, unlocated }: AppRestrictions): string {
  const said = {
    ...(age ? { age: age.most === undefined ? `${age.least}+` : `${age.least}-${age.most}` } : {}),
    ...(codes ? { location: codes.join(',') } : {}),
    ...(alcohol ? { type: 'alcohol' } : {}),
    ...(unlocated ? { unlocated } : {}),
  };
  return Object.keys(said).length === 0 ? '' : JSON.stringify(said);
}

/** True when the person may use the app. What is not known of a person does not let them in. */
export function meetsRestrictions(
  { age: ages, countries: codes, alcohol, unlocated }: AppRestrictions,
  { age, country }: RestrictedPerson,
): boolean {
  if (codes && !(country === undefined ? unlocated : codes.includes(country))) return false;
  const drinking = country === undefined ? STRICTEST_DRINKING_AGE : (drinkingAges[country] ?? USUAL_DRINKING_AGE);
  const least = Math.max(ages?.least ?? 0, alcohol ? drinking : 0);
  if (least === 0) return true;
  return age !== undefined && age >= least && age <= (ages?.most ?? age);
}
