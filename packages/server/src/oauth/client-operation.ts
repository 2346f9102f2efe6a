// Operations that are made by the server of an app as an OAuth client: it says who it is, shows its secret where that
// is asked for, and may have to hand over a living token of its own as `access_token`. All of it stands in the
// declaration and is looked at before the operation runs.
import { anyone, graphError, type TokenKind } from '@hallpass/protocol';
import type { Method } from '@hallpass/protocol/request';
import type { Context } from '../graph/language/context.ts';
import type { Args, Params } from '../graph/language/params.ts';
import { type Operation, operation } from '../graph/language/schema.ts';
import type { ViewerOf } from '../graph/authentication/viewer.ts';
import type { App } from '../store/apps/apps.ts';
import { clientApp, provenClient } from './client.ts';
import { viewerOf } from './handed-token.ts';

interface OAuthClient<K extends TokenKind> {
  app: App;
  /** The viewer behind the `access_token`; undefined where none is asked for. */
  bearer: [K] extends [never] ? undefined : ViewerOf<K>;
}

type ClientOptions<P extends Params, K extends TokenKind> = Omit<
  Operation,
  'place' | 'method' | 'path' | 'needs' | 'params' | 'admit' | 'run' | 'ownCredentials' | 'client' | 'bearer'
> & {
  client: NonNullable<Operation['client']>;
  /** Kinds of token of which `access_token` must be one, living and of the same app. */
  bearer?: readonly K[];
  /** It makes or ends something by GET too, so HEAD, which may do neither, is refused. */
  makes?: true;
  params: P;
  run(context: Context, args: Args<P>, client: OAuthClient<K>): Promise<unknown>;
};

/**
 * Declares one.
 * @throws GraphError of `clientApp`, `provenClient` and `viewerOf`, when it is called
 */
export function clientOperation<P extends Params, const K extends TokenKind = never>(
  method: Method,
  path: string,
  { makes, bearer, ...options }: ClientOptions<P, K>,
): Operation {
  return operation(method, path, {
    ...options,
    ...(bearer === undefined ? {} : { bearer }),
    needs: anyone,
    ownCredentials: true,
    async admit(context: Context): Promise<OAuthClient<K>> {
      if (makes && context.call.head) throw graphError('object.unsupported', { method: 'head' });
      const app = options.client === 'secret' ? await provenClient(context) : await clientApp(context);
      const viewer = bearer && (await viewerOf(context, app, bearer));
      return { app, bearer: viewer as OAuthClient<K>['bearer'] };
    },
  });
}
