// System users of the person's businesses get tokens here: made by the Graph's own call, with the proof that it asks
// for.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../graph/door.ts';
import { useSession } from '../../../graph/session.ts';
import type { Start } from '../../../graph/start.ts';
import { readWithToken } from '../../../graph/token-call.ts';
import { confirmed } from '../../../parts/confirm-password.tsx';
import { toastDone } from '../../../parts/failure.tsx';
import type { MyApp } from '../../../graph/my-apps.ts';
import { explorerState, setExplorer } from '../state.ts';

export interface SystemUser {
  id: string;
  name: string;
}

interface List<T> {
  data: readonly T[];
}

/** Every system user of every business of the person; a business that shows none is passed over. */
async function mySystemUsers(): Promise<SystemUser[]> {
  const { data: businesses } = await call<List<{ id: string }>>('GET', '/me/businesses', { fields: 'id', limit: 25 });
  const lists = await Promise.all(
    businesses.map(({ id }) =>
      call<List<SystemUser>>('GET', `/${id}/system_users`, { fields: 'id,name' }).catch(() => ({ data: [] })),
    ),
  );
  return lists.flatMap(({ data }) => data);
}

export function useSystemUsers() {
  const session = useSession();
  return useQuery({
    queryKey: ['system-users', session?.id],
    queryFn: mySystemUsers,
    enabled: Boolean(session),
    staleTime: 5 * 60_000,
  });
}

/** `appsecret_proof`: HMAC-SHA256 of the token with the app secret, in hex. */
async function proofOf(token: string, secret: string): Promise<string> {
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(token)));
  return [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Makes a token of 60 days for the system user, with the permissions of the list; needs a user token with business_management. */
export async function systemUserToken(start: Start, app: MyApp, user: SystemUser): Promise<void> {
  const { token, permissions } = explorerState();
  if (token === '')
    throw new Error('First generate a User Token with business_management: it creates the system user’s token.');
  if (!(await confirmed(`A token of ${user.name} needs a proof made with the secret of ${app.name}.`))) return;
  const { app_secret: secret } = await call<{ app_secret: string }>('POST', `/${app.id}/show_secret`);
  const { access_token: made } = await readWithToken<{ access_token: string }>({
    graph: start.graph,
    token,
    method: 'POST',
    path: `/${start.versions.default}/${user.id}/access_tokens`,
    params: {
      business_app: app.id,
      scope: (permissions.length > 0 ? permissions : ['business_management']).join(','),
      set_token_expires_in_60_days: 'true',
      appsecret_proof: await proofOf(token, secret),
    },
    hidden: ['appsecret_proof'],
  });
  setExplorer({ token: made, tokenOf: user.name });
  toastDone(`The token of ${user.name} is in the box. It ends after 60 days.`);
}
