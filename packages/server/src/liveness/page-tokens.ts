// Page tokens are derived and not stored. The same person, Page, app, log-in and lifetime class give the same string,
// because the nonce is a keyed hash of the record. From a long-lived user token they have no end of their own.
import { type Anchor, type ErrorKey, pagePermissions, scopeKey, tokenKinds } from '@hallpass/protocol';
import type { Grant } from '../store/grants/grants.ts';
import type { Page } from '../store/pages/pages.ts';
import { epochAt, type TokenRecord } from '../tokens/record.ts';
import { sealDeterministic } from '../tokens/seal.ts';
import type { Installation } from '../installation/installation.ts';
import { ringFor } from '../installation/mint.ts';
import { type EffectiveGrant, reaches } from './permissions.ts';
import { lacksSecondFactorFor } from './two-factor.ts';
import type { PageId } from '../store/ids.ts';

/** True when any permission about Pages is in force for this Page: without one nobody may speak as it. */
export function mayImpersonate(force: EffectiveGrant, grant: Grant | null, pageId: PageId): boolean {
  return pagePermissions.some((name) => force.names.has(name) && reaches(grant, name, pageId));
}

/** Page tokens made from a parent, with the generation of facts they were made by. Goes with the parent's record. */
const made = new WeakMap<TokenRecord, { generation: number; byPage: Map<string, string> }>();

/**
 * The token of a Page for the bearer of a living token of a person or system user; undefined when the role on it is
 * gone. Epochs are carried
 * over, so it dies with its parent.
 */
export async function derivePageToken(
  installation: Pick<Installation, 'facts' | 'ring'>,
  parent: TokenRecord,
  pageId: PageId,
): Promise<string | undefined> {
  const { generation } = installation.facts.cache;
  let known = made.get(parent);
  if (known?.generation !== generation) {
    known = { generation, byPage: new Map() };
    made.set(parent, known);
  }
  const before = known.byPage.get(pageId);
  if (before !== undefined) return before;
  const text = await sealPageToken(installation, parent, pageId);
  if (text !== undefined) known.byPage.set(pageId, text);
  return text;
}

async function sealPageToken(
  installation: Pick<Installation, 'facts' | 'ring'>,
  parent: TokenRecord,
  pageId: PageId,
): Promise<string | undefined> {
  const ids = { app: parent.app, user: parent.user, page: pageId };
  // The role and the epoch at which it is held are one fact: whoever loses it meanwhile gets a dead token (threats
  // RR-03).
  const role = await installation.facts.pageRole(pageId, parent.user);
  if (role === null || (await lacksSecondFactorFor(installation, pageId, parent.user))) return undefined;
  const own = await installation.facts.epoch(scopeKey('page_token', ids) as string);
  return sealDeterministic(ringFor(installation, parent), {
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
