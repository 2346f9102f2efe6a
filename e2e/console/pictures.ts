// Photographs every page and state of the console at three widths, light and dark, and lays all of it on one sheet:
// node --conditions=source e2e/console/pictures.ts [folder]
// The pictures of the guides are taken on the same walk; they are written to docs/guide/pictures with --guides.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { walkApps } from '../stage/app-walk.ts';
import { walkBusiness } from '../stage/business-walk.ts';
import { consoleWalks } from '../stage/console-walk.ts';
import { walkEmulator } from '../stage/emulator-walk.ts';
import { walkSettings } from '../stage/settings-walk.ts';
import { openStage } from '../stage/stage.ts';
import { walkTokenTools } from '../stage/token-tools-walk.ts';
import { walkVault } from '../stage/vault/walk.ts';

const widths = [
  { name: 'wide', width: 1280, height: 860 },
  { name: 'tablet', width: 768, height: 860 },
  { name: 'phone', width: 320, height: 700 },
] as const;

const looks = (['light', 'dark'] as const).flatMap((colorScheme, row) =>
  widths.map((one, column) => ({ ...one, colorScheme, name: `${row * 3 + column + 1}-${one.name}-${colorScheme}` })),
);

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
  ['vault-keys', 'vault/keys'],
  ['vault-hand-over', 'vault/hand-over'],
]);

const guides = process.argv.includes('--guides');
const folder =
  process.argv.slice(2).find((one) => !one.startsWith('--')) ?? mkdtempSync(join(tmpdir(), 'hallpass-console-'));
const guideFolder = new URL('../../docs/guide/pictures/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

async function draw(page: Page, name: string): Promise<void> {
  // Messages that are about to go away would stand over what the picture is of.
  await page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLElement>('.mantine-Notifications-root')) one.style.display = 'none';
  });
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
  const guide = guides ? forGuides.get(name) : undefined;
  if (guide === undefined) return;
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(guideFolder, `${guide}.png`), animations: 'disabled' });
}

/** All pictures of the folder on one page, with their names. */
async function sheet(page: Page): Promise<void> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.png') && name !== 'sheet.png');
  const cells = names.map((name) => {
    const data = readFileSync(join(folder, name)).toString('base64');
    return `<figure><img src="data:image/png;base64,${data}"><figcaption>${name}</figcaption></figure>`;
  });
  await page.setViewportSize({ width: 2400, height: 900 });
  await page.setContent(
    `<style>body{font:12px sans-serif;display:grid;grid-template-columns:5fr 3fr 1.4fr 5fr 3fr 1.4fr;gap:10px}figure{margin:0}img{width:100%;border:1px solid #999}</style>${cells.join('')}`,
  );
  await page.screenshot({ path: join(folder, 'sheet.png'), fullPage: true });
}

const stage = await openStage();
try {
  if (guides) mkdirSync(guideFolder, { recursive: true });
  const options = { reducedMotion: 'reduce', viewport: { width: 1180, height: 760 } } as const;
  for (const walk of [...consoleWalks, walkTokenTools, walkApps, walkBusiness, walkSettings, walkEmulator, walkVault]) {
    await stage.reset();
    const context = await stage.browser.newContext(options);
    const page = await context.newPage();
    await walk(stage, page, (name) => draw(page, name));
    await context.close();
  }
  const context = await stage.browser.newContext();
  await sheet(await context.newPage());
  await context.close();
} finally {
  await stage.close();
}
console.log(folder);
