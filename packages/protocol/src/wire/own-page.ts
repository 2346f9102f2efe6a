// Tells whether a page of this origin sent a request, by the headers that a browser sets and no page can.

/**
 * Each of the two headers that is there is ours, and one of them is there: pages of other sites cannot forge them, and
 * programs without them have tokens. Another port of this machine is another origin.
 * @param headers their names in small letters
 * @param ours origins, such as `http://localhost:4000`
 */
export function isFromOwnPage(headers: Readonly<Record<string, string | undefined>>, ours: readonly string[]): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  return (
    (origin !== undefined || site !== undefined) &&
    (origin === undefined || ours.includes(origin)) &&
    (site ?? 'same-origin') === 'same-origin'
  );
}
