// hallpass browser: a browser for which the hosts of Meta are this machine.
import { Command } from 'commander';
import { emulatorOf } from '../../arguments.ts';
import type { BrowserOptions } from '../../exec/browser.ts';
import { CommandExit } from '../../exit.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

export function build(outside: Outside): Command {
  return new Command('browser')
    .description(
      "Open an address in a Chromium or Chrome that finds Hallpass at Meta's hosts. It has a temporary profile, which is deleted when you close it. Addresses on this machine work as usual, every other host is refused, and no trust store is changed.",
    )
    .argument('<url>', 'the address to open')
    .argument('[options...]', 'options for the browser, after --')
    .option('--join <address>', 'use the world of a running emulator; by default, a world of its own', emulatorOf)
    .option('--world <name>', 'a world of the running emulator; it is created if there is none with that name')
    .option('--seed <file>', 'YAML file that describes the world; by default the demo world')
    .option('--program <file>', 'the browser to start')
    .addHelpText('after', example('hallpass browser --join http://localhost:4000 http://localhost:3000/'))
    .action(async (url: string, more: string[], options: BrowserOptions) => {
      const { openBrowser } = await import('../../exec/browser.ts');
      const { code, signal } = await openBrowser(url, options, more, outside);
      throw new CommandExit(code, signal);
    });
}
