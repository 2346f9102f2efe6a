// This run changes the key of the tokens while two hundred requests begin in each second, and then withdraws the
// earlier one. It counts wrong answers: how long one takes is no part of it, and requests begin on time whether or not the ones
// before are answered (threats CR-06, promise P-9).
import { Agent, request } from 'node:http';
import { parseJson, pause, shape } from '@hallpass/protocol';
import { app } from '../cast.ts';
import type { Measured } from '../child.ts';
import { wall } from '../make-server.ts';

export const ROTATION_HEADING = '## A key that is changed under load';

/** Requests that begin in a second. */
const RATE = 200;

interface Counted {
  when: string;
  requests: number;
  /** A good token that was refused, or one of the withdrawn key that was not refused with code 190. */
  wrong: number;
}

interface RotationMeasured {
  seconds: number;
  counts: Counted[];
}

interface Answer {
  status: number;
  text: string;
}

type Call = (path: string, token?: string, form?: Record<string, string>) => Promise<Answer>;
/** Makes one request, and answers whether its answer was right. */
type Act = () => Promise<boolean>;

const callsTo =
  (port: number, agent: Agent): Call =>
  (path, token, form) =>
    new Promise((resolve, reject) => {
      const asking = request(
        {
          host: '127.0.0.1',
          port,
          path,
          agent,
          method: form === undefined ? 'GET' : 'POST',
          headers: {
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
            ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
          },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part: string) => (text += part));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        },
      );
      asking.on('error', reject);
      asking.end(form === undefined ? undefined : new URLSearchParams(form).toString());
    });

/** Begins a request every five milliseconds, the acts in turns, and waits for all of them. */
async function load(when: string, seconds: number, acts: readonly Act[]): Promise<Counted> {
  const counted = { when, requests: 0, wrong: 0 };
  const answers: Promise<void>[] = [];
  const began = wall.ms();
  const ticking = wall.every(5, () => {
    for (const due = ((wall.ms() - began) * RATE) / 1000; counted.requests < due; counted.requests++)
      answers.push(
        (acts[counted.requests % acts.length] ?? (async () => true))()
          .catch(() => false)
          .then((isRight) => void (counted.wrong += isRight ? 0 : 1)),
      );
  });
  await pause(wall, seconds * 1000);
  ticking.cancel();
  await Promise.all(answers);
  return counted;
}

const made = shape.object<{ access_token: string }>({ access_token: shape.text });
const refusal = shape.object<{ error: { code: number } }>({
  error: shape.object<{ code: number }>({ code: shape.number }),
});
const known = shape.object<{ short: string; long: string }>({ short: shape.text, long: shape.text });

/** @param seconds of each of the four loads. @throws Error for an answer that was wrong, so that no page says otherwise */
export async function measureRotation(subject: Measured, seconds: number): Promise<RotationMeasured> {
  const agent = new Agent({ keepAlive: true, maxSockets: RATE });
  const call = callsTo(subject.port, agent);
  const tokensNow = async (): Promise<{ short: string; long: string }> => {
    const { tokens } = await subject.ask('tokens');
    if (!known(tokens)) throw new Error('The server gave no tokens.');
    return tokens;
  };
  const asks =
    (token: string): Act =>
    async () =>
      (await call('/me?fields=id', token)).status === 200;
  /** A short-lived token is exchanged, and the new one is used. */
  const exchanges =
    (short: string): Act =>
    async () => {
      const form = { client_id: app.id, client_secret: app.secret, grant_type: 'fb_exchange_token' };
      const { text } = await call('/oauth/access_token', undefined, { ...form, fb_exchange_token: short });
      const token = parseJson(made, text)?.access_token;
      return token !== undefined && asks(token)();
    };
  const asApp: Act = async () => (await call(`/${app.id}?fields=id`, `${app.id}|${app.secret}`)).status === 200;
  const isRefused =
    (token: string): Act =>
    async () => {
      const { status, text } = await call('/me?fields=id', token);
      return status === 400 && parseJson(refusal, text)?.error.code === 190;
    };
  const halfway = async (question: string): Promise<void> => {
    await pause(wall, seconds * 500);
    await subject.ask(question);
  };

  const old = await tokensNow();
  const ofOld = [asks(old.long), exchanges(old.short)];
  const [changed] = await Promise.all([
    load('while the key is changed', seconds, [...ofOld, asApp]),
    halfway('rotate'),
  ]);
  const next = await tokensNow();
  const ofNew = [asks(next.long), exchanges(next.short), asApp];
  const both = await load('with tokens of both keys', seconds, [...ofOld, ...ofNew]);
  const [withdrawn] = await Promise.all([
    load('while the earlier key is withdrawn, with tokens of the new one', seconds, ofNew),
    halfway('withdraw'),
  ]);
  const after = await load('afterwards, with tokens of both', seconds, [...ofNew, isRefused(old.long)]);
  const counts = [changed, both, withdrawn, after];
  agent.destroy();
  const wrong = counts.filter((one) => one.wrong > 0);
  if (wrong.length > 0) throw new Error(`There were wrong answers: ${JSON.stringify(wrong)}`);
  return { seconds, counts };
}

export const rotationTable = ({ counts }: RotationMeasured): string =>
  [
    '| requests | number | wrong answers |',
    '|---|---|---|',
    ...counts.map(({ when, requests, wrong }) => `| ${when} | ${requests.toLocaleString('en')} | ${wrong} |`),
  ].join('\n');

/** The part of the page. */
export const rotationPart = (measured: RotationMeasured, node: string): string => `${ROTATION_HEADING}

Made by \`npm run bench -- --rotation --write\` on Node ${node} with two shared cores, on SQLite in a file: ${RATE} requests begin in each second,
whether or not those before are answered (\`/me\`, exchanges of short-lived tokens, calls of the app). Halfway through the first row the key is
changed, and halfway through the third the earlier one is withdrawn. A wrong answer is a good token that is refused, or a token of the
withdrawn key that isn't refused with code 190; one fails the run.

${rotationTable(measured)}
`;
