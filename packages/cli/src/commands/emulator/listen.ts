// `hallpass listen` shows what is sent to the servers of apps, leads it to an address of this machine, and sends it again.
import { shape } from '@hallpass/protocol';
import { Command, InvalidArgumentError } from 'commander';
import { controlOf, type ControlOptions, controlOptions } from '../../control/emulator-control.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';
import { type Delivery, delivery, deliveryLine } from './deliveries.ts';

interface ListenOptions extends ControlOptions {
  forwardTo?: string;
  replay?: number;
}

const list = shape.object<{ deliveries: Delivery[] }>({ deliveries: shape.listOf(delivery) });

/** Seconds for which one question waits for a call. */
const WAIT = 5;

function idOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write the number of a call, as hallpass listen prints it.');
}

export function build(outside: Outside): Command {
  return controlOptions(
    new Command('listen').description(
      'Show the calls that an emulator makes to the servers of apps (deauthorize, data deletion, notices), as they are made, until you stop this command. Each call is kept and can be sent again by its number.',
    ),
  )
    .option(
      '--forward-to <address>',
      'send every call to this address on this machine while this command runs, whatever address the app has set; without a path, each call keeps its own',
    )
    .option('--replay <number>', 'send one call again, byte for byte, and exit', idOf)
    .addHelpText('after', example('hallpass listen --forward-to http://localhost:3000'))
    .action((options: ListenOptions) => listen(options, outside));
}

async function listen({ forwardTo, replay, json, ...options }: ListenOptions, outside: Outside): Promise<void> {
  const control = controlOf(options, outside);
  const print = (one: Delivery): void => outside.out(json ? JSON.stringify(one) : deliveryLine(one));
  if (replay !== undefined) return print(await control.ask(delivery, 'POST', 'deliveries', { replay }));
  const stopped = outside.stopAsked().then(() => undefined);
  let { deliveries } = await control.ask(list, 'GET', 'deliveries');
  let after = deliveries.at(-1)?.id ?? 0;
  if (forwardTo !== undefined) await control.ask(shape.anyObject, 'POST', 'forward', { to: forwardTo });
  outside.err(`Waiting for calls${forwardTo === undefined ? '' : `, which go to ${forwardTo}`}. Stop with Ctrl+C.`);
  try {
    for (;;) {
      const answer = await Promise.race([control.ask(list, 'GET', 'deliveries', { after, wait: WAIT }), stopped]);
      if (!answer) return;
      ({ deliveries } = answer);
      for (const one of deliveries) print(one);
      after = deliveries.at(-1)?.id ?? after;
    }
  } finally {
    if (forwardTo !== undefined) await control.ask(shape.anyObject, 'DELETE', 'forward').catch(() => undefined);
  }
}
