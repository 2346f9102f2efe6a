// Draws every page that people meet, as they look in Chromium: node --conditions=source e2e/pictures.ts [folder]
// Each page wide and in light, wide and in dark, and as on a phone. Without a folder they go to a temporary one.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openStage } from './stage/stage.ts';
import { walks } from './stage/walks.ts';

const looks = [
  { name: 'light', width: 1100, colorScheme: 'light' },
  { name: 'dark', width: 1100, colorScheme: 'dark' },
  { name: 'phone', width: 375, colorScheme: 'light' },
] as const;

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'hallpass-pictures-'));
mkdirSync(folder, { recursive: true });

async function draw(page: Page, name: string): Promise<void> {
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize({ width: look.width, height: 780 });
    // As high as the page, so that what sticks to the window's edge stands where it belongs.
    await page.setViewportSize({
      width: look.width,
      height: await page.evaluate(() => document.documentElement.scrollHeight),
    });
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`) });
  }
}

const stage = await openStage();
try {
  for (const { go } of walks) {
    const context = await stage.browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    await go(stage, page, (name) => draw(page, name));
    await context.close();
    await stage.reset();
  }
} finally {
  await stage.close();
}
console.log(folder);
