// Makes the calls of a recording in a world of ours and compares the answers.
import { parseJson, shape } from '@hallpass/protocol';
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import { type Difference, differences } from './compare.ts';
import type { RecordedBody, RecordedCall, Recording } from './recording.ts';
import { StandIns } from './stand-ins.ts';

export interface ComparedCall {
  method: string;
  /** With its version, and without parameters. */
  path: string;
  status: { recorded: number; ours: number };
  differences: Difference[];
  /** The reason for which it was not compared. */
  skipped?: string;
}

/** @returns each call of the recording, in its order */
export async function driftOf(recording: Recording, world: EmulatedWorld): Promise<ComparedCall[]> {
  const standIns = new StandIns(recording, world);
  const compared: ComparedCall[] = [];
  for (const call of recording.calls) compared.push(await compare(call, standIns, world));
  return compared;
}

async function compare(call: RecordedCall, standIns: StandIns, world: EmulatedWorld): Promise<ComparedCall> {
  const { request, response } = call;
  const theirs = valueOf(response.body);
  const about = { method: request.method, path: request.path };
  if (theirs === undefined)
    return {
      ...about,
      status: { recorded: response.status, ours: response.status },
      differences: [],
      skipped: 'a page or file',
    };
  await standIns.prepare(call);
  const answer = await world.handle(asked(call, theirs, standIns));
  const ours = valueOf(bodyOf(answer));
  standIns.learn(theirs, ours);
  const status = { recorded: response.status, ours: answer.status };
  if (isOfToken(theirs) && !isOfToken(ours))
    return { ...about, status, differences: [], skipped: 'the token had died, and nothing says why' };
  const found = differences(theirs, ours);
  if (status.recorded !== status.ours)
    found.unshift({ path: '', what: 'status', recorded: String(status.recorded), ours: String(status.ours) });
  return { ...about, status, differences: found };
}

function asked({ request }: RecordedCall, answered: unknown, standIns: StandIns): HttpRequest {
  const segments = request.path.split('/');
  const path = segments
    .map((segment) => (/^\d{5,}$/.test(segment) ? standIns.id(segment, segments, answered) : standIns.text(segment)))
    .join('/');
  const pairs = (list: readonly [string, string][]): string =>
    new URLSearchParams(
      list.map(([name, value]): [string, string] => [standIns.text(name), standIns.text(value)]),
    ).toString();
  const body = request.body && writtenBody(request.body, standIns, pairs);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, standIns.text(value)]);
  return {
    method: request.method,
    host: 'localhost',
    scheme: 'https',
    path,
    query: pairs(request.query),
    headers: { ...Object.fromEntries(headers), host: 'localhost' },
    body: Buffer.from(body ?? ''),
    address: '127.0.0.1',
  };
}

function writtenBody(
  body: RecordedBody,
  standIns: StandIns,
  pairs: (list: readonly [string, string][]) => string,
): string {
  if ('json' in body) return JSON.stringify(standIns.json(body.json));
  if ('form' in body) return pairs(body.form);
  return 'text' in body ? standIns.text(body.text) : '';
}

const refusal = shape.object<{ error: { code: number } }>({
  error: shape.object<{ code: number }>({ code: shape.number }),
});
const TOKEN_REFUSED = 190;
const isOfToken = (answer: unknown): boolean => refusal(answer) && answer.error.code === TOKEN_REFUSED;

/** The body of an answer in the form in which a recording has it. */
function bodyOf({ body, headers }: HttpResponse): RecordedBody {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  const type = String(headers['content-type'] ?? '');
  const json = parseJson((value): value is unknown => value !== undefined, text);
  if (json !== undefined && /^\s*[{[]/.test(text)) return { json };
  return /^text\/plain|^$/.test(type) ? { text } : { left_out: type };
}

/** The value to compare; undefined for pages and files. */
function valueOf(body: RecordedBody): unknown {
  if ('json' in body) return body.json;
  return 'text' in body ? body.text : undefined;
}
