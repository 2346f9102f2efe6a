// Redirect addresses are judged by these settings of an app.
/** An app decides about its addresses by these facts: settings of its dashboard and its own facts. */
export interface RedirectApp {
  id: string;
  mode: 'live' | 'development';
  type: 'web' | 'native';
  /** Valid OAuth Redirect URIs, as `checkRegistrable` of apps has accepted them. */
  registered: readonly string[];
  embeddedBrowserLogin: boolean;
  nativeLogin: boolean;
  /** "Enforce HTTPS" of the dashboard; on unless it was switched off. */
  enforceHttps?: boolean;
  /** URL scheme suffixes; only letters count, so that no app id can be made longer. */
  iosSuffixes: readonly string[];
  androidPackages: readonly string[];
  /** Allowed Domains for the JavaScript SDK: host names in lower case. */
  sdkDomains: readonly string[];
}
