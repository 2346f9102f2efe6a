// The Pages of a person or system user, and one Page by its id: the ways to a Page token. A Page may come without a
// token: that is told, and is never taken for an empty one.
import { createHmac } from 'node:crypto';
import type { GraphClient } from '@hallpass/client';
import { Secret, shape } from '@hallpass/protocol';
import { ask, away, type RemoteAnswer, readFurther } from './ask.ts';
import type { RemoteApp } from './extend.ts';

export interface RemotePage {
  id: string;
  name: string;
  /** Absent where the server gave none. */
  token?: Secret;
  tasks: string[];
}

interface AnsweredPage {
  id: string;
  name?: string | undefined;
  access_token?: string | undefined;
  tasks?: string[] | undefined;
}

interface AnsweredList {
  data: AnsweredPage[];
  paging?: { cursors?: { after?: string | undefined } | undefined; next?: string | undefined } | undefined;
}

const page = shape.object<AnsweredPage>({
  id: shape.text,
  name: shape.optional(shape.text),
  access_token: shape.optional(shape.text),
  tasks: shape.optional(shape.listOf(shape.text)),
});

const list = shape.object<AnsweredList>({
  data: shape.listOf(page),
  paging: shape.optional(
    shape.object<NonNullable<AnsweredList['paging']>>({
      cursors: shape.optional(shape.object<{ after?: string | undefined }>({ after: shape.optional(shape.text) })),
      next: shape.optional(shape.text),
    }),
  ),
});

const FIELDS = 'id,name,access_token,tasks';
/** Items that are asked for at a time, and the most pages of a list that are followed. */
const LIMIT = 100;
const MOST_PAGES = 500;

const pageOf = ({ id, name = '', access_token = '', tasks = [] }: AnsweredPage): RemotePage => ({
  id,
  name,
  tasks,
  ...(access_token.trim() !== '' && { token: new Secret(access_token) }),
});

/** Shows that the caller knows the app secret: an app may demand it of each call with a person's token. */
export const proofOf = (token: Secret, secret: Secret): { appsecret_proof: string } => ({
  appsecret_proof: createHmac('sha256', secret.open()).update(token.open()).digest('hex'),
});

/** The app that a person's token is of; its secret proves the call where it is known. */
type Asking = Pick<RemoteApp, 'client'> & Partial<Pick<RemoteApp, 'secret'>>;

/** Lists the businesses that a token speaks for. The same rules hold as for Pages. */
export const businesses = (app: Asking, token: Secret): Promise<RemoteAnswer<RemotePage[]>> =>
  accounts(app, token, '/me/businesses', 'id,name');

/**
 * Lists Pages to the last one. Half a list is no list: a fault on any of its pages is the answer.
 *
 * @param path `/me/accounts`, or an edge of a business that lists Pages
 */
export async function accounts(
  app: Asking,
  token: Secret,
  path = '/me/accounts',
  fields = FIELDS,
): Promise<RemoteAnswer<RemotePage[]>> {
  const found: RemotePage[] = [];
  const seen = new Set<string>();
  const proof = app.secret && proofOf(token, app.secret);
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    // The address of the next page may carry a token: the cursor alone is taken from it.
    const params = { fields, limit: String(LIMIT), ...proof, ...(after !== undefined && { after }) };
    const answer = await ask(app.client, { method: 'GET', path, params, token: token.open() }, list);
    if (answer.fault) return answer;
    found.push(...answer.value.data.map(pageOf));
    const { next, cursors } = answer.value.paging ?? {};
    if (next === undefined) return { usage: answer.usage, value: found };
    after = cursors?.after ?? cursorIn(next);
    if (after === undefined || seen.has(after)) return away("The list of Pages doesn't end.", answer.usage);
    seen.add(after);
  }
  return away(`The list of Pages has more than ${MOST_PAGES * LIMIT} entries.`);
}

const cursorIn = (next: string): string | undefined => URL.parse(next)?.searchParams.get('after') ?? undefined;

/** Reads one Page by its id, with its token where the server gives one. */
export async function readPage(app: Asking, token: Secret, id: string): Promise<RemoteAnswer<RemotePage>> {
  const params = { fields: 'id,name,access_token', ...(app.secret && proofOf(token, app.secret)) };
  const answer = await ask(
    app.client,
    { method: 'GET', path: `/${encodeURIComponent(id)}`, params, token: token.open() },
    page,
  );
  return readFurther(answer, (read) => (read.id === id ? pageOf(read) : undefined));
}

/** Shows by a call whether a token works that no debug_token knows. The answer is the id that it speaks for. */
export async function worksAtAll(client: GraphClient, token: Secret): Promise<RemoteAnswer<string>> {
  const answer = await ask(client, { method: 'GET', path: '/me', params: { fields: 'id' }, token: token.open() }, page);
  return readFurther(answer, ({ id }) => id);
}
