// This table lists what may happen to a connection. Mails, webhooks and the history are made of these.

interface KindOfEvent {
  /** The event in words, for people. */
  label: string;
  /** True where the owner of the connection should hear of it. */
  tellsOwner: boolean;
}

export const eventKinds = {
  connected: { label: 'was connected', tellsOwner: false },
  imported: { label: 'was imported', tellsOwner: false },
  reconnected: { label: 'was connected again', tellsOwner: false },
  handed_over: { label: 'was handed over to someone else', tellsOwner: false },
  extended: { label: 'was extended', tellsOwner: false },
  derived: { label: 'got a new token from its parent', tellsOwner: false },
  renamed: { label: 'had its settings changed', tellsOwner: false },
  warned: { label: 'ends soon', tellsOwner: true },
  state_changed: { label: 'changed its state', tellsOwner: false },
  died: { label: 'has stopped working', tellsOwner: true },
  blocked: { label: 'was blocked by the platform', tellsOwner: true },
  asked: { label: 'had its person asked to connect again', tellsOwner: true },
  recovered: { label: 'works again', tellsOwner: true },
  drifted: { label: 'has different permissions or Pages than before', tellsOwner: true },
  page_without_token: { label: 'has a Page that gives no token', tellsOwner: true },
  identity_mismatch: { label: "got the token of someone else, which wasn't kept", tellsOwner: false },
  refused_login: { label: "wasn't connected: the dialog was declined", tellsOwner: false },
  revealed: { label: 'had its token shown to someone', tellsOwner: false },
  exported: { label: 'had its token taken out with others', tellsOwner: false },
  removed: { label: 'was removed', tellsOwner: false },
} as const satisfies Readonly<Record<string, KindOfEvent>>;

export type EventKind = keyof typeof eventKinds;
