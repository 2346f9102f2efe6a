// What a browser loads before it shows the first page of the console, compressed as it travels.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { reads } from './stage/deeds.ts';
import { openStage, type Stage } from './stage/stage.ts';

const BUDGET = 250_000;

describe('the size of the console', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const [what, path, heading] of [
    ['the first page', '/', /stand-in/],
    ['the Explorer', '/tools/explorer', /Graph API Explorer/],
  ] as const)
    it(`${what} takes less than ${BUDGET / 1000} kB compressed before it can be read`, async (t) => {
      const { page } = await stage.visitor(t);
      const bodies: Promise<number>[] = [];
      page.on('response', (response) => {
        if (response.url().startsWith(stage.url) && response.status() === 200)
          bodies.push(response.body().then((body) => gzipSync(body).length));
      });
      await page.goto(`${stage.url}${path}`);
      await reads(page, heading);
      const sizes = await Promise.all(bodies);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      assert.ok(sizes.length >= 4, 'the page was loaded');
      assert.ok(total < BUDGET, `${total} bytes`);
    });
});
