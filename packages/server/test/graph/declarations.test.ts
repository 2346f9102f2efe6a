// Every edge, field and root call is asked with every kind of token, without each permission, with the wrong tasks and
// roles, about one's own things and others'; what comes back is compared with what its declaration says of such a
// caller. Whether a call went through is seen by its own function, which stands still here: so nothing is changed by
// asking.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type AdAccountTask,
  adAccountTasks,
  appRoles,
  type AppRole,
  businessRoles,
  type BusinessRole,
  errors,
  evaluate,
  type Facts,
  parametersOf,
  partsOf,
  pageTasks,
  type Requirement,
  graphError,
  isIn,
  type Task,
} from '@hallpass/protocol';
import { graph } from '../../src/entries/declarations.ts';
import { byDesk, type Kind, kinds, type Rights } from './declared/callers.ts';
import { declaredScene, type DeclaredScene } from './declared/scene.ts';
import type { Thing } from './declared/things.ts';
import type { Reply } from '../world.ts';

let scene: DeclaredScene;
let reached = false;

const stop = (): never => {
  reached = true;
  throw graphError('server.away');
};
/** Everything that is declared, with its function: other files of tests run in this process, and need it back. */
const declared = [...[...graph.nodes.values()].flatMap(({ edges }) => edges), ...graph.operations.values()].map(
  (declaration) => ({ declaration, run: declaration.run }),
);
before(async () => {
  scene = await declaredScene();
  for (const { declaration } of declared) Object.assign(declaration, { run: stop });
});
after(async () => {
  for (const { declaration, run } of declared) Object.assign(declaration, { run });
  await scene.world.close();
});

/** All parts of a requirement, at any depth, whatever they are about. */
const parts = (needs: Requirement): Requirement[] =>
  partsOf(needs).flatMap((part) => (part.is === 'on' ? [part, ...parts(part.needs)] : [part]));

/** The things that a call names beside its target, by parameter. */
type Named = Readonly<Record<string, Thing>>;

/** The ways to give the parameters that a requirement looks at: none, and each thing that they can name. */
function ways(needs: Requirement): Named[] {
  const names = [...new Set(parametersOf(needs))];
  const all = names.reduce<Named[]>(
    (before, name) =>
      before.flatMap((one) =>
        (scene.named[name] ?? assert.fail(`the scene has nothing for ${name}`)).map((thing) => ({
          ...one,
          [name]: thing,
        })),
      ),
    [{}],
  );
  return names.length === 0 ? [{}] : [{}, ...all];
}

const queryOf = (named: Named): string => {
  const pairs = Object.entries(named).map(([name, { id }]) => `${name}=${encodeURIComponent(id)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};

/** The facts about the target with those about what the call names. */
function factsOf({ thing, kind, held }: Case, named: Named, required: (name: string) => boolean): Facts {
  const absent = (name: string) =>
    named[name] === undefined && required(name) ? ({ error: 'param.required', params: { name } } as const) : undefined;
  const about = (facts: Facts): Facts => ({
    ...facts,
    given: new Set(Object.keys(named)),
    on(one) {
      if (!('parameter' in one)) return one.relation === 'caller' ? about(scene.callingApp(kind, held)) : undefined;
      const other = named[one.parameter]?.facts(kind, held);
      return absent(one.parameter) ?? (other && about(other));
    },
    where: (condition, parameter) =>
      (parameter === undefined ? undefined : absent(parameter)) ??
      thing.conditions?.[condition]?.(kind, held, parameter === undefined ? undefined : named[parameter]?.id) ??
      false,
  });
  return about(thing.facts(kind, held));
}

/** Lists what a caller may hold that matters to these requirements: everything, and everything but one. */
function holdings(...needs: Requirement[]): Rights[] {
  const all = needs.flatMap(parts);
  const named = [
    ...new Set(['pages_show_list', ...all.flatMap((part) => (part.is === 'permission' ? [part.name] : []))]),
  ];
  const tasks = [...new Set(all.flatMap((part) => (part.is === 'task' ? part.anyOf : [])))];
  const every = (Object.keys(pageTasks) as Task[]).filter((name) => !name.startsWith('PROFILE_PLUS_'));
  const permissionSets = [named, ...named.map((name) => named.filter((one) => one !== name)), []];
  const taskSets: Task[][] =
    tasks.length === 0
      ? [every]
      : [every, every.filter((name) => !tasks.includes(name)), ...tasks.map((name) => [name]), []];
  const everyAdTask = Object.keys(adAccountTasks) as AdAccountTask[];
  const asksAds = all.some((part) => part.is === 'ad_account_task');
  const asksApp = all.some((part) => part.is === 'role');
  const asksBusiness = all.some((part) => part.is === 'business_role');
  const roles: (AppRole | null)[] = asksApp ? [...(Object.keys(appRoles) as AppRole[]), null] : [null];
  const standings: (BusinessRole | null)[] = asksBusiness
    ? [...(Object.keys(businessRoles) as BusinessRole[]), null]
    : ['ADMIN'];
  const asksPlatform = all.some((part) => part.is === 'platform_role');
  const base: Rights = {
    permissions: named,
    tasks: every,
    adTasks: everyAdTask,
    appRole: roles[0] ?? null,
    businessRole: standings[0] ?? null,
    reviewer: asksPlatform,
  };
  return [
    ...permissionSets.map((permissions) => ({ ...base, permissions })),
    ...taskSets.slice(1).map((some) => ({ ...base, tasks: some })),
    ...(asksAds ? [...everyAdTask.map((name) => [name]), []] : []).map((adTasks) => ({ ...base, adTasks })),
    ...roles.slice(1).map((appRole) => ({ ...base, appRole })),
    ...standings.slice(1).map((businessRole) => ({ ...base, businessRole })),
    ...(asksPlatform
      ? [
          { ...base, reviewer: false },
          { ...base, reviewer: false, appRole: null },
          { ...base, appRole: null },
        ]
      : []),
  ];
}

interface Case {
  title: string;
  kind: Kind;
  held: Rights;
  thing: Thing;
  token: string;
}

async function* cases(things: readonly Thing[], ...needs: Requirement[]): AsyncGenerator<Case> {
  for (const held of holdings(...needs))
    for (const kind of kinds) {
      const token = await scene.caller(kind, held);
      if (token === undefined) continue;
      for (const thing of things)
        yield { title: `${kind} about ${thing.id} with ${JSON.stringify(held)}`, kind, held, thing, token };
    }
}

function ask(kind: Kind, method: string, path: string, token: string): Promise<Reply> {
  reached = false;
  return scene.ask(kind, method, path, token);
}

/** Path of a call about a thing; an address of the web is named by a parameter at the root. */
function pathOf({ id, deskId }: Thing, kind: Kind, rest: string, query: string): string {
  const known = byDesk(kind) ? (deskId ?? id) : id;
  if (!known.includes('/')) return `/${known}${rest}${query}`;
  return `/?id=${encodeURIComponent(known)}${query.replace('?', '&')}`;
}

// A parameter is looked at after the caller; the endpoints of the OAuth standards name errors in a text.
const wentThrough = ({ status, body }: Reply): boolean =>
  reached ||
  status === 200 ||
  typeof body?.error === 'string' ||
  (body?.error?.code === 100 && body.error.error_subcode === undefined && body.error.type === 'OAuthException');
const told = ({ body }: Reply): string =>
  `${body?.error?.code}${body?.error?.error_subcode === undefined ? '' : `/${body.error.error_subcode}`}`;

/** Compares an answer with the declaration. A thing that the caller may not even know of is "not there". */
function compare(
  reply: Reply,
  needs: Requirement,
  { title, kind, held, thing }: Case,
  facts: Facts = thing.facts(kind, held),
): void {
  const verdict = evaluate(needs, facts);
  if (thing.hidden?.(kind, held))
    return assert.ok(!reached && ['100/33', '104', '200'].includes(told(reply)), `${title}: hidden, ${reply.text}`);
  if (verdict.ok) return assert.ok(wentThrough(reply), `${title}: ${reply.text}`);
  assert.ok(!reached && reply.status >= 400 && reply.status < 500, `${title}: ${reply.status} ${reply.text}`);
  const { code, subcode } = errors[verdict.error] as { code: number; subcode?: number };
  const declared = `${code}${subcode === undefined ? '' : `/${subcode}`}`;
  // Nobody's call is told so first (of an ad account by 200), a client token in place of an app token is told what it is, what is hidden is not
  // there.
  const also = kind === 'none' ? ['104', '2500', '200'] : kind === 'client' ? ['100/33', '190'] : ['100/33'];
  assert.ok(
    [declared, ...also].includes(told(reply)),
    `${title}: ${told(reply)} in place of ${declared}, ${reply.text}`,
  );
}

for (const node of graph.nodes.values())
  describe(`a ${node.name}`, () => {
    const things = () => {
      const known = scene.things[node.name];
      assert.ok(known !== undefined && known.length > 0, `the scene has no ${node.name}`);
      return known;
    };

    test('is read by whom its declaration names', async () => {
      for await (const one of cases(things(), node.needs))
        compare(await ask(one.kind, 'GET', pathOf(one.thing, one.kind, '', '?fields=id'), one.token), node.needs, one);
    });

    for (const edge of node.edges)
      test(`${edge.method} ${edge.name === '' ? 'itself' : edge.name}`, async () => {
        const rest = edge.name === '' ? '' : `/${edge.name}`;
        let asked = 0;
        for await (const one of cases(things(), edge.needs)) {
          const tail = edge.tail !== undefined && edge.method === 'POST' ? '/1' : '';
          for (const named of ways(edge.needs)) {
            const path = pathOf(one.thing, one.kind, `${rest}${tail}`, queryOf(named));
            const reply = await ask(one.kind, edge.method, path, one.token);
            // An edge that is answered for any id is never hidden: it tells nothing about who is behind it.
            if (edge.forAnyId) assert.ok(reply.status < 400, `${one.title}: ${reply.text}`);
            else {
              const facts = factsOf(one, named, (name) => edge.params[name]?.required === true);
              compare(reply, edge.needs, { ...one, title: `${one.title}${queryOf(named)}` }, facts);
            }
          }
          asked += 1;
        }
        assert.ok(asked >= kinds.length - 1);
      });

    const guarded = Object.entries(node.fields).flatMap(([name, { needs, otherwise }]) =>
      needs ? [{ name, needs, otherwise }] : [],
    );
    if (guarded.length > 0)
      test('shows no field to whom its declaration does not name', async () => {
        for (const { name, needs, otherwise } of guarded)
          for await (const one of cases(things(), node.needs, needs)) {
            const reply = await ask(one.kind, 'GET', pathOf(one.thing, one.kind, '', `?fields=${name}`), one.token);
            const facts = one.thing.facts(one.kind, one.held);
            const readable = evaluate(node.needs, facts).ok;
            if (!readable || (otherwise === 'refuse' && !evaluate(needs, facts).ok))
              assert.ok(reply.status >= 400, `${name}, ${one.title}: ${reply.text}`);
            else if (!evaluate(needs, facts).ok && reply.status === 200)
              assert.equal(reply.body[name], undefined, `${name}, ${one.title}`);
          }
      });
  });

describe('the root calls', () => {
  for (const [path, operation] of graph.operations)
    if (operation.client === undefined)
      test(path, async () => {
        const [method = '', name = ''] = path.split(' ');
        const nowhere: Thing = {
          id: name,
          facts: (kind) => ({
            kind: byDesk(kind) ? 'user' : kind,
            dashboard: byDesk(kind),
            confirmed: kind === 'confirmed',
            permissions: new Set(),
            tasks: new Set(),
            appRoles: new Set(),
            self: false,
            ownApp: false,
          }),
          conditions: scene.conditionsOfCalls,
        };
        for await (const one of cases([nowhere], operation.needs))
          for (const named of ways(operation.needs)) {
            const reply = await ask(one.kind, method, `/${name}${queryOf(named)}`, one.token);
            const facts = factsOf(one, named, (parameter) => operation.params[parameter]?.required === true);
            compare(reply, operation.needs, { ...one, title: `${one.title}${queryOf(named)}` }, facts);
          }
      });

  for (const [path, { client, bearer, params }] of graph.operations)
    if (client !== undefined)
      test(`${path} is made by the client that its declaration names, with the token that it names`, async () => {
        const [method = '', name = ''] = path.split(' ');
        const [held] = holdings();
        const values = Object.entries(params).flatMap(([key, { required }]) =>
          required ? [`&${key}=${scene.values[key] ?? 'x'}`] : [],
        );
        for (const said of scene.clients)
          for (const kind of kinds.filter((one) => !byDesk(one))) {
            const token = held && (await scene.caller(kind, held));
            assert.ok(token !== undefined);
            const reply = await ask(kind, method, `/${name}?${said.query}${values.join('')}`, token);
            const isClient: boolean = client === 'secret' ? said.proven : said.named;
            const carries = bearer === undefined || (said.own && isIn<string>(bearer, kind));
            assert.equal(reached, isClient && carries, `${said.query} with ${kind}: ${reply.text}`);
          }
      });
});
