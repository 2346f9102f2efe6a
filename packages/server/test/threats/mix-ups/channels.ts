// This module makes one Graph call with its token in every place where a token may stand: what is decided about a
// credential must not hang on the way it travelled (threats I-10, I-11).
import type { Reply, TestWorld } from '../../world.ts';

export interface Asked {
  method: 'GET' | 'POST' | 'DELETE';
  /** Without version and query. */
  path: string;
  params?: Record<string, string>;
}

type Way = (t: TestWorld, asked: Asked, token: string) => Promise<Reply>;

const HOST = 'localhost:4000';
const form = (params: Record<string, string>) => new URLSearchParams(params).toString();

const replyOf = (status: number, headers: Reply['headers'], text: string): Reply => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status, headers, body, text };
};

async function send(
  t: TestWorld,
  { method, path }: Asked,
  query: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Reply> {
  const answer = await t.send({ method, path, query, headers: { host: HOST, ...headers }, body: Buffer.from(body) });
  return replyOf(answer.status, answer.headers, String(answer.body));
}

const multipart = (params: Record<string, string>): string =>
  `${Object.entries(params)
    .map(([name, value]) => `--part\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--part--\r\n`;

/** The answer of the only item of a batch, as if it had come alone. */
function slotOf(reply: Reply): Reply {
  const [slot] = reply.body as [{ code: number; headers: { name: string; value: string }[]; body: string }];
  return replyOf(slot.code, Object.fromEntries(slot.headers.map(({ name, value }) => [name, value])), slot.body);
}

/** Every way. Tokens that cannot stand in a header (a space in them) are for the caller to leave out. */
export const ways: Readonly<Record<string, Way>> = {
  query: (t, asked, token) => send(t, asked, form({ ...asked.params, access_token: token })),
  'a versioned path': (t, asked, token) =>
    send(t, { ...asked, path: `/v3.2${asked.path}` }, form({ ...asked.params, access_token: token })),
  form: (t, asked, token) =>
    send(
      t,
      asked,
      '',
      { 'content-type': 'application/x-www-form-urlencoded' },
      form({ ...asked.params, access_token: token }),
    ),
  JSON: (t, asked, token) =>
    send(
      t,
      asked,
      '',
      { 'content-type': 'application/json' },
      JSON.stringify({ ...asked.params, access_token: token }),
    ),
  multipart: (t, asked, token) =>
    send(
      t,
      asked,
      '',
      { 'content-type': 'multipart/form-data; boundary=part' },
      multipart({ ...asked.params, access_token: token }),
    ),
  Bearer: (t, asked, token) => send(t, asked, form({ ...asked.params }), { authorization: `Bearer ${token}` }),
  OAuth: (t, asked, token) => send(t, asked, form({ ...asked.params }), { authorization: `OAuth ${token}` }),
  'method=': (t, asked, token) =>
    send(
      t,
      { ...asked, method: asked.method === 'GET' ? 'POST' : 'GET' },
      form({ ...asked.params, access_token: token, method: asked.method.toLowerCase() }),
    ),
  'an item of a batch': async (t, asked, token) =>
    slotOf(await t.post('/', { batch: JSON.stringify([itemOf(asked, { access_token: token })]) })),
  'the token of a batch': async (t, asked, token) => {
    const whole = await t.post('/', { access_token: token, batch: JSON.stringify([itemOf(asked, {})]) });
    return Array.isArray(whole.body) ? slotOf(whole) : whole;
  },
};

/** The call as an item of a batch. */
export function itemOf({ method, path, params }: Asked, more: Record<string, string>): Record<string, string> {
  const text = form({ ...params, ...more });
  return method === 'POST'
    ? { method, relative_url: path.slice(1), body: text }
    : { method, relative_url: `${path.slice(1)}?${text}` };
}
