// Measures the files that a browser loads before it shows the first page of the console, compressed as they travel.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { reads } from './stage/deeds.ts';
import { openStage, type Stage } from './stage/stage.ts';

/** Bytes, by page: the first view, and the tool with the most in it. */
const budgets = { first: 250_000, explorer: 290_000 } as const;

describe('the size of the console', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const [what, path, heading, budget] of [
    ['the first page', '/', /stand-in/, budgets.first],
    ['the Explorer', '/tools/explorer', /Graph API Explorer/, budgets.explorer],
  ] as const)
    it(`${what} takes less than ${budget / 1000} kB compressed before it can be read`, async (t) => {
      const { page } = await stage.visitor(t);
      const bodies: Promise<number>[] = [];
      page.on('response', (response) => {
        if (new URL(response.url()).pathname.startsWith('/console/assets/'))
          bodies.push(response.body().then((body) => gzipSync(body).length));
      });
      await page.goto(`${stage.url}${path}`);
      await reads(page, heading);
      const sizes = await Promise.all(bodies);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      assert.ok(sizes.length >= 4, 'the page was loaded');
      assert.ok(total < budget, `${total} bytes`);
    });
});
