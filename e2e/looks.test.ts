// These tests check how pages look to everybody: no violation that axe finds, in light and in dark, and the rules of
// layout-rules.ts, also on the narrowest phones, which is how a wide window looks that is enlarged four times.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { layoutFaults } from './layout-rules.ts';
import { openStage, type Stage } from './stage/stage.ts';
import { walks } from './stage/walks.ts';

/** Rules whose outcome follows the colours and the room that there is; the others need be asked once only. */
const aboutLooks = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;

/** Writes the findings of axe, one line each. */
function inLines({ violations, passes }: Pick<Results, 'violations' | 'passes'>): string[] {
  assert.ok(passes.length > 0, 'axe looked at nothing');
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
}

/** Axe tells one element alone of what passes: to write down all of them takes as long as to look. */
const resultTypes = ['violations'] as const;

/** Looks by the rules, by default by all. A page that axe has looked at still has it. */
async function axe(page: Page, runOnly?: readonly string[]): Promise<string[]> {
  const options = { resultTypes: [...resultTypes], ...(runOnly ? { runOnly: [...runOnly] } : {}) };
  if (!(await page.evaluate(() => 'axe' in globalThis)))
    return inLines(await new AxeBuilder({ page }).setLegacyMode().options(options).analyze());
  const found = await page.evaluate((how) => {
    const { axe: there } = globalThis as unknown as { axe: { run(how: object): Promise<Results> } };
    return there.run(how);
  }, options);
  return inLines(found);
}

describe('looks', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const { name, go } of walks) {
    it(`everybody can read and use every page on the walk ${name}`, async (t) => {
      await stage.reset();
      const { page } = await stage.visitor(t);
      const faults: string[] = [];
      await go(stage, page, async (place) => {
        const note = (look: string, found: readonly string[]) =>
          faults.push(...found.map((one) => `${place} (${look}): ${one}`));
        await page.setViewportSize({ width: 1100, height: 780 });
        // The mouse may rest where the page has put a button with a hint since.
        await page.mouse.move(0, 0);
        await page.getByRole('tooltip').waitFor({ state: 'detached' });
        await page.emulateMedia({ colorScheme: 'light' });
        note('light', [...(await axe(page)), ...(await layoutFaults(page))]);
        await page.setViewportSize({ width: 768, height: 780 });
        note('light, a tablet', await layoutFaults(page));
        await page.setViewportSize({ width: 320, height: 640 });
        await page.emulateMedia({ colorScheme: 'dark' });
        note('dark, narrow', [...(await axe(page, aboutLooks)), ...(await layoutFaults(page))]);
      });
      assert.deepEqual(faults, []);
    });
  }
});
