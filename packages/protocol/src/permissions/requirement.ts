// A requirement is what a caller must hold, as data: one value that is evaluated, printed and sent to the Explorer. The
// order inside `all` is the order of refusals.
import type { AdAccountTask } from './ad-account-tasks.ts';
import type { Condition } from './conditions.ts';
import type { Permission } from './permissions.ts';
import type { AppRole, BusinessRole, PlatformRole, Task } from './tasks.ts';
import type { TokenKind } from '../tokens/tokens.ts';

export type Requirement =
  | { readonly is: 'anyone' }
  /** One of these kinds of token; `otherwise` is the error that another kind gets. */
  | { readonly is: 'token'; readonly kinds: readonly TokenKind[]; readonly otherwise?: TokenKindError }
  /**
   * In force: asked for by the token's grant, granted now, and something the app may ask of this person. `otherwise` is
   * the error of calls that have words of their own for it.
   */
  | { readonly is: 'permission'; readonly name: Permission; readonly otherwise?: PermissionRefusal }
  /** The viewer has one of these tasks on the Page that is the target. */
  | { readonly is: 'task'; readonly anyOf: readonly Task[] }
  /** The viewer has one of these tasks on the ad account that is the target or that the target belongs to. */
  | { readonly is: 'ad_account_task'; readonly anyOf: readonly AdAccountTask[] }
  | { readonly is: 'role'; readonly on: 'app'; readonly anyOf: readonly AppRole[] }
  /** The person or system user behind the token has one of these roles in the target, or in the target's business. */
  | { readonly is: 'business_role'; readonly anyOf: readonly BusinessRole[] }
  /** The role of the person on the platform itself. */
  | { readonly is: 'platform_role'; readonly anyOf: readonly PlatformRole[] }
  /** The target is the token's own subject. */
  | { readonly is: 'self' }
  /** The target belongs to the token's own app. */
  | { readonly is: 'own_app' }
  /**
   * The call comes through our own pages, by the web session of the person: no access token does (invariant I-12,
   * threats PR-12).
   */
  | { readonly is: 'dashboard' }
  /** The person of that session gave the password within the last ten minutes. */
  | { readonly is: 'confirmed' }
  /**
   * An access token was presented: what is made from a token is not made in the dashboard, where there is none (threats
   * PR-09).
   */
  | { readonly is: 'presented' }
  /** `needs` is asked about another thing than the target: one that a parameter names, or that stands behind it. */
  | { readonly is: 'on'; readonly thing: NamedThing; readonly needs: Requirement }
  /** One requirement where the call brings this parameter, another where it does not. */
  | { readonly is: 'given'; readonly parameter: string; readonly present: Requirement; readonly absent: Requirement }
  /** Only where this is so; `parameter` names what it is about, where that is neither the target nor the caller. */
  | { readonly is: 'where'; readonly condition: Condition; readonly parameter?: string }
  | { readonly is: 'all'; readonly of: readonly Requirement[] }
  /**
   * `otherwise` is the error where nothing of it holds, in place of that of the last part; `about` is the permission
   * that it names.
   */
  | {
      readonly is: 'any';
      readonly of: readonly Requirement[];
      readonly otherwise?: SingleError | PermissionRefusal;
      readonly about?: Permission;
      /** `otherwise` is told to nobody's call too, which elsewhere is told that there is no token. */
      readonly tellsNobody?: true;
    };

/**
 * Something beside the target. A `token` stands for its app and for the person behind it. A thing that nobody named and that is not
 * there gives no right.
 */
export type NamedThing =
  | { readonly kind: ThingKind | 'token'; readonly parameter: string }
  /** The business that owns the Page that is the target. */
  | { readonly kind: 'business'; readonly relation: 'owner' }
  /** The app that calls, where the target is no app or another one. */
  | { readonly kind: 'app'; readonly relation: 'caller' };

export type ThingKind = 'page' | 'app' | 'business' | 'ad_account';

/** Errors without parameters that a wrong kind of token may get. */
export type TokenKindError =
  | 'token.app_token_needed'
  | 'token.person_needed'
  | 'token.page_token_needed'
  | 'token.page_token_required'
  | 'token.none_for_me'
  | 'permission.kind'
  | 'permission.publish_actions'
  | 'permission.page_posting';

/** Errors about one missing permission; the only parameter that they may have is `permission`. */
export type PermissionRefusal =
  | 'permission.object'
  | 'permission.page_posting'
  | 'permission.page_content'
  | 'permission.page_metadata';

/** Errors without parameters that stand for a whole alternative. */
export type SingleError =
  | 'permission.funding'
  | 'permission.ads'
  | 'permission.ads_not_granted'
  | 'permission.ad_account_admin'
  | 'debug.not_allowed'
  | 'debug.other_app';
