// A token is shown after a question, once, and never kept on the page: the vault writes each time into the history first
// (threats VT-02).
import type { ConnectionDetails } from '@hallpass/vault/client';
import { confirmAct } from '../../../parts/confirm.tsx';
import { SecretOnce } from '../../../parts/revealed-secret.tsx';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { ask } from '../../../vault/ask.ts';

/** Milliseconds after which the window with the token closes by itself. */
const SHOWN_FOR = 2 * 60_000;

export async function revealToken({ id, name }: Pick<ConnectionDetails, 'id' | 'name'>): Promise<void> {
  await confirmAct({
    title: `Show the token of ${name}?`,
    children:
      'Anyone with the token can act as its person until it ends. Each time is recorded in the history and the log, with the key that you signed in with.',
    reach: ['Nothing ends: the token stays as it is.'],
    confirm: 'Show it once',
    act: async () => {
      const { token } = await ask((vault) => vault.reveal({ id }));
      const close = openWindow({
        title: `Token of ${name}`,
        size: 'lg',
        children: <SecretOnce value={token} what={`token of ${name}`} />,
      });
      setTimeout(close, SHOWN_FOR);
    },
  });
}
