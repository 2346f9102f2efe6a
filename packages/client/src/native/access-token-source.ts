// A token of a device came by one of these ways. Source: `AccessTokenSource` of the Android SDK.

interface Source {
  /** True where tokens of this source are renewed while they are used. */
  renews: boolean;
  doc: string;
}

export const accessTokenSources = {
  NONE: { renews: false, doc: 'Nobody knows; such a token is never renewed.' },
  FACEBOOK_APPLICATION_WEB: { renews: true, doc: 'The app of the platform, which showed a web page.' },
  FACEBOOK_APPLICATION_NATIVE: { renews: true, doc: 'The app of the platform, in a window of its own.' },
  FACEBOOK_APPLICATION_SERVICE: { renews: true, doc: 'The app of the platform, without a window.' },
  WEB_VIEW: { renews: true, doc: 'A web view inside of the app.' },
  CHROME_CUSTOM_TAB: { renews: true, doc: 'The browser of the system; `logInWithBrowser` says so.' },
  TEST_USER: { renews: true, doc: 'A test user of the app.' },
  CLIENT_TOKEN: { renews: true, doc: 'A client token.' },
  DEVICE_AUTH: { renews: true, doc: 'A code that was typed on another device; `logInWithDevice` says so.' },
  INSTAGRAM_APPLICATION_WEB: { renews: true, doc: 'The app of Instagram, which showed a web page.' },
  INSTAGRAM_CUSTOM_CHROME_TAB: { renews: true, doc: 'The browser of the system, for Instagram.' },
  INSTAGRAM_WEB_VIEW: { renews: true, doc: 'A web view, for Instagram.' },
} as const satisfies Record<string, Source>;

export type AccessTokenSource = keyof typeof accessTokenSources;
