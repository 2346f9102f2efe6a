// User or Page chooses whom the token is about. Pages and system users follow once a token shows them; the app can be
// taken off here, too.
import { Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../graph/door.ts';
import type { Start } from '../../../graph/start.ts';
import { readWithToken } from '../../../graph/token-call.ts';
import { confirmAct } from '../../../parts/confirm.tsx';
import { confirmed } from '../../../parts/confirm-password.tsx';
import { toastDone, toastFailure } from '../../../parts/failure.tsx';
import type { MyApp } from '../../../graph/my-apps.ts';
import { explorerState, setExplorer, useExplorer } from '../state.ts';
import { type PageOfToken, useGranted, usePagesOf } from './token-query.ts';
import { systemUserToken, useSystemUsers } from './system-users.ts';

interface Props {
  start: Start;
  app: MyApp;
  /** Runs the dialog. */
  onUserToken(): void;
}

export function UserOrPage({ start, app, onUserToken }: Props) {
  const { token, tokenOf, ofNoPerson, userToken } = useExplorer();
  // A Page token lists no Pages: those of the person whom it came from go on being offered.
  const persons = ofNoPerson ? userToken : token;
  const client = useQueryClient();
  const { data: granted } = useGranted(start, persons);
  const showsPages = granted?.get('pages_show_list') === 'granted';
  const { data: pages } = usePagesOf(start, showsPages ? persons : '');
  const { data: systemUsers } = useSystemUsers();
  const usable = pages?.filter(({ access_token: one }) => one !== undefined) ?? [];

  const act = async (value: string) => {
    try {
      if (value === 'user') {
        if (ofNoPerson && userToken !== '') setExplorer({ token: userToken, tokenOf: 'User Token' });
        else onUserToken();
      } else if (value === 'app') await appToken(start, app);
      else if (value === 'page') askForPages(onUserToken);
      else if (value === 'uninstall') {
        await uninstall(start, app, persons, usable);
        await client.invalidateQueries();
      } else if (value.startsWith('page:')) {
        const page = usable.find(({ id }) => `page:${id}` === value);
        if (page?.access_token !== undefined)
          setExplorer({ token: page.access_token, tokenOf: page.name, ofNoPerson: true });
      } else if (value.startsWith('system:')) {
        const user = systemUsers?.find(({ id }) => `system:${id}` === value);
        if (user) await systemUserToken(start, app, user);
      }
    } catch (error) {
      toastFailure(error, 'No token');
    }
  };
  const data = [
    {
      group: 'Tokens',
      items: [
        { value: 'user', label: 'User Token' },
        { value: 'app', label: 'Get App Token' },
        { value: 'page', label: 'Get Page Access Token' },
      ],
    },
    ...(usable.length > 0
      ? [{ group: 'Pages', items: usable.map(({ id, name }) => ({ value: `page:${id}`, label: name })) }]
      : []),
    ...(systemUsers && systemUsers.length > 0
      ? [{ group: 'System users', items: systemUsers.map(({ id, name }) => ({ value: `system:${id}`, label: name })) }]
      : []),
    ...(granted ? [{ group: 'App', items: [{ value: 'uninstall', label: `Uninstall ${app.name}` }] }] : []),
  ];
  const page = usable.find(({ access_token: one }) => one === token);
  const value = page ? `page:${page.id}` : tokenOf === 'App Token' ? 'app' : 'user';
  return (
    <Select
      label="User or Page"
      data={data}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && chosen !== value && void act(chosen)}
      onOptionSubmit={(chosen) => {
        // The chosen one again means: make it anew.
        if (chosen === value && chosen !== 'user') void act(chosen);
      }}
    />
  );
}

/** The token of the app, made from its secret: so the password is asked and the act is written down. */
async function appToken(start: Start, app: MyApp): Promise<void> {
  if (!(await confirmed(`The app token of ${app.name} is made from the app secret.`))) return;
  const { app_secret: secret } = await call<{ app_secret: string }>('POST', `/${app.id}/show_secret`);
  const { access_token: token } = await readWithToken<{ access_token: string }>({
    graph: start.graph,
    token: '',
    method: 'POST',
    path: `/${start.versions.default}/oauth/access_token`,
    params: { client_id: app.id, client_secret: secret, grant_type: 'client_credentials' },
    hidden: ['client_secret'],
  });
  setExplorer({ token, tokenOf: 'App Token', ofNoPerson: true });
  toastDone('The app token is in the box.');
}

/** A Page token comes out of a user token with `pages_show_list`: without it, the dialog asks for that first. */
function askForPages(onUserToken: () => void): void {
  const { permissions } = explorerState();
  const wanted = ['pages_show_list', 'pages_read_engagement'].filter((name) => !permissions.includes(name));
  setExplorer({ permissions: [...permissions, ...wanted] });
  // The state is read when the dialog opens, so the new permissions are part of it.
  queueMicrotask(onUserToken);
}

/** Takes the app off the person's account, with everything that it holds for them. */
async function uninstall(start: Start, app: MyApp, token: string, pages: readonly PageOfToken[]): Promise<void> {
  await confirmAct({
    title: `Uninstall ${app.name}?`,
    children:
      'Every token this app holds for you stops working at once, and it loses the permissions you gave. The app itself and its other users aren’t affected.',
    reach: ['Your user token', ...pages.map(({ id, name }) => `The Page token of ${name} (${id})`)],
    confirm: 'Uninstall',
    cancel: 'Keep it',
    act: () =>
      readWithToken({ graph: start.graph, token, method: 'DELETE', path: `/${start.versions.default}/me/permissions` }),
    done: `${app.name} has been uninstalled. Its tokens no longer work.`,
  });
}
