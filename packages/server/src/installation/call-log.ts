// The call log keeps the last calls of each app that were refused or came back short, with their explanations, and what
// was called in which version. It is kept in the memory of this node, is bounded, and holds no token and no parameter.
import { changesBetween, type Explanation, redact, type VersionChange, versions } from '@hallpass/protocol';
import type { GraphRequest } from '../wire/call.ts';
import type { AppId } from '../store/ids.ts';

const MOST_APPS = 300;
const CALLS_OF_AN_APP = 50;
const NAMES_OF_AN_APP = 200;
const LONGEST_NAME = 200;
const MOST_SEGMENTS = 4;

/** Method, version and path: what of a call may be repeated without a secret in it. */
export const nameOfCall = ({
  method,
  version,
  segments,
}: Pick<GraphRequest, 'method' | 'version' | 'segments'>): string => `${method} /${[version, ...segments].join('/')}`;

interface LoggedCall {
  fbtrace_id: string;
  /** Epoch seconds. */
  time: number;
  status: number;
  why: Explanation;
}

/** A counter of the calls of one kind in one version. */
interface VersionUse {
  version: GraphRequest['version'];
  call: string;
  calls: number;
  /** Epoch seconds. */
  last: number;
  /** The changes of newer versions that may touch a call of it. */
  changes: Set<VersionChange>;
}

interface AppLog {
  calls: LoggedCall[];
  uses: Map<string, VersionUse>;
}

export class CallLog {
  readonly #apps = new Map<string, AppLog>();
  /** The app that called last: its log is the newest already. */
  #last: { appId: AppId; log: AppLog } | undefined;

  /** @param why left out where nothing has to be explained */
  add(appId: AppId, call: GraphRequest, outcome: { time: number; status: number; why: Explanation | undefined }): void {
    const { time, status, why } = outcome;
    const log = this.#open(appId);
    count(log.uses, call, time);
    if (!why) return;
    log.calls.unshift({
      fbtrace_id: call.traceId,
      time,
      status,
      why: { ...why, call: redact(why.call).slice(0, LONGEST_NAME) },
    });
    if (log.calls.length > CALLS_OF_AN_APP) log.calls.pop();
  }

  /** Newest first. */
  calls(appId: AppId): readonly LoggedCall[] {
    return this.#apps.get(appId)?.calls ?? [];
  }

  uses(appId: AppId): readonly VersionUse[] {
    return [...(this.#apps.get(appId)?.uses.values() ?? [])];
  }

  /** The app that called least lately makes room. */
  #open(appId: AppId): AppLog {
    if (this.#last?.appId === appId) return this.#last.log;
    const log = this.#apps.get(appId) ?? { calls: [], uses: new Map() };
    this.#last = { appId, log };
    this.#apps.delete(appId);
    this.#apps.set(appId, log);
    const [oldest] = this.#apps.keys();
    if (this.#apps.size > MOST_APPS && oldest !== undefined) this.#apps.delete(oldest);
    return log;
  }
}

const NAME = /^[a-z][a-z_-]{0,40}$/;

/** Only names of the Graph stand in it: whatever else a path holds, such as an id or a token, is left out. */
function shownName({ method, version, segments }: GraphRequest): string {
  let name = `${method} /${version}`;
  for (let i = 0; i < segments.length && i < MOST_SEGMENTS; i++) {
    const segment = segments[i] ?? '';
    name += `/${NAME.test(segment) ? segment : '{id}'}`;
  }
  return name;
}

function count(uses: Map<string, VersionUse>, call: GraphRequest, time: number): void {
  const name = shownName(call);
  const known = uses.get(name);
  const changes = changesBetween(call.version, versions.newest, {
    method: call.method,
    has: (word) => hasWord(call, word),
  });
  if (known) {
    known.calls++;
    known.last = time;
    for (const change of changes) known.changes.add(change);
  } else if (uses.size < NAMES_OF_AN_APP)
    uses.set(name, { version: call.version, call: name, calls: 1, last: time, changes: new Set(changes) });
}

/** Looks for a name of the Graph in a call; no value is looked at. */
const hasWord = ({ segments, params, fields }: GraphRequest, word: string): boolean =>
  Object.hasOwn(params, word) ||
  segments.includes(word) ||
  (word.includes('/') && segments.join('/') === word) ||
  fields?.some(({ name }) => name === word) === true;
