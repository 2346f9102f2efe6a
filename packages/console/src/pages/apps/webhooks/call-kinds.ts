// The kinds of calls to the server of an app, in words.
export const callKinds = {
  deauthorize: 'Deauthorize',
  data_deletion: 'Data deletion request',
  permissions: 'Webhook: permissions',
  user: 'Webhook: user',
  page: 'Webhook: page',
} as const;

export type CallKind = keyof typeof callKinds;

/** Reasons why a call does not count as delivered. */
const faults: Readonly<Record<string, string>> = {
  status: 'answered with an error',
  redirect: 'answered with a redirect, which isn’t followed',
  answer: 'answered without url and confirmation_code',
  no_receiver: 'has no address',
  app_inactive: 'the app is switched off',
  busy: 'waits for its turn',
  timeout: 'didn’t answer in time',
  unreachable: 'can’t be reached',
  address: 'is at an address that may not be called',
  tls: 'has no valid certificate',
  too_large: 'sent an answer that is too long',
};

/** E.g. `500: answered with an error`. */
export const faultInWords = (fault: string | undefined, status: number | undefined): string =>
  [...(status === undefined ? [] : [String(status)]), ...(fault === undefined ? [] : [faults[fault] ?? fault])].join(
    ': ',
  );
