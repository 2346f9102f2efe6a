// Developers are told these things about their app without having asked: the words of each kind of alert.

export interface AlertEntry {
  title: string;
  /** `{app}`, `{people}` and `{about}` are filled in. */
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
      'Tokens of {people} for {app} stopped working, because the key that sealed them was withdrawn. Calls with them fail with error 190, subcode 462. These people have to log in to the app again. GET /token_deprecation_check, with the app access token, lists them.',
  },
  tokens_fenced: {
    title: 'Tokens of your app stopped working',
    message:
      'Tokens of {people} for {app} stopped working, because the platform was restored from a backup. Calls with them fail with error 190, subcode 467. These people have to log in to the app again. GET /token_deprecation_check, with the app access token, lists them.',
  },
  secret_reset: {
    title: 'The secret of your app was reset',
    message:
      'The secret of {app} was reset. App access tokens made with the old one stopped working with error 190, and its proofs and signatures no longer match. If none of you did this, someone else knows the password of an administrator.',
  },
  limit_near: {
    title: 'Your app is near a limit',
    message:
      '{app} has used 80 percent of the limit {about}. Calls beyond the limit are refused. The page Usage of its dashboard shows when earlier calls no longer count.',
  },
  limit_reached: {
    title: 'Your app has reached a limit',
    message:
      '{app} has used up the limit {about}: further calls are refused until earlier ones no longer count. The page Usage of its dashboard shows when that is.',
  },
  version_ending: {
    title: 'A version that your app calls ends',
    message:
      '{app} makes calls of {about}. From then on the oldest current version answers them, and may answer differently. The API Upgrade Tool lists the calls.',
  },
} as const satisfies Record<string, AlertEntry>;

export type AlertKind = keyof typeof alerts;

export interface AlertFacts {
  /** The name of the app. */
  app: string;
  /** The number of people who are concerned. */
  people: number;
  /** The limit or version that it is about. */
  about: string | null;
}

/** The words of an alert about an app. */
export function alertWords(kind: AlertKind, { app, people, about }: AlertFacts): AlertEntry {
  const { title, message } = alerts[kind];
  const filled: Readonly<Record<string, string>> = {
    app,
    people: people === 1 ? 'one person' : `${people} people`,
    about: about ?? '',
  };
  return { title, message: message.replace(/\{(\w+)\}/g, (whole, name: string) => filled[name] ?? whole) };
}
