// A stage with a vault beside it, its mails in a real inbox, and sweeps by the clock of the platform.
import type { TestContext } from 'node:test';
import type { Vault } from '@hallpass/vault';
import { openInbox } from '../inbox.ts';
import { openStage, type Stage } from '../stage.ts';
import { vaultAddress } from './service.ts';

interface VaultDesk {
  stage: Stage;
  vault: Vault;
  url: string;
  /** The next mail that arrives. */
  nextMail: Awaited<ReturnType<typeof openInbox>>['next'];
}

/** Opens a stage with a vault beside it; all of it ends with the test. */
export async function openVaultDesk(t: TestContext): Promise<VaultDesk> {
  const address = await vaultAddress();
  const stage = await openStage({ callbacks: [`${address.url}/callback`] });
  const inbox = await openInbox(t);
  const { vault, url, close } = await address.open(stage, inbox.port);
  const sweeper = vault.sweeper();
  // Days of the clock are passed at once, so it sweeps more rarely than usual.
  sweeper.start(600);
  t.after(async () => {
    await sweeper.stop();
    await close();
    await stage.close();
  });
  return { stage, vault, url, nextMail: () => inbox.next() };
}
