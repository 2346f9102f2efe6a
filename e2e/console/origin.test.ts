// No call of the console works from elsewhere: another origin, another port, a frame, a page that opened it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { apps, people } from '../stage/cast.ts';
import { logInByCard } from '../stage/console.ts';
import { openStage, type Stage } from '../stage/stage.ts';

describe('the console and other sites', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const [where, of] of [
    ['another port of the same host', 'url'],
    ['another host', 'elsewhere'],
  ] as const)
    it(`WP-03: a page on ${where} reads nothing of the console and changes nothing, cookies or not`, async (t) => {
      const { page, troubles } = await stage.visitor(t);
      await logInByCard(stage, page, people.ben);
      stage.website.show('/attack', '<!doctype html><title>x</title>');
      await page.goto(`${stage.website[of]}/attack`);
      const got = await page.evaluate(
        async ([base, app]) => {
          const tries: string[] = [];
          const note = async (name: string, ask: () => Promise<Response>) => {
            try {
              const answer = await ask();
              tries.push(
                `${name}: ${answer.type} ${answer.status} ${answer.type === 'opaque' ? '' : await answer.text()}`,
              );
            } catch {
              tries.push(`${name}: refused`);
            }
          };
          const credentials = 'include' as const;
          for (const path of [
            '/console/session',
            '/console/start',
            `/console/graph/${app}?fields=name`,
            '/console/graph/me/apps',
          ])
            await note(path, () => fetch(`${base}${path}`, { credentials }));
          const body = new URLSearchParams({ description: 'taken over' });
          await note('form', () =>
            fetch(`${base}/console/graph/${app}/settings`, { method: 'POST', credentials, mode: 'no-cors', body }),
          );
          await note('with the header', () =>
            fetch(`${base}/console/graph/${app}/settings`, {
              method: 'POST',
              credentials,
              headers: { 'x-hallpass-csrf': 'guess' },
              body,
            }),
          );
          return tries;
        },
        [stage.url, apps.fern.id] as const,
      );
      for (const line of got) assert.match(line, /refused$|: opaque 0 $/, line);
      assert.equal(got.length, 6);
      troubles.length = 0;
      await page.goto(`${stage.url}/console/apps/${apps.fern.id}/settings/basic`);
      const description = page.getByRole('textbox', { name: 'Description' });
      await description.waitFor();
      assert.notEqual(await description.inputValue(), 'taken over');
    });

  it('WP-01: no page of the console is shown in a frame of another site or port', async (t) => {
    const { page, troubles } = await stage.visitor(t);
    await logInByCard(stage, page, people.ben);
    const paths = ['/', '/tools/explorer', '/tools/explorer/callback', '/tools/debug/accesstoken', '/console/apps'];
    stage.website.show('/frames', paths.map((path) => `<iframe src="${stage.url}${path}"></iframe>`).join(''));
    await page.goto(`${stage.website.url}/frames`, { waitUntil: 'networkidle' });
    for (const frame of page.frames().slice(1)) {
      const shown = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '');
      assert.doesNotMatch(shown, /Hallpass|Graph API Explorer|Ben/, frame.url());
    }
    assert.equal(page.frames().length, paths.length + 1);
    assert.ok(troubles.length >= paths.length, 'the browser says that it refused each');
    troubles.length = 0;
  });

  it('WP-01: a page that opens the Explorer can’t reach into its window, nor be taken for the dialog that answers', async (t) => {
    const { page } = await stage.visitor(t);
    await logInByCard(stage, page, people.ben);
    stage.website.show(
      '/opener',
      '<!doctype html><title>x</title><button onclick="w = window.open(this.value)" value="">go</button>',
    );
    await page.goto(`${stage.website.url}/opener`);
    await page.evaluate(
      (url) => document.querySelector('button')?.setAttribute('value', url),
      `${stage.url}/tools/explorer`,
    );
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'go' }).click();
    const explorer = await opened;
    await explorer.getByRole('button', { name: 'Generate Access Token' }).waitFor();
    assert.equal(await explorer.evaluate(() => window.opener), null);
    const seen = await page.evaluate(() => {
      const { w } = globalThis as unknown as { w: Window | null };
      w?.postMessage({ kind: 'hallpass.explorer.answer', answer: { code: 'forged', state: 'x' } }, '*');
      return w === null || w.closed;
    });
    assert.equal(seen, true, 'for the opener the window is gone');
    assert.equal(await explorer.getByLabel('Access Token', { exact: true }).inputValue(), '');
  });
});
