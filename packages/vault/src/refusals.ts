// The vault says no for these reasons. Each has its status over HTTP; the words are for people.

interface Refusal {
  /** Status over HTTP. */
  status: number;
  /** Parts in braces are filled in; none of them is ever a secret. */
  message: string;
}

export const refusals = {
  unknown_connection: { status: 404, message: 'There is no connection {id}.' },
  unknown_app: { status: 404, message: 'There is no app {id}: add it with its secret first.' },
  unknown_key: { status: 404, message: 'There is no sealing key {id}.' },
  unknown_api_key: { status: 404, message: 'There is no key {id} of the service.' },
  unknown_webhook: { status: 404, message: 'There is no webhook {id}.' },
  unknown_handle: { status: 404, message: 'There is no handle {id} in use.' },
  no_mail_server: { status: 409, message: 'No mail server is set.' },
  no_pages: { status: 409, message: 'This vault has no public address, so it has no links.' },
  app_in_use: { status: 409, message: 'There are connections of the app {id}: remove them first.' },
  app_without_secret: { status: 409, message: "The secret of the app {id} isn't known: set it first." },
  unknown_login: { status: 404, message: "This answer doesn't belong to a log-in that was started here." },
  login_over: { status: 410, message: 'This log-in is over: start again.' },
  login_refused: { status: 403, message: 'The dialog ended without a permission.' },
  another_person: {
    status: 409,
    message: 'Someone other than the expected person logged in. Nothing was changed.',
  },
  refused_by_server: { status: 409, message: 'The server refused: {reason}' },
  server_away: { status: 503, message: 'The server can’t be reached now: {reason} Try again.' },
  not_this_kind: { status: 409, message: '{what}' },
  no_token: { status: 409, message: 'The connection {id} has no token yet.' },
  not_usable: { status: 409, message: 'The connection {id} can’t be used: {reason}' },
  has_children: {
    status: 409,
    message: 'The tokens of {count} other connections were obtained with this one: say whether to remove them too.',
  },
  bad_tenant: { status: 400, message: 'The name of a tenant has 1 to 64 letters, digits, - and _.' },
  unknown_tenant: { status: 404, message: 'There is no tenant {name}.' },
  tenant_exists: { status: 409, message: 'The tenant {name} has keys of its own already: set or rotate them.' },
  tenant_shares_keys: {
    status: 409,
    message: 'The tenant {name} shares the keys of the vault: give it a key of its own first.',
  },
  bad_value: { status: 400, message: '{what}' },
  changed_meanwhile: { status: 409, message: 'The connection {id} was changed at the same time. Check it again.' },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalReason = keyof typeof refusals;

/** A call of the vault that is refused. */
export class VaultRefusal extends Error {
  override readonly name = 'VaultRefusal';
  readonly reason: RefusalReason;
  readonly status: number;

  constructor(reason: RefusalReason, facts: Readonly<Record<string, string | number>> = {}) {
    const { message, status } = refusals[reason];
    super(message.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '')));
    this.reason = reason;
    this.status = status;
  }
}
