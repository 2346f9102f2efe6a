// Developers are told these things about their app without having asked: the words of each kind of alert.

export interface AlertEntry {
  title: string;
  /** `{app}` and `{people}` are filled in. */
  message: string;
}

/**
 * Kinds of alerts. No document of the real service has their words; the access-token guide only says that alerts are
 * sent.
 */
export const alerts = {
  tokens_withdrawn: {
    title: 'Tokens of your app stopped working',
    message:
      'Tokens of {people} for {app} stopped working, because the key they were made with was withdrawn. Calls with them fail with error 190, subcode 462. These people have to log in to the app again. GET /token_deprecation_check, with the app access token, lists them.',
  },
  tokens_fenced: {
    title: 'Tokens of your app stopped working',
    message:
      'Tokens of {people} for {app} stopped working, because the platform was restored from a backup. Calls with them fail with error 190, subcode 467. These people have to log in to the app again. GET /token_deprecation_check, with the app access token, lists them.',
  },
} as const satisfies Record<string, AlertEntry>;

export type AlertKind = keyof typeof alerts;

/** The words of an alert about an app. @param people how many people are concerned */
export function alertWords(kind: AlertKind, app: string, people: number): AlertEntry {
  const { title, message } = alerts[kind];
  const filled: Readonly<Record<string, string>> = { app, people: people === 1 ? 'one person' : `${people} people` };
  return { title, message: message.replace(/\{(\w+)\}/g, (whole, name: string) => filled[name] ?? whole) };
}
