// People of a story act at the pages for apps and businesses, and programs act by calls of the Graph.
import { parseJson, shape } from '@hallpass/protocol';
import { Dashboard, type HeadlessBrowser } from '@hallpass/server/testing';
import type { EmulatorPerson } from '../people/people.ts';
import type { Place } from './story.ts';

/** The answer to a call, as far as stories read it. */
interface GraphAnswer {
  id?: string;
  access_token?: string;
  invite_link?: string;
  /** Rows of a list. */
  data?: Row[];
  error?: { message: string; code: number; error_subcode?: number };
}

interface Row {
  id?: string;
  name?: string;
  email?: string;
  access_token?: string;
  tasks?: string[];
  permission?: string;
  status?: string;
  app?: { id?: string };
  is_valid?: boolean;
  expires_at?: number;
}

const row = shape.object<Row>({
  id: shape.optional(shape.text),
  name: shape.optional(shape.text),
  email: shape.optional(shape.text),
  access_token: shape.optional(shape.text),
  tasks: shape.optional(shape.listOf(shape.text)),
  permission: shape.optional(shape.text),
  status: shape.optional(shape.text),
  app: shape.optional(shape.object<{ id?: string }>({ id: shape.optional(shape.text) })),
  is_valid: shape.optional(shape.boolean),
  expires_at: shape.optional(shape.number),
});

const answerShape = shape.object<GraphAnswer>({
  id: shape.optional(shape.text),
  access_token: shape.optional(shape.text),
  invite_link: shape.optional(shape.text),
  data: shape.optional(shape.listOf(row)),
  error: shape.optional(
    shape.object<NonNullable<GraphAnswer['error']>>({
      message: shape.text,
      code: shape.number,
      error_subcode: shape.optional(shape.number),
    }),
  ),
});

type Form = Readonly<Record<string, string>>;
type Method = 'GET' | 'POST' | 'DELETE';

/** A call as a program makes it; a refusal is an answer too. */
export async function askGraph(
  { person }: Pick<Place, 'person'>,
  method: Method,
  path: string,
  form: Form = {},
): Promise<GraphAnswer> {
  const query = new URLSearchParams(form).toString();
  const { html } = await person
    .openBrowser()
    .ask(
      `/v25.0${path}${method === 'POST' ? '' : `?${query}`}`,
      method === 'POST'
        ? { method, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: query }
        : { method },
    );
  return parseJson(answerShape, html) ?? {};
}

/** A call as a program makes it. @throws Error with the words of a refusal */
export async function callGraph(...call: Parameters<typeof askGraph>): Promise<GraphAnswer> {
  const answer = await askGraph(...call);
  if (answer.error) throw new Error(answer.error.message);
  return answer;
}

/** Somebody at the pages for apps and businesses, where every act is a call of the session. */
export interface Desk {
  readonly person: EmulatorPerson;
  /** @throws Error with the name of the person and the words of a refusal */
  act(method: Method, path: string, form?: Form): Promise<GraphAnswer>;
  /** Gives the password again, as the page asks before acts that cannot be taken back. */
  confirm(): Promise<void>;
}

/** @param browser in which the person is logged in already */
export async function atDesk(person: EmulatorPerson, browser?: HeadlessBrowser): Promise<Desk> {
  const dashboard = new Dashboard(browser ?? (await person.signIn()));
  await dashboard.session();
  return {
    person,
    async act(method, path, form = {}) {
      const reply =
        method === 'POST'
          ? await dashboard.post(path, form)
          : await dashboard.raw(method, `/console/graph${path}${asQuery(form)}`);
      const answer = parseJson(answerShape, reply.text) ?? {};
      if (answer.error) throw new Error(`${person.name}: ${answer.error.message}`);
      return answer;
    },
    async confirm() {
      await dashboard.confirm(person.password);
    },
  };
}

const asQuery = (form: Form): string =>
  Object.keys(form).length === 0 ? '' : `?${new URLSearchParams(form).toString()}`;
