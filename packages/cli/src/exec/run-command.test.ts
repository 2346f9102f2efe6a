import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startCommand } from './run-command.ts';

/** A wall whose timers run when `pass` is called. */
function movedWall() {
  const tasks = new Set<() => void>();
  return {
    now: () => 0,
    ms: () => 0,
    every(_ms: number, task: () => void) {
      tasks.add(task);
      return { cancel: () => void tasks.delete(task) };
    },
    pass: () => tasks.forEach((task) => task()),
    waiting: () => tasks.size,
  };
}

const hangs = ['sh', '-c', "trap '' TERM; kill -USR1 $PPID; while :; do sleep 0.05; done"];

test('a command that does not end when it is asked to is killed ten seconds later', async () => {
  const wall = movedWall();
  const ready = new Promise((resolve) => process.once('SIGUSR1', resolve));
  const running = startCommand(hangs, process.env, { platform: process.platform, wall });
  await ready;
  running.signal('SIGTERM');
  running.signal('SIGTERM');
  assert.equal(wall.waiting(), 1);
  wall.pass();
  assert.deepEqual(await running.ended, { code: 137, signal: 'SIGKILL', killed: true });
  assert.equal(wall.waiting(), 0);
});

test('a signal that does not ask for the end starts no such wait', async () => {
  const wall = movedWall();
  const running = startCommand(
    ['sh', '-c', "trap 'exit 4' USR2; while :; do sleep 0.05; kill -USR2 $$; done"],
    process.env,
    {
      platform: process.platform,
      wall,
    },
  );
  running.signal('SIGUSR2');
  assert.equal(wall.waiting(), 0);
  const { killed } = await running.ended;
  assert.equal(killed, false);
});
