// hallpass completion: what a shell reads to complete the words of this command line.
import { Argument, Command } from 'commander';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export function build(outside: Outside): Command {
  return new Command('completion')
    .description(
      'Print what a shell needs to complete the commands, options and values of `hallpass`. Put the line below into the file that your shell reads at its start: `~/.bashrc`, `~/.zshrc` after `compinit`, or `hallpass completion fish | source` in `~/.config/fish/config.fish`.',
    )
    .addArgument(new Argument('<shell>', 'the shell to print for').choices(shells))
    .addHelpText('after', example('eval "$(hallpass completion bash)"'))
    .action((shell: (typeof shells)[number]) => completion(shell, outside));
}

async function completion(shell: (typeof shells)[number], outside: Outside): Promise<void> {
  const [{ commandTree }, writers] = await Promise.all([
    import('../completion/command-tree.ts'),
    import('../completion/shells.ts'),
  ]);
  outside.out(writers[shell](await commandTree(outside)));
}
