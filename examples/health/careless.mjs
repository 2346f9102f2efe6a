// Does what careful.mjs does, in the ways in which many programs do it: whatever fails is tried again at once, and in the
// end the person is to log in.
import { existsSync, writeFileSync } from 'node:fs';

const graph = 'https://graph.facebook.com/v21.0';

/**
 * @param values `token`, `tokenKind`, `pageId`, `appId`, `appSecret`, `returnUrl`
 * @param outside `fetch`, `print`, and `store` with `broken`, which remembers that there is no connection any more
 * @returns the exit code
 */
export async function health({ token, tokenKind, pageId, appId, appSecret, returnUrl }, { fetch, print, store }) {
  const lost = () => {
    store.broken = true;
    print(`Please log in again: https://www.facebook.com/v21.0/dialog/oauth?client_id=${appId}`);
    return 1;
  };
  if (store.broken) return lost();

  async function ask(path, params, method = 'GET') {
    let body = {};
    for (let turn = 1; turn <= 5; turn++) {
      const query = new URLSearchParams(params);
      const response = await fetch(method === 'GET' ? `${graph}${path}?${query}` : `${graph}${path}`, {
        method,
        ...(method === 'GET' ? {} : { body: query }),
      });
      body = JSON.parse(await response.text());
      if (!body.error) return body;
      store.broken = true;
    }
    return body;
  }

  if (returnUrl) {
    const address = new URL(returnUrl);
    const code = String(address.searchParams.get('code'));
    const redirectUri = `${address.origin}${address.pathname}`;
    const form = { client_id: appId, client_secret: appSecret, redirect_uri: redirectUri, code };
    const answer = await ask('/oauth/access_token', form, 'POST');
    if (answer.error) return lost();
    print('ok');
    return 0;
  }

  const use = (path, params = {}, method = 'GET') => ask(path, { access_token: token, ...params }, method);
  const me = await use(tokenKind === 'app' ? '/app' : '/me', {
    fields: tokenKind === 'user' ? 'id,name,email' : 'id,name',
  });
  if (me.error) return lost();
  if (tokenKind === 'page') {
    const draft = { message: `Health check ${crypto.randomUUID()}`, published: 'false' };
    const post = await use(`/${pageId}/feed`, draft, 'POST');
    if (post.error) return lost();
    await use(`/${post.id}`, {}, 'DELETE');
  }
  if (tokenKind === 'user') {
    const pages = await use('/me/accounts', { fields: 'id' });
    const isThere = pages.data?.some(({ id }) => id === pageId);
    if (!isThere || me.email === undefined) {
      await use('/me/permissions', {}, 'DELETE');
      return lost();
    }
  }
  print('ok');
  return 0;
}

if (import.meta.main) {
  const { env } = process;
  const file = env.HEALTH_STORE ?? '';
  const store = { broken: existsSync(file) };
  process.exitCode = await health(
    {
      token: env.HALLPASS_TOKEN,
      tokenKind: env.HALLPASS_TOKEN_KIND,
      pageId: env.HALLPASS_PAGE_ID,
      appId: env.HALLPASS_APP_ID,
      appSecret: env.HALLPASS_APP_SECRET,
      returnUrl: env.HALLPASS_RETURN_URL,
    },
    { fetch, print: console.log, store },
  );
  if (store.broken && file !== '') writeFileSync(file, 'broken');
}
