// A `grant_type` is declared in this language: what it is for, whether the client must show the app secret, what it
// takes, which kinds of token it gives. Everything but `run` is data: checked, printed, compared.
import type { ErrorKey, TokenAnswer, TokenKind } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import type { App } from '../store/apps/apps.ts';
import type { ClientCredentials } from './client.ts';
import type { Context } from '../graph/language/context.ts';
import type { Args, Params } from '../graph/language/params.ts';

/**
 * The client must show this besides its id. A secret that is sent is checked in every case. `secret`: the app secret.
 * `secret_unless_bound`: the app secret, unless what is presented is bound to its holder in another way (the grant
 * decides). `none`: nothing, so the grant must give no more than was presented.
 */
type ClientNeed = 'secret' | 'secret_unless_bound' | 'none';

export interface Grant {
  /** Value of `grant_type`. */
  name: string;
  doc: string;
  client: ClientNeed;
  params: Params;
  /** Kinds of token it can give. */
  issues: readonly TokenKind[];
  run(context: Context, args: never, client: ClientCredentials): Promise<TokenAnswer>;
  /** Checks what is looked at before the secret. @throws GraphError redirect.* */
  first?(context: Context, app: App): void;
  /** The errors of each parameter, in the order in which they are looked at. */
  says?: Readonly<Record<string, readonly ErrorKey[]>>;
  /**
   * Told when the client did not show the right secret, before it is refused: what was presented may have been stolen.
   */
  refused?(context: Context, params: Readonly<Record<string, ParamValue>>): Promise<void>;
}

/** Declares a grant; the type of `args` follows from `params`. */
export function grant<P extends Params = Record<never, never>>(
  name: string,
  options: Omit<Grant, 'name' | 'params' | 'run'> & {
    params?: P;
    run(context: Context, args: Args<P>, client: ClientCredentials): Promise<TokenAnswer>;
  },
): Grant {
  return { name, ...options, params: options.params ?? {}, run: options.run as Grant['run'] };
}
