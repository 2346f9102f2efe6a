// This table names audited events and says what a line of the audit trail holds. Ids only: never a token, e-mail or
// address.
import type { AuditLine } from '../store/audit/lines.ts';

interface EventEntry {
  doc: string;
  /**
   * `trail`: a line of the audit trail, committed with what it tells of, and of the log. `log`: the log alone, since
   * nothing was changed.
   */
  kept: 'trail' | 'log';
}

// biome-ignore format: it is read as a table
export const events = {
  'auth.login.ok': { kept: 'trail', doc: 'Someone logged in.' },
  'auth.login.fail': { kept: 'log', doc: 'A log-in with a wrong password or an unknown address.' },
  'auth.login.throttled': { kept: 'trail', doc: 'Log-ins to an account are slowed down after too many wrong passwords.' },
  'auth.logout': { kept: 'trail', doc: 'A web session was ended; the tokens that came of it are dead.' },
  'auth.password.changed': { kept: 'trail', doc: 'A password was changed; the tokens of the person are dead.' },
  'auth.password.reset_link': { kept: 'trail', doc: 'A link for a new password was made, for the mail of an account or by the operator.' },
  'auth.second_factor.on': { kept: 'trail', doc: 'A person turned a second factor on.' },
  'auth.second_factor.off': { kept: 'trail', doc: 'A person turned the second factor off.' },
  'auth.second_factor.recovery_codes': { kept: 'trail', doc: 'New recovery codes were made in place of all earlier ones.' },
  'auth.second_factor.recovery_used': { kept: 'trail', doc: 'A recovery code was used in place of a code of the second factor.' },
  'auth.signup': { kept: 'trail', doc: 'Someone created an account, or the operator created one for them.' },
  'auth.checkpoint.locked': { kept: 'trail', doc: 'An account was put at a checkpoint until the person proves who they are.' },
  'auth.checkpoint.unlocked': { kept: 'trail', doc: 'A checkpoint was ended, by the person or the operator.' },
  'auth.account.locked': { kept: 'trail', doc: 'The operator locked an account.' },
  'auth.account.unlocked': { kept: 'trail', doc: 'The operator unlocked an account that the operator had locked.' },
  'auth.confirmed': { kept: 'trail', doc: 'An account was confirmed, or its confirmation taken back.' },
  'dialog.blocked': { kept: 'log', doc: 'A dialog could not be shown; the reason says which check refused it.' },
  'dialog.granted': { kept: 'trail', doc: 'A person allowed an app something, and was sent back to it.' },
  'dialog.denied': { kept: 'trail', doc: 'A person cancelled a dialog; in the log alone where nobody was logged in.' },
  'dialog.interaction_mismatch': { kept: 'log', doc: 'A form of a dialog came from another browser than the one that began it.' },
  'code.issued': { kept: 'trail', doc: 'A code was given out.' },
  'code.redeemed': { kept: 'trail', doc: 'A code was exchanged for a token.' },
  'code.replayed': { kept: 'trail', doc: 'A used code was presented again; of one code the trail keeps ten times.' },
  'code.withdrawn': { kept: 'trail', doc: 'A code ended before it was exchanged: the person or app behind it may no longer give it.' },
  'code.client_mismatch': { kept: 'trail', doc: 'A code was presented by another app; it is burned, and tokens that came of it are dead.' },
  'code.verifier_mismatch': { kept: 'trail', doc: 'A code was presented with a wrong PKCE verifier.' },
  'fault.ordered': { kept: 'log', doc: 'An emulator gave a refusal that was ordered; the reason names its error.' },
  'token.issued': { kept: 'trail', doc: 'A log-in gave a token.' },
  'token.rejected': { kept: 'log', doc: 'A token, or an app secret, that does not work was presented.' },
  'token.wrong_kind': { kept: 'log', doc: 'A token of another kind than a call takes was presented.' },
  'token.cross_app': { kept: 'log', doc: 'A token of another app was presented.' },
  'token.exchanged': { kept: 'log', doc: 'A token was exchanged for one that lives longer.' },
  'id_token.renewed': { kept: 'log', doc: 'An id_token of Limited Login was renewed by the device that holds its key.' },
  'token.revoked': { kept: 'trail', doc: 'A token was ended by oauth/revoke.' },
  'proof.rejected': { kept: 'log', doc: 'An appsecret_proof is missing or wrong; the reason says what is wrong with it.' },
  'device.issued': { kept: 'log', doc: 'A device asked for a log-in code.' },
  'device.claimed': { kept: 'trail', doc: 'A person typed the code of a device; nobody else can decide about it any more.' },
  'device.approved': { kept: 'trail', doc: 'A person let an app log in on a device.' },
  'device.denied': { kept: 'trail', doc: 'A person refused a log-in on a device.' },
  'device.withdrawn': { kept: 'trail', doc: 'The code of a device ended before anyone decided: its app may no longer ask.' },
  'device.throttled': { kept: 'trail', doc: 'Too many wrong codes of devices were typed in one session or from one network, or everywhere at once (site_alarm).' },
  'grant.changed': { kept: 'trail', doc: 'What a person has given an app changed.' },
  'role.changed': { kept: 'trail', doc: 'A role on an app, or tasks on a Page or an ad account, were given or taken.' },
  'role.invited': { kept: 'trail', doc: 'Someone was invited to a role on an app.' },
  'role.invitation.ended': { kept: 'trail', doc: 'An invitation was declined or taken back; one that is accepted is role.changed.' },
  'platform.role.changed': { kept: 'trail', doc: 'Someone became a reviewer of the platform, or is no longer one.' },
  'app.secret.reset': { kept: 'trail', doc: 'An app was given a new secret.' },
  'app.client_token.reset': { kept: 'trail', doc: 'An app was given a new client token.' },
  'app.settings.changed': { kept: 'trail', doc: 'Settings of an app were changed; the reason names them.' },
  'app.secret.shown': { kept: 'trail', doc: 'The secret of an app was shown to an administrator.' },
  'app.access.requested': { kept: 'trail', doc: 'An app asked for advanced access to a permission; the reason names it.' },
  'app.access.approved': { kept: 'trail', doc: 'An app was given advanced access.' },
  'app.access.rejected': { kept: 'trail', doc: 'A request for advanced access was rejected.' },
  'app.access.withdrawn': { kept: 'trail', doc: 'A request for advanced access was taken back.' },
  'app.access.dropped': { kept: 'trail', doc: 'An app went back from advanced to standard access: permissions granted by people without a role stopped working.' },
  'app.alerted': { kept: 'trail', doc: 'The people who run an app were alerted: its people’s tokens were ended by the operator; the reason says how.' },
  'app.created': { kept: 'trail', doc: 'An app was made.' },
  'app.archived': { kept: 'trail', doc: 'An app was archived, or taken out of the archive; the reason says which.' },
  'app.deleted': { kept: 'trail', doc: 'An app was deleted.' },
  'testuser.created': { kept: 'trail', doc: 'A test user was made.' },
  'testuser.deleted': { kept: 'trail', doc: 'A test user was deleted.' },
  'data_deletion.asked': { kept: 'trail', doc: 'A person asked an app to delete what it has about them.' },
  'callback.sent': { kept: 'log', doc: 'A call to the server of an app arrived: a signed request, or notices.' },
  'callback.failed': { kept: 'log', doc: 'A call to the server of an app did not arrive; the error says why, and due when it is tried again (absent: given up).' },
  'callback.again': { kept: 'trail', doc: 'Calls to the server of an app are to be sent again: one, or all that failed.' },
  'mail.sent': { kept: 'log', doc: 'A mail was taken by the mail server.' },
  'mail.failed': { kept: 'log', doc: 'A mail was not taken; the error says why (`no_receiver`: no mail server is set, or there is nobody to write to), and due when it is tried again (absent: given up).' },
  'app.subscription.changed': { kept: 'trail', doc: 'An app changed its subscription to changes, or its Pages.' },
  'web.csrf_rejected': { kept: 'log', doc: 'A form came without the token it was given, or with another one.' },
  'web.origin_rejected': { kept: 'log', doc: 'A form came from another site.' },
  'limit.hit': { kept: 'trail', doc: 'A limit was reached: by a network with wrong secrets of an app (secret), or by calls of an app; the reason names the limit. Told of once while it holds; of the networks that guess at one app the trail names one in ten minutes.' },
  'crypto.unknown_key': { kept: 'log', doc: 'A token names a key that this installation does not have.' },
  'crypto.rotated': { kept: 'trail', doc: 'A new key became the active one.' },
  'crypto.withdrawn': { kept: 'trail', doc: 'A key was withdrawn; the tokens it sealed are dead.' },
  'crypto.seal_broken': { kept: 'log', doc: 'Something sealed in the database does not open: it was changed, moved, or an older one was put back. It counts as missing.' },
  'feed.stale': { kept: 'log', doc: "This node can't prove that it has heard of every change: it asks the database at each call." },
  'feed.recovered': { kept: 'log', doc: 'This node has caught up again.' },
  'store.regressed': { kept: 'log', doc: 'The database has lost what this node had read of it, as after a fail-over or a restored backup: nothing is accepted until the operator has looked.' },
  'store.recovered': { kept: 'log', doc: 'The lost data is back, or the operator has fenced the installation.' },
  'store.fenced': { kept: 'trail', doc: 'The operator ended every token, code and session older than the restoring of a backup.' },
  'operator.act': { kept: 'log', doc: 'A command of the operator came by the socket in the data directory; it names the act, the user of the machine, and whether it was refused.' },
  'operator.no_socket': { kept: 'log', doc: 'The operator’s socket could not be opened: commands need the server stopped. The reason is `path` where the path of the data directory is too long.' },
  'business.created': { kept: 'trail', doc: 'A business was made.' },
  'business.settings.changed': { kept: 'trail', doc: 'Settings of a business were changed; the reason names them.' },
  'business.invitation': { kept: 'trail', doc: 'An invitation into a business was sent, changed, cancelled, accepted or declined.' },
  'business.role.changed': { kept: 'trail', doc: 'Someone was added to a business, given another role in it, or left it.' },
  'business.asset.changed': { kept: 'trail', doc: 'A Page, an app or an ad account came to a business, or left it.' },
  'business.page_request': { kept: 'trail', doc: 'A business asked to work on the Page of another one, took it back, or was answered.' },
  'business.refused': { kept: 'log', doc: 'Someone asked for what their role in a business does not allow.' },
  'test_user.token_issued': { kept: 'trail', doc: 'Someone who works on an app got a token of one of its test users in the dashboard.' },
  'sysuser.created': { kept: 'trail', doc: 'A system user was made.' },
  'account.email.changed': { kept: 'trail', doc: 'A person changed their e-mail address.' },
  'account.renamed': { kept: 'trail', doc: 'A person changed their name.' },
  'sysuser.renamed': { kept: 'trail', doc: 'A system user was given another name.' },
  'sysuser.app_installed': { kept: 'trail', doc: 'An app was installed on a system user.' },
  'sysuser.app_uninstalled': { kept: 'trail', doc: 'An app was taken from a system user, with its tokens.' },
  'sysuser.token_issued': { kept: 'trail', doc: 'A token of a system user was made; the actor is who asked for it.' },
  'sysuser.tokens_ended': { kept: 'trail', doc: 'Tokens of a system user were ended.' },
  'adaccount.created': { kept: 'trail', doc: 'An ad account was made.' },
  'configuration.changed': { kept: 'trail', doc: 'A configuration of Login for Business was made, changed or deleted.' },
  'integration.connected': { kept: 'trail', doc: 'A business connected an app, or chose again what it may have; the target is its system user.' },
  'integration.removed': { kept: 'trail', doc: 'A business removed an app that it had connected; its tokens are dead.' },
  'page.created': { kept: 'trail', doc: 'A Page was made.' },
  'page.changed': { kept: 'trail', doc: 'The details of a Page were changed, or its visibility; the reason names the fields.' },
  'person.deleted': { kept: 'trail', doc: 'An account was deleted.' },
  'administrator.created': { kept: 'trail', doc: 'The first administrator made an account.' },
} as const satisfies Record<string, EventEntry>;

type EventName = keyof typeof events;

/** An event of the audit trail, by a name that is declared. */
export interface AuditEvent extends AuditLine {
  name: EventName;
  outcome: 'ok' | 'refused';
}

/** Names the actor as an audit line does. */
export const actorFacts = (by: { kind: string; id?: string | undefined }) => ({ actorKind: by.kind, actorId: by.id });
