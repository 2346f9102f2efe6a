// A visit is one look at the dialog: what is known when it begins, what the steps find out on the way, and what they
// may come to.
import { type Permission, permissions, type RequestedScope, shape, type Task } from '@hallpass/protocol';
import type { CheckpointReason } from '../people/lock.ts';
import type { SignedInPerson } from '../people/sign-in/sessions.ts';
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
import type { OrderedFault } from '../wire/faults.ts';

/** A dialog stops on a page of ours for one of these reasons (D-block): no redirect, no code, no token, no grant. */
export type BlockReason =
  | 'redirect_uri'
  | 'redirect_uri_missing'
  | 'https_required'
  | 'domain_not_listed'
  | 'invalid_app_id'
  | 'app_not_active'
  | 'app_restricted'
  | 'explorer_role'
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

/** The person has said this so far in this dialog, in one session; another session begins anew. */
export interface DialogAnswers {
  /** Id of the session. */
  session: string;
  /** The password was asked, and right. */
  proven?: boolean;
  /** Said yes to going on as before. */
  continued?: boolean;
  /** The permissions that were shown at the consent, and those that stayed ticked. */
  consent?: { asked: Permission[]; agreed: Permission[] };
  /** The permissions that were unticked before going back to the consent: it stays so. */
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

/** A page of ours on which the dialog ends. */
export interface Block {
  is: 'blocked';
  reason: BlockReason;
  detail?: BlockDetail;
}

/** An error that the app is told. */
export interface Told {
  is: 'told';
  error: RedirectError | OrderedFault;
}

/** A page that has to be shown to the person. */
export type DialogPage =
  | { is: 'log_in' }
  /** `code`: a second factor is on, and asked for too. */
  | { is: 'reauthenticate'; code: boolean }
  | { is: 'checkpoint'; reason: CheckpointReason }
  | { is: 'locked' }
  | { is: 'unconfirmed' }
  | { is: 'consent'; wanted: RequestedPermissions; grant: Grant | null }
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
  /**
   * `granted`: what the app has already. `others`: Pages of the person that the app may not use; named where permissions
   * about Pages hold for some only.
   */
  | { is: 'already_connected'; granted: Permission[]; why: 'data_access' | undefined; others: PageChoice[] };

/** A visit stops here, if it does not come to its end. */
export type DialogStop = Block | Told | DialogPage;

/** A visit begins with these facts. */
export interface VisitStart {
  readonly installation: Installation;
  readonly request: DialogRequest;
  /** Base addresses, without a final slash. */
  readonly addresses: { www: string; static: string };
  readonly signedIn: SignedInPerson | undefined;
  /** Those of this session; empty at first. */
  readonly answers: DialogAnswers;
  /** A form of ours that the person sent; false for what only an address can cause. */
  readonly sent: boolean;
  /** Shown in the top window, so that it may be answered without asking anything. */
  readonly top: boolean;
}

/** The steps find out these things, in this order. */
export interface Findings {
  readonly app: App;
  readonly target: RedirectTarget;
  readonly configuration: LoginConfiguration | undefined;
  /** The permissions that are asked for, by `scope` or by the configuration. */
  readonly scope: RequestedScope;
  /** Login for Business: single permissions cannot be left out. */
  readonly whole: boolean;
  readonly me: SignedInPerson;
  /** Renews an id_token of this person without asking. */
  readonly renews: boolean;
  /** A role on the app, or its test user. */
  readonly insider: boolean;
  readonly grant: Grant | null;
  readonly wanted: RequestedPermissions;
  /** The business that connects the app. */
  readonly business: Business | undefined;
}

/** A visit of which this much is found out. */
export type VisitWith<Name extends keyof Findings> = VisitStart & Pick<Findings, Name>;

/** A visit whose request is understood, whoever makes it. */
export type RequestVisit = VisitWith<'app' | 'target' | 'configuration' | 'scope' | 'whole'>;

/** A visit of which everything is found out. */
export type Visit = VisitStart & Findings;

/** Begins a visit. @param answers those that are stored; they count for the session that gave them */
export function beginVisit({
  answers,
  ...start
}: Omit<VisitStart, 'answers'> & { answers: DialogAnswers | undefined }): VisitStart {
  const session = start.signedIn?.session.id ?? '';
  return { ...start, answers: answers?.session === session ? answers : { session } };
}

/** A system user of a business is to be given to the app, and nothing of the person. */
export const isForBusiness = ({ configuration }: Pick<Findings, 'configuration'>): boolean =>
  configuration?.tokenType === 'system_user';

/** Lists what the person has agreed to of what is asked now. */
export const agreedOf = ({ wanted, answers }: Pick<Visit, 'wanted' | 'answers'>): Permission[] =>
  wanted.ask.filter((name) => answers.consent?.agreed.includes(name));

/** Collects what `requestedPermissions` reads. */
export const scopeRequestOf = ({
  request,
  scope,
  whole,
}: Pick<Visit, 'request' | 'scope' | 'whole'>): ScopeRequest => ({
  authType: request.authType,
  scope,
  whole,
});
