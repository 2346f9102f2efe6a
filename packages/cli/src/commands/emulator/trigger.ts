// `hallpass trigger` brings about one call to the server of an app, by the act of a person that leads to it in life.
import { shape } from '@hallpass/protocol';
import { Argument, Command } from 'commander';
import { controlOf, type ControlOptions, controlOptions } from '../../control/emulator-control.ts';
import { CommandError } from '../../command-error.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';
import { type Delivery, delivery, deliveryLine } from './deliveries.ts';

interface TriggerOptions extends ControlOptions {
  person?: string;
  app?: string;
  page?: string;
}

interface TriggerAnswer {
  did: string[];
  deliveries: Delivery[];
  missing?: string | undefined;
}

const triggered = shape.object<TriggerAnswer>({
  did: shape.listOf(shape.text),
  deliveries: shape.listOf(delivery),
  missing: shape.optional(shape.text),
});

const names = ['deauthorize', 'data-deletion', 'permissions', 'feed'];

export function build(outside: Outside): Command {
  return controlOptions(
    new Command('trigger').description(
      'Cause a call to the server of an app by the act that leads to it in real life: a person removes the app, asks for data deletion, takes back a permission, or publishes a post on a Page.',
    ),
  )
    .addArgument(new Argument('<name>', 'the kind of call').choices(names))
    .option('--person <person>', 'name, e-mail address or id; by default the first person of the world')
    .option('--app <app>', 'name or id; by default the first app of the world')
    .option('--page <page>', 'for feed: name or id; by default the first Page of the person')
    .addHelpText('after', example('hallpass trigger deauthorize --person Ana'))
    .action(async (name: string, { url, world, json, person, app, page }: TriggerOptions) => {
      const answer = await controlOf({ url, world }, outside).ask(triggered, 'POST', 'trigger', {
        name,
        person,
        app,
        page,
      });
      if (json) return outside.out(JSON.stringify(answer));
      for (const step of answer.did) outside.out(step);
      for (const one of answer.deliveries) outside.out(deliveryLine(one));
      if (answer.missing !== undefined) throw new CommandError('failed', answer.missing);
    });
}
