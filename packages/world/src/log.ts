// This is the log of this process: JSON lines on standard error, without control characters and without anything that
// looks like a credential.
import { stripVTControlCharacters } from 'node:util';
import { redact } from '@hallpass/protocol/redact';
import type { Log, LogLevel } from './world.ts';

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
/** Bytes that wait for a reader of the log; when there are more, new lines are dropped and counted (threats RL-16). */
const LONGEST_QUEUE = 1024 * 1024;

/**
 * JSON lines on standard error, from `level` up; `flush` before the end. pino is loaded at the first line: most
 * emulators never write one.
 */
export function createLog(level: LogLevel): { log: Log; flush(): Promise<void> } {
  let sink:
    | Promise<{ write(level: LogLevel, message: string, facts: Record<string, unknown>): void; end(): void }>
    | undefined;
  const open = async () => {
    const { destination, pino } = await import('pino');
    const stream = destination({ dest: 2, sync: false, maxLength: LONGEST_QUEUE });
    let dropped = 0;
    stream.on('drop', () => dropped++);
    const logger = pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, stream);
    return {
      write(at: LogLevel, message: string, facts: Record<string, unknown>) {
        const before = dropped;
        logger[at](before > 0 ? { ...facts, dropped: before } : facts, message);
        // A line that was dropped itself has told nobody: the count goes on.
        if (dropped === before) dropped = 0;
      },
      end: () => stream.flushSync(),
    };
  };
  return {
    log(at, message, facts = {}) {
      if (levels.indexOf(at) < levels.indexOf(level)) return;
      sink ??= open();
      const clean = Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [
          name,
          typeof value === 'string' ? redact(stripVTControlCharacters(value)) : value,
        ]),
      );
      void sink.then((open) => open.write(at, message, clean));
    },
    async flush() {
      (await sink)?.end();
    },
  };
}
