// Tells whether the connection of an app to the Graph works, and what to do where it does not: `node careful.mjs`. It
// ends with 0 where all is well, and with 1 and a sentence otherwise.

const graph = 'https://graph.facebook.com/v25.0';
const TRIES = 4;
/** Milliseconds that an answer may take. */
const PATIENCE = 2000;

/** Refusals that a log-in does not mend, and those that mean fewer calls, by code or code and subcode. */
const others = {
  '190/459': 'The platform holds the account: open facebook.com and follow the instructions there.',
  '190/464': 'The account is not confirmed: open facebook.com and confirm it.',
  '190/492': 'Somebody who manages the Page has to connect it, or two-factor authentication has to be turned on.',
  4: 'Too many calls: the next try is in an hour.',
  17: 'Too many calls for this person: the next try is in an hour.',
  32: 'Too many calls for this Page: the next try is in an hour.',
  613: 'Too many calls of this kind: the next try is in an hour.',
  368: 'The app is blocked: tell those who run it.',
  15: 'The app is set up as a native app: its own token does not work.',
};

/**
 * @param values `token`, `tokenKind`, `pageId`, `appId`, `appSecret`, `returnUrl`
 * @param outside `fetch`, `pause` in milliseconds, `print`
 * @returns the exit code
 */
export async function health(values, { fetch, pause, print }) {
  const logIn = (words, again = '') => {
    print(`${words}: log in at https://www.facebook.com/v25.0/dialog/oauth?client_id=${values.appId}${again}`);
    return 1;
  };
  const tell = (error) => {
    const known = others[`${error.code}/${error.error_subcode}`] ?? others[error.code];
    if (known) print(known);
    else if (error.code !== 190) print(`Refused with ${error.code}.`);
    else if (error.message.includes('pplication')) print('The app is gone or disabled: tell those who run it.');
    else if (values.tokenKind === 'app') print('The app has another secret now: take the new one.');
    else if (values.tokenKind === 'system_user' || values.tokenKind === 'test_user') print('A new token is needed.');
    else if (/impersonating/.test(error.message)) return logIn('The Page was unticked', '&auth_type=rerequest');
    else return logIn('The token has ended');
    return 1;
  };

  /** The body of an answer. Reads that fail by themselves are tried again, more slowly each time. */
  async function ask(path, params, method = 'GET') {
    const query = new URLSearchParams(params);
    for (let turn = 1; ; turn++) {
      try {
        const response = await fetch(method === 'GET' ? `${graph}${path}?${query}` : `${graph}${path}`, {
          method,
          signal: AbortSignal.timeout(PATIENCE),
          ...(method === 'GET' ? {} : { body: query }),
        });
        const body = await response.json();
        if (response.status < 500 && body.error?.code !== 2) return body;
        if (method !== 'GET' || turn === TRIES) return body;
      } catch (failure) {
        if (method !== 'GET' || turn === TRIES) return { error: { code: 2, message: String(failure) } };
      }
      await pause(300 * 2 ** turn);
    }
  }

  const { token, tokenKind, pageId, appId, appSecret, returnUrl } = values;
  if (returnUrl) {
    const address = new URL(returnUrl);
    const code = address.searchParams.get('code');
    if (!code) return logIn('The log-in did not work');
    const redirectUri = `${address.origin}${address.pathname}`;
    const form = { client_id: appId, client_secret: appSecret, redirect_uri: redirectUri, code };
    const { error } = await ask('/oauth/access_token', form, 'POST');
    if (error) return logIn('The log-in took too long, or came twice');
    print('ok');
    return 0;
  }

  const use = (path, params = {}, method = 'GET') => ask(path, { access_token: token, ...params }, method);
  const path = tokenKind === 'app' ? '/app' : '/me';
  let me = await use(path, { fields: tokenKind === 'user' ? 'id,name,email' : 'id,name' });
  // One refusal may be a mistake of the platform: debug_token knows.
  if (me.error?.code === 190 && tokenKind !== 'app') {
    const looked = await ask('/debug_token', { input_token: token, access_token: `${appId}|${appSecret}` });
    if (looked.data?.is_valid === true) me = await use(path);
  }
  if (me.error) return tell(me.error);
  if (tokenKind === 'page') {
    // A draft shows that the app may post; it is seen by nobody.
    const draft = { message: `Health check ${crypto.randomUUID()}`, published: 'false' };
    const post = await use(`/${pageId}/feed`, draft, 'POST');
    if (post.error) return tell(post.error);
    await use(`/${post.id}`, {}, 'DELETE');
  }
  if (tokenKind === 'user') {
    const pages = await use('/me/accounts', { fields: 'id' });
    if (pages.error) return tell(pages.error);
    print(`${pages.data.length} Pages`);
    if (me.email === undefined) print('No e-mail address is shared: it goes on without.');
  }
  print('ok');
  return 0;
}

if (import.meta.main) {
  const { env } = process;
  process.exitCode = await health(
    {
      token: env.HALLPASS_TOKEN,
      tokenKind: env.HALLPASS_TOKEN_KIND,
      pageId: env.HALLPASS_PAGE_ID,
      appId: env.HALLPASS_APP_ID,
      appSecret: env.HALLPASS_APP_SECRET,
      returnUrl: env.HALLPASS_RETURN_URL,
    },
    { fetch, pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)), print: console.log },
  );
}
