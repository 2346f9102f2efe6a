// Runs examples of facebook-nodejs-business-sdk as its authors wrote them; only the ids and the token are filled in where
// they say so. This file is run below `hallpass exec` by sdk-examples.test.ts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

/** Ledger Lane of the demo world, an ad account of Cleo's business, and a Page of hers. */
const app = { id: '1740392285517036', secret: process.env['APP_SECRET'] ?? '' };
const filledIn: Readonly<Record<string, string>> = {
  APP_ID: app.id,
  APP_SECRET: app.secret,
  AD_ACCOUNT_ID: 'act_1083562294710358',
  PAGE_ID: process.env['PAGE_ID'] ?? '',
};

const sdk = dirname(createRequire(import.meta.url).resolve('facebook-nodejs-business-sdk/package.json'));
const folder = mkdtempSync(join(tmpdir(), 'hallpass-sdk-'));
symlinkSync(dirname(sdk), join(folder, 'node_modules'));

/** A token of Cleo, who logs in by the real dialog. */
async function accessToken(): Promise<string> {
  const redirect = 'http://localhost:3000/auth/callback';
  const response = await fetch(`${process.env['HALLPASS_EMULATOR_URL']}/_/emulator/log-in`, {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env['HALLPASS_CONTROL_TOKEN']}` },
    body: new URLSearchParams({
      person: 'Cleo',
      app: app.id,
      scope: 'ads_management,ads_read,pages_show_list,pages_read_engagement,pages_manage_posts,business_management',
      redirect_uri: redirect,
    }),
  });
  const { code } = (await response.json()) as { code: string };
  const query = new URLSearchParams({ client_id: app.id, client_secret: app.secret, redirect_uri: redirect, code });
  const redeemed = await fetch(`https://graph.facebook.com/v25.0/oauth/access_token?${query}`);
  return ((await redeemed.json()) as { access_token: string }).access_token;
}

const token = await accessToken();
for (const name of process.argv.slice(2))
  test(name, () => {
    const source = readFileSync(join(sdk, 'examples', `${name}.js`), 'utf8');
    const text = source.replace(/<([A-Z_]+)>/g, (_all, key: string) =>
      key === 'ACCESS_TOKEN' ? token : (filledIn[key] ?? ''),
    );
    const file = join(folder, `${name}.js`);
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  });
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
