// The Graph API Explorer is a client like others: its dialogs answer at one address of our own pages, for every app,
// but only to people who work on the app. No app has to list the address, and none can take it away. Decision 0023 says
// why it is safe.
import type { AppRole } from '@hallpass/protocol';
import { explorerReturnPath } from '../hosts.ts';
import type { Installation } from '../installation/installation.ts';
import type { Challenge } from './pkce.ts';
import type { AppId, PersonId } from '../store/ids.ts';

/** Source: the Explorer's guide, "any apps on which you have an admin, developer, or tester role". */
const roles: ReadonlySet<string> = new Set<AppRole>(['administrators', 'developers', 'testers']);

/** True when the person may get a token of the app in the Explorer now. It is asked again when the code is redeemed. */
export async function mayExplore(
  { facts }: Pick<Installation, 'facts'>,
  appId: AppId,
  personId: PersonId,
): Promise<boolean> {
  return (await facts.appRoles(appId, personId)).some((role) => roles.has(role));
}

/** A dialog request says this about its answer. */
interface ReturnRequest {
  redirectUri: string | undefined;
  responses: readonly string[];
  challenge: Challenge | undefined;
}

/**
 * True when a dialog is one of the Explorer: its own address, letter for letter, a code and nothing else, and a
 * challenge that only the page which opened the dialog can answer. Anything short of that falls under the rules for
 * other addresses.
 * @param www base address of the pages, without a final slash
 */
export const isExplorerReturn = ({ redirectUri, responses, challenge }: ReturnRequest, www: string): boolean =>
  redirectUri === `${www}${explorerReturnPath}` &&
  responses.length === 1 &&
  responses[0] === 'code' &&
  challenge?.method === 'S256';
