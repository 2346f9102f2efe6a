// This scene is for asking every edge and field of the Graph in every way its declaration speaks of: one caller of each
// kind, whose permissions, tasks and roles are set as a case wants them, and targets that are the caller's own or
// somebody else's.
import { type Facts, pagePermissions } from '@hallpass/protocol';
import { derivePageToken } from '../../../src/liveness/page-tokens.ts';
import * as businesses from '../../../src/store/businesses/businesses.ts';
import { MemberId } from '../../../src/store/ids.ts';
import { cast, type Reply, type TestWorld } from '../../world.ts';
import { byDesk, type Rights, type Kind, onApp, plain, throughShop } from './callers.ts';
import { give } from './give.ts';
import { insertRows } from './rows.ts';
import { declaredThings, NO_TOKEN, type Thing } from './things.ts';
import { declaredTokens } from './tokens.ts';
import { clerk, declaredWorld, lantern } from './world.ts';

const { shop, rival, bakery, ana } = cast;

/** One way to say which OAuth client calls. */
interface ClientWords {
  query: string;
  /** There is such an app. */
  named: boolean;
  /** It shows its secret. */
  proven: boolean;
  /** It is the app that the tokens of the scene are for. */
  own: boolean;
}

const clients: readonly ClientWords[] = [
  { query: '', named: false, proven: false, own: false },
  { query: `client_id=${shop.id}`, named: true, proven: false, own: true },
  { query: `client_id=${shop.id}&client_secret=${shop.secret}`, named: true, proven: true, own: true },
  { query: `client_id=${shop.id}&client_secret=wrong`, named: true, proven: false, own: true },
  { query: `client_id=${rival.id}&client_secret=${shop.secret}`, named: true, proven: false, own: false },
  { query: `client_id=${rival.id}&client_secret=${rival.secret}`, named: true, proven: true, own: false },
];

export interface DeclaredScene {
  world: TestWorld;
  /**
   * Sets what is held, and gives a token of the kind; undefined where nobody can have one (a Page token without a
   * role).
   */
  caller(kind: Kind, held: Rights): Promise<string | undefined>;
  /** The facts about the app that calls. */
  callingApp(kind: Kind, held: Rights): Facts;
  /** Conditions about the call alone. */
  conditionsOfCalls: NonNullable<Thing['conditions']>;
  /** Ways to say which OAuth client calls, as a query. */
  clients: readonly ClientWords[];
  /** Values of parameters that must be there. */
  values: Readonly<Record<string, string>>;
  /** Calls, with the token or by the dashboard. */
  ask(kind: Kind, method: string, path: string, token: string): Promise<Reply>;
  /** By the name of a node type. */
  things: Record<string, Thing[]>;
  /** The things that parameters can name beside a target, by the name of the parameter. */
  named: Readonly<Record<string, readonly Thing[]>>;
}

export async function declaredScene(): Promise<DeclaredScene> {
  const world = await declaredWorld();
  const { installation } = world.server;
  const { user, login, system, session, parent, earlier, just } = await declaredTokens(world);
  const rows = await insertRows(world);
  const clerkMember = await businesses.member(installation.db.read, lantern.id, clerk.id);
  const anaMember = await businesses.member(installation.db.read, lantern.id, ana.id);
  const receivers = { login, clerkMember: clerkMember?.id ?? MemberId.none, now: world.clock.now() };
  let state = '';
  return {
    world,
    async caller(kind, held) {
      const wanted = JSON.stringify(held);
      if (wanted !== state) await give(installation, held, receivers);
      state = wanted;
      if (kind === 'none') return '';
      if (kind === 'app') return `${shop.id}|${shop.secret}`;
      if (kind === 'client') return `${shop.id}|${shop.clientToken}`;
      if (kind === 'user') return user;
      if (kind === 'session_info') return session.text;
      if (kind === 'system_user') return system.text;
      if (byDesk(kind)) return '';
      // Without a role on the Page and a permission about Pages a Page token is dead, and a dead token is nobody's.
      if (held.tasks.length === 0 || !pagePermissions.some((name) => held.permissions.includes(name))) return undefined;
      return derivePageToken(installation, parent.record, bakery.id);
    },
    ask(kind, method, path, token) {
      if (byDesk(kind))
        return (kind === 'confirmed' ? just : earlier).raw(
          method,
          `/console/graph${path}`,
          method === 'POST' ? {} : undefined,
        );
      const url =
        token === '' ? path : `${path}${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`;
      if (method === 'GET') return world.get(url);
      return method === 'DELETE' ? world.delete(url) : world.post(url);
    },
    callingApp: (kind, held) => (throughShop(kind) ? onApp(true)(kind, held) : plain(kind)),
    conditionsOfCalls: { unreadable_token: (_kind, _held, token) => token === NO_TOKEN },
    clients,
    values: { type: 'device_code' },
    ...(await declaredThings(world, { ...rows, user, anaMember: anaMember?.id ?? '' })),
  };
}
