// Photographs every page that people meet, and every state of it, at three widths, in light and in dark, and lays the
// pictures on sheets: node --conditions=source e2e/pictures.ts [folder] [--walk part-of-a-name] [--width 360] [--guides]
// Without a folder they go to a temporary one. With --guides those of docs/guide/pictures are taken on the same walks.
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openStage } from './stage/stage.ts';
import { walks } from './stage/walks.ts';

const schemes = ['light', 'dark'] as const;
/** Pixels of a window, and of the highest picture: a page is photographed as far as that. */
const HEIGHT = 780;
const HIGHEST = 2600;
/** Pictures on one sheet: more would be too small to read. */
const ON_SHEET = 12;

/** States that the guides show, and the name of the picture. */
const forGuides: ReadonlyMap<string, string> = new Map([
  ['start', 'start'],
  ['explorer-permissions', 'explorer-permissions'],
  ['explorer-answer', 'explorer'],
  ['explorer-token-info', 'explorer-token-info'],
  ['app-home', 'app-home'],
  ['app-login', 'app-redirect-checker'],
  ['app-permissions', 'app-permissions'],
  ['app-usage', 'app-usage'],
  ['app-webhooks', 'app-webhooks'],
  ['business-people', 'business-people'],
  ['business-page', 'business-page'],
  ['system-user-assign', 'system-user-assign'],
  ['system-user-generate', 'system-user-generate'],
  ['system-user-remove-app', 'system-user-remove-app'],
  ['settings-app-edit', 'settings-app-edit'],
  ['emulator-calls', 'emulator/calls'],
  ['emulator-call', 'emulator/call'],
  ['emulator-clock', 'emulator/clock'],
  ['emulator-stories', 'emulator/stories'],
  ['emulator-inbox', 'emulator/inbox'],
  ['emulator-tokens', 'emulator/tokens'],
  ['vault-connections', 'vault/connections'],
  ['vault-connection-gone', 'vault/connection'],
  ['vault-ask-again', 'vault/ask-again'],
  ['vault-timeline', 'vault/timeline'],
  ['vault-mails', 'vault/mails'],
  ['vault-hand-over', 'vault/hand-over'],
]);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    guides: { type: 'boolean' },
    walk: { type: 'string' },
    width: { type: 'string', multiple: true, default: ['1280', '768', '360'] },
  },
});
const widths = values.width.map(Number);
const folder = positionals[0] ?? mkdtempSync(join(tmpdir(), 'hallpass-pictures-'));
const guideFolder = new URL('../docs/guide/pictures/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const taken: string[] = [];

async function draw(page: Page, name: string): Promise<void> {
  // Messages that are about to go away would stand over what the picture is of.
  await page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLElement>('.mantine-Notifications-root')) one.style.display = 'none';
  });
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: HEIGHT });
      // As high as the page, so that a bar at the edge of the window stands where it belongs.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      if (height > HEIGHT) await page.setViewportSize({ width, height: Math.min(height, HIGHEST) });
      const path = join(folder, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      taken.push(path);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
  const guide = values.guides ? forGuides.get(name) : undefined;
  if (guide === undefined) return;
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(guideFolder, `${guide}.png`), animations: 'disabled' });
}

/** Lays the pictures of one width and scheme on sheets, each with its name. */
async function laySheets(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1600, height: 900 });
  for (const scheme of schemes)
    for (const width of widths) {
      const all = taken.filter((path) => path.endsWith(`-${width}-${scheme}.png`));
      for (let at = 0; at < all.length; at += ON_SHEET) {
        const cells = all.slice(at, at + ON_SHEET).map((path) => {
          const data = readFileSync(path).toString('base64');
          return `<figure><img src="data:image/png;base64,${data}"><figcaption>${path.slice(folder.length + 1)}</figcaption></figure>`;
        });
        await page.setContent(
          `<style>body{font:12px sans-serif;columns:${width === 360 ? 6 : 3};gap:8px}figure{margin:0 0 8px;break-inside:avoid}img{width:100%;border:1px solid #999}</style>${cells.join('')}`,
        );
        const path = join(folder, `sheet-${width}-${scheme}-${at / ON_SHEET + 1}.png`);
        await page.screenshot({ path, fullPage: true });
      }
    }
}

const stage = await openStage();
try {
  if (values.guides) mkdirSync(join(guideFolder, 'emulator'), { recursive: true });
  for (const { name, go } of walks.filter((walk) => walk.name.includes(values.walk ?? ''))) {
    await stage.reset();
    const context = await stage.browser.newContext({
      reducedMotion: 'reduce',
      viewport: { width: 1180, height: 760 },
    });
    const page = await context.newPage();
    await go(stage, page, (state) => draw(page, state));
    await context.close();
    console.log(`${name}: ${taken.length} pictures so far`);
  }
  const context = await stage.browser.newContext();
  await laySheets(await context.newPage());
  await context.close();
} finally {
  await stage.close();
}
console.log(folder);
