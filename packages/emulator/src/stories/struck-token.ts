// Makes a token of the kind that a story happens to, in the ways in which apps get one.
import { callGraph } from './acts.ts';
import { makeSystemUserToken } from './server-stories.ts';
import type { Place, Story, StruckToken } from './story.ts';

/** A token with what goes with it. */
interface HeldToken {
  kind: StruckToken;
  /** Empty where the person has just come back and there is only the address. */
  token: string;
  /** The address at which the app was told of the log-in, with its code or error. */
  returnUrl: string | undefined;
  /** The Page of a Page token. */
  page: string | undefined;
}

/** @param scope permissions that the person gives, joined by commas; @throws Error where the world has no such token */
export async function struckTokenOf(
  place: Place,
  { strikes: kind = 'user', page }: Pick<Story, 'strikes' | 'page'>,
  scope: string,
): Promise<HeldToken> {
  const { app, person } = place;
  const held = (token: string | undefined, more: Partial<HeldToken> = {}): HeldToken => {
    if (token === undefined) throw new Error(`${app.name} got no such token.`);
    return { kind, token, page: undefined, returnUrl: undefined, ...more };
  };
  switch (kind) {
    case 'app':
      return held(`${app.id}|${app.secret}`);
    case 'short_lived':
      return held(await person.accessToken({ app: app.id, scope }));
    case 'code':
      return held('', { returnUrl: (await person.logIn({ app: app.id, scope })).url });
    case 'user':
      return held(await longLivedToken(place, scope));
    case 'page': {
      const access_token = await longLivedToken(place, scope);
      const { data = [] } = await callGraph(place, 'GET', '/me/accounts', { access_token, fields: 'id,access_token' });
      const wanted = page?.(place);
      const found = wanted === undefined ? data[0] : data.find(({ id }) => id === wanted);
      if (!found) throw new Error(`${person.name} has shown ${app.name} no Page.`);
      return held(found.access_token, { page: found.id });
    }
    case 'test_user': {
      const asked = { access_token: `${app.id}|${app.secret}`, installed: 'true', permissions: scope };
      return held((await callGraph(place, 'POST', `/${app.id}/accounts/test-users`, asked)).access_token);
    }
    case 'system_user':
      return held(await makeSystemUserToken(place));
  }
}

/** As a server gets it: the person logs in, and the token of their code is exchanged at once. */
async function longLivedToken(place: Place, scope: string): Promise<string> {
  const { app, person } = place;
  const { access_token: token = '' } = await callGraph(place, 'POST', '/oauth/access_token', {
    grant_type: 'fb_exchange_token',
    client_id: app.id,
    client_secret: app.secret,
    fb_exchange_token: await person.accessToken({ app: app.id, scope }),
  });
  return token;
}
