// These functions write what each shell reads to complete `hallpass`: plain tables, so that no program starts while
// somebody types.
import type { CommandWords, Word } from './command-tree.ts';

/** Quotes a text for all three shells: within single quotes nothing has a meaning. */
const quoted = (text: string): string => `'${text.replaceAll("'", '’')}'`;
const listed = (words: readonly string[]): string => quoted(words.join(' '));
const wordsOf = (words: readonly Word[]): string => listed(words.map(({ word }) => word));
const lines = (texts: readonly string[]): string => texts.map((text) => `    ${text}`).join('\n');

/** The commands that more may follow, as patterns. */
const pathsOf = (tree: readonly CommandWords[]): string[] => tree.slice(1).map(({ path }) => quoted(path));

/**
 * Bash and zsh: finds the command that the words before the cursor name, in the variable `at`. The words behind `--` are
 * those of another program.
 */
const search = (tree: readonly CommandWords[], words: string, first: number, cursor: string): string =>
  `  local at='' word i
  for ((i = ${first}; i < ${cursor}; i++)); do
    word=\${${words}[i]}
    if [[ $word == -- ]]; then at=' --'; break; fi
    case "$at $word" in
      ${pathsOf(tree).join('|')}) at="$at $word" ;;
    esac
  done`;

/** Bash and zsh: a line for each option that has a few values; `then` says what is done with them. */
const choicesOf = (tree: readonly CommandWords[], then: (choices: readonly string[]) => string): string =>
  lines(
    tree.flatMap(({ path, values }) =>
      values
        .filter(({ choices }) => choices.length > 0)
        .map(({ names, choices }) => {
          const patterns = names.map((name) => quoted(`${path} ${name}`)).join('|');
          return `${patterns}) ${then(choices)}; return ;;`;
        }),
    ),
  );

/** The options of a command that are followed by anything, such as a file. */
const freeOf = ({ values }: CommandWords): string =>
  listed(values.filter(({ choices }) => choices.length === 0).flatMap(({ names }) => names));

export const bash = (
  tree: readonly CommandWords[],
): string => `# Completes hallpass in bash: eval "$(hallpass completion bash)"
_hallpass() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} words='' options='' free=''
${search(tree, 'COMP_WORDS', 1, 'COMP_CWORD')}
  COMPREPLY=()
  case "$at $before" in
${choicesOf(tree, (choices) => `COMPREPLY=($(compgen -W ${listed(choices)} -- "$current"))`)}
  esac
  case "$at" in
${lines(tree.map((one) => `${quoted(one.path)}) words=${wordsOf(one.words)} options=${wordsOf(one.options)} free=${freeOf(one)} ;;`))}
  esac
  if [[ " $free " == *" $before "* ]]; then return; fi
  if [[ $current == -* ]]; then words=$options; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _hallpass hallpass`;

const described = (words: readonly Word[]): string =>
  words.map(({ word, says }) => quoted(`${word}:${says.replaceAll(':', '\\:')}`)).join(' ');

export const zsh = (tree: readonly CommandWords[]): string => `#compdef hallpass
# Completes hallpass in zsh: eval "$(hallpass completion zsh)", after compinit
_hallpass() {
  local before=$words[CURRENT-1] free=''
  local -a found options
${search(tree, 'words', 2, 'CURRENT')}
  case "$at $before" in
${choicesOf(tree, (choices) => `compadd -- ${choices.map(quoted).join(' ')}`)}
  esac
  case "$at" in
${lines(tree.map((one) => `${quoted(one.path)}) found=(${described(one.words)}) options=(${described(one.options)}) free=${freeOf(one)} ;;`))}
  esac
  if [[ " $free " == *" $before "* ]]; then _files
  elif [[ $words[CURRENT] == -* ]]; then _describe -o option options
  elif (( $#found )); then _describe command found
  else _files; fi
}
if [[ $funcstack[1] == _hallpass ]]; then _hallpass "$@"; else compdef _hallpass hallpass; fi`;

export const fish = (
  tree: readonly CommandWords[],
): string => `# Completes hallpass in fish: hallpass completion fish | source
function __hallpass_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    if test "$word" = --
      set at ' --'
      break
    end
    switch "$at $word"
      case ${pathsOf(tree).join(' ')}
        set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
${tree.flatMap(fishLines).join('\n')}`;

function fishLines({ path, words, options, values }: CommandWords): string[] {
  const complete = `complete -c hallpass -n ${quoted(`__hallpass_at "${path}"`)}`;
  return [
    ...(words.length > 0 ? [`${complete} -f`] : []),
    ...words.map(({ word, says }) => `${complete} -a ${word} -d ${quoted(says)}`),
    ...options.map(({ word, says }) => {
      const value = values.find(({ names }) => names.includes(word));
      const choices = value?.choices.length ? ` -f -a ${listed(value.choices)}` : '';
      return `${complete} -l ${word.replace(/^-+/, '')}${value ? ` -r${choices}` : ''} -d ${quoted(says)}`;
    }),
  ];
}
