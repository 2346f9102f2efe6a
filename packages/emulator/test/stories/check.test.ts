// A check tells an app that handles a story well from one that does not: every story, against the two health commands of
// examples/health, in this process and without waiting.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  brokenIn,
  type CheckModule,
  type CheckRuleId,
  checkStories,
  type HandedValues,
  recordCalls,
} from '../../src/check/index.ts';
import type { Emulator, StoryName } from '../../src/index.ts';
import { storyNames } from '../../src/stories/play-story.ts';
import { emulator } from '../outside.ts';

/** The careless command breaks these rules in each story: the report must name them. */
const wrongs: Readonly<Record<StoryName, CheckRuleId[]>> = {
  'password-changed': ['dead-token-retried'],
  'account-locked': ['dead-token-retried', 'asked-in-vain', 'connection-lost'],
  checkpoint: ['dead-token-retried', 'asked-in-vain', 'connection-lost'],
  'account-unconfirmed': ['dead-token-retried', 'asked-in-vain', 'connection-lost'],
  'logged-out': ['dead-token-retried'],
  'account-deleted': ['dead-token-retried'],
  'app-removed': ['dead-token-retried'],
  'app-removed-with-deletion': ['dead-token-retried'],
  'app-removed-and-re-added': ['dead-token-retried'],
  'permission-taken-back': ['permission-as-dead-token', 'asked-without-rerequest'],
  'permission-declined': ['permission-as-dead-token', 'asked-without-rerequest'],
  'ninety-days-quiet': ['dead-token-retried'],
  'left-the-company': ['dead-token-retried'],
  'page-only-through-business': ['permission-as-dead-token'],
  'business-enforces-two-factor': ['dead-token-retried', 'asked-in-vain', 'connection-lost'],
  'page-unticked': ['dead-token-retried', 'asked-without-rerequest'],
  'system-user-uninstalled': ['dead-token-retried'],
  'sixty-day-system-user': ['dead-token-retried'],
  'test-user-deleted': ['dead-token-retried'],
  'secret-leaked-and-reset-by-platform': ['dead-token-retried'],
  'app-disabled': ['dead-token-retried', 'asked-in-vain', 'connection-lost'],
  'app-deleted': ['dead-token-retried'],
  'tokens-ended': ['dead-token-retried'],
  'app-in-development': ['dead-token-retried', 'connection-lost'],
  'version-sunset': ['ended-version'],
  'desktop-switch': ['refused-call-repeated', 'connection-lost'],
  'permission-downgraded': ['permission-as-dead-token', 'asked-in-vain'],
  'rate-limited': ['limit-without-pause', 'asked-in-vain', 'connection-lost'],
  'person-rate-limited': ['limit-without-pause', 'asked-in-vain', 'connection-lost'],
  'api-access-blocked': ['block-ignored', 'asked-in-vain', 'connection-lost'],
  'token-expired': ['dead-token-retried'],
  // The clock of the platform alone goes ahead: nothing that a command of this kind does depends on it.
  'clock-skewed': [],
  'token-refused-once': ['connection-lost'],
  'code-used-twice': ['code-sent-again'],
  'code-expired': ['code-sent-again'],
  'extend-refused': ['dead-token-retried'],
  'dialog-fails': ['code-sent-again'],
  'graph-away': ['transient-hammered', 'connection-lost'],
  'unknown-error': ['connection-lost'],
  'answer-lost': ['connection-lost'],
  'slow-answers': ['no-time-limit'],
  'connection-reset': ['crashed'],
  'answer-cut': ['crashed'],
};

/** Real time of the command: it waits by saying so. */
let ms = 0;
const calls = recordCalls(() => ms);
let world: Emulator;
before(async () => {
  world = await emulator({ observe: calls.note });
});
after(() => world.close());

/** Answers as a connection would bring them, without one. */
async function fetchHere(
  address: string,
  { method = 'GET', body, signal }: { method?: string; body?: URLSearchParams; signal?: AbortSignal } = {},
) {
  const { pathname, search } = new URL(address);
  const answer = await world.handle({
    method,
    host: 'localhost',
    scheme: 'https',
    path: pathname,
    query: search.slice(1),
    headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(body?.toString() ?? ''),
    address: '127.0.0.1',
  });
  const fault =
    'connection' in answer ? (answer.connection as { name: string; attributes: Record<string, number> }) : undefined;
  const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString();
  if (fault?.name === 'CONNECTION_RESET_BY_PEER') throw new TypeError('fetch failed');
  if (fault?.name === 'latency') {
    ms += signal ? 2000 : (fault.attributes['latency'] ?? 0);
    if (signal) throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  }
  ms += 5;
  return new Response(fault?.name === 'bad_json' ? text.slice(0, text.length / 2) : text, { status: answer.status });
}

interface HealthOutside {
  fetch: typeof fetchHere;
  print(line: string): void;
  pause(ms: number): Promise<void>;
  store: { broken?: boolean };
}

type Health = (values: Record<string, string>, outside: HealthOutside) => Promise<number>;

/** The health command of an example, which is plain JavaScript. */
async function healthOf(name: string): Promise<Health> {
  const file = new URL(`../../../../examples/health/${name}.mjs`, import.meta.url);
  const { health }: { health: Health } = await import(file.href);
  return health;
}

/** Runs a health command as a process would: what nobody catches is printed, and the end is 1. */
async function runHere(health: Health, values: HandedValues, store: { broken?: boolean }) {
  const began = ms;
  const printed: string[] = [];
  const outside = {
    fetch: fetchHere,
    print: (line: string) => void printed.push(line),
    pause: async (wait: number) => void (ms += wait),
    store,
  };
  const {
    token_kind: tokenKind,
    page_id: pageId,
    app_id: appId,
    app_secret: appSecret,
    return_url: returnUrl,
  } = values;
  let code = 1;
  try {
    code = await health({ token: values.token, tokenKind, pageId, appId, appSecret, returnUrl }, outside);
  } catch (error) {
    printed.push(`Uncaught ${error instanceof Error ? error.stack : ''}`);
  }
  return { code, signal: undefined, timedOut: false, ms: ms - began, output: printed.join('\n') };
}

async function modulesOf(health: Health): Promise<Map<StoryName, CheckModule>> {
  const [fern, ledger] = world.seed.world.apps;
  const ofServers: readonly StoryName[] = ['system-user-uninstalled', 'sixty-day-system-user'];
  const modules: CheckModule[] = [];
  for (const [app, stories] of [
    [fern, storyNames.filter((name) => !ofServers.includes(name))],
    [ledger, ofServers],
  ] as const) {
    assert.ok(app);
    let store: { broken?: boolean } = {};
    modules.push(
      ...(await checkStories({
        emulator: world,
        app,
        person: world.people.get('Ana'),
        scope: 'email,pages_show_list,pages_read_engagement,pages_manage_posts',
        stories,
        calls,
        run: (values) => runHere(health, values, store),
        restore: async () => void (store = {}),
      })),
    );
  }
  return new Map(modules.map((module) => [module.story, module]));
}

const tellOf = ({ reason, conditions, after: run, output }: CheckModule): string =>
  JSON.stringify({ reason, broken: brokenIn({ conditions }), asked: run?.asked, output }, null, 1);

test('a careful app passes every story', async () => {
  for (const [story, module] of await modulesOf(await healthOf('careful'))) {
    assert.ok(['passed', 'untouched'].includes(module.state), `${story}: ${tellOf(module)}`);
    if (module.state === 'untouched') assert.equal(story, 'none', `${story}: ${tellOf(module)}`);
  }
});

test('of a careless app the report says in every story what is wrong', async () => {
  for (const [story, module] of await modulesOf(await healthOf('careless'))) {
    const broken: readonly string[] = brokenIn(module).map(({ rule }) => rule);
    for (const rule of wrongs[story]) assert.ok(broken.includes(rule), `${story} lacks ${rule}: ${tellOf(module)}`);
    if (wrongs[story].length > 0) assert.ok(['failed', 'warned'].includes(module.state), story);
  }
});
