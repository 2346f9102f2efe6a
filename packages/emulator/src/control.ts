// The control interface under `/_/emulator/`: for programs and scripts that hold its token, never for web pages
// (threats EM-04): whatever a browser sends for a page has an Origin, or cannot have the header.
import { createHash, timingSafeEqual } from 'node:crypto';
import { type HttpResponse, type HttpRequest, type Installation, roleOf, type Settings } from '@hallpass/server';
import { appActs, appNamed, type OperatorAct, personActs, personNamed } from '@hallpass/server/operator';
import { GraphError } from '@hallpass/protocol';
import type { EmulatorClock } from './clock.ts';
import { bodyOf, durationOrSeconds, Wrong, yesNoOf } from './control-body.ts';
import type { Seed } from './seed/read.ts';
import { momentOf } from './seed/moments.ts';

const ROOT = '/_/emulator/';
/** The furthest that a clock is moved at once: ten years of hourly work. */
const FURTHEST = 3650 * 86_400;
/** Usage beyond all of it looks like an app that went on calling. */
const MOST_PERCENT = 1000;

interface ControlTarget {
  clock: EmulatorClock;
  seed: Seed;
  token: string;
  settings: Settings;
  /** The installation of the world as it is now. */
  installation(): Installation;
  reset(): Promise<void>;
  /** Is called after the clock was moved. */
  moved(): void;
}

/** Answers what is asked under `/_/emulator/`; undefined for everything else. */
export function controlled(emulator: ControlTarget): (incoming: HttpRequest) => Promise<HttpResponse> | undefined {
  return (incoming) => (incoming.path.startsWith(ROOT) ? answer(emulator, incoming) : undefined);
}

async function answer(emulator: ControlTarget, incoming: HttpRequest): Promise<HttpResponse> {
  try {
    admit(emulator, incoming);
    const route = routes[incoming.path.slice(ROOT.length)];
    if (!route)
      throw new Wrong(
        404,
        `There is only ${Object.keys(routes)
          .map((name) => ROOT + name)
          .join(', ')}.`,
      );
    const act = route[incoming.method];
    if (!act) throw new Wrong(405, `Use ${Object.keys(route).join(' or ')}.`);
    return json(200, await act(emulator, incoming));
  } catch (error) {
    if (error instanceof Wrong) return json(error.status, { error: { message: error.message } });
    // An act that the rules of the platform refuse.
    if (error instanceof GraphError && error.status < 500) return json(400, { error: { message: error.message } });
    throw error;
  }
}

function admit({ token, settings }: ControlTarget, { host, headers }: HttpRequest): void {
  if (roleOf(host, settings) === undefined) throw new Wrong(421, 'This host is not served here.');
  if (headers.origin !== undefined) throw new Wrong(403, 'Web pages may not control the emulator.');
  const [, presented] = /^Bearer ([0-9a-f]+)$/.exec(headers.authorization ?? '') ?? [];
  if (presented === undefined || !same(presented, token))
    throw new Wrong(401, 'Send the control token that was printed at the start: Authorization: Bearer <token>');
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

type Act = (emulator: ControlTarget, incoming: HttpRequest) => unknown;

const routes: Readonly<Record<string, Readonly<Record<string, Act>>>> = {
  state: { GET: stateOf },
  clock: { GET: ({ clock }) => clockState(clock), POST: moveClock },
  person: { POST: (emulator, incoming) => operate(emulator, incoming, personActs, personNamed) },
  app: { POST: (emulator, incoming) => operate(emulator, incoming, appActs, appNamed) },
  usage: { POST: useUp },
  reset: {
    async POST(emulator) {
      await emulator.reset();
      emulator.moved();
      return stateOf(emulator);
    },
  },
};

function stateOf({ clock, seed }: ControlTarget) {
  const { people, apps, pages } = seed.world;
  const named = (list: readonly { id: string; name: string }[]) => list.map(({ id, name }) => ({ id, name }));
  return { world: seed.name, clock: clockState(clock), people: named(people), apps: named(apps), pages: named(pages) };
}

function clockState(clock: EmulatorClock) {
  const now = clock.now();
  return { now, time: new Date(now * 1000).toISOString(), frozen: clock.frozen };
}

/**
 * `advance` (seconds, or 90m, 2h, 61d), `set` (a moment) and `freeze` (true or false), in this order where several are
 * given.
 */
async function moveClock({ clock, moved }: ControlTarget, incoming: HttpRequest) {
  const body = bodyOf(incoming, ['advance', 'set', 'freeze']);
  const seconds = body.advance === undefined ? undefined : durationOrSeconds(body.advance);
  if (seconds !== undefined && seconds > FURTHEST) throw new Wrong(400, 'advance: at most ten years at once');
  const moment = body.set === undefined ? undefined : momentOf(body.set);
  if (body.set !== undefined && moment === undefined)
    throw new Wrong(400, 'set: must be a moment such as 2026-11-21T12:00:00Z');
  if (moment !== undefined && moment - clock.now() > FURTHEST) throw new Wrong(400, 'set: at most ten years ahead');
  const freeze = body.freeze === undefined ? undefined : yesNoOf('freeze', body.freeze);
  if (seconds !== undefined) await clock.advance(seconds);
  if (moment !== undefined) await clock.set(moment);
  if (freeze !== undefined) clock.freeze(freeze);
  moved();
  return clockState(clock);
}

/**
 * `who` (an id, or a person's e-mail address) and `act`: what an operator of the platform can do, see `hallpass person`
 * and `hallpass app`.
 */
async function operate(
  { installation }: ControlTarget,
  incoming: HttpRequest,
  acts: Readonly<Record<string, OperatorAct>>,
  find: (installation: Installation, named: string) => Promise<{ id: string } | undefined>,
) {
  const body = bodyOf(incoming, ['who', 'act']);
  const act = body.act !== undefined && Object.hasOwn(acts, body.act) ? acts[body.act] : undefined;
  if (!act) throw new Wrong(400, `act: must be one of ${Object.keys(acts).join(', ')}`);
  const target = body.who === undefined ? undefined : await find(installation(), body.who);
  if (!target) throw new Wrong(404, 'who: there is nobody and nothing of that name here');
  const result = await act.run(installation(), target.id);
  return { id: target.id, done: result !== false, ...(typeof result === 'string' ? { secret: result } : {}) };
}

/**
 * `app` and `percent`: so much of the limit is used up now. With `page`, `account` (an ad account) or `person` it is
 * the
 * limit of the app on that one.
 */
async function useUp({ installation }: ControlTarget, incoming: HttpRequest) {
  const {
    app: id,
    percent: text,
    page,
    account,
    person,
  } = bodyOf(incoming, ['app', 'percent', 'page', 'account', 'person']);
  const percent = Number(text ?? Number.NaN);
  if (!(percent >= 0 && percent <= MOST_PERCENT))
    throw new Wrong(400, `percent: must be a number from 0 to ${MOST_PERCENT}`);
  const { usage, db } = installation();
  const app = id === undefined ? undefined : await appNamed(installation(), id);
  if (!app) throw new Wrong(404, 'app: there is no such app here');
  const behind = person === undefined ? undefined : await personNamed(installation(), person);
  if (person !== undefined && !behind) throw new Wrong(404, 'person: there is nobody of that name here');
  if (page !== undefined && !(await db.read.selectFrom('pages').select('id').where('id', '=', page).executeTakeFirst()))
    throw new Wrong(404, 'page: there is no such Page here');
  const limits = await usage.pretend(
    app,
    {
      ...(page === undefined ? {} : { page }),
      ...(account === undefined ? {} : { account: account.replace(/^act_/, '') }),
      ...(behind === undefined ? {} : { person: behind.id }),
    },
    percent,
  );
  return { app: app.id, limits, percent };
}

function json(status: number, value: unknown): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: JSON.stringify(value),
  };
}
