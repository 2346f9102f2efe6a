// A measured process and the questions it is asked.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Measured {
  port: number;
  ask(question: string, more?: object): Promise<{ cpu: number; rss: number; live: number } & Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Starts a file of this folder as a process of its own. */
export function start(file: string, args: string[] = []): Promise<Measured> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--conditions=source', '--expose-gc', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let id = 0;
  const waiting = new Map<number, (answer: never) => void>();
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.on('message', (message: { ready?: number; id?: number }) => {
      if (message.ready !== undefined) {
        resolve({
          port: message.ready,
          ask: (question, more) =>
            new Promise((answer) => {
              waiting.set(++id, answer as (answer: never) => void);
              child.send({ id, ask: question, ...more });
            }),
          stop: () =>
            new Promise((done) => {
              child.once('exit', () => done());
              child.disconnect();
            }),
        });
      } else if (message.id !== undefined) {
        waiting.get(message.id)?.(message as never);
        waiting.delete(message.id);
      }
    });
  });
}
