import { createEmulator } from '@hallpass/emulator';
import { chromium } from 'playwright-core';
const emulator = await createEmulator();
const app = emulator.seed.world.apps[0]!;
const form = (path: string, body: Record<string,string>) => fetch(emulator.url + path, { method: 'POST', body: new URLSearchParams(body) }).then(r => r.json() as any);
const { access_token: token } = await form(`/v25.0/${app.id}/accounts/test-users`, { access_token: `${app.id}|${app.secret}`, installed: 'true', permissions: 'email,pages_show_list' });
await fetch(`${emulator.url}/v25.0/me?fields=id,name&access_token=${token}`);
await fetch(`${emulator.url}/v25.0/me/businesses?access_token=${token}`);
await fetch(`${emulator.url}/v25.0/me?access_token=EAAbogus`);
const ana = emulator.people.get('Ana');
await ana.accessToken({ app: app.id, scope: 'email' });
await emulator.stories.play('password-changed', ana, app as any);
await emulator.people.get('Ben').accessToken({ app: app.id, scope: 'email' });
await emulator.inbox.send({ id: 'm', to: 'ops@example.com', subject: 'Fjordbook ends in 3 days', text: 'Renew: https://v.example/r', html: '<html><body style="font-family:sans-serif"><h1 style="color:teal">Renew Fjordbook</h1><p><a href="https://v.example/r">Renew it</a></p><script>document.body.innerHTML="EVIL"</script><img src="https://spy.example/p.gif"></body></html>' });
await emulator.openMailServer();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
const page = await context.newPage();
page.on('console', m => { if (m.type() === 'error' || m.type() === 'warning') console.log('CONSOLE', m.text().slice(0, 300)); });
page.on('pageerror', e => console.log('PAGEERROR', e.message));
await page.goto(`${emulator.url}/console/emulator`);
await page.waitForTimeout(1500);
await page.screenshot({ path: '/tmp/shots/locked.png' });
await page.goto(emulator.consoleLink()); await page.reload();
const only = process.argv.slice(2);
for (const p of ['', '/clock', '/faults', '/stories', '/worlds', '/inbox', '/deliveries', '/tokens']) {
  const name = p.slice(1) || 'calls';
  if (only.length && !only.includes(name)) continue;
  await page.setViewportSize({ width: 1280, height: 860 });
  if (name === 'calls') await page.goto(emulator.consoleLink()); else await page.goto(`${emulator.url}/console/emulator${p}`);
  await page.waitForTimeout(1200);
  if (name === 'clock') { await page.getByRole('button', { name: '61 days' }).click(); await page.waitForTimeout(1500); }
  if (name === 'faults') { await page.getByRole('combobox', { name: 'Error of the catalogue' }).fill('server.away'); await page.getByRole('option').first().click(); await page.waitForTimeout(300); }
  await page.screenshot({ path: `/tmp/shots/${name}-light.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: `/tmp/shots/${name}-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 700 });
  await page.waitForTimeout(200);
  await page.screenshot({ path: `/tmp/shots/${name}-phone.png` });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) console.log(name, 'reaches out', wide);
}
await browser.close(); await emulator.close();
