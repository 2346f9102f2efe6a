// The two ways in which `hallpass exec` brings a command to Hallpass, for tests that hold for both.
import { hallpass } from '../command.ts';

interface ExecMode {
  name: 'sealed' | 'variables';
  options: string[];
  /** The reason for which it cannot be tried on this machine; false where it can. */
  skip: string | false;
}

const probed = JSON.parse((await hallpass(['exec', '--json', '--', 'true'])).err) as { mode: string; notes: string[] };

export const modes: readonly ExecMode[] = [
  { name: 'sealed', options: [], skip: probed.mode === 'sealed' ? false : probed.notes.join(' ') },
  { name: 'variables', options: ['--env-only'], skip: false },
];
