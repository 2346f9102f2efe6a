// One visit to the dialog: what is known when it begins, what the steps find out on the way, and what they may come to.
import { type Permission, permissions, type RequestedScope, shape, type Task } from '@hallpass/protocol';
import type { LockReason } from '../people/lock.ts';
import type { SignedInPerson } from '../people/sessions.ts';
import type { Installation } from '../installation/installation.ts';
import type { AdAccount } from '../store/ads/ad-accounts.ts';
import type { App } from '../store/apps/apps.ts';
import type { Business } from '../store/businesses/businesses.ts';
import type { Grant } from '../store/grants/grants.ts';
import type { LoginConfiguration } from '../store/apps/login-configurations.ts';
import type { Page } from '../store/pages/pages.ts';
import type { ScopeRequest, RequestedPermissions } from './requested-permissions.ts';
import type { BlockDetail } from './block-detail.ts';
import type { RedirectTarget } from './redirect/redirect-address.ts';
import type { DialogRequest } from './request.ts';

/** Why a dialog stops on a page of ours (D-block): no redirect, no code, no token, no grant. */
export type BlockReason =
  | 'redirect_uri'
  | 'redirect_uri_missing'
  | 'https_required'
  | 'domain_not_listed'
  | 'invalid_app_id'
  | 'app_not_active'
  | 'app_disabled'
  | 'client_login_off'
  | 'web_login_off'
  | 'embedded_login_off'
  | 'sdk_login_off'
  | 'invalid_scopes'
  | 'config_unknown'
  | 'config_response_type'
  | 'config_surface'
  | 'config_permissions'
  | 'business_scope'
  | 'duplicate_parameter'
  | 'invalid_parameter'
  | 'nonce_used'
  | 'interaction_mismatch'
  | 'interaction_expired'
  | 'framed'
  | 'method';

/** An error that the app is told. */
export type RedirectError =
  | 'unsupported_response_type'
  | 'invalid_request'
  | 'access_denied'
  | 'login_required'
  | 'consent_required';

/** What the person has said so far in this dialog, in one session; another session begins anew. */
export interface DialogAnswers {
  /** Id of the session. */
  session: string;
  /** The password was asked, and right. */
  proven?: boolean;
  /** Said yes to going on as before. */
  continued?: boolean;
  /** What was shown at the consent, and what of it stayed ticked. */
  consent?: { asked: Permission[]; agreed: Permission[] };
  /** What was unticked before going back to the consent: it stays so. */
  leftOut?: Permission[];
  /** Wants to choose Pages though nothing new is asked. */
  choosePages?: boolean;
  /** The business that connects the app. */
  business?: string;
  /** The Pages that were ticked. */
  pages?: string[];
  /** Every Page of the person is meant, also those on which they get a task later. */
  allPages?: boolean;
  /** The ad accounts of the business that were ticked. */
  adAccounts?: string[];
}

const names = shape.listOf(shape.keyOf(permissions));
const texts = shape.listOf(shape.text);

/** As they are stored while the dialog goes on. */
export const answersShape = shape.object<DialogAnswers>({
  session: shape.text,
  proven: shape.optional(shape.boolean),
  continued: shape.optional(shape.boolean),
  consent: shape.optional(shape.object<NonNullable<DialogAnswers['consent']>>({ asked: names, agreed: names })),
  leftOut: shape.optional(names),
  choosePages: shape.optional(shape.boolean),
  business: shape.optional(shape.text),
  pages: shape.optional(texts),
  allPages: shape.optional(shape.boolean),
  adAccounts: shape.optional(texts),
});

export interface PageChoice {
  page: Page;
  tasks: Task[];
  chosen: boolean;
}

export interface AdAccountChoice {
  account: AdAccount;
  chosen: boolean;
}

/** What a visit comes to, when not to its end. */
export type DialogStop =
  | { is: 'blocked'; reason: BlockReason; detail?: BlockDetail }
  | { is: 'told'; error: RedirectError }
  | { is: 'log_in' }
  /** `code`: a second factor is on, and asked for too. */
  | { is: 'reauthenticate'; code: boolean }
  | { is: 'checkpoint'; reason: LockReason }
  | { is: 'unconfirmed' }
  | { is: 'consent' }
  | { is: 'choose_business'; businesses: Business[] }
  /**
   * `business`: whose Pages they are, where they are not the person's own. Each list is there where it is asked for.
   * `all`: every Page was chosen before.
   */
  | {
      is: 'choose_pages';
      pages?: PageChoice[];
      all?: boolean;
      adAccounts?: AdAccountChoice[];
      permissions: Permission[];
      business?: Business;
    }
  /** `others`: Pages of the person that the app may not use; named where permissions about Pages hold for some only. */
  | { is: 'already_connected'; why: 'data_access' | undefined; others: PageChoice[] };

interface VisitStart {
  installation: Installation;
  request: DialogRequest;
  /** Base addresses, without a final slash. */
  addresses: { www: string; static: string };
  signedIn: SignedInPerson | undefined;
  answers: DialogAnswers | undefined;
  /** A form of ours that the person sent; false for what only an address can cause. */
  sent: boolean;
  /** Shown in the top window, so that it may be answered without asking anything. */
  top: boolean;
}

export class Visit {
  readonly installation: Installation;
  readonly request: DialogRequest;
  readonly addresses: { www: string; static: string };
  readonly sent: boolean;
  readonly top: boolean;
  readonly signedIn: SignedInPerson | undefined;
  readonly answers: DialogAnswers;

  // Found by the steps, in this order.
  app!: App;
  target!: RedirectTarget;
  configuration: LoginConfiguration | undefined;
  /** What is asked for, by `scope` or by the configuration. */
  scope: RequestedScope;
  /** Login for Business: single permissions cannot be left out. */
  whole = false;
  me!: SignedInPerson;
  /** A role on the app, or its test user. */
  insider = false;
  grant: Grant | null = null;
  wanted!: RequestedPermissions;
  /** The business that connects the app. */
  business: Business | undefined;
  /** Renews an id_token of this person without asking. */
  renews = false;

  constructor(start: VisitStart) {
    this.installation = start.installation;
    this.request = start.request;
    this.scope = start.request.scope;
    this.addresses = start.addresses;
    this.sent = start.sent;
    this.top = start.top;
    this.signedIn = start.signedIn;
    const session = start.signedIn?.session.id ?? '';
    this.answers = start.answers?.session === session ? start.answers : { session };
  }
  /** A system user of a business is to be given to the app, and nothing of the person. */
  get forBusiness(): boolean {
    return this.configuration?.tokenType === 'system_user';
  }

  /** What the person has agreed to of what is asked now. */
  get agreed(): Permission[] {
    return this.wanted.ask.filter((name) => this.answers.consent?.agreed.includes(name));
  }

  /** What `requestedPermissions` reads. */
  get asking(): ScopeRequest {
    return { authType: this.request.authType, scope: this.scope, whole: this.whole };
  }
}
