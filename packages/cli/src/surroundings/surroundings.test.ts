// Tells which surroundings of the process the platform refuses as unsafe (SC-05).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dangersOf, refuseUnsafeSurroundings, type Surroundings } from './surroundings.ts';

const around = (given: Partial<Surroundings>): Surroundings => ({ env: {}, options: [], inspected: false, ...given });
const found = (given: Partial<Surroundings>): string[] => dangersOf(around(given)).map(({ what }) => what);

describe('SC-05: unsafe surroundings', () => {
  test('are options of Node.js that show secrets or weaken TLS, wherever they stand and however they are spelled', () => {
    for (const option of [
      '--inspect',
      '--inspect=0.0.0.0:9229',
      '--inspect-brk',
      '--inspect_brk',
      '--inspect-wait=1',
      '--inspect-port=0',
      '--debug-port=9229',
      '--heapsnapshot-signal=SIGUSR2',
      '--heapsnapshot-near-heap-limit=3',
      '--report-on-signal',
      '--report-on-fatalerror',
      '--report-uncaught-exception',
      '--abort-on-uncaught-exception',
      '--trace-tls',
      '--trace-event-categories=node',
      '--tls-keylog=keys.log',
      '--tls-min-v1.0',
      '--tls-min-v1.1',
      '--insecure-http-parser',
      '--security-revert=CVE-2023-46809',
    ]) {
      assert.equal(found({ options: ['--conditions=source', option] }).length, 1, option);
      for (const text of [option, `  --no-warnings   ${option}`, `"${option}"`, `--require "a b.js"\t${option}`])
        assert.equal(found({ env: { NODE_OPTIONS: text } }).length, 1, text);
    }
    assert.deepEqual(
      found({ options: ['--inspect', '--inspect=1'], env: { NODE_OPTIONS: '--inspect' }, inspected: true }),
      ['--inspect'],
    );
    assert.deepEqual(found({ inspected: true }), ['the inspector']);
  });

  test('are variables of Node.js that print requests or switch certificates off', () => {
    assert.deepEqual(
      found({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_DEBUG: 'http', NODE_DEBUG_NATIVE: 'tls' } }),
      ['NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_DEBUG', 'NODE_DEBUG_NATIVE'],
    );
  });

  test('are not what servers usually run with', () => {
    const env = {
      NODE_TLS_REJECT_UNAUTHORIZED: '1',
      NODE_DEBUG: '',
      NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
      NODE_OPTIONS: '--max-old-space-size=512 --import ./apm.js',
    };
    assert.deepEqual(
      found({
        env,
        options: ['--conditions=source', '--disable-sigusr1', '--trace-warnings', '--max-http-header-size=8000'],
      }),
      [],
    );
  });

  test('are told all at once, without a value; what a developer needs can be allowed, the rest cannot', () => {
    const all = around({
      env: { NODE_DEBUG: 'canary', NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      options: ['--inspect=canary:1'],
    });
    const message = (surroundings: Surroundings, allowed: boolean): string => {
      try {
        refuseUnsafeSurroundings(surroundings, allowed);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.match(message(all, false), /NODE_TLS_REJECT_UNAUTHORIZED.*\n.*NODE_DEBUG.*\n.*--inspect:/);
    assert.doesNotMatch(message(all, false), /canary|allow-debugging/);
    assert.doesNotMatch(message(all, true), /NODE_DEBUG|--inspect/);
    assert.match(message(around({ options: ['--inspect'] }), false), /--allow-debugging/);
    assert.equal(message(around({ options: ['--inspect'], env: { NODE_DEBUG: 'http' }, inspected: true }), true), '');
  });
});
