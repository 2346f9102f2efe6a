// Renders every view into a folder outside the repository, looks at it in Chromium in light, dark and phone width, and lets axe judge it.
//   node --conditions=source packages/pages/test/gallery.ts [folder] [part of a name …]
// Ends with 1 when axe, the content-security policy or the width finds fault. CHROMIUM names another browser than Debian's.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { stylesheet } from '../src/index.ts';
import { hostileNames } from './hostile.ts';
import { samples } from './samples.ts';
import type { Sample } from './samples/cast.ts';

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const looks = [
  { name: 'light', width: 1100, height: 820, colorScheme: 'light' },
  { name: 'dark', width: 1100, height: 820, colorScheme: 'dark' },
  { name: 'phone', width: 375, height: 720, colorScheme: 'light' },
  { name: 'phone-dark', width: 375, height: 720, colorScheme: 'dark' },
] as const;

const [folder = mkdtempSync(join(tmpdir(), 'hallpass-pages-')), ...wanted] = process.argv.slice(2);
const isWanted = (one: Sample): boolean => wanted.length === 0 || wanted.some((part) => one.name.includes(part));
const chosen = samples().filter(isWanted);
/** The same pages with hostile names (WP-05): looked at for width, policy and scripts only. */
const hostile = hostileNames.flatMap((bad, i) =>
  samples((usual) => (usual === 'Hallpass' ? usual : bad))
    .filter(
      (one) =>
        isWanted(one) &&
        ['consent', 'choose-pages', 'log-in-wrong', 'home', 'apps-open', 'sessions'].includes(one.name),
    )
    .map((one) => ({ ...one, name: `${one.name}.hostile-${i}` })),
);
mkdirSync(folder, { recursive: true });

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/_/pages.css')
    return void response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(stylesheet);
  const sample = [...chosen, ...hostile].find((one) => path === `/${one.name}`);
  response
    .writeHead(sample ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    .end(sample?.html);
});
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const faults: string[] = [];
for (const look of looks) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`${page.url()}: a script ran`);
    void dialog.dismiss();
  });
  for (const sample of look.name === 'phone' ? [...chosen, ...hostile] : chosen) {
    await page.goto(`${base}/${sample.name}`);
    await page.screenshot({
      path: join(folder, `${sample.name}.${look.name}.png`),
      fullPage: !look.name.startsWith('phone'),
    });
    const wide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    if (wide) faults.push(`${sample.name} ${look.name}: wider than the window`);
    if (hostile.includes(sample)) continue;
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    for (const one of violations)
      faults.push(
        `${sample.name} ${look.name}: ${one.id} at ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`,
      );
  }
  await context.close();
}
await browser.close();
server.close();
for (const sample of chosen) writeFileSync(join(folder, `${sample.name}.html`), sample.html);
console.log(`${chosen.length} pages, ${looks.length} looks, ${hostile.length} with hostile names, in ${folder}`);
for (const fault of faults) console.log(`  ${fault}`);
console.log(`${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
