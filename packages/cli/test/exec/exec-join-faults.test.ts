// Faults of the connection that are ordered of an emulator reach a program below `hallpass exec --join` as they reach one
// that asks the emulator itself.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connectionFaults } from '@hallpass/emulator';
import { hallpass, running, type Running, stopped, temporary } from '../command.ts';
import { modes } from './exec-modes.ts';

let server: Running;
let data: string;
const cleaned: (() => void)[] = [];
before(async () => {
  data = temporary({ after: (task) => void cleaned.push(task) });
  server = await running(['dev', '--port', '0'], { env: { XDG_DATA_HOME: data } });
});
after(async () => {
  await stopped(server);
  for (const task of cleaned) task();
});

/** Quick ones of each fault, where it has attributes. */
const quick: Readonly<Record<string, Record<string, number>>> = {
  latency: { latency: 20 },
  bandwidth: { rate: 100 },
  slow_close: { delay: 20 },
  timeout: { timeout: 50 },
};
const faults = Object.keys(connectionFaults);

/** Orders each fault once and asks; prints the exit code of curl, the status and the length of the body. */
const program = `
for fault in ${faults.map((name) => `'${name} ${JSON.stringify(quick[name] ?? {})}'`).join(' ')}; do
  set -- $fault
  curl -sS -o /dev/null -H "Authorization: Bearer $HALLPASS_CONTROL_TOKEN" "$HALLPASS_EMULATOR_URL/_/emulator/faults" -d "fault=$1&attributes=$2&times=1&path=me"
  said=$(curl -s -w ' %{http_code} %{size_download}' -o /dev/null https://graph.facebook.com/v25.0/me)
  echo "$1 $? $said"
done
echo "after $(curl -s -o /dev/null -w '%{http_code}' https://graph.facebook.com/v25.0/me)"
`;

const broken: readonly string[] = [
  'timeout',
  'reset_peer',
  'limit_data',
  'EMPTY_RESPONSE',
  'MALFORMED_RESPONSE_CHUNK',
  'RANDOM_DATA_THEN_CLOSE',
  'CONNECTION_RESET_BY_PEER',
];

for (const { name, options, skip } of modes)
  test(`a program meets each fault of the connection that a joined emulator was ordered (${name})`, {
    skip,
  }, async (t) => {
    const file = join(temporary(t), 'program.sh');
    writeFileSync(file, program);
    const env = { XDG_DATA_HOME: data };
    const joined = await hallpass(['exec', '--join', server.ready.url, ...options, '--json', '--', 'sh', file], {
      env,
    });
    const own = await hallpass(['exec', ...options, '--quiet', '--', 'sh', file], { env });
    assert.equal(joined.out, own.out);
    const lines = joined.out.trim().split('\n');
    assert.deepEqual(
      lines.map((line) => line.split(' ')[0]),
      [...faults, 'after'],
    );
    for (const line of lines.slice(0, -1)) {
      const [fault = '', code] = line.split(' ');
      assert.equal(code !== '0', broken.includes(fault), line);
    }
    assert.equal(lines.at(-1), 'after 400');
    assert.doesNotMatch(joined.out, / 502 /);
  });
