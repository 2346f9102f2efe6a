// The report of a check is one document that needs nothing else, whatever a command printed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkReport } from './check-report.ts';

const nasty = '</pre><script>alert(1)</script>';

test('it has neither scripts nor other files, and shows output and names as text', () => {
  const run = { exit: nasty, ms: 1, asked: [{ call: nasty, answer: nasty, times: 2 }] };
  const page = checkReport({
    command: ['sh', '-c', nasty],
    world: nasty,
    app: nasty,
    made: '2026-11-29T12:00:00.000Z',
    ms: 1234,
    modules: [
      {
        story: 'checkpoint',
        state: 'failed',
        doc: nasty,
        answer: nasty,
        expect: nasty,
        reason: nasty,
        did: [nasty],
        before: run,
        after: run,
        later: undefined,
        conditions: [
          { rule: 'crashed', severity: 'error', words: 'The command catches its errors.', met: false, seen: nasty },
          { rule: 'never-ends', severity: 'error', words: 'The command ends.', met: true, seen: undefined },
        ],
        output: nasty,
      },
    ],
    rules: [
      { rule: 'crashed', severity: 'error', words: 'The command catches its errors.', why: 'So that it goes on.' },
    ],
  });
  assert.doesNotMatch(page, /<script|src=|<link rel="stylesheet"|@import/);
  assert.match(page, /<pre>&lt;\/pre&gt;&lt;script&gt;/);
  assert.match(page, /<a href="#rule-crashed">[^]*id="rule-crashed"/);
});
