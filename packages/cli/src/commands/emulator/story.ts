// `hallpass story` makes things happen to an app as they happen in life: a person changes the password, the Graph is away.
import { shape } from '@hallpass/protocol';
import { Command } from 'commander';
import { controlOf, type ControlOptions, controlOptions } from '../../control/emulator-control.ts';
import { CommandError } from '../../command-error.ts';
import { example } from '../../printing/example.ts';
import { table } from '../../printing/print.ts';
import type { Outside } from '../../surroundings/outside.ts';

interface Card {
  story: string;
  doc: string;
  answer: string;
  expect: string;
  /** The reason for which it is an ordered fault; absent where people or time bring it about. */
  fault?: string;
}

interface PlayOptions extends ControlOptions {
  person?: string;
  app?: string;
}

const words = {
  story: shape.text,
  doc: shape.text,
  answer: shape.text,
  expect: shape.text,
  fault: shape.optional(shape.text),
};
const cards = shape.object<{ stories: Card[] }>({ stories: shape.listOf(shape.object<Card>(words)) });
const played = shape.object<Card & { did: string[]; undoable: boolean }>({
  ...words,
  did: shape.listOf(shape.text),
  undoable: shape.boolean,
});
const undone = shape.object<{ undone: string[] }>({ undone: shape.listOf(shape.text) });

export function build(outside: Outside): Command {
  return new Command('story')
    .description(
      'Make things happen to an app that happen in real life, by the acts that cause them, and say how a good app reacts.',
    )
    .addCommand(listCommand(outside))
    .addCommand(showCommand(outside))
    .addCommand(playCommand(outside))
    .addCommand(undoCommand(outside));
}

const listCommand = (outside: Outside): Command =>
  controlOptions(new Command('list').description('List the stories.'))
    .addHelpText('after', example('hallpass story list'))
    .action(async ({ json, ...options }: ControlOptions) => {
      const answer = await controlOf(options, outside).ask(cards, 'GET', 'stories');
      if (json) return outside.out(JSON.stringify(answer));
      return outside.out(
        table(
          answer.stories.map(({ story, doc, answer }) => [story, doc, answer]),
          ['story', 'what happens', 'answer afterwards'],
        ),
      );
    });

const showCommand = (outside: Outside): Command =>
  controlOptions(new Command('show').description('Explain a story: what happens, and how a good app reacts.'))
    .argument('<story>', 'its name')
    .addHelpText('after', example('hallpass story show password-changed'))
    .action(async (name: string, { json, ...options }: ControlOptions) => {
      const { stories } = await controlOf(options, outside).ask(cards, 'GET', 'stories');
      const card = stories.find(({ story }) => story === name);
      if (!card) throw new CommandError('failed', `There is no story ${name}: hallpass story list has all.`);
      outside.out(json ? JSON.stringify(card) : table(rowsOf(card)));
    });

const playCommand = (outside: Outside): Command =>
  controlOptions(new Command('play').description('Play a story.'))
    .argument('<story>', 'its name')
    .option('--person <person>', 'name, e-mail address or id; by default the first person of the world')
    .option('--app <app>', 'name or id; by default the first app of the world')
    .addHelpText('after', example('hallpass story play password-changed --person Ana'))
    .action(async (play: string, { url, world, json, person, app }: PlayOptions) => {
      const answer = await controlOf({ url, world }, outside).ask(played, 'POST', 'stories', { play, person, app });
      if (json) return outside.out(JSON.stringify(answer));
      const did = answer.did.map((step, at) => [at === 0 ? 'done' : '', step]);
      const back = answer.undoable ? 'hallpass story undo' : 'only by planting the world again';
      return outside.out(table([...did, ...rowsOf(answer).slice(1), ['undone', back]]));
    });

const undoCommand = (outside: Outside): Command =>
  controlOptions(
    new Command('undo').description('Undo the stories that were played and can be undone, last one first.'),
  )
    .addHelpText('after', example('hallpass story undo'))
    .action(async ({ json, ...options }: ControlOptions) => {
      const answer = await controlOf(options, outside).ask(undone, 'DELETE', 'stories');
      if (json) return outside.out(JSON.stringify(answer));
      return outside.out(
        answer.undone.length === 0 ? 'There is nothing to undo.' : `Undone: ${answer.undone.join(', ')}.`,
      );
    });

const rowsOf = ({ doc, answer, expect, fault }: Card): string[][] => [
  ['what happens', doc],
  ...(fault === undefined ? [] : [['a fault', fault]]),
  ['the answer', answer],
  ['a good app', expect],
];
