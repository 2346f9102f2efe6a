// A tour through every flow there is, well and badly, that keeps every value somebody could present and every answer
// that was given: for looking where such values turn up.
import { appsecretProof, timedProof } from '@hallpass/protocol';
import type { HttpResponse, HttpRequest } from '../../src/index.ts';
import { createAdministratorLink } from '../../src/entries/operator.ts';
import { callback, codeOf } from '../acts.ts';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { desk } from '../dashboard.ts';
import { allowAll, shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld } from '../world.ts';

const { ana, ben, cleo, bakery, shop, rival, draft, phone } = cast;

export interface Tour {
  /** Values that open something, or did, by what they are. */
  secrets: Map<string, string>;
  /** Wrong values of each kind that were presented. */
  wrong: Map<string, string>;
  answers: { asked: HttpRequest; answer: HttpResponse }[];
}

export async function tour(t: TestWorld): Promise<Tour> {
  const answers: Tour['answers'] = [];
  const { handle } = t.server;
  t.server.handle = async (asked) => {
    const answer = await handle(asked);
    answers.push({ asked, answer });
    return answer;
  };
  const { installation } = t.server;
  const secrets = new Map<string, string>();
  const wrong = new Map<string, string>();
  const keep = (what: string, value: string | null | undefined): string => {
    if (!value)
      throw new Error(`the tour got no ${what}: ${answers.at(-1)?.asked.path} ${answers.at(-1)?.answer.body}`);
    secrets.set(what, value);
    return value;
  };
  const bad = (what: string, value: string): string => {
    wrong.set(what, value);
    return value;
  };
  const query = (params: Record<string, string>) => new URLSearchParams(params).toString();

  for (const [name, person] of Object.entries({ ana, ben, cleo })) keep(`the password of ${name}`, person.password);
  for (const [name, app] of Object.entries({ shop, rival, draft, phone })) {
    keep(`the secret of ${name}`, app.secret);
    keep(`the client token of ${name}`, app.clientToken);
  }
  const own = { client_id: shop.id, client_secret: shop.secret };

  // A new account, log-ins, and the first administrator.
  const newcomer = new Browser(t);
  await newcomer.open('/signup');
  keep(
    'a form token before the log-in',
    newcomer.form('/signup').fields.find(([name]) => /token|csrf/.test(name))?.[1],
  );
  await newcomer.send(
    newcomer.form('/signup', {
      name: 'New Comer',
      email: 'new@example.com',
      password: keep('a chosen password', 'canary-chosen-password'),
    }),
  );
  await newcomer.send({
    action: '/signup',
    fields: [
      ['email', 'new@example.com'],
      ['password', bad('password in a forged form', 'canary-forged-password')],
    ],
  });
  keep('the cookie of a session', newcomer.cookies.get('__Host-hp_session'));
  const first = new Browser(t);
  const link = keep(
    'the link of the first administrator',
    new URL(await createAdministratorLink(installation), 'http://x').searchParams.get('key'),
  );
  await first.open(`/setup?key=${link}`);
  await first.send(
    first.form('/setup', {
      name: 'Ada Admin',
      email: 'admin@example.com',
      password: keep('the password of the administrator', 'canary-admin-password'),
    }),
  );
  await first.open(`/setup?key=${link}`);
  await first.open(`/setup?key=${bad('administrator link', 'canaryAdministratorLinkCanaryAdministrator1')}`);
  const stranger = new Browser(t);
  await stranger.logIn({ email: ana.email, password: bad('password', 'canary-wrong-password') });
  await stranger.logIn({ email: 'nobody@example.com', password: bad('password of nobody', 'canary-nobodys-password') });
  await stranger.logIn({ email: ana.email, password: `${'canary'.repeat(300)}` });
  stranger.cookies.set('__Host-hp_session', bad('cookie', 'canaryCookieCanaryCookieCanaryCookieCanary1'));
  await stranger.open('/');
  const browser = new Browser(t);
  await browser.logIn(ana);
  for (const name of ['session', 'device', 'browser'])
    keep(`the ${name} cookie`, browser.cookies.get(`__Host-hp_${name}`));

  // Dialogs: code, token, relay with a signed request, id_token, PKCE, cancelled, blocked, asked again for the
  // password.
  const dialogBrowser = new Browser(t);
  await dialogBrowser.open(shopDialog({ scope: 'email,pages_show_list,pages_manage_posts', state: 's1' }));
  keep('the id of a dialog', dialogBrowser.forms()[0]?.fields.find(([name]) => name === 'interaction')?.[1]);
  const gone = await allowAll(
    dialogBrowser,
    ana,
    shopDialog({ scope: 'email,pages_show_list,pages_manage_posts', auth_nonce: 'a-nonce-of-the-app' }),
  );
  const code = keep('a code', answerOf(gone.location).query.get('code'));
  const verifier = keep('a PKCE verifier', 'canary-verifier-canary-verifier-canary-verifier-1');
  const { createHash } = await import('node:crypto');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const bound = keep(
    'a bound code',
    answerOf(
      (await allowAll(dialogBrowser, ana, shopDialog({ code_challenge: challenge, code_challenge_method: 'S256' })))
        .location,
    ).query.get('code'),
  );
  const implicit = answerOf(
    (
      await allowAll(
        dialogBrowser,
        ana,
        shopDialog({ response_type: 'token,signed_request,id_token', nonce: 'n1', scope: 'openid' }),
      )
    ).location,
  ).fragment;
  keep('a token in a fragment', implicit.get('access_token'));
  keep('a signed request', implicit.get('signed_request'));
  keep('an id_token', implicit.get('id_token'));
  await dialogBrowser.open(shopDialog({ auth_type: 'reauthenticate' }));
  await dialogBrowser.send(
    dialogBrowser.form('/dialog/oauth/reauthenticate', {
      password: bad('password asked again', 'canary-again-password'),
      decision: 'continue',
    }),
  );
  await dialogBrowser.open(
    dialogUrl({
      client_id: shop.id,
      redirect_uri: 'https://evil.example/cb',
      state: bad('state', 'canary-state-of-a-blocked-dialog'),
    }),
  );
  await dialogBrowser.open(
    dialogUrl({
      client_id: '9',
      redirect_uri: callback,
      access_token: keep('a token in the address of a dialog', await t.login(shop.id, ben.id)),
    }),
  );
  const again = new Browser(t);
  await again.open(shopDialog({ scope: 'user_gender' }));
  await again.send(
    again.form('/dialog/oauth/log-in', { email: ben.email, password: ben.password, decision: 'continue' }),
  );
  await again.send(again.form('/dialog/oauth/confirm', { decision: 'cancel' }));

  // The token endpoint, with every grant, and with wrong secrets, codes and verifiers.
  const endpoint = async (params: Record<string, string>, headers?: Record<string, string>) =>
    (await t.post('/oauth/access_token', params, headers)).body;
  const user = keep('a user token', (await endpoint({ ...own, redirect_uri: callback, code })).access_token);
  await endpoint({ ...own, redirect_uri: callback, code });
  await endpoint({ ...own, redirect_uri: callback, code: bad('code', `AQ${'canaryCode'.repeat(21)}cana`) });
  await endpoint({
    client_id: shop.id,
    client_secret: bad('client secret', 'canary-client-secret-0123456789ab'),
    redirect_uri: callback,
    code: bound,
  });
  await endpoint({
    ...own,
    redirect_uri: callback,
    code: bound,
    code_verifier: bad('verifier', 'canary-wrong-verifier-canary-wrong-verifier-1'),
  });
  await endpoint({ ...own, redirect_uri: 'https://app.example/', code: bound, code_verifier: verifier });
  keep(
    'a token of a bound code',
    (await endpoint({ ...own, redirect_uri: callback, code: bound, code_verifier: verifier })).access_token,
  );
  await endpoint({
    client_id: rival.id,
    client_secret: rival.secret,
    redirect_uri: callback,
    code: keep('a code of another app', await codeOf(t)),
  });
  await endpoint(
    { grant_type: 'client_credentials' },
    { authorization: `Basic ${keep('HTTP Basic', Buffer.from(`${shop.id}:${shop.secret}`).toString('base64'))}` },
  );
  await endpoint(
    { grant_type: 'client_credentials' },
    { authorization: `Basic ${bad('HTTP Basic', Buffer.from(`${shop.id}:canary-basic-secret`).toString('base64'))}` },
  );
  const app = keep('an app token', (await endpoint({ ...own, grant_type: 'client_credentials' })).access_token);
  const long = keep(
    'a long-lived token',
    (await endpoint({ ...own, grant_type: 'fb_exchange_token', fb_exchange_token: user })).access_token,
  );
  await endpoint({
    ...own,
    grant_type: 'fb_exchange_token',
    fb_exchange_token: bad('token to exchange', `EAA${'canaryExchange'.repeat(10)}`),
  });
  keep(
    'a session-info token',
    (await endpoint({ client_id: shop.id, grant_type: 'fb_attenuate_token', fb_exchange_token: user })).access_token,
  );
  const native = keep('a native token', await t.login(phone.id, ana.id, { native: true }));
  await endpoint({ client_id: phone.id, grant_type: 'fb_extend_sso_token', access_token: native });
  const clientCode = keep(
    'a client code',
    (await t.get(`/oauth/client_code?${query({ ...own, redirect_uri: callback, access_token: long })}`)).body.code,
  );
  keep(
    'a token of a client code',
    (await endpoint({ client_id: shop.id, redirect_uri: callback, code: clientCode, machine_id: 'm1' })).access_token,
  );
  await t.get(`/oauth/client_code?${query({ ...own, redirect_uri: 'https://evil.example/', access_token: long })}`);

  // The Graph, with every kind of token in every place, with proofs, and with tokens that are none.
  const page = keep(
    'a Page token',
    (await t.get(`/me/accounts?${query({ access_token: long })}`)).body.data[0].access_token,
  );
  const garbage = bad('token', `EAA${'canaryToken'.repeat(12)}`);
  const proof = keep('a proof', await appsecretProof(long, shop.secret));
  const timed = keep('a timed proof', await timedProof(long, shop.secret, t.clock.now()));
  const places = async (token: string) => {
    await t.get(`/me?fields=id,name&access_token=${encodeURIComponent(token)}`);
    await t.post('/me', { access_token: token, method: 'GET' });
    await t.get('/me', { authorization: `Bearer ${token}` });
    await t.get('/me', { authorization: `OAuth ${token}` });
    await t.get(`/debug_token?${query({ input_token: token, access_token: `${shop.id}|${shop.secret}` })}`);
    await t.get(`/${shop.id}?${query({ access_token: token, debug: 'all', metadata: '1', callback: 'cb' })}`);
    await t.post('/', {
      access_token: token,
      batch: JSON.stringify([
        { method: 'GET', relative_url: `me?access_token=${encodeURIComponent(token)}` },
        { method: 'GET', relative_url: 'me' },
      ]),
    });
    await t.get(`/me?${query({ access_token: token })}&access_token=x`);
    // In a place for something else, by mistake.
    if (token.includes(' ')) return;
    await t.get(`/${encodeURIComponent(token)}?access_token=${encodeURIComponent(token)}`);
    await t.get(`/me/${encodeURIComponent(token)}?access_token=${encodeURIComponent(user)}`);
    for (const name of ['fields', 'ids', 'limit', 'after', 'since', 'debug', 'locale', 'type', 'grant_type'])
      await t.get(`/me?${query({ [name]: token, access_token: user })}`);
  };
  for (const token of [
    user,
    long,
    page,
    app,
    `${shop.id}|${shop.secret}`,
    `${shop.id}|${shop.clientToken}`,
    native,
    garbage,
    bad('app token', `${shop.id}|canary-app-token-of-27-chr`),
    bad('odd token', 'canary odd "token"\r\n'),
  ])
    await places(token);
  await t.get(`/me?${query({ access_token: long, appsecret_proof: proof })}`);
  await t.get(`/me?${query({ access_token: long, appsecret_proof: timed, appsecret_time: String(t.clock.now()) })}`);
  await t.get(
    `/me?${query({ access_token: long, appsecret_proof: bad('proof', 'c0ffee'.repeat(10).padEnd(64, '0')) })}`,
  );
  await t.post(`/${bakery.id}/feed`, { message: 'Open', access_token: page });
  await t.get(`/me/accounts?${query({ access_token: long, limit: '1' })}`);

  // Test users and their links; apps as their owners see them.
  const secretPair = `${shop.id}|${shop.secret}`;
  const made = (
    await t.post(`/${shop.id}/accounts`, { installed: 'true', permissions: 'email', access_token: secretPair })
  ).body;
  keep('a test user token', made.access_token);
  keep('the password of a test user', made.password);
  keep('the link of a test user', new URL(made.login_url).searchParams.get('code'));
  await new Browser(t).open(`${new URL(made.login_url).pathname}${new URL(made.login_url).search}`);
  await new Browser(t).open(
    `/platform/test-users/log-in/?code=${bad('login link', `1.2.1795264496.canaryLinkCanaryLink1.${'canaryMac'.repeat(5).slice(0, 43)}`)}`,
  );
  await t.post(`/${made.id}`, {
    password: keep('a new password of a test user', 'canary-test-user-password'),
    access_token: secretPair,
  });
  // Owners have entered the password just now.
  const [bens, cleos] = [await desk(t, ben), await desk(t, cleo)];
  keep('the token of calls from our pages', bens.csrf);
  keep('a session of the dashboard', bens.browser.cookies.get('__Host-hp_session') ?? '');
  await bens.raw('POST', '/console/confirm', {
    password: bad('password at the dashboard', 'canary-dashboard-password'),
  });
  await bens.raw('GET', '/console/graph/me', undefined, {
    'x-hallpass-csrf': bad('token of calls', 'canary-csrf-of-the-dashboard'),
  });
  await bens.post(`/${shop.id}/show_secret`);
  keep('a new app secret', (await cleos.post(`/${rival.id}/reset_secret`)).body.app_secret);
  keep('a new client token', (await bens.post(`/${shop.id}/reset_client_token`)).body.client_token);

  // Taking back: by call and by page; and the lock.
  await t.post('/oauth/revoke', { ...own, revoke_token: page, access_token: app });
  await t.post('/oauth/revoke', { ...own, revoke_token: garbage, access_token: app });
  await t.post('/oauth/revoke', {
    client_id: shop.id,
    client_secret: bad('secret at revoke', 'canary-revoke-secret'),
    revoke_token: long,
    access_token: app,
  });
  await t.delete(`/me/permissions/email?access_token=${long}`);
  await browser.open(`/logout.php?${query({ next: 'https://app.example/', access_token: garbage })}`);
  await browser.open('/settings/password');
  await browser.send(
    browser.form('/settings/password', {
      password: bad('old password', 'canary-old-password'),
      new_password: bad('short password', 'canary!'),
    }),
  );
  await browser.open('/settings/password');
  await browser.send(
    browser.form('/settings/password', {
      password: ana.password,
      new_password: keep('a changed password', 'canary-changed-password'),
    }),
  );
  await browser.open('/settings/sessions');
  await browser.open('/settings/apps');
  await browser.open('/settings/secure');
  await browser.send(browser.form('/settings/secure'));
  await browser.logIn({ email: ana.email, password: 'canary-changed-password' });
  await browser.send({
    ...browser.form('/checkpoint', { password: bad('password at the lock', 'canary-lock-password') }),
  });
  await t.get(`/me?access_token=${long}`);
  t.server.handle = handle;
  return { secrets, wrong, answers };
}
