// The server tries an act and tells what it would end; these are its counts as the lines of a confirmation.
import type { WouldEndAnswer } from '@hallpass/protocol';
import { call, type Params } from './door.ts';

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

const names = (things: readonly { name: string }[]): string =>
  things.length === 0 ? '' : ` (${things.map(({ name }) => name).join(', ')})`;

/** @returns one line for each kind of thing that ends; none where nothing does */
export function linesOf(told: WouldEndAnswer): string[] {
  const ofApps = told.apps.length > 0 ? ` of ${counted(told.apps.length, 'app')}${names(told.apps)}` : '';
  return [
    told.system_user_tokens > 0 && `Ends ${counted(told.system_user_tokens, 'system user token')}${ofApps}.`,
    told.user_tokens > 0 && `Ends every user token${ofApps}.`,
    told.page_tokens > 0 &&
      `Ends ${counted(told.page_tokens, 'Page token')}${ofApps}, for ${counted(told.pages.length, 'Page')}${names(told.pages)}.`,
    told.app_tokens > 0 && `Ends the app tokens of ${counted(told.app_tokens, 'app')}${names(told.apps)}.`,
    told.people > 0 && `${counted(told.people, 'person', 'people')} who use the app are affected.`,
    told.sessions > 0 && `Logs out ${counted(told.sessions, 'device')}, with the tokens that came from there.`,
    told.ad_accounts > 0 && `Takes away tasks on ${counted(told.ad_accounts, 'ad account')}.`,
    told.waiting > 0 && `Withdraws ${counted(told.waiting, 'invitation or request', 'invitations and requests')}.`,
  ].filter((line) => line !== false);
}

const nothing = 'No token in use ends with it.';

/**
 * Asks what an act would end.
 * @throws GraphFailure when the act itself would be refused
 */
export async function whatEnds(method: 'POST' | 'DELETE', path: string, params: Params = {}): Promise<string[]> {
  const query = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const told = await call<WouldEndAnswer>('POST', '/would_end', {
    call: query.size === 0 ? path.slice(1) : `${path.slice(1)}?${query}`,
    call_method: method,
  });
  const lines = linesOf(told);
  return lines.length === 0 ? [nothing] : lines;
}

/** An act and what it would end, as `confirmAct` takes them. */
export interface Ending {
  reach(): Promise<string[]>;
  act(): Promise<unknown>;
}

export const ending = (method: 'POST' | 'DELETE', path: string, params: Params = {}): Ending => ({
  reach: () => whatEnds(method, path, params),
  act: () => call(method, path, params),
});
