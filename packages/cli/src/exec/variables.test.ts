import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { trustFilesIn } from '../trust/trust-files.ts';
import { variables } from './variables.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallpass-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const files = trustFilesIn(join(folder, 'session'));
mkdirSync(files.folder);
const certificate = '-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n';
const proxy = 'http://127.0.0.1:4321';
const of = (env: Record<string, string>) => variables({ env, files, certificate, proxy });

describe('what was set before is kept and extended', () => {
  test('lists of options and folders', () => {
    const { set } = of({
      NODE_OPTIONS: '--max-old-space-size=100',
      JAVA_TOOL_OPTIONS: '-Xmx1g',
      PYTHONPATH: '/mine',
      PHP_INI_SCAN_DIR: '/etc/php',
    });
    assert.match(set['NODE_OPTIONS'] ?? '', /^--max-old-space-size=100 --require ".*node\.cjs"$/);
    assert.match(set['JAVA_TOOL_OPTIONS'] ?? '', /^-Xmx1g -Dhttp\.proxyHost=127\.0\.0\.1 /);
    assert.match(set['PYTHONPATH'] ?? '', /hooks\/python:\/mine$/);
    assert.equal(set['PHP_INI_SCAN_DIR'], `/etc/php:${files.phpIni}`);
  });

  test('PHP without a folder of its own keeps the one that was compiled in', () => {
    assert.equal(of({}).set['PHP_INI_SCAN_DIR'], `:${files.phpIni}`);
  });

  test('files of roots: the authority stands behind what was trusted before, and nothing else is added', () => {
    const mine = join(folder, 'mine.pem');
    writeFileSync(mine, 'of the company\n');
    const { set } = of({ NODE_EXTRA_CA_CERTS: mine });
    assert.equal(readFileSync(set['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8'), `of the company\n${certificate}`);
    assert.equal(set['SSL_CERT_FILE'], files.bundle);
  });

  test('a file of roots that is not there is told', () => {
    const { set, notes } = of({ SSL_CERT_FILE: join(folder, 'none.pem') });
    assert.equal(set['SSL_CERT_FILE'], files.bundle);
    assert.match(notes.join(), /^SSL_CERT_FILE names .*none\.pem, which can't be read: it is left out\.$/);
  });

  test('hosts that are asked without a proxy stay, but for ours', () => {
    const { set, notes } = of({ NO_PROXY: 'intern.example, .facebook.com,graph.facebook.com:443,*' });
    assert.equal(set['NO_PROXY'], 'localhost,127.0.0.1,::1,intern.example');
    assert.equal(set['no_proxy'], set['NO_PROXY']);
    assert.match(notes.join(), /^NO_PROXY named \.facebook\.com, graph\.facebook\.com:443, \*: left out/);
    assert.match(set['JAVA_TOOL_OPTIONS'] ?? '', /nonProxyHosts=localhost\|127\.0\.0\.1\|\[::1\]\|intern\.example /);
  });
});

test('both spellings of the proxy are set, because each is the only one for somebody', () => {
  const { set } = of({});
  for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']) assert.equal(set[name], proxy);
});

test('where names lead here, proxies that were set are taken out', () => {
  const { set } = variables({ env: { HTTPS_PROXY: 'http://proxy.example' }, files, certificate, proxy: undefined });
  assert.ok('HTTPS_PROXY' in set && set['HTTPS_PROXY'] === undefined);
  assert.equal(set['NODE_OPTIONS'], undefined);
});
