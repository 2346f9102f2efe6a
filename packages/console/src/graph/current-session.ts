// This is the web session of this browser, as this page knows it. A page that people type into outlives its session:
// what it learns of the end is told to everybody who listens, and nothing on the page is thrown away for it.
export interface Session {
  /** The id by which the dashboard knows the person. */
  id: string;
  name: string;
  csrf: string;
  /** Epoch seconds until which the password counts as given; 0 when it was not. */
  confirmed_until: number;
}

let session: Promise<Session | undefined> | undefined;
/** The person whom this page was made for: the first who was seen on it. */
let owner: Session | undefined;
const listeners = new Set<() => void>();

async function askSession(): Promise<Session | undefined> {
  const response = await fetch('/console/session', { headers: { accept: 'application/json' } });
  const found = response.ok ? ((await response.json()) as Session) : undefined;
  owner ??= found;
  return found;
}

/** Tells who is logged in; asked once, until `forgetSession`. */
export const currentSession = (): Promise<Session | undefined> => (session ??= askSession());

export function forgetSession(): void {
  session = undefined;
}

/** Takes the session that an answer of the server has just told. */
export function renewSession(renewed: Session): void {
  session = Promise.resolve(renewed);
}

/** The person whom this page was made for; undefined while nobody was seen. */
export const pageOwner = (): Session | undefined => owner;

/** Forgets the session and tells listeners that it has to be asked for again. */
export function sessionDoubted(): void {
  forgetSession();
  for (const listener of listeners) listener();
}

/** @returns a function that ends the listening */
export function whenSessionDoubted(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
