// This module starts a whole server in memory for tests: a clock that stands still until moved, a small cast of people,
// apps and Pages.
import { createSealer, type Database, openDatabase } from '@hallpass/db';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import {
  createServer,
  readSettings,
  type HttpResponse,
  type HttpRequest,
  type Schema,
  type Server,
  type SettingName,
  type World,
} from '../src/index.ts';
import { seedWorld, type WorldSeed } from '../src/entries/testing.ts';
import { hashPassword, leastCost } from '../src/people/passwords.ts';
import type { RequestNote } from '../src/http/graph-handler.ts';
import { flushUsage } from '../src/jobs/flush-usage.ts';
import { newId } from '../src/installation/mint.ts';
import { mint } from '../src/installation/mint.ts';
import { AppId, PersonId } from '../src/store/ids.ts';
import { cast } from './cast.ts';
import { wall } from './databases.ts';
import { START, TestClock } from './test-clock.ts';

export { cast, START };

const pagePermissions = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_metadata',
  'pages_read_user_content',
  'pages_manage_engagement',
  'read_insights',
  'pages_messaging',
];
const advanced = ['public_profile', 'email', 'user_birthday', 'user_friends', 'user_gender', ...pagePermissions];
const redirects = ['https://app.example/cb', 'https://app.example/cb2?x=1&y=2', 'https://app.example/'];

export const seed: WorldSeed = {
  people: [
    { ...cast.ana, profile: { birthday: '02/29/1988', gender: 'female' }, friends: [cast.ben.id] },
    { ...cast.ben, friends: [cast.ana.id] },
    cast.cleo,
  ],
  apps: [
    {
      ...cast.shop,
      name: 'Shop',
      mode: 'live',
      type: 'web',
      settings: {
        redirectUris: redirects,
        sdkDomains: ['app.example'],
        jsSdkLogin: true,
        advancedAccess: advanced,
        contactEmail: 'owner@shop.example',
      },
      roles: [{ person: cast.ben.id, role: 'administrators' }],
    },
    {
      ...cast.rival,
      name: 'Rival',
      mode: 'live',
      type: 'web',
      settings: { redirectUris: ['https://rival.example/cb'], advancedAccess: advanced },
      roles: [{ person: cast.cleo.id, role: 'administrators' }],
    },
    {
      ...cast.draft,
      name: 'Draft',
      mode: 'development',
      type: 'web',
      settings: { redirectUris: redirects },
      roles: [{ person: cast.ben.id, role: 'administrators' }],
    },
    {
      ...cast.phone,
      name: 'Phone',
      mode: 'live',
      type: 'native',
      settings: {
        redirectUris: ['https://app.example/cb', 'http://127.0.0.1/cb', 'http://[::1]/cb'],
        embeddedBrowserLogin: true,
        nativeLogin: true,
        iosSuffixes: ['kids'],
        androidPackages: ['com.example.app'],
        advancedAccess: advanced,
      },
      roles: [{ person: cast.ben.id, role: 'administrators' }],
    },
  ],
  pages: [
    {
      id: cast.bakery.id,
      name: cast.bakery.name,
      category: 'Bakery',
      categories: [{ id: '9001', name: 'Bakery' }],
      profile: { fan_count: 120, about: 'Bread.' },
      roles: [
        { person: cast.ana.id, tasks: ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'] },
        { person: cast.ben.id, tasks: ['ANALYZE', 'MODERATE'] },
      ],
      posts: [{ message: 'We are open.', secondsAgo: 3600 }],
    },
    {
      id: cast.garden.id,
      name: cast.garden.name,
      category: 'Park',
      categories: [{ id: '9002', name: 'Park' }],
      roles: [
        { person: cast.ana.id, tasks: ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'] },
      ],
    },
  ],
  grants: [],
};

export interface TestWorld {
  server: Server;
  clock: TestClock;
  log: { level: string; message: string; facts: Record<string, unknown> | undefined }[];
  send(request: Partial<HttpRequest> & { path: string }): Promise<HttpResponse>;
  /** Sends a request as it is given, for what no other method can say. */
  call(request: Partial<HttpRequest> & { path: string }): Promise<Reply>;
  /** GET with the path and query as written; JSON of the answer. */
  get(url: string, headers?: Record<string, string>): Promise<Reply>;
  /** POST of a form. */
  post(url: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Reply>;
  delete(url: string, headers?: Record<string, string>): Promise<Reply>;
  /** Gives `app` a grant of `person` and mints a token of it, as a finished dialog would. */
  login(
    app: string,
    person: string,
    options?: { permissions?: string[]; pages?: string[]; longLived?: boolean; native?: boolean; session?: string },
  ): Promise<string>;
  /** Stores what was used of limits, as the job does every few seconds. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface Reply {
  status: number;
  headers: HttpResponse['headers'];
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  body: any;
  text: string;
}

const quickHash = (password: string) => hashPassword(password, leastCost);

/** Opens a world. `database` runs it on PostgreSQL; memory otherwise. */
export async function testWorld(
  options: {
    settings?: Partial<Record<SettingName, unknown>>;
    seed?: WorldSeed;
    database?: Parameters<typeof openDatabase<Schema>>[0];
    /** Puts something between the server and its database. */
    through?: (db: Database<Schema>) => Database<Schema>;
    rootKey?: Uint8Array;
    world?: Partial<World>;
    /** Told of every call of the Graph that was answered. */
    noted?: RequestNote;
  } = {},
): Promise<TestWorld> {
  const clock = new TestClock();
  const log: TestWorld['log'] = [];
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  const world: World = {
    clock,
    wall,
    random,
    log: (level, message, facts) => void log.push({ level, message, facts }),
    parallelism: availableParallelism(),
    passwordCost: leastCost,
    ...options.world,
  };
  const rootKey = options.rootKey ?? random.bytes(32);
  const opened = await openDatabase<Schema>(options.database ?? { kind: 'sqlite', file: ':memory:', wall });
  const db = options.through ? options.through(opened) : opened;
  const sealer = createSealer({ keys: [{ id: 'test', key: rootKey }], random });
  // Tests make thousands of calls with three people: limits are for the tests about limits, which switch them on.
  const settings = readSettings({ rateLimits: false, openSignUp: true, ...options.settings });
  const server = await createServer({
    world,
    settings,
    db,
    sealer,
    rootKey,
    ...(options.noted ? { noted: options.noted } : {}),
  });
  const { installation } = server;
  if ((await db.read.selectFrom('people').select('id').limit(1).execute()).length === 0)
    await seedWorld(installation, options.seed ?? seed, quickHash);

  const send: TestWorld['send'] = (request) =>
    server.handle({
      method: 'GET',
      host: 'localhost:4000',
      scheme: 'http',
      query: '',
      headers: { host: 'localhost:4000' },
      body: new Uint8Array(),
      address: '127.0.0.1',
      ...request,
    });
  const reply = (answer: HttpResponse): Reply => {
    const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString();
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      body = undefined;
    }
    return { status: answer.status, headers: answer.headers, body, text };
  };
  const split = (url: string) => {
    const at = url.indexOf('?');
    return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
  };
  return {
    server,
    clock,
    log,
    send,
    call: async (request) => reply(await send(request)),
    get: async (url, headers = {}) =>
      reply(await send({ ...split(url), headers: { host: 'localhost:4000', ...headers } })),
    post: async (url, form = {}, headers = {}) =>
      reply(
        await send({
          ...split(url),
          method: 'POST',
          headers: { host: 'localhost:4000', 'content-type': 'application/x-www-form-urlencoded', ...headers },
          body: Buffer.from(new URLSearchParams(form).toString()),
        }),
      ),
    delete: async (url, headers = {}) =>
      reply(await send({ ...split(url), method: 'DELETE', headers: { host: 'localhost:4000', ...headers } })),
    async login(app, person, given = {}) {
      await seedWorld(
        installation,
        {
          people: [],
          apps: [],
          pages: [],
          grants: [{ person, app, granted: given.permissions ?? [], pages: given.pages }],
        },
        quickHash,
      );
      const now = clock.now();
      return installation.db.act(async ({ tx }) => {
        const { text } = await mint(installation, tx, {
          kind: 'user',
          app: AppId.of(app),
          user: PersonId.of(person),
          session: given.session,
          login: newId(installation),
          issuedAt: now,
          expiresAt: given.longLived || given.native ? now + 60 * 86_400 : Math.ceil(now / 3600) * 3600 + 3600,
          longLived: given.longLived ?? given.native ?? false,
          native: given.native ?? false,
          authType: undefined,
          authNonce: undefined,
        });
        return text;
      });
    },
    flush: () => flushUsage(installation),
    close: () => server.close(),
  };
}
