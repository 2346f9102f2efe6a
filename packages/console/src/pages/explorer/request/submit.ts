// When Submit is pressed, the call as it stands in the bar is made with the token in the box.
import type { Start } from '../../../graph/start.ts';
import { askWithToken } from '../../../graph/token-call.ts';
import { toastFailure } from '../../../parts/failure.tsx';
import { remember } from './history.ts';
import { withoutCredentials } from './shared-call.ts';
import { explorerState, setExplorer } from '../state.ts';

/** The path as people write it, with a slash or a whole address before it, as path and query below the version. */
export function plainPath(typed: string): { version?: string; path: string; token?: string } {
  const below = typed.trim().replace(/^https?:\/\/[^/]+/, '');
  const [, version, rest] = /^\/?(v\d{1,2}\.\d{1,2})(?=[/?]|$)(.*)$/s.exec(below) ?? [];
  const bare = (rest ?? below).replace(/^\/+/, '');
  const token = new URLSearchParams(bare.split(/\?(.*)/s)[1] ?? '').get('access_token') ?? undefined;
  return {
    path: withoutCredentials(bare),
    ...(version === undefined ? {} : { version }),
    ...(token === undefined ? {} : { token }),
  };
}

const joined = (path: string, name: string, value: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}${name}=${value}`;

export async function submit(start: Pick<Start, 'graph' | 'versions'>): Promise<void> {
  const typed = explorerState();
  if (typed.busy) return;
  const { path, version: written, token: inPath } = plainPath(typed.path);
  const version = written ?? typed.version ?? start.versions.default;
  const token = inPath ?? typed.token;
  const params = typed.method === 'POST' ? Object.fromEntries(typed.params.filter(([name]) => name !== '')) : {};
  setExplorer({ path, version, token, busy: true });
  const full = `/${version}/${path}`;
  try {
    const answer = await askWithToken({
      graph: start.graph,
      token,
      method: typed.method,
      path: typed.debug === 'off' ? full : joined(full, 'debug', typed.debug),
      params,
    });
    const sent = { method: typed.method, version, path, params };
    setExplorer({ answer, sent });
    remember({ method: typed.method, version, path });
  } catch (error) {
    toastFailure(error, 'The Graph can’t be reached');
  } finally {
    setExplorer({ busy: false });
  }
}
