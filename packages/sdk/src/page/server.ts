// The server writes into the file which addresses are its own when it sends it: so one built file serves every
// installation, and a page loads it from where it always did.

interface ServerFacts {
  /** Addresses without a final slash. */
  graph: string;
  www: string;
  /** Serves the relay page; messages are believed from its origin alone. */
  static: string;
  /** The name of the platform, for the button. */
  name: string;
}

const facts: unknown = JSON.parse(decodeURIComponent(atob('__HALLPASS_SERVER__')));
const textOf = (key: keyof ServerFacts): string => String(new Map(Object.entries(facts ?? {})).get(key) ?? '');

export const server: ServerFacts = {
  graph: textOf('graph'),
  www: textOf('www'),
  static: textOf('static'),
  name: textOf('name'),
};
