// The life of one token, as the emulator tells it.
export interface TokenLife {
  /** Its beginning and its end. */
  token: string;
  kind: string;
  app?: { id: string; name: string };
  person?: { id: string; name: string };
  page?: string;
  /** These moments are epoch seconds. */
  issued: number;
  /** Absent for a token that does not expire. */
  expires?: number;
  data_access_ends?: number;
  alive: boolean;
  ended?: number;
  ended_by?: string;
  scopes: readonly string[];
}

const kinds: Readonly<Record<string, string>> = {
  user: 'User',
  page: 'Page',
  system_user: 'System user',
  session_info: 'Session info',
};

/** E.g. `User token of Ana Maria Lopes, Fern Scheduler`. */
export const tokenName = ({ kind, app, person, page }: TokenLife): string =>
  [
    `${kinds[kind] ?? kind} token${person?.name ? ` of ${person.name}` : ''}`,
    ...(page === undefined ? [] : [`Page ${page}`]),
    ...(app?.name ? [app.name] : []),
  ].join(', ');

/** The moment at which a token ended or will; undefined where no end is known. */
export const endOf = ({ ended, expires, alive }: TokenLife): number | undefined =>
  alive ? expires : (ended ?? expires);

/** The two ends of an axis on which every life has room, with the present in between. */
export function spanOf(tokens: readonly TokenLife[], now: number): { from: number; to: number } {
  const moments = tokens.flatMap((life) =>
    [life.issued, endOf(life), life.expires, life.data_access_ends].filter((one) => one !== undefined),
  );
  const from = Math.min(now, ...moments);
  const to = Math.max(now, ...moments);
  // A little air at both sides, and an hour at least.
  const air = Math.max((to - from) * 0.04, 1800);
  return { from: from - air, to: to + air };
}
