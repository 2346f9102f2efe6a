// This tree holds what a shell may complete: the words of the command line, taken from its own declarations, so that a
// new command or option is completed without another word about it.
import type { Command } from 'commander';
import { commands } from '../commands/index.ts';
import { built } from '../run.ts';
import type { Outside } from '../surroundings/outside.ts';

export interface Word {
  /** The name of a command, or an option with its hyphens. */
  word: string;
  /** The first sentence about it, without its full stop. */
  says: string;
}

/** An option that is followed by a value. */
interface ValueOption {
  /** `--shell`, and its short form where it has one. */
  names: readonly string[];
  /** The values that there are; none where it may be anything, such as a file. */
  choices: readonly string[];
}

/** One command, as far as a shell asks about it. */
export interface CommandWords {
  /** The words behind `hallpass`, each with a space before it: ` vault import`. */
  path: string;
  /** The commands below it, and what its arguments may be. */
  words: readonly Word[];
  options: readonly Word[];
  values: readonly ValueOption[];
}

/** Every command, the program itself first. */
export async function commandTree(outside: Outside): Promise<CommandWords[]> {
  const tree: CommandWords[] = [
    {
      path: '',
      words: commands.map(({ name, summary }) => ({ word: name, says: firstSentence(summary) })),
      options: [help, { word: '--version', says: 'print the version' }],
      values: [],
    },
  ];
  for (const entry of commands) addWords(tree, await built(entry, outside), '');
  return tree;
}

const help: Word = { word: '--help', says: 'print help' };

function addWords(tree: CommandWords[], command: Command, above: string): void {
  const path = `${above} ${command.name()}`;
  const options = command.options.filter(({ hidden }) => !hidden);
  tree.push({
    path,
    words: [
      ...command.commands.map((one) => ({ word: one.name(), says: firstSentence(one.summary() || one.description()) })),
      ...command.registeredArguments.flatMap(({ argChoices = [], description }) =>
        argChoices.map((word) => ({ word, says: firstSentence(description) })),
      ),
    ],
    options: [
      ...options.map(({ long, short, description }) => ({
        word: long ?? short ?? '',
        says: firstSentence(description),
      })),
      help,
    ],
    values: options
      .filter(({ required, optional }) => required || optional)
      .map(({ long, short, argChoices }) => ({
        names: [long, short].filter((name) => name !== undefined && name !== null),
        choices: argChoices ?? [],
      })),
  });
  for (const inner of command.commands) addWords(tree, inner, path);
}

/** One line for a list: no line end, and no more than a terminal has room for beside the word. */
function firstSentence(text: string): string {
  const [sentence = ''] = text.replace(/\s+/g, ' ').split(/(?<=[.;:])\s/, 1);
  return sentence.replace(/[.;:]$/, '');
}
