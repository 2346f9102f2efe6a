// `hallpass wait` ends when a server is ready: scripts start one in the background and go on after this.
import { Command, InvalidArgumentError } from 'commander';
import { askingOptions, type AskingOptions } from '../../asking.ts';
import { CommandError } from '../../command-error.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

/** Milliseconds between two tries. */
const PAUSE = 100;
const LONGEST = 3600;

interface WaitOptions extends AskingOptions {
  timeout: number;
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= LONGEST)) throw new InvalidArgumentError(`Write seconds, at most ${LONGEST}.`);
  return seconds;
}

export function build(outside: Outside): Command {
  return askingOptions(new Command('wait'))
    .description('Wait until a server is ready, then exit with 0.')
    .option('--timeout <seconds>', 'how long to wait at most', secondsOf, 30)
    .addHelpText('after', example('hallpass wait --url http://localhost:4000 --timeout 10'))
    .action((options: WaitOptions) => wait(outside, options));
}

/** @throws CommandError when it is not ready in time */
async function wait(outside: Outside, { url, timeout, json }: WaitOptions): Promise<void> {
  const address = `${url}/_/ready`;
  const end = outside.wall.ms() + timeout * 1000;
  let said = 'nobody answers';
  while (outside.wall.ms() < end) {
    try {
      const { status } = await outside.fetch(address, { method: 'GET', headers: {}, redirect: 'manual' });
      if (status === 200) {
        outside.out(json ? JSON.stringify({ ready: true, url }) : `${url} is ready.`);
        return;
      }
      said = `it answers ${status}`;
    } catch {
      said = 'nobody answers';
    }
    await outside.pause(PAUSE);
  }
  throw new CommandError('failed', `${url} was not ready within ${timeout} seconds: ${said}.`);
}
