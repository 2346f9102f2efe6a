// hallpass trust: makes the programs and browsers of this machine trust the authority of the emulator.
import { Command } from 'commander';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

export function build(outside: Outside): Command {
  return new Command('trust')
    .description(
      "Put the certificate authority of `hallpass dev` into the trust stores of this machine, so that browsers and programs accept its certificates. It can sign only for Meta's hosts, and expires after 90 days. Someone who reads its key could impersonate those hosts to you; the key never leaves this machine. hallpass exec and hallpass browser don't need this.",
    )
    .option('--dry-run', 'only print what would be done')
    .addHelpText('after', example('hallpass trust --dry-run'))
    .action(async ({ dryRun }: { dryRun?: boolean }) => {
      const { authorityFolder, keptAuthority } = await import('../../trust/kept-authority.ts');
      const { trustFilesIn, writeTrustFiles } = await import('../../trust/trust-files.ts');
      const { trustStores } = await import('../../trust/trust-stores.ts');
      const { changeTrust } = await import('../../trust/change-trust.ts');
      const { trustFilesOptions } = await import('../../trust/trust-files-options.ts');
      const { certificate } = keptAuthority(outside);
      const files = trustFilesIn(authorityFolder(outside));
      await writeTrustFiles(files, certificate, trustFilesOptions(outside, files));
      outside.out(
        `The authority in ${files.authority} can sign for facebook.com, connect.facebook.net and graph.fb.gg, and for no other name.`,
      );
      changeTrust(trustStores(files.authority, outside), 'add', dryRun ?? false, outside);
      outside.out(dryRun ? 'Nothing was changed.' : 'This machine now trusts it. hallpass untrust undoes this.');
    });
}
