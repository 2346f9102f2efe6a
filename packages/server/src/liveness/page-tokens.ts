// Page tokens are derived and not stored. The same person, Page, app, log-in and lifetime class give the same string,
// because the nonce is a keyed hash of the record. From a long-lived user token they have no end of their own.
import { type Anchor, type ErrorKey, pagePermissions, scopeKey, tokenKinds } from '@hallpass/protocol';
import type { Grant } from '../store/grants/grants.ts';
import type { Page } from '../store/pages/pages.ts';
import { epochAt, type TokenRecord } from '../tokens/record.ts';
import { sealDeterministic } from '../tokens/seal.ts';
import type { Conclusion } from '../installation/conclusion.ts';
import type { Facts } from '../installation/facts.ts';
import type { Installation } from '../installation/installation.ts';
import type { Maybe } from '../installation/maybe.ts';
import type { KeyRing } from '../tokens/keys.ts';
import { ringFor } from '../installation/mint.ts';
import { type EffectiveGrant, reaches } from './permissions.ts';
import { lacksSecondFactorFor } from './two-factor.ts';
import type { PageId } from '../store/ids.ts';

/** True when any permission about Pages is in force for this Page: without one nobody may speak as it. */
export function mayImpersonate(force: EffectiveGrant, grant: Grant | null, pageId: PageId): boolean {
  return pagePermissions.some((name) => force.names.has(name) && reaches(grant, name, pageId));
}

/** A Page token with the ring that it was sealed by. */
interface MadePageToken {
  text: Conclusion<string | undefined>;
  ring: KeyRing;
}

/** Page tokens that were made from a parent, by their Pages. They go with the parent's record. */
const made = new WeakMap<TokenRecord, Map<PageId, MadePageToken>>();

/**
 * The token of a Page for the bearer of a living token of a person or system user; undefined when the role on it is
 * gone. Epochs are carried over, so it dies with its parent.
 */
export function derivePageToken(
  installation: Pick<Installation, 'facts' | 'ring'>,
  parent: TokenRecord,
  pageId: PageId,
): Maybe<string | undefined> {
  const ring = ringFor(installation, parent);
  const before = made.get(parent)?.get(pageId);
  if (before !== undefined && before.ring === ring && before.text.holds()) return before.text.value;
  return makePageToken(installation, ring, parent, pageId);
}

async function makePageToken(
  { facts }: Pick<Installation, 'facts'>,
  ring: KeyRing,
  parent: TokenRecord,
  pageId: PageId,
): Promise<string | undefined> {
  const text = await facts.conclude((seen) => sealPageToken(seen, ring, parent, pageId));
  const known = made.get(parent);
  if (known) known.set(pageId, { text, ring });
  else made.set(parent, new Map([[pageId, { text, ring }]]));
  return text.value;
}

async function sealPageToken(
  facts: Facts,
  ring: KeyRing,
  parent: TokenRecord,
  pageId: PageId,
): Promise<string | undefined> {
  const ids = { app: parent.app, user: parent.user, page: pageId };
  // The role and the epoch at which it is held are one fact: whoever loses it meanwhile gets a dead token (threats
  // RR-03).
  const role = await facts.pageRole(pageId, parent.user);
  if (role === null || (await lacksSecondFactorFor({ facts }, pageId, parent.user))) return undefined;
  const own = await facts.epoch(scopeKey('page_token', ids) as string);
  return sealDeterministic(ring, {
    ...parent,
    kind: 'page',
    page: pageId,
    // A page token has no birthday of its own: it would make two fetches differ.
    issuedAt: parent.longLived ? 0 : parent.issuedAt,
    // A Page token of a system user ends with its parent: a business may ask that nothing lives for ever.
    expiresAt: parent.longLived && parent.kind !== 'system_user' ? 0 : parent.expiresAt,
    native: false,
    authType: undefined,
    authNonce: undefined,
    epochs: tokenKinds.page.hangsOn.map((anchor: Anchor) =>
      anchor === 'page_role' ? role.epoch : anchor === 'page_token' ? own : epochAt(parent, anchor),
    ),
  });
}

type PageTokenState =
  | { page: Page; error?: undefined }
  | { page: undefined; error: ErrorKey; params: Record<string, string> };

/**
 * Finds what must hold, beyond its epochs, for a page token to work now: the Page, the role, a permission that reaches
 * it.
 */
export async function pageTokenState(
  installation: Pick<Installation, 'facts'>,
  record: TokenRecord,
  force: EffectiveGrant,
  grant: Grant | null,
): Promise<PageTokenState> {
  const pageId = record.page;
  const page = pageId === undefined ? null : await installation.facts.page(pageId);
  if (!page || pageId === undefined) return { page: undefined, error: 'token.page_inaccessible', params: {} };
  if (
    (await installation.facts.pageRole(pageId, record.user)) === null ||
    (await lacksSecondFactorFor(installation, pageId, record.user))
  )
    return { page: undefined, error: 'token.page_role_lost', params: {} };
  if (!mayImpersonate(force, grant, pageId)) return { page: undefined, error: 'token.impersonation', params: {} };
  return { page };
}
