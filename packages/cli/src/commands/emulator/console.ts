// `hallpass console` prints a link that opens the pages of an emulator in a browser.
import { shape } from '@hallpass/protocol';
import { Command } from 'commander';
import { controlOf, type ControlOptions, controlOptions } from '../../control/emulator-control.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

const linkShape = shape.object<{ url: string }>({ url: shape.text });

export function build(outside: Outside): Command {
  return controlOptions(
    new Command('console').description(
      'Print a link that opens the emulator pages of the console in one browser: live calls, clock, faults, stories, worlds, inbox, deliveries, tokens. It works once. The rest of the console needs no link.',
    ),
  )
    .addHelpText('after', example('hallpass console'))
    .action(async ({ json, ...options }: ControlOptions) => {
      const answer = await controlOf(options, outside).ask(linkShape, 'POST', 'console');
      outside.out(json ? JSON.stringify(answer) : answer.url);
    });
}
