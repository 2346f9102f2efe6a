// Measures the files that a browser loads before it shows the first page of the console, compressed as they travel.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { people } from '../stage/cast.ts';
import { logInByCard } from '../stage/console.ts';
import { reads } from '../stage/deeds.ts';
import { openStage, type Stage } from '../stage/stage.ts';

/** Bytes. The first view of every page stays below. */
const BUDGET = 250_000;

describe('the size of the console', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const [what, path, heading] of [
    ['the first page', '/', /stand-in/],
    ['the Graph API Explorer', '/tools/explorer', /Graph API Explorer/],
    ['the Access Token Debugger', '/tools/debug/accesstoken', /Access Token Debugger/],
    ['the Access Token Tool', '/tools/accesstoken', /Access Token Tool/],
    ['the API Upgrade Tool', '/tools/versions', /API Upgrade Tool/],
  ] as const)
    it(`${what} takes less than ${BUDGET / 1000} kB compressed before it can be read`, async (t) => {
      const { page } = await stage.visitor(t);
      const bodies: Promise<number>[] = [];
      page.on('response', (response) => {
        if (new URL(response.url()).pathname.startsWith('/console/assets/'))
          bodies.push(response.body().then((body) => gzipSync(body).length));
      });
      await logInByCard(stage, page, people.ben);
      bodies.length = 0;
      await page.goto(`${stage.url}${path}`, { waitUntil: 'networkidle' });
      await reads(page, heading);
      const sizes = await Promise.all(bodies);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      assert.ok(sizes.length >= 4, 'the page was loaded');
      t.diagnostic(`${total} bytes`);
      assert.ok(total < BUDGET, `${total} bytes`);
    });
});
