// These are the options of FB.init, read once. Source: FB.init of the documentation, and section 6.4 of the protocol
// reference.

export interface Settings {
  /** The id of the app. */
  appId: string;
  /** The version of the Graph, such as `v25.0`. */
  version: string;
  /** Sets cookies that the page’s own server can read. */
  cookie: boolean;
  /** Unless it is `false`, a long-lived token is kept in the browser, where the app has such tokens sent there. */
  localStorage: boolean;
  /** The dialog is told so; nothing follows from it. */
  kidDirectedSite: boolean;
}

let current: Settings | undefined;

/** @returns undefined before FB.init */
export const settings = (): Settings | undefined => current;

export function setSettings(next: Settings): void {
  current = next;
}

const idForm = /^(?:\d{1,21}|[\da-f]{21,})$/i;
const versionForm = /^v\d+\.\d+$/;

/** @throws Error for options that the documentation does not allow */
export function readSettings(given: unknown): Settings {
  const options = new Map(Object.entries(given ?? {}));
  const version = String(options.get('version') ?? '');
  if (!versionForm.test(version)) throw new Error('init not called with valid version');
  if (options.has('authResponse')) throw new Error('init does not take an authResponse: it would be anyone’s');
  const appId = String(options.get('appId') ?? options.get('apiKey') ?? '');
  if (!idForm.test(appId))
    throw new Error('Invalid App Id: Must be a number or numeric string representing the application id.');
  return {
    appId,
    version,
    cookie: options.get('cookie') === true,
    localStorage: options.get('localStorage') !== false,
    kidDirectedSite: options.get('kidDirectedSite') === true,
  };
}
