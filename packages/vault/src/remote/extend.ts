// A token with a full life in place of one that is still alive: each service has its own call for it. Whatever comes
// back without a token in it is no new token.
import type { GraphClient } from '@hallpass/client';
import { Secret, shape } from '@hallpass/protocol';
import { type Extension, kindOf, type TokenKindName } from '../kinds.ts';
import { ask, type RemoteAnswer, type RemoteQuestion, readFurther } from './ask.ts';

/** An app of the holder, with the way to its service. */
export interface RemoteApp {
  client: GraphClient;
  id: string;
  secret: Secret;
}

export interface NewToken {
  token: Secret;
  /** Seconds; absent where the server names none, which says nothing of an end. */
  expiresIn?: number;
}

interface AnsweredToken {
  access_token: string;
  expires_in?: number | string | undefined;
}

const answered = shape.object<AnsweredToken>({
  access_token: shape.text,
  expires_in: shape.optional(shape.either(shape.number, shape.text)),
});

/** Reads the answer of a token endpoint; an empty token is none. */
function newTokenIn({ access_token, expires_in }: AnsweredToken): NewToken | undefined {
  if (access_token.trim() === '') return undefined;
  const seconds = Number(expires_in ?? 0);
  return {
    token: new Secret(access_token),
    ...(Number.isSafeInteger(seconds) && seconds > 0 && { expiresIn: seconds }),
  };
}

/** The question that the table of kinds describes. */
function questionOf(
  { grant, method, path, parameter, app, also }: Extension,
  token: Secret,
  { id, secret }: RemoteApp,
): RemoteQuestion {
  return {
    method,
    path,
    params: {
      grant_type: grant,
      ...(app === 'id_and_secret' && { client_id: id }),
      ...(app !== 'nothing' && { client_secret: secret.open() }),
      ...also,
      [parameter]: token.open(),
    },
  };
}

/** Asks for a new token of this kind. @throws TypeError for a kind that cannot be extended */
export async function extend(kind: TokenKindName, token: Secret, app: RemoteApp): Promise<RemoteAnswer<NewToken>> {
  const { extension } = kindOf(kind);
  if (extension === undefined) throw new TypeError(`A token of the kind ${kind} can't be extended.`);
  return readFurther(await ask(app.client, questionOf(extension, token, app), answered), newTokenIn);
}

/** A token for a code, with the account that it is for where the service says so. */
export interface RedeemedToken extends NewToken {
  subjectId?: string;
}

interface AnsweredCode extends AnsweredToken {
  user_id?: string | number | undefined;
}

const codeAnswered = shape.object<AnsweredCode>({
  access_token: shape.text,
  expires_in: shape.optional(shape.either(shape.number, shape.text)),
  user_id: shape.optional(shape.either(shape.text, shape.number)),
});
/** Instagram puts its answer into a list of one. */
const listed = shape.object<{ data: AnsweredCode[] }>({ data: shape.listOf(codeAnswered) });

/**
 * Asks for the token of a code that a dialog ended with. @param verifier the secret of PKCE, where the dialog was given
 * its hash @param grant the `grant_type`, where the service wants one
 */
export async function redeem(
  { client, id, secret }: RemoteApp,
  { code, redirectUri, verifier, grant }: { code: Secret; redirectUri: string; verifier?: Secret; grant?: string },
): Promise<RemoteAnswer<RedeemedToken>> {
  const params = {
    client_id: id,
    client_secret: secret.open(),
    redirect_uri: redirectUri,
    code: code.open(),
    ...(grant !== undefined && { grant_type: grant }),
    ...(verifier && { code_verifier: verifier.open() }),
  };
  const question: RemoteQuestion = { method: 'POST', path: '/oauth/access_token', params };
  const answer = await ask(client, question, shape.either(codeAnswered, listed));
  return readFurther(answer, (value) => {
    const one = 'data' in value ? value.data[0] : value;
    const token = one && newTokenIn(one);
    return token && { ...token, ...(one?.user_id !== undefined && { subjectId: String(one.user_id) }) };
  });
}
