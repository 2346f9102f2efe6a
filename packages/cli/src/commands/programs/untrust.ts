// hallpass untrust: takes the authority of the emulator out of the trust stores, and removes it with its key.
import { Command } from 'commander';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

export function build(outside: Outside): Command {
  return new Command('untrust')
    .description(
      'Take the certificate authority of `hallpass dev` out of the trust stores of this machine, and remove its certificate, its key and the files made for them.',
    )
    .option('--dry-run', 'only print what would be done')
    .addHelpText('after', example('hallpass untrust'))
    .action(async ({ dryRun }: { dryRun?: boolean }) => {
      const { authorityFolder, removeAuthority } = await import('../../trust/kept-authority.ts');
      const { trustFilesIn } = await import('../../trust/trust-files.ts');
      const { trustStores } = await import('../../trust/trust-stores.ts');
      const { changeTrust } = await import('../../trust/change-trust.ts');
      const folder = authorityFolder(outside);
      changeTrust(trustStores(trustFilesIn(folder).authority, outside), 'remove', dryRun ?? false, outside);
      if (dryRun) return outside.out(`${folder} would be removed too. Nothing was changed.`);
      outside.out(removeAuthority(outside) ? `Removed ${folder}.` : 'There was no authority on this machine.');
    });
}
