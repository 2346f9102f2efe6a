// This table lists what may happen to a connection, or to the app that many belong to. Mails, webhooks and the history are made of these.

interface KindOfEvent {
  /** The event in words, for people. */
  label: string;
  /** The people who are mailed: the owner of the connection, or the team of the tenant for what is about no single one. */
  tells: 'owner' | 'team' | 'nobody';
}

export const eventKinds = {
  connected: { label: 'was connected', tells: 'nobody' },
  imported: { label: 'was imported', tells: 'nobody' },
  reconnected: { label: 'was connected again', tells: 'nobody' },
  handed_over: { label: 'was handed over to someone else', tells: 'nobody' },
  extended: { label: 'was extended', tells: 'nobody' },
  derived: { label: 'got a new token from its parent', tells: 'nobody' },
  renamed: { label: 'had its settings changed', tells: 'nobody' },
  warned: { label: 'ends soon', tells: 'owner' },
  state_changed: { label: 'changed its state', tells: 'nobody' },
  died: { label: 'has stopped working', tells: 'owner' },
  blocked: { label: 'was blocked by the platform', tells: 'owner' },
  asked: { label: 'had its person asked to connect again', tells: 'owner' },
  recovered: { label: 'works again', tells: 'owner' },
  drifted: { label: 'has different permissions or Pages than before', tells: 'owner' },
  page_without_token: { label: 'has a Page that gives no token', tells: 'owner' },
  identity_mismatch: { label: "got the token of someone else, which wasn't kept", tells: 'nobody' },
  refused_login: { label: "wasn't connected: the dialog was declined", tells: 'nobody' },
  revealed: { label: 'had its token shown to someone', tells: 'nobody' },
  exported: { label: 'had its token taken out with others', tells: 'nobody' },
  removed: { label: 'was removed', tells: 'nobody' },
  app_refused: { label: 'an app is refused by the platform', tells: 'team' },
  app_accepted: { label: 'an app is accepted again', tells: 'team' },
} as const satisfies Readonly<Record<string, KindOfEvent>>;

export type EventKind = keyof typeof eventKinds;
