// The subject of a token: the Page that it acts as, otherwise its person, system user or account.
import { type DebugTokenData, type Secret, shape } from '@hallpass/protocol';
import { proofOf } from './accounts.ts';
import { ask, type RemoteAnswer, readFurther } from './ask.ts';
import type { OpenApp } from './open-app.ts';

/** The id of the subject; undefined where debug_token names none, as of an app. */
export const subjectOf = ({ type, profile_id, user_id }: DebugTokenData): string | undefined =>
  type === 'PAGE' ? profile_id : user_id;

interface RemoteSubject {
  id: string;
  name?: string | undefined;
  /** ADMIN or EMPLOYEE, of a system user. An employee sees only what it was assigned. */
  role?: string | undefined;
}

const subject = shape.object<{
  id: string | number;
  name?: string | undefined;
  username?: string | undefined;
  role?: string | undefined;
}>({
  id: shape.either(shape.text, shape.number),
  name: shape.optional(shape.text),
  username: shape.optional(shape.text),
  role: shape.optional(shape.text),
});

/** Asks whom a token speaks for, by a call with it. @param fields of `/me` */
export async function askSubject(
  { client, remote }: Pick<OpenApp, 'client' | 'remote'>,
  token: Secret,
  fields: 'id,name' | 'id,name,role' | 'id,username',
): Promise<RemoteAnswer<RemoteSubject>> {
  const params = { fields, ...(remote && proofOf(token, remote.secret)) };
  const answer = await ask(client, { method: 'GET', path: '/me', params, token: token.open() }, subject);
  return readFurther(answer, ({ id, name, username, role }) => ({ id: String(id), name: name ?? username, role }));
}
