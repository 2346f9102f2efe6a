// Strangers are everybody whom the server does not know: requests at every door that can be reached without a
// credential, by the tables of routes, operations, grants and nodes, so that a new door is knocked at without being
// named here.
import { formToken } from '../../src/people/csrf.ts';
import { keyedHashText } from '../../src/hash.ts';
import type { HttpRequest } from '../../src/wire/call.ts';
import { grants, routes } from '../../src/entries/declarations.ts';
import { nodes } from '../../src/nodes/index.ts';
import { operations } from '../../src/operations/index.ts';
import { HOST, navigation, ownForm } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { routePath } from '../route-paths.ts';
import { cast, type TestWorld } from '../world.ts';

const { ana, bakery, phone, shop } = cast;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

interface Door {
  name: string;
  /** The n-th request of a stranger at this door. */
  knock(n: number): Partial<HttpRequest> & { path: string };
}

/** Each stranger comes from a network of their own. */
export const addressOf = (n: number): string =>
  `2001:db8:${((n >> 16) & 0xffff).toString(16)}:${(n & 0xffff).toString(16)}::1`;

const inForm = (fields: Record<string, string>): Buffer => Buffer.from(new URLSearchParams(fields).toString());

/** The pages and forms. A browser has its cookie and the right token for its forms: what is missing is somebody. */
async function pageDoors(world: TestWorld): Promise<Door[]> {
  const { installation } = world.server;
  const sealed = await interactionFor(world);
  return routes.map((route) => {
    const path = routePath(route.path);
    const knock = (n: number): ReturnType<Door['knock']> => {
      const shown = { host: HOST, path, address: addressOf(n) };
      const query =
        path.includes('/dialog/oauth') && !path.includes('/continue') ? dialogQuery(n) : hiddenQuery(n, sealed.id);
      if (route.method === 'GET') return { ...shown, query, headers: { host: HOST, ...navigation } };
      const fields = {
        interaction: n % 2 === 0 ? sealed.id : '',
        email: n % 3 === 0 ? ana.email : `nobody-${n}@example.com`,
        password: 'x',
        name: 'Nobody',
        decision: ['continue', 'cancel', 'back'][n % 3] ?? '',
        code: String(n).padStart(6, '0'),
        pending: 'x'.repeat(43),
        key: 'x'.repeat(43),
        user_code: 'BCDFGHJK',
      };
      const holder = keyedHashText(installation.keys.interaction, `browser|${sealed.browser}`);
      const csrf = formToken(installation, holder, fields.interaction);
      const headers = { host: HOST, ...ownForm, ...FORM, cookie: `__Host-hp_browser=${sealed.browser}` };
      return { ...shown, method: 'POST', headers, body: inForm({ ...fields, csrf }) };
    };
    return { name: `${route.method} ${route.path}`, knock };
  });
}

const dialogQuery = (n: number): string => {
  const url = shopDialog({
    state: `${n}-${'x'.repeat(500)}`,
    ...(n % 4 === 0 ? { client_id: String(5_000_000 + n) } : {}),
  });
  return url.slice(url.indexOf('?') + 1);
};

const hiddenQuery = (n: number, interaction: string): string =>
  new URLSearchParams({
    interaction: n % 2 === 0 ? interaction : `d.${n}`,
    code: `${n}`,
    key: 'x'.repeat(43),
    user_code: 'BCDFGHJK',
    next: '/',
  }).toString();

/** A dialog that a stranger has opened: what its form carries, and the cookie of the browser. */
async function interactionFor(world: TestWorld): Promise<{ id: string; browser: string }> {
  const answer = await world.send({
    host: HOST,
    path: '/dialog/oauth',
    query: dialogQuery(1),
    headers: { host: HOST, ...navigation },
  });
  const id = /name="interaction" value="([^"]+)"/.exec(String(answer.body))?.[1];
  const browser = /__Host-hp_browser=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1];
  if (id === undefined || browser === undefined) throw new Error(`the dialog was not shown: ${answer.status}`);
  return { id, browser };
}

/**
 * Makes what somebody without a credential of their own can present: nothing, what is made up, and what every copy of
 * an app holds.
 */
const presented = (n: number): Record<string, string> =>
  [
    {},
    { access_token: `${6_000_000 + n}|${'1'.repeat(32)}` },
    { access_token: `${shop.id}|${String(n).padStart(32, '0')}` },
    { access_token: `EAA${String(n).padStart(120, 'x')}` },
    { access_token: `${shop.id}|${shop.clientToken}` },
    { access_token: `${phone.id}|${phone.clientToken}` },
    { client_id: String(7_000_000 + n), client_secret: '1'.repeat(32) },
    { client_id: shop.id, client_secret: String(n).padStart(32, '0') },
    { client_id: shop.id },
  ][n % 9] ?? {};

const about = (n: number): Record<string, string> => ({
  input_token: n % 2 === 0 ? `${8_000_000 + n}|x` : `${shop.id}|${n}`,
  code: `${n}`.padStart(43, 'x'),
  token: `EAA${n}`,
  id_token_hint: `x.${n}.x`,
  app_id: shop.id,
  redirect_uri: 'https://app.example/cb',
  signed_request: `x${n}.x`,
  fb_exchange_token: `EAA${n}`,
  scope: 'email',
  device_info: JSON.stringify({ device: `d${n}` }),
});

const graphDoor = (method: string, path: string, also: Record<string, string> = {}): Door => ({
  name: `${method} ${path}${also.grant_type === undefined ? '' : ` ${also.grant_type}`}`,
  knock(n) {
    const params = { ...about(n), ...also, ...presented(n) };
    const asked = { path: `/${path}`, address: addressOf(n), host: HOST };
    if (method === 'POST') return { ...asked, method, headers: { host: HOST, ...FORM }, body: inForm(params) };
    return { ...asked, method, query: new URLSearchParams(params).toString(), headers: { host: HOST } };
  },
});

/** The root operations, each grant of the token endpoint, and every edge of every node. */
function graphDoors(): Door[] {
  const objects = [shop.id, ana.id, bakery.id, '9999'];
  return [
    ...operations.map(({ method, path }) => graphDoor(method, path)),
    ...grants.flatMap(({ name }) =>
      ['GET', 'POST'].map((method) => graphDoor(method, 'oauth/access_token', { grant_type: name })),
    ),
    ...objects.map((id) => graphDoor('GET', id)),
    ...nodes.flatMap(({ edges }) =>
      edges.map(({ method, name }, at) => graphDoor(method, `${objects[at % objects.length]}/${name}`)),
    ),
    graphDoor('POST', '', { batch: JSON.stringify([{ method: 'GET', relative_url: 'me' }]) }),
  ];
}

export const doorsOf = async (world: TestWorld): Promise<Door[]> => [...(await pageDoors(world)), ...graphDoors()];
